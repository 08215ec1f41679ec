import HindsightTestSupport
import Testing

@testable import HindsightStorage

/// A statement happens as a whole or not at all, whatever it is that fails, and however scopes nest.
struct StatementTests {
    private struct Failure: Error {}

    /// Around the number of changes from which on a scope is a nested transaction.
    @Test(arguments: [1, 2, 63, 64, 65, 200])
    func aFailingStatementLeavesNothing(size: Int) throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        for id in 0..<10 { try test.store.put(id, "old") }
        let before = try test.store.snapshot().dump(table)
        try test.store.write { transaction in
            #expect(throws: Failure.self) {
                try transaction.statement {
                    for id in 0..<size { try transaction.put(document(id, "new"), into: table) }
                    try transaction.delete(key: key(0), from: table)
                    throw Failure()
                }
            }
        }
        #expect(try test.store.snapshot().dump(table) == before)
    }

    @Test(arguments: [1, 70])
    func theTransactionGoesOnAfterAFailingStatement(size: Int) throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        let committed = try test.store.write { transaction in
            try transaction.put(document(1, "first"), into: table)
            try? transaction.statement {
                for id in 0..<size { try transaction.put(document(id, "lost"), into: table) }
                throw Failure()
            }
            try transaction.statement { try transaction.put(document(2, "second"), into: table) }
        }
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.items() == [Item(1, "first"), Item(2, "second")])
        #expect(try snapshot.size(of: table).items == 2)
        let version = try #require(committed.commit).version
        let commit = try #require(try snapshot.commit(version))
        #expect(commit.changes.map(\.count) == [2])
    }

    @Test func aFailingStatementUndoesWhatItDidToTheCatalog() throws {
        let test = try TestStore()
        try test.store.makeTable("a")
        try test.store.write { transaction in
            #expect(throws: StorageError.tableExists("a")) {
                try transaction.statement {
                    try transaction.renameTable("a", to: "b")
                    try transaction.createRestorePoint("p")
                    try transaction.renameTable("b", to: "a")
                    try transaction.createTable(
                        TableDefinition(name: "c", partitionKey: KeyAttribute(name: "id", kind: .string)))
                    try transaction.renameTable("c", to: "a")
                }
            }
            #expect(transaction.tables.map(\.name) == ["a"])
            let point = try transaction.restorePoint(named: "p")
            #expect(point == nil)
        }
        #expect(try test.store.snapshot().tables.map(\.name) == ["a"])
    }

    /// Scopes in scopes, each kept or undone at random, each with few or with many changes.
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func nestedScopesAreUndoneOneByOne(seed: UInt64) throws {
        let test = try TestStore()
        let table = try test.store.makeTable(recovery: seed % 2 == 0)
        for id in 0..<20 { try test.store.put(id, "old") }
        var random = SeededGenerator(seed: seed)
        var model = Dictionary(uniqueKeysWithValues: (0..<20).map { ($0, "old") })

        func change(_ transaction: StoreTransaction, _ items: inout [Int: String]) throws {
            for _ in 0..<Int.random(in: 0...60, using: &random) {
                let id = Int.random(in: 0..<40, using: &random)
                if Bool.random(using: &random) {
                    let text = "\(Int.random(in: 0..<1000, using: &random))"
                    try transaction.put(document(id, text), into: table)
                    items[id] = text
                } else {
                    try transaction.delete(key: key(id), from: table)
                    items[id] = nil
                }
            }
        }
        func scope(_ transaction: StoreTransaction, _ items: inout [Int: String], depth: Int) throws {
            var inside = items
            let isKept = Bool.random(using: &random)
            do {
                try transaction.statement {
                    try change(transaction, &inside)
                    for _ in 0..<Int.random(in: 0...2, using: &random) where depth < 4 {
                        try scope(transaction, &inside, depth: depth + 1)
                        try change(transaction, &inside)
                    }
                    if !isKept { throw Failure() }
                }
                items = inside
            } catch is Failure {}
            let expected = items.sorted { $0.key < $1.key }.map { Item($0.key, $0.value) }
            #expect(try transaction.items() == expected, "seed \(seed)")
        }

        for _ in 0..<5 {
            try test.store.write { transaction in
                for _ in 0..<3 { try scope(transaction, &model, depth: 0) }
            }
            let expected = model.sorted { $0.key < $1.key }.map { Item($0.key, $0.value) }
            #expect(try test.store.snapshot().items() == expected, "seed \(seed)")
            #expect(try test.store.snapshot().size(of: table).items == model.count, "seed \(seed)")
        }
    }
}
