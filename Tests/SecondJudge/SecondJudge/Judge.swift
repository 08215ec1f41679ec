import HindsightTestSupport

/// Puts random queries to Hindsight and to whoever knows the answer too.
package struct Judge {
    /// How often each check was made.
    package private(set) var checks: [String: Int] = [:]
    package private(set) var queries = 0
    /// A page for each mismatch: the smallest query, its tables, the answers, and the seed.
    package private(set) var reports: [String] = []

    /// Queries for which tables are made once.
    private static let queriesPerWorld = 40

    private let usesWindows: Bool

    /// - Parameter usesWindows: whether window functions are asked too.
    package init(usesWindows: Bool = false) {
        self.usesWindows = usesWindows
    }

    /// - Parameter limit: how many mismatches are looked for.
    /// - Throws: if tables cannot be made.
    package mutating func run(queries count: Int, seed: UInt64, stopAfter limit: Int = 5) throws {
        var world: UInt64 = 0
        while queries < count, reports.count < limit {
            try runWorld(seed: seed &+ world, queries: min(Judge.queriesPerWorld, count - queries))
            world += 1
        }
    }

    /// Makes one world and puts queries to it; all follows from the seed.
    private mutating func runWorld(seed: UInt64, queries count: Int) throws {
        var random = SeededGenerator(seed: seed)
        let world = World(isMixed: Int.random(in: 0..<4, using: &random) == 0, using: &random)
        let bench = try Bench(world)
        var generator = Generator(random: random, world: world, usesWindows: usesWindows)
        for _ in 0..<count {
            let query = generator.query()
            queries += 1
            judge(query, bench, seed, &generator)
        }
    }

    /// Asks SQLite, if it has the tables, and makes one of the other checks.
    private mutating func judge(_ query: Query, _ bench: Bench, _ seed: UInt64, _ generator: inout Generator) {
        let possible = bench.checks(query)
        let chosen = generator.pick(possible.filter { $0 != .sqlite })
        for check in possible where check == .sqlite || check == chosen {
            checks[check.rawValue, default: 0] += 1
            guard let mismatch = bench.mismatch(query, check) else { continue }
            var shrinker = Shrinker(world: bench.world, query: query, mismatch: mismatch)
            shrinker.run()
            reports.append(shrinker.report(seed: seed))
            return
        }
    }
}

extension Shrinker {
    /// What is needed to see the fault by hand.
    fileprivate func report(seed: UInt64) -> String {
        let names = Set(world.tables.map(\.name).filter { mismatch.questions.0.text.contains($0 + " ") })
        let tables = world.tables.filter { names.contains($0.name) }
        let used = World(tables: tables, isMixed: world.isMixed)
        let isPast = mismatch.check == .past
        var lines = ["-- \(mismatch.check.rawValue) disagrees; world \(seed)"]
        let statements = isPast ? used.hindsightStatements() : tables.flatMap { $0.hindsightStatements(prefix: "") }
        lines += statements.map { $0 + ";" }
        for (question, answer) in [
            (mismatch.questions.0, mismatch.answers.0), (mismatch.questions.1, mismatch.answers.1),
        ] {
            lines.append("-- \(question.engine):")
            lines.append(question.text + ";")
            lines += answer.description.split(separator: "\n").map { "--> " + $0 }
        }
        if mismatch.check == .sqlite { lines += ["-- in SQLite:"] + used.sqliteStatements().map { $0 + ";" } }
        return lines.joined(separator: "\n")
    }
}
