import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

/// Versions and times of commits, and what their records tell.
struct CommitTests {
    @Test func versionsAreDenseAndTimesGrow() throws {
        let test = try TestStore()
        try test.store.makeTable()
        let first = try #require(try test.store.write { try $0.createRestorePoint("a") }.commit)
        // The clock stands still, then goes back, then forward.
        let second = try #require(try test.store.write { try $0.createRestorePoint("b") }.commit)
        test.clock.advance(seconds: -100)
        let third = try #require(try test.store.write { try $0.createRestorePoint("c") }.commit)
        test.clock.advance(seconds: 500)
        let fourth = try #require(try test.store.write { try $0.createRestorePoint("d") }.commit)
        #expect([first, second, third, fourth].map(\.version) == [2, 3, 4, 5])
        #expect(second.time == first.time + 1)
        #expect(third.time == second.time + 1)
        #expect(fourth.time == TestClock.start + 400 * TestClock.second)
    }

    @Test func aWriteThatChangesNothingIsNoCommit() throws {
        let test = try TestStore()
        try test.store.makeTable()
        let version = try test.store.snapshot().version
        #expect(try test.store.write { $0.version }.commit == nil)
        #expect(try test.store.delete(1) == nil)
        #expect(try test.store.snapshot().version == version)
    }

    @Test func timeAndVersionFollowOnOverReopeningAndSecondHandles() throws {
        let test = try TestStore()
        try test.store.makeTable()
        let version = try test.store.put(1, "a")
        test.clock.advance(seconds: -1000)
        try test.reopen()
        #expect(try test.store.put(1, "b") == version + 1)
        let other = try Store.open(path: test.path, options: test.store.options)
        #expect(try other.put(1, "c") == version + 2)
        #expect(try test.store.put(1, "d") == version + 3)
        let snapshot = try other.snapshot()
        let times = try (1...snapshot.version).map { try #require(try snapshot.time(of: $0)) }
        #expect(times == times.sorted() && Set(times).count == times.count)
    }

    @Test func theRecordTellsTextAndChanges() throws {
        let test = try TestStore()
        let table = try test.store.makeTable("a")
        let other = try test.store.makeTable("b")
        let committed = try test.store.write(statement: "INSERT INTO …") { transaction in
            try transaction.put(document(1, "x"), into: table)
            try transaction.put(document(1, "y"), into: table)
            try transaction.put(document(2, "x"), into: table)
            try transaction.put(document(1, "x"), into: other)
        }
        let version = try #require(committed.commit).version
        let commit = try #require(try test.store.snapshot().commit(version))
        #expect(commit.statement == "INSERT INTO …")
        #expect(commit.changes.map(\.table) == [table.id, other.id])
        #expect(commit.changes.map(\.count) == [2, 1])
    }

    @Test func longTextsAreCutAtACharacter() throws {
        let test = try TestStore()
        let text = String(repeating: "ü", count: 300)
        try test.store.write(statement: text) { try $0.createRestorePoint("p") }
        let commit = try #require(try test.store.snapshot().commit(1))
        #expect(commit.statement.utf8.count <= Limits.statementTextBytes)
        #expect(commit.statement == String(repeating: "ü", count: 98) + "…")
    }

    @Test func eachHashVouchesForAllBeforeIt() throws {
        func hashes(_ texts: [String]) throws -> [String] {
            let test = try TestStore()
            try test.store.makeTable()
            for text in texts { try test.store.put(1, text) }
            let snapshot = try test.store.snapshot()
            return try (1...Version(texts.count + 1)).map { version in
                let record = try snapshot.access.entry(.commits, RawKey.commit(version)) {
                    bytes throws(MalformedBytes) in
                    try CommitRecord(bytes)
                }
                return "\(try #require(record).hash)"
            }
        }
        let one = try hashes(["a", "b", "c"])
        let same = try hashes(["a", "b", "c"])
        let other = try hashes(["a", "B", "c"])
        #expect(one == same)
        #expect(one[..<2] == other[..<2])
        #expect(one[2] != other[2] && one[3] != other[3])
    }

    /// Several writes to one key in one commit are one version, and count once.
    @Test func severalWritesToAKeyLeaveOneVersion() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        try test.store.put(1, "old")
        let before = try test.store.snapshot().version
        try test.store.write { transaction in
            for text in ["a", "b", "c"] { try transaction.put(document(1, text), into: table) }
            try transaction.delete(key: key(1), from: table)
            try transaction.put(document(1, "d"), into: table)
            try transaction.put(document(2, "x"), into: table)
            try transaction.delete(key: key(2), from: table)
        }
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.text(1) == "d")
        #expect(try snapshot.text(1, at: .version(before)) == "old")
        #expect(try snapshot.items(at: .version(before)) == [Item(1, "old")])
        #expect(try snapshot.statistics(of: table).historyRecords == 3)
        #expect(try snapshot.size(of: table).items == 1)
    }

    /// A table without recovery keeps no records, and one entry of totals however many commits there are.
    @Test func withoutRecoveryNothingPiles() throws {
        let test = try TestStore()
        let table = try test.store.makeTable(recovery: false)
        for round in 0..<20 { try test.store.put(round % 3, "\(round)") }
        try test.store.delete(0)
        let lines = try test.store.snapshot().dump()
        #expect(lines.filter { $0.hasPrefix("changes") || $0.hasPrefix("deleted") }.isEmpty)
        #expect(lines.filter { $0.hasPrefix("tableCommits t\(table.id) ") }.count == 1)
        #expect(try test.store.snapshot().size(of: table).items == 2)
    }
}
