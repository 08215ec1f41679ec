import HindsightTestSupport
import Testing

@testable import HindsightStorage

/// Restoring makes a fork: a table over the past of another one.
struct RestoreTests {
    /// A table `t` with some past: 1…5 at the first version, then changes.
    private func source() throws -> (TestStore, Version) {
        let test = try TestStore()
        try test.store.makeTable()
        for id in 1...5 { try test.store.put(id, "old") }
        let version = try test.store.snapshot().version
        try test.store.put(1, "new")
        try test.store.delete(2)
        try test.store.put(6, "new")
        return (test, version)
    }

    private let old = (1...5).map { Item($0, "old") }

    @Test func theNewTableIsWhatTheOldOneWas() throws {
        let (test, version) = try source()
        try test.store.write { try $0.restore("t", to: "f", at: .version(version)) }
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.items("f") == old)
        #expect(try snapshot.items("f", .all, at: .now, .backward) == old.reversed())
        #expect(try snapshot.items("t", at: .version(version)) == old)
        let table = try #require(snapshot.table(named: "f"))
        #expect(table.recovery == nil)
        #expect(table.status == .restoring)
        #expect(table.origin?.tableName == "t" && table.origin?.version == version)
        #expect(try snapshot.size(of: table).items == 5)
        for id in 1...6 { #expect(try snapshot.text(id, "f") == (id < 6 ? "old" : nil)) }
    }

    @Test func bothGoTheirOwnWays() throws {
        let (test, version) = try source()
        try test.store.write { try $0.restore("t", to: "f", at: .version(version)) }
        try test.store.put(1, "fork", "f")
        try test.store.delete(3, "f")
        try test.store.put(9, "fork", "f")
        try test.store.put(4, "later", "t")
        let snapshot = try test.store.snapshot()
        let expected = [Item(1, "fork"), Item(2, "old"), Item(4, "old"), Item(5, "old"), Item(9, "fork")]
        #expect(try snapshot.items("f") == expected)
        #expect(try snapshot.items("f", .all, at: .now, .backward) == expected.reversed())
        #expect(try snapshot.text(3, "f") == nil)
        #expect(try snapshot.text(3, "t") == "old")
        // An item that was deleted can come back, and one of the base is no new item.
        try test.store.put(3, "back", "f")
        #expect(try test.store.snapshot().text(3, "f") == "back")
        #expect(throws: StorageError.itemExists(table: "f")) {
            try test.store.write { transaction in
                try transaction.insert(document(5, "x"), into: transaction.existingTable("f"))
            }
        }
        #expect(try test.store.snapshot().size(of: test.store.table("f")).items == 6)
    }

    @Test func errorsComeInTheirOrder() throws {
        let (test, version) = try source()
        let future = Moment.time(test.clock.time + TestClock.day)
        func restore(_ source: String, _ target: String, _ moment: Moment) throws {
            try test.store.write { try $0.restore(source, to: target, at: moment) }
        }
        try test.store.makeTable("off", recovery: false)
        #expect(throws: StorageError.tableNotFound("no")) { try restore("no", "t", future) }
        #expect(throws: StorageError.recoveryOff(table: "off")) { try restore("off", "t", future) }
        #expect(throws: StorageError.recoveryOff(table: "off")) { try restore("off", "t", .latest) }
        #expect(throws: StorageError.inFuture(table: "t", asked: future, latest: test.clock.time + 9)) {
            do { try restore("t", "t", future) } catch let StorageError.inFuture(table, asked, _) {
                throw StorageError.inFuture(table: table, asked: asked, latest: test.clock.time + 9)
            }
        }
        #expect(throws: StorageError.tableExists("t")) { try restore("t", "t", .version(version)) }
        #expect(throws: StorageError.tableExists("off")) { try restore("t", "off", .latest) }
        #expect(throws: StorageError.invalidTableName("")) { try restore("t", "", .latest) }
        try restore("t", "f", .latest)
    }

    /// Beside the original's own history, a fork has none from before it was made.
    @Test func aForksPastBeginsWithIt() throws {
        let (test, version) = try source()
        let made = try #require(try test.store.write { try $0.restore("t", to: "f", at: .version(version)) }.commit)
        #expect(throws: StorageError.recoveryOff(table: "f")) {
            try test.store.snapshot().items("f", at: .version(made.version))
        }
        try test.store.write { try $0.enableRecovery(of: "f") }
        let enabled = try test.store.snapshot().version
        try test.store.put(1, "fork", "f")
        try test.store.delete(2, "f")
        try test.store.put(7, "fork", "f")
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.items("f", at: .version(enabled)) == old)
        #expect(try snapshot.text(2, "f", at: .version(enabled)) == "old")
        #expect(try snapshot.items("f", at: .version(enabled + 1)).first == Item(1, "fork"))
        #expect(
            throws: StorageError.beforeTable(table: "f", asked: .version(version), created: made.time)
        ) { try snapshot.items("f", at: .version(version)) }
        let table = try #require(snapshot.table(named: "f"))
        let changes = try snapshot.changes(of: table, from: enabled, to: snapshot.version)
        var seen: [String] = []
        while try changes.next() {
            let (before, after) = try changes.items
            seen.append("\(before?.description ?? "-") \(after?.description ?? "-")")
        }
        #expect(seen == ["1:old 1:fork", "2:old -", "- 7:fork"])
    }

    @Test func forksOfForks() throws {
        let (test, version) = try source()
        var name = "t"
        var expected = old
        for level in 1...12 {
            let fork = "f\(level)"
            let moment = level == 1 ? Moment.version(version) : .latest
            try test.store.write { transaction in
                try transaction.restore(name, to: fork, at: moment)
                try transaction.enableRecovery(of: fork)
            }
            try test.store.put(level, "level \(level)", fork)
            expected.removeAll { $0.id == level }
            expected.append(Item(level, "level \(level)"))
            expected.sort { $0.id < $1.id }
            #expect(try test.store.snapshot().items(fork) == expected)
            name = fork
        }
        let items = try test.store.snapshot().items("f12")
        try test.store.collectGarbage()
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.items("f12") == items)
        // Chains that are too long were cut by copying.
        #expect(snapshot.tables.allSatisfy { snapshot.catalog.depth(of: $0) <= Limits.forkDepth })
        #expect(snapshot.tables.contains { $0.status == .restoring })
    }

    @Test(arguments: ["drop", "off", "retention"])
    func whatAForkNeedsIsCopiedBeforeItIsCollected(way: String) throws {
        let (test, version) = try source()
        try test.store.write { try $0.restore("t", to: "f", at: .version(version)) }
        try test.store.put(1, "fork", "f")
        try test.store.delete(4, "f")
        let expected = try test.store.snapshot().items("f")
        switch way {
        case "drop": try test.store.write { try $0.dropTable("t") }
        case "off": try test.store.write { try $0.disableRecovery(of: "t") }
        default: test.clock.advance(days: 36)
        }
        #expect(try test.store.snapshot().items("f") == expected)
        if way == "off" {
            // Until the fork is copied, the table goes on keeping what it needs.
            try test.store.put(3, "overwritten", "t")
            #expect(try test.store.snapshot().items("f") == expected)
        }
        // In the smallest steps, reopened between.
        var steps = 0
        while try !test.store.collectGarbage(limit: 1).isComplete {
            steps += 1
            if steps % 5 == 0 { try test.reopen() }
            #expect(try test.store.snapshot().items("f") == expected)
            try #require(steps < 200)
        }
        let table = try test.store.table("f")
        #expect(table.status == .active)
        #expect(try test.store.snapshot().items("f") == expected)
        let lines = try test.store.snapshot().dump(table)
        #expect(!lines.contains { $0.hasPrefix("deleted") })
        #expect(try test.store.snapshot().size(of: table).items == expected.count)
    }

    /// The fork's own past survives the copying.
    @Test func copyingKeepsTheForksPast() throws {
        let (test, version) = try source()
        try test.store.write { transaction in
            try transaction.restore("t", to: "f", at: .version(version))
            try transaction.enableRecovery(of: "f")
        }
        let enabled = try test.store.snapshot().version
        try test.store.delete(1, "f")
        try test.store.put(2, "fork", "f")
        let later = try test.store.snapshot().version
        try test.store.write { try $0.dropTable("t") }
        try test.store.collectGarbage()
        try test.store.put(3, "after", "f")
        let snapshot = try test.store.snapshot()
        #expect(snapshot.table(named: "f")?.status == .active)
        #expect(try snapshot.items("f", at: .version(enabled)) == old)
        #expect(try snapshot.items("f", at: .version(later)).map(\.text) == ["fork", "old", "old", "old"])
        #expect(try snapshot.items("f").map(\.text) == ["fork", "after", "old", "old"])
    }

    /// A fork of a fork whose sources are dropped needs both, in the right order.
    @Test func droppedTablesServeUntilTheyAreCopied() throws {
        let (test, version) = try source()
        try test.store.write { transaction in
            try transaction.restore("t", to: "f", at: .version(version))
            try transaction.enableRecovery(of: "f")
        }
        try test.store.put(1, "fork", "f")
        try test.store.write { try $0.restore("f", to: "g", at: .latest) }
        let expected = try test.store.snapshot().items("g")
        try test.store.write { transaction in
            try transaction.dropTable("t")
            try transaction.dropTable("f")
        }
        #expect(try test.store.snapshot().items("g") == expected)
        // The backups that dropping has made come to their end.
        test.clock.advance(days: 36)
        try test.store.collectGarbage()
        #expect(try test.store.snapshot().items("g") == expected)
        let lines = try test.store.snapshot().dump()
        #expect(!lines.contains { $0.contains("dropped table") || $0.contains(" t1 ") || $0.contains(" t2 ") })
    }

    /// What the transaction itself still does to the source must not show in the copy.
    @Test func restoringInATransactionTakesWhatIsCommitted() throws {
        let (test, _) = try source()
        let before = try test.store.snapshot().items()
        try test.store.write { transaction in
            let table = try transaction.existingTable("t")
            try transaction.put(document(1, "mine"), into: table)
            try transaction.restore("t", to: "f", at: .latest)
            try transaction.put(document(3, "mine"), into: table)
            let items = try transaction.items("f")
            #expect(items == before)
        }
        #expect(try test.store.snapshot().items("f") == before)
    }
}
