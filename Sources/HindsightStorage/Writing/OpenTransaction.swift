import HindsightKeyValue
import Synchronization

/// A transaction that stays open over several calls, from any thread: BEGIN … COMMIT.
///
/// It holds the writer until it ends, so all other writers wait. Let go without `commit`, it is rolled back.
package final class OpenTransaction: Sendable {
    private let environment: Environment
    private let owner: TransactionOwner
    /// Held by the call that is under way; `nil` when the transaction has ended.
    private let current: Mutex<StoreTransaction?>

    init(store: Store) throws(StorageError) {
        environment = store.environment
        owner = try TransactionOwner(store: store)
        current = Mutex(try owner.begun.get())
    }

    deinit {
        rollback()
    }

    /// Runs one statement in the transaction. If `body` throws, what it changed is undone, and the transaction goes on.
    ///
    /// - Parameter statement: text to note with the commit.
    /// - Throws: what `body` throws; `.transactionEnded`; `.reentrantWrite` if called inside a body.
    @discardableResult
    package func run<Value>(
        statement: String = "", _ body: (StoreTransaction) throws -> Value
    ) throws -> Value {
        try use { transaction in
            let value = try transaction.statement { try body(transaction) }
            transaction.note(statement: statement)
            return value
        }
    }

    /// Reads in the transaction; `body` must not write.
    ///
    /// - Throws: as `run`.
    package func read<Value>(_ body: (StoreReader) throws -> Value) throws -> Value {
        try use { try body($0) }
    }

    /// Makes all that was written durable and visible.
    ///
    /// - Returns: `nil` if nothing was changed.
    /// - Throws: `.transactionEnded` if it was committed or rolled back before; `.keyValue` if the commit fails.
    @discardableResult
    package func commit() throws(StorageError) -> Commit? {
        guard let outcome = end(committing: true) else { throw .transactionEnded }
        return try outcome.get()
    }

    /// Undoes all that was written. Calling it when the transaction has ended does nothing.
    package func rollback() {
        _ = end(committing: false)
    }

    private func use<Value>(_ body: (StoreTransaction) throws -> Value) throws -> Value {
        // A body that calls its own transaction would wait for itself.
        guard !environment.isWrittenByThisThread else { throw StorageError.reentrantWrite }
        return try current.withLock { current in
            guard let transaction = current else { throw StorageError.transactionEnded }
            transaction.access.borrow()
            defer { transaction.access.giveBack() }
            return try body(transaction)
        }
    }

    /// - Returns: `nil` if the transaction has ended before.
    private func end(committing: Bool) -> Result<Commit?, StorageError>? {
        current.withLock { current in
            guard current != nil else { return nil }
            current = nil
            return owner.end(committing: committing)
        }
    }
}

extension Store {
    /// Begins a transaction that stays open over several calls, after waiting for the writer before.
    ///
    /// - Throws: `.reentrantWrite` inside the body of a write; `.readOnly`; `.keyValue`.
    package func beginTransaction() throws(StorageError) -> OpenTransaction {
        try checkWritable()
        return try OpenTransaction(store: self)
    }
}
