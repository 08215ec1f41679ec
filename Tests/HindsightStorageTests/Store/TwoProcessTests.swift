import Foundation
import HindsightKeyValue
import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

/// Two processes on one file: each sees what the other has acknowledged, and their commits follow one another.
struct TwoProcessTests {
    /// The file of another process is not taken away from under it.
    @Test func aVacuumLeavesTheFileOfAnotherProcessAlone() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("shared.hsdb")
        let store = try Store.open(path: path)
        try store.makeTable("a")
        try store.makeTable("b")
        let process = Process()
        process.executableURL = BuiltProgram("crash-writer").url
        process.arguments = [path, "1", "1"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        _ = output.fileHandleForReading.availableData
        #expect(throws: KeyValueError.self) { try store.environment.compact() }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        // The other process may have died between writing a commit and publishing it in the lock file: then readers do not
        // see it, and whoever opens the file anew does. A commit of our own settles which of them is the newest.
        try store.put(1, "x", "a")
        let version = try store.snapshot().version
        let result = try store.vacuum()
        #expect(result.after <= result.before)
        #expect(try store.snapshot().version == version)
        #expect(try store.verify().isSound)
        try store.put(0, "x", "a")
        #expect(try store.snapshot().version == version + 1)
    }

    @Test func commitsOfAnotherProcessAreSeenAtOnceAndFollowedOn() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("shared.hsdb")
        let store = try Store.open(path: path)
        try store.makeTable("a")
        try store.makeTable("b")
        try store.makeTable()

        let process = Process()
        process.executableURL = BuiltProgram("crash-writer").url
        process.arguments = [path, "1", "1"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }

        var text = ""
        for round in 1...15 {
            let acknowledged = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().last
            if let number = acknowledged.flatMap({ Int($0) }) {
                let snapshot = try store.snapshot()
                let table = try #require(snapshot.table(named: "a"))
                #expect(try snapshot.get(table, key: key(number)) != nil)
            }
            // A table of this process, so that the other one's catalog is out of date too.
            if round == 5 { try store.makeTable("mine") }
            try store.put(round, "x")
            text += String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        }
        #expect(!text.isEmpty)

        let snapshot = try store.snapshot()
        let commits = try snapshot.commits()
        #expect(commits.map(\.version) == Array(1...snapshot.version))
        #expect(zip(commits, commits.dropFirst()).allSatisfy { $0.time < $1.time })
        #expect(try snapshot.items() == (1...15).map { Item($0, "x") })
        #expect(commits.contains { $0.statement.hasPrefix("transaction ") })
    }
}
