import Foundation
import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

/// A process is killed while it writes; whatever it had acknowledged is there, and nothing is there by halves.
struct CrashTests {
    /// Starts a writer, waits for some acknowledged transactions, and kills it.
    ///
    /// - Returns: the numbers that were acknowledged.
    private func runWriter(_ arguments: [String], killAfter count: Int) throws -> [Int] {
        let process = Process()
        process.executableURL = BuiltProgram("crash-writer").url
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var text = Data()
        while text.count(where: { $0 == UInt8(ascii: "\n") }) < count {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            text += more
        }
        kill(process.processIdentifier, SIGKILL)
        text += output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        // A line that was cut off is no acknowledgement.
        return String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().compactMap { Int($0) }
    }

    private func prepare(_ path: String) throws {
        let store = try Store.open(path: path)
        try store.makeTable("a")
        try store.makeTable("b")
        let definition = IndexDefinition(
            name: "byValue", partitionKey: KeyAttribute(name: "value", kind: .number))
        try store.write { try $0.createIndex(definition, of: "a") }
    }

    private func values(_ table: String, _ snapshot: Snapshot, at version: Version? = nil) throws -> [Int: Int] {
        var values: [Int: Int] = [:]
        let cursor = try snapshot.openCursor(try #require(snapshot.table(named: table)), .all, at: version)
        while try cursor.next() {
            guard case .int(let id) = try Document.structure(in: cursor.document)["id"],
                case .int(let value) = try Document.structure(in: cursor.document)["value"]
            else { throw StorageError.corrupt(what: "an item", key: table) }
            values[Int(id)] = Int(value)
        }
        return values
    }

    /// Checks the file as a whole, now and at every version.
    private func check(_ path: String, acknowledged: Set<Int>) throws -> Int {
        let store = try Store.open(path: path)
        #expect(try store.verify().findings == [])
        let snapshot = try store.snapshot()
        let items = try values("a", snapshot)
        #expect(try values("b", snapshot) == items, "both tables are written together")
        let numbers = Set(items.keys).subtracting([0])
        #expect(acknowledged.isSubset(of: numbers), "lost: \(acknowledged.subtracting(numbers).sorted())")
        #expect(numbers.allSatisfy { items[$0] == $0 })

        let commits = try snapshot.commits()
        #expect(commits.map(\.version) == Array(1...snapshot.version))
        #expect(zip(commits, commits.dropFirst()).allSatisfy { $0.time < $1.time })
        var count = 0
        for commit in commits where commit.statement.hasPrefix("transaction ") {
            count += 1
            let number = try #require(Int(commit.statement.dropFirst(12)))
            guard commit.version == snapshot.version || commit.version.isMultiple(of: 7) else { continue }
            let then = try values("a", snapshot, at: commit.version)
            #expect(then.count == count + 1 && then[0] == number && then[number] == number)
            #expect(try values("b", snapshot, at: commit.version) == then)
        }
        #expect(count == numbers.count)
        return numbers.max() ?? 0
    }

    @Test(arguments: [1, 4])
    func killedAtRandomPoints(threads: Int) throws {
        let seed = TestSeed.fresh
        var random = SeededGenerator(seed: seed)
        let directory = try TemporaryDirectory()
        let path = directory.file("crash.hsdb")
        try prepare(path)
        var acknowledged: Set<Int> = []
        var last = 0
        for _ in 0..<6 {
            let count = Int.random(in: 1...60, using: &random)
            acknowledged.formUnion(try runWriter([path, "\(last + 1)", "\(threads)"], killAfter: count))
            last = try check(path, acknowledged: acknowledged)
        }
        #expect(acknowledged.count >= 6, "seed \(seed)")
    }

    @Test(arguments: ["before", "after"])
    func killedAtEachOfTheFirstCommits(moment: String) throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("crash.hsdb")
        try prepare(path)
        var acknowledged: Set<Int> = []
        var last = 0
        for count in 1...8 {
            let arguments = [path, "\(last + 1)", "at", "\(count)", moment]
            let new = try runWriter(arguments, killAfter: .max)
            #expect(new.count == count - 1)
            acknowledged.formUnion(new)
            let reached = try check(path, acknowledged: acknowledged)
            #expect(reached == last + count - (moment == "before" ? 1 : 0))
            last = reached
        }
    }
}
