import HindsightKeyValue
import HindsightTestSupport
import Testing

@testable import HindsightStorage

/// BEGIN … COMMIT over several calls.
struct OpenTransactionTests {
    @Test func whatItWritesIsSeenInsideAndOnlyThenOutside() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        let open = try test.store.beginTransaction()
        try open.run(statement: "one") { try $0.put(document(1, "a"), into: table) }
        try open.run(statement: "two") { transaction in
            #expect(try transaction.items() == [Item(1, "a")])
            try transaction.put(document(2, "b"), into: table)
        }
        #expect(try test.store.snapshot().items().isEmpty)
        #expect(try open.read { try $0.items() } == [Item(1, "a"), Item(2, "b")])
        let commit = try #require(try open.commit())
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.items() == [Item(1, "a"), Item(2, "b")])
        #expect(snapshot.version == commit.version)
        #expect(try snapshot.commit(commit.version)?.statement == "one; two")
    }

    @Test func aFailingStatementUndoesItselfOnly() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        let open = try test.store.beginTransaction()
        try open.run { try $0.put(document(1, "a"), into: table) }
        #expect(throws: StorageError.itemExists(table: "t")) {
            try open.run { transaction in
                try transaction.put(document(2, "lost"), into: table)
                try transaction.insert(document(1, "again"), into: table)
            }
        }
        try open.run { try $0.put(document(3, "c"), into: table) }
        try open.commit()
        #expect(try test.store.snapshot().items() == [Item(1, "a"), Item(3, "c")])
    }

    @Test func rollbackUndoesAll() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        let version = try test.store.snapshot().version
        let open = try test.store.beginTransaction()
        try open.run { transaction in
            try transaction.put(document(1, "a"), into: table)
            try transaction.dropTable("t")
        }
        open.rollback()
        open.rollback()
        #expect(try test.store.snapshot().items().isEmpty)
        #expect(try test.store.snapshot().version == version)
        #expect(throws: StorageError.transactionEnded) { try open.run { _ in } }
        #expect(throws: StorageError.transactionEnded) { try open.commit() }
    }

    @Test func lettingGoRollsBack() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        do {
            let open = try test.store.beginTransaction()
            try open.run { try $0.put(document(1, "a"), into: table) }
        }
        try test.store.put(2, "b")
        #expect(try test.store.snapshot().items() == [Item(2, "b")])
    }

    @Test func itIsUsedFromAnyThread() async throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        let open = try test.store.beginTransaction()
        for id in 0..<5 {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                do {
                    try WorkerThread.start {
                        continuation.resume(
                            with: Result { try open.run { _ = try $0.put(document(id, "x"), into: table) } })
                    }
                } catch { continuation.resume(throwing: error) }
            }
        }
        try open.commit()
        #expect(try test.store.snapshot().items().count == 5)
    }

    @Test func aCallInsideItsOwnBodyIsAnError() throws {
        let test = try TestStore()
        try test.store.makeTable()
        let open = try test.store.beginTransaction()
        try open.run { _ in
            #expect(throws: StorageError.reentrantWrite) { try open.run { _ in } }
            #expect(throws: StorageError.reentrantWrite) { try test.store.put(1, "x") }
        }
        open.rollback()
    }

    @Test func nothingWrittenIsNoCommit() throws {
        let test = try TestStore()
        try test.store.makeTable()
        let open = try test.store.beginTransaction()
        try open.run { _ = try $0.items() }
        #expect(try open.commit() == nil)
    }
}
