import HindsightKeyValue
import HindsightTestSupport
import Testing

@testable import HindsightStorage

/// What the undo records of a table take: a running total, whatever is written, undone and collected.
struct HistorySizeTests {
    @Test func aStepOfTheCollectorKeepsItRight() throws {
        let test = try TestStore { $0.collectsAutomatically = false }
        let table = try test.store.makeTable()
        try test.store.write { transaction in
            for id in 0..<50 { try transaction.put(document(id, "a"), into: table) }
        }
        for id in 0..<50 { try test.store.put(id, "b") }
        let before = try test.store.snapshot().historySize(of: table)
        #expect(before.records == 100)
        test.clock.advance(days: 36)
        // In the middle of the first commit, and then of those that follow.
        for records in [70, 40, 10] as [UInt64] {
            try test.store.collectGarbage(limit: 30)
            #expect(try test.store.snapshot().historySize(of: table).records >= records)
            #expect(try test.store.verify().findings == [])
        }
        try test.store.collectGarbage()
        #expect(try test.store.snapshot().historySize(of: table) == HistorySize())
        #expect(try test.store.verify().findings == [])
    }

    @Test func aStatementThatIsUndoneLeavesItAsItWas() throws {
        struct Refusal: Error {}
        let test = try TestStore()
        let table = try test.store.makeTable()
        try test.store.put(1, "a")
        let before = try test.store.snapshot().historySize(of: table)
        try test.store.write { transaction in
            #expect(throws: Refusal.self) {
                try transaction.statement {
                    for id in 0..<100 { try transaction.put(try document(id, "b"), into: table) }
                    throw Refusal()
                }
            }
            let after = try transaction.historySize(of: table)
            #expect(after == before)
        }
        #expect(try test.store.verify().findings == [])
    }

    @Test func filesInWhichNobodyHasCountedAreCountedWhenAsked() throws {
        let test = try TestStore { $0.collectsAutomatically = false }
        let table = try test.store.makeTable()
        for id in 0..<5 { try test.store.put(id, "a") }
        let counted = try test.store.snapshot().historySize(of: table)
        try test.store.inStep(budget: 1) { step throws(StorageError) in
            guard var newest = try step.reader.state(table.id, at: .max) else { return }
            newest.totals.history = nil
            try step.putTotals(newest, of: table.id)
            step.hasChanges = true
        }
        #expect(try test.store.snapshot().historySize(of: table) == counted)
        try test.store.put(1, "b")
        #expect(try test.store.snapshot().historySize(of: table).records == 6)
        test.clock.advance(days: 36)
        try test.store.collectGarbage()
        #expect(try test.store.snapshot().historySize(of: table) == HistorySize())
        #expect(try test.store.verify().findings == [])
    }

    @Test func anEntryOfTheFirstFilesIsRead() throws {
        var totals = TableTotals()
        totals.items = 300
        totals.history = nil
        var bytes: [UInt8] = []
        totals.encode(to: &bytes)
        #expect(try TableTotals(bytes.rawSpan) == totals)
        totals.history = HistorySize(records: 2, bytes: 1_000)
        bytes = []
        totals.encode(to: &bytes)
        #expect(try TableTotals(bytes.rawSpan) == totals)
    }
}
