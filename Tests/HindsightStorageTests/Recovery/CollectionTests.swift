import HindsightKeyValue
import HindsightTestSupport
import Testing

@testable import HindsightStorage

/// What nobody may read any more goes, and nothing else does.
struct CollectionTests {
    @Test func recordsAndTombstonesLeaveWithTheWindow() throws {
        let test = try TestStore { $0.collectsAutomatically = false }
        let table = try test.store.makeTable()
        for round in 0..<5 {
            for id in 0..<10 { try test.store.put(id, "\(round)") }
        }
        for id in 0..<5 { try test.store.delete(id) }
        test.clock.advance(days: 20)
        try test.store.put(9, "later")
        let kept = try test.store.snapshot().version
        test.clock.advance(days: 20)
        #expect(try test.store.snapshot().statistics(of: table).historyRecords == 56)
        let result = try test.store.collectGarbage()
        #expect(result.isComplete && result.removed > 0)
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.statistics(of: table).historyRecords == 1)
        #expect(try !snapshot.dump(table).contains { $0.hasPrefix("deleted") })
        #expect(try snapshot.text(9, at: .version(kept - 1)) == "4")
        #expect(try snapshot.items(at: .version(kept - 1)).count == 5)
        #expect(try snapshot.size(of: table, at: kept - 1).items == 5)
        #expect(throws: StorageError.self) { try snapshot.items(at: .version(kept - 2)) }
        // A chain goes on from its new end.
        try test.store.put(9, "a")
        try test.store.put(0, "b")
        #expect(try test.store.snapshot().text(9, at: .version(kept)) == "later")
        #expect(try test.store.snapshot().text(0, at: .version(kept)) == nil)
        #expect(try test.store.collectGarbage() == CollectionResult(isComplete: true))
    }

    @Test func aStepIsSmall() throws {
        let test = try TestStore { $0.collectsAutomatically = false }
        let table = try test.store.makeTable()
        try test.store.write { transaction in
            for id in 0..<100 { try transaction.put(document(id, "a"), into: table) }
        }
        try test.store.write { transaction in
            for id in 0..<100 { try transaction.put(document(id, "b"), into: table) }
        }
        test.clock.advance(days: 36)
        let first = try test.store.collectGarbage(limit: 30)
        #expect(!first.isComplete && first.removed == 30)
        #expect(try test.store.snapshot().items() == (0..<100).map { Item($0, "b") })
        try test.store.collectGarbage()
        #expect(try test.store.snapshot().statistics(of: table).historyRecords == 0)
    }

    /// However many records a commit has, a step looks at those that it removes and no others.
    @Test func aStepThroughALargeCommitCostsWhatItRemoves() throws {
        let log = LoggingInterceptor()
        let test = try TestStore {
            $0.collectsAutomatically = false
            $0.interceptor = log
        }
        let table = try test.store.makeTable()
        for text in ["a", "b"] {
            try test.store.write { transaction in
                for id in 0..<1_000 { try transaction.put(document(id, text), into: table) }
            }
        }
        test.clock.advance(days: 36)
        var calls: [Int] = []
        while try test.store.snapshot().statistics(of: table).historyRecords > 0 {
            log.clear()
            try test.store.collectGarbage(limit: 100)
            calls.append(log.lines.count)
        }
        #expect(calls.count >= 20)
        #expect(calls.allSatisfy { $0 < 1_000 })
    }

    /// Where the time of a step is over at once, it still does something, and in the end everything is done.
    @Test func stepsWithoutTimeComeToTheEnd() throws {
        let test = try TestStore {
            $0.collectsAutomatically = false
            $0.collectionMilliseconds = 0
        }
        let table = try test.store.makeTable()
        try test.store.write { try $0.createIndex(IndexModel.definition, of: "t") }
        for text in ["a", "b"] {
            try test.store.write { transaction in
                for id in 0..<300 { try transaction.put(document(id, text), into: table) }
            }
        }
        try test.store.write { try $0.restore("t", to: "u", at: .latest) }
        try test.store.write { try $0.dropTable("t") }
        test.clock.advance(days: 36)
        #expect(try test.store.collectGarbage().isComplete)
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.items("u") == (0..<300).map { Item($0, "b") })
        #expect(try snapshot.indexItems("u") == snapshot.items("u"))
        #expect(snapshot.table(named: "u")?.base == nil)
        #expect(try test.store.verify().findings == [])
    }

    @Test func droppedTablesFreeTheirSpaceAndNumbersAreNotUsedAgain() throws {
        let test = try TestStore { $0.collectsAutomatically = false }
        let first = try test.store.makeTable("a")
        for id in 0..<20 { try test.store.put(id, "x", "a") }
        for id in 0..<10 { try test.store.delete(id, "a") }
        try test.store.write { try $0.disableRecovery(of: "a") }
        try test.store.write { try $0.dropTable("a") }
        #expect(try test.store.snapshot().table(named: "a") == nil)
        #expect(throws: StorageError.tableNotFound("a")) { try test.store.write { try $0.dropTable("a") } }
        let second = try test.store.makeTable("a")
        #expect(second.id > first.id)
        #expect(try test.store.snapshot().items("a").isEmpty)
        try test.store.collectGarbage()
        let lines = try test.store.snapshot().dump()
        #expect(!lines.contains { $0.contains(" t\(first.id) ") })
        try test.reopen()
        #expect(try test.store.makeTable("b").id > second.id)
    }

    @Test func commitsOlderThanAnyWindowGo() throws {
        let test = try TestStore { $0.collectsAutomatically = false }
        try test.store.makeTable()
        for round in 0..<20 { try test.store.put(1, "\(round)") }
        test.clock.advance(days: 40)
        let version = try test.store.put(1, "last")
        try test.store.collectGarbage()
        let commits = try test.store.snapshot().commits()
        #expect(commits.map(\.version) == [version - 1, version])
        #expect(try test.store.put(1, "next") == version + 1)
        #expect(try test.store.snapshot().text(1, at: .earliest) == "19")
    }

    /// With the automatic steps, time and commits are enough.
    @Test func commitsTakeACollectingStepAlong() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        for round in 0..<20 { try test.store.put(1, "\(round)") }
        test.clock.advance(days: 36)
        try test.store.put(2, "x")
        #expect(try test.store.snapshot().statistics(of: table).historyRecords == 1)
        try test.store.write { try $0.dropTable("t") }
        test.clock.advance(days: 36)
        try test.store.makeTable("u")
        #expect(try !test.store.snapshot().dump().contains { $0.hasPrefix("live") })
    }
}
