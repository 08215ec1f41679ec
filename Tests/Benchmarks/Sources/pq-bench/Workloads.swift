import Foundation

/// Makes an empty database of one side in a new directory.
typealias EngineFactory = (_ directory: String, _ keepsHistory: Bool) throws -> any Engine

/// The two sides, and what every group of work needs.
struct Arena {
    let configuration: Configuration
    let root: String
    let hindsight: EngineFactory
    let sqlite: EngineFactory

    /// A new empty database in a directory of its own.
    func make(_ factory: EngineFactory, _ label: String, keepsHistory: Bool = true) throws -> any Engine {
        try factory(makeDirectory(label), keepsHistory)
    }

    func makeDirectory(_ label: String) throws -> String {
        let directory = "\(root)/\(label)-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        return directory
    }

    func batches(_ numbers: [Int], revision: Int) -> [[BenchDocument]] {
        stride(from: 0, to: numbers.count, by: configuration.batch).map { start in
            numbers[start..<min(start + configuration.batch, numbers.count)].map {
                BenchDocument(number: $0, revision: revision)
            }
        }
    }

    func load(_ engine: any Engine) throws {
        try batches(Array(0..<configuration.count), revision: 0).forEach(engine.insert)
    }

    /// The median rates of the same work on both sides in turn; `body` answers how many pieces it did.
    ///
    /// The answers of both sides must agree.
    func compare(
        _ work: String, unit: String, goal: Double?, on sides: (ours: any Engine, theirs: any Engine), pieces: Int,
        _ body: (any Engine) throws -> Int64
    ) throws -> Measurement {
        try compare(
            work, unit: unit, goal: goal, pieces: pieces, ours: { try body(sides.ours) },
            theirs: { try body(sides.theirs) })
    }

    func compare(
        _ work: String, unit: String, goal: Double?, pieces: Int,
        by clock: @escaping (() throws -> Void) throws -> Double = seconds, ours: () throws -> Int64,
        theirs: () throws -> Int64
    ) throws -> Measurement {
        var times: (ours: [Double], theirs: [Double]) = ([], [])
        for _ in 0..<configuration.rounds {
            var answers: [Int64] = []
            times.ours.append(try clock { answers.append(try ours()) })
            times.theirs.append(try clock { answers.append(try theirs()) })
            guard answers[0] == answers[1] else {
                throw BenchmarkError("\(work): the two sides disagree, \(answers[0]) and \(answers[1])")
            }
        }
        return Measurement(
            work: work, unit: unit, hindsight: Double(pieces) / median(times.ours),
            sqlite: Double(pieces) / median(times.theirs), goal: goal)
    }
}

struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension Arena {
    /// Bulk load, and updates in batches with and without history.
    func writes(into report: inout Report) throws {
        let count = configuration.count
        var loads: (ours: [Double], theirs: [Double]) = ([], [])
        var updates: (ours: [Double], off: [Double], theirs: [Double]) = ([], [], [])
        // Made before the clock runs.
        let initial = batches(Array(0..<count), revision: 0)
        for round in 0..<configuration.rounds {
            let changed = batches(shuffledNumbers(count, seed: UInt64(round)), revision: round + 1)
            let ours = try make(hindsight, "ours")
            loads.ours.append(try seconds { try initial.forEach(ours.insert) })
            updates.ours.append(try seconds { try changed.forEach(ours.update) })
            try ours.close()
            let off = try make(hindsight, "off", keepsHistory: false)
            try load(off)
            updates.off.append(try seconds { try changed.forEach(off.update) })
            try off.close()
            let theirs = try make(sqlite, "theirs")
            loads.theirs.append(try seconds { try initial.forEach(theirs.insert) })
            updates.theirs.append(try seconds { try changed.forEach(theirs.update) })
            try theirs.close()
        }
        func rate(_ times: [Double]) -> Double { Double(count) / median(times) }
        report.measurements += [
            Measurement(
                work: "bulk load, batches of \(configuration.batch)", unit: "document", hindsight: rate(loads.ours),
                sqlite: rate(loads.theirs), goal: 2),
            Measurement(
                work: "update by key, history kept", unit: "document", hindsight: rate(updates.ours),
                sqlite: rate(updates.theirs), goal: 3),
        ]
        report.facts["update rate, history on over off (goal 0.85)"] = rate(updates.ours) / rate(updates.off)
    }

    /// Reads of the present and the past, groups, changes, and a restore, on one pair of databases.
    func reads(into report: inout Report) throws {
        let count = configuration.count
        let sides = (ours: try make(hindsight, "ours"), theirs: try make(sqlite, "theirs"))
        let order = shuffledNumbers(count, seed: 7)
        let few = Array(order[..<(count / 20)])
        let half = Array(order[(count / 20)..<(count / 2)])
        var start: [Engine.Mark] = []
        for engine in [sides.ours, sides.theirs] {
            try load(engine)
            start.append(try engine.mark())
            for batch in batches(few, revision: 1) { try engine.update(batch) }
        }
        func past(_ engine: any Engine) -> Engine.Mark { engine === sides.ours ? start[0] : start[1] }

        try scans(into: &report, sides: sides, changed: "5 %", limit: 1.4, past: past)
        for engine in [sides.ours, sides.theirs] {
            for batch in batches(half, revision: 2) { try engine.update(batch) }
        }
        try scans(into: &report, sides: sides, changed: "half", limit: 2.2, past: past)
        try points(into: &report, sides: sides, past: past)
        report.measurements.append(
            try compare("group by, count and average", unit: "row", goal: 2, on: sides, pieces: count) {
                try $0.groups()
            })
        report.measurements.append(
            try compare("changes between two times", unit: "change", goal: 2, on: sides, pieces: count / 2) {
                try $0.changes(from: past($0), to: try $0.mark())
            })
        if let ours = sides.ours as? HindsightEngine {
            let times = try (0..<configuration.rounds).map { round in
                try seconds { try ours.restore(to: "restored\(round)", asOf: start[0]) } * 1_000
            }
            report.facts["restore as of a past time, ready to read, ms (goal 20)"] = median(times)
        }
        try sides.ours.close()
        try sides.theirs.close()
    }

    private func scans(
        into report: inout Report, sides: (ours: any Engine, theirs: any Engine), changed: String, limit: Double,
        past: (any Engine) -> Engine.Mark
    ) throws {
        let count = configuration.count
        let now = try compare("filtered sum now, \(changed) changed", unit: "row", goal: 4, on: sides, pieces: count) {
            try $0.filteredSum(asOf: nil)
        }
        let then = try compare(
            "filtered sum AS OF before, \(changed) changed", unit: "row", goal: 3, on: sides, pieces: count
        ) { try $0.filteredSum(asOf: past($0)) }
        report.measurements += [now, then]
        report.facts["scan AS OF over now, \(changed) changed since (limit \(limit))"] = now.hindsight / then.hindsight
    }

    private func points(
        into report: inout Report, sides: (ours: any Engine, theirs: any Engine),
        past: (any Engine) -> Engine.Mark
    ) throws {
        let keys = shuffledNumbers(configuration.count, seed: 11).prefix(50_000).map(BenchDocument.key)
        report.measurements += [
            try compare("point read now", unit: "read", goal: 3, on: sides, pieces: keys.count) {
                try $0.pointReads(keys, asOf: nil)
            },
            try compare("point read AS OF before all updates", unit: "read", goal: 3, on: sides, pieces: keys.count) {
                try $0.pointReads(keys, asOf: past($0))
            },
        ]
    }

    /// Single durable transactions, beside the raw cost of appending and syncing.
    func durable(into report: inout Report) throws {
        let writes = 2_000
        let sides = (ours: try make(hindsight, "ours"), theirs: try make(sqlite, "theirs"))
        try load(sides.ours)
        try load(sides.theirs)
        for (clients, goal) in [(1, 0.5), (4, 1.0)] {
            let numbers = shuffledNumbers(configuration.count, seed: UInt64(clients)).prefix(writes)
            let documents = numbers.map { BenchDocument(number: $0, revision: 9) }
            report.measurements.append(
                try compare(
                    "single durable writes, \(clients) client\(clients == 1 ? "" : "s")", unit: "commit", goal: goal,
                    on: sides, pieces: documents.count
                ) {
                    try $0.singleWrites(documents, clients: clients)
                    return 0
                })
        }
        report.facts["raw append of 500 bytes + fdatasync, per second"] = try rawAppends(writes)
        try sides.ours.close()
        try sides.theirs.close()
    }

    private func rawAppends(_ count: Int) throws -> Double {
        let descriptor = open("\(root)/raw", O_CREAT | O_WRONLY | O_APPEND, 0o600)
        guard descriptor >= 0 else { throw BenchmarkError("cannot make a file in \(root)") }
        defer { _ = Glibc.close(descriptor) }
        let record = [UInt8](repeating: 7, count: 500)
        let time = seconds {
            for _ in 0..<count {
                _ = record.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                fdatasync(descriptor)
            }
        }
        return Double(count) / time
    }

    /// A fresh process that answers one statement.
    func start(into report: inout Report) throws {
        guard let shell = configuration.shell else { return }
        let times = try (0..<21).map { _ in
            try seconds {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: shell)
                process.arguments = ["-c", "SELECT 1"]
                process.standardOutput = FileHandle.nullDevice
                try process.run()
                process.waitUntilExit()
                guard process.terminationStatus == 0 else { throw BenchmarkError("\(shell) failed") }
            } * 1_000
        }
        report.facts["pq -c 'SELECT 1' as a fresh process, ms (goal 12)"] = median(times)
    }
}
