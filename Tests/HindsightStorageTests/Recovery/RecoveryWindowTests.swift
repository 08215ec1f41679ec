import HindsightTestSupport
import Testing

@testable import HindsightStorage

/// Which moments of a table can be read and restored, and what is said of the others.
struct RecoveryWindowTests {
    @Test func timesBetweenCommitsMeanTheEarlierOne() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        test.clock.advance(seconds: 10)
        try test.store.put(1, "a")
        test.clock.advance(seconds: 10)
        try test.store.put(1, "b")
        test.clock.advance(seconds: 10)
        let snapshot = try test.store.snapshot()
        let start = TestClock.start
        let second = TestClock.second
        #expect(try snapshot.text(1, at: .time(start)) == nil)
        #expect(try snapshot.text(1, at: .time(start + 10 * second - 1)) == nil)
        #expect(try snapshot.text(1, at: .time(start + 10 * second)) == "a")
        #expect(try snapshot.text(1, at: .time(start + 15 * second)) == "a")
        #expect(try snapshot.text(1, at: .time(start + 20 * second)) == "b")
        #expect(try snapshot.text(1, at: .time(start + 30 * second)) == "b")
        #expect(try snapshot.text(1, at: .latest) == "b")
        #expect(try snapshot.text(1, at: .earliest) == nil)
        #expect(try snapshot.restorableTimes(of: table) == start...start + 30 * second)
    }

    @Test func otherTimesHaveTheirOwnErrors() throws {
        let test = try TestStore()
        try test.store.makeTable(recovery: false)
        let created = try test.store.table("t").createdTime
        test.clock.advance(seconds: 10)
        try test.store.put(1, "a")
        var snapshot = try test.store.snapshot()
        #expect(throws: StorageError.recoveryOff(table: "t")) { try snapshot.items(at: .time(TestClock.start)) }
        #expect(throws: StorageError.recoveryOff(table: "t")) { try snapshot.items(at: .earliest) }
        #expect(try snapshot.items(at: .latest) == [Item(1, "a")])

        test.clock.advance(seconds: 10)
        try test.store.write { try $0.enableRecovery(of: "t") }
        let enabled = test.clock.time
        test.clock.advance(seconds: 10)
        snapshot = try test.store.snapshot()
        let before = Moment.time(created - 1)
        #expect(throws: StorageError.beforeTable(table: "t", asked: before, created: created)) {
            try snapshot.items(at: before)
        }
        let early = Moment.time(enabled - 1)
        #expect(
            throws: StorageError.beforeEarliest(table: "t", asked: early, earliest: enabled, latest: test.clock.time)
        ) { try snapshot.items(at: early) }
        let late = Moment.time(test.clock.time + 1)
        #expect(throws: StorageError.inFuture(table: "t", asked: late, latest: test.clock.time)) {
            try snapshot.items(at: late)
        }
        let number = Moment.version(99)
        #expect(throws: StorageError.inFuture(table: "t", asked: number, latest: test.clock.time)) {
            try snapshot.items(at: number)
        }
        #expect(throws: StorageError.restorePointNotFound("p")) { try snapshot.items(at: .restorePoint("p")) }
    }

    @Test func offDropsThePastAndOnBeginsAnew() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        let first = try test.store.put(1, "a")
        try test.store.put(1, "b")
        try test.store.write { try $0.disableRecovery(of: "t") }
        #expect(throws: StorageError.recoveryOff(table: "t")) {
            try test.store.snapshot().items(at: .version(first))
        }
        try test.store.put(1, "c")
        try test.store.delete(1)
        try test.store.put(1, "d")
        try test.store.write { try $0.enableRecovery(of: "t") }
        let again = try test.store.snapshot().version
        try test.store.put(1, "e")
        try test.reopen()
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.text(1, at: .version(again)) == "d")
        #expect(try snapshot.text(1, at: .earliest) == "d")
        #expect(throws: StorageError.self) { try snapshot.items(at: .version(again - 1)) }
        #expect(throws: StorageError.self) { try snapshot.items(at: .version(first)) }
        try test.store.collectGarbage()
        #expect(try test.store.snapshot().statistics(of: table).historyRecords == 1)
        #expect(try test.store.snapshot().text(1, at: .version(again)) == "d")
    }

    @Test func retentionMovesTheWindow() throws {
        let test = try TestStore()
        try test.store.makeTable()
        try test.store.write { try $0.enableRecovery(of: "t", retentionDays: 3) }
        let table = try test.store.table("t")
        test.clock.advance(seconds: 1)
        try test.store.put(1, "a")
        let written = test.clock.time
        test.clock.advance(days: 2)
        try test.store.put(1, "b")
        #expect(try test.store.snapshot().text(1, at: .time(written)) == "a")
        test.clock.advance(days: 2)
        var snapshot = try test.store.snapshot()
        #expect(throws: StorageError.self) { try snapshot.text(1, at: .time(written)) }
        // The state that the window begins with is that of the last commit before it.
        #expect(try snapshot.text(1, at: .earliest) == "a")
        #expect(try snapshot.restorableTimes(of: table)?.lowerBound == test.clock.time - 3 * TestClock.day)

        // A shorter retention ends what is older at once, and a longer one does not bring it back.
        try test.store.write { try $0.enableRecovery(of: "t", retentionDays: 1) }
        try test.store.write { try $0.enableRecovery(of: "t", retentionDays: 35) }
        snapshot = try test.store.snapshot()
        let info = try #require(snapshot.table(named: "t"))
        let earliest = try #require(try snapshot.restorableTimes(of: info)).lowerBound
        #expect(abs(earliest - (test.clock.time - TestClock.day)) < 10)
    }

    @Test func retentionHasLimits() throws {
        let test = try TestStore()
        try test.store.makeTable()
        for days in [0, 36, -1] {
            #expect(throws: StorageError.retentionOutOfRange(days: days, allowed: 1...35)) {
                try test.store.write { try $0.enableRecovery(of: "t", retentionDays: days) }
            }
        }
        #expect(try test.store.table("t").recovery?.retentionDays == 35)
    }

    @Test func restorePointsNameMoments() throws {
        let test = try TestStore()
        try test.store.makeTable()
        try test.store.put(1, "a")
        try test.store.write { try $0.createRestorePoint("before") }
        try test.store.put(1, "b")
        #expect(try test.store.snapshot().text(1, at: .restorePoint("before")) == "a")
        #expect(throws: StorageError.restorePointExists("before")) {
            try test.store.write { try $0.createRestorePoint("before") }
        }
        #expect(throws: StorageError.invalidRestorePointName("")) {
            try test.store.write { try $0.createRestorePoint("") }
        }
        #expect(try test.store.snapshot().restorePoints.map(\.name) == ["before"])
        try test.store.write { try $0.dropRestorePoint("before") }
        #expect(try test.store.snapshot().restorePoints.isEmpty)
        #expect(throws: StorageError.restorePointNotFound("before")) {
            try test.store.write { try $0.dropRestorePoint("before") }
        }
    }

    /// The clock of this process may be behind that of the one that has collected.
    @Test func whatWasCollectedStaysGoneWhenTheClockGoesBack() throws {
        let test = try TestStore()
        try test.store.makeTable()
        try test.store.put(1, "a")
        let written = test.clock.time
        try test.store.put(1, "b")
        test.clock.advance(days: 40)
        try test.store.collectGarbage()
        test.clock.advance(days: -40)
        #expect(throws: StorageError.self) { try test.store.snapshot().text(1, at: .time(written)) }
        #expect(try test.store.snapshot().text(1, at: .latest) == "b")
    }

    /// `LATEST` is the newest commit, so a transaction's own writes are not in it.
    @Test func latestInATransactionIsTheCommitBefore() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        try test.store.put(1, "a")
        try test.store.write { transaction in
            try transaction.put(document(1, "b"), into: table)
            let texts = [try transaction.text(1, at: .latest), try transaction.text(1, at: .now)]
            #expect(texts == ["a", "b"])
        }
    }
}
