import Dispatch
import HindsightKeyValue
import Synchronization

/// A transaction that stays open over several calls, from any thread: BEGIN … COMMIT.
///
/// It holds the writer until it ends, so all other writers wait. A write transaction belongs to one thread, so this one
/// has a thread of its own, which runs what it is given. Let go without `commit`, it is rolled back.
package final class OpenTransaction: Sendable {
    private let worker: TransactionWorker

    init(store: Store) throws(StorageError) {
        worker = try TransactionWorker(store: store)
    }

    deinit {
        worker.end(committing: false)
    }

    /// Runs one statement in the transaction. If `body` throws, what it changed is undone, and the transaction goes on.
    ///
    /// - Parameter statement: text to note with the commit.
    /// - Throws: what `body` throws; `.transactionEnded`; `.reentrantWrite` if called inside a body.
    @discardableResult
    package func run<Value>(
        statement: String = "", _ body: (StoreTransaction) throws -> Value
    ) throws -> Value {
        try withoutActuallyEscaping(body) { body in
            var value: Value?
            try worker.run { transaction in
                value = try transaction.statement { try body(transaction) }
                transaction.note(statement: statement)
            }
            guard let value else { throw StorageError.transactionEnded }
            return value
        }
    }

    /// Reads in the transaction; `body` must not write.
    ///
    /// - Throws: as `run`.
    package func read<Value>(_ body: (StoreReader) throws -> Value) throws -> Value {
        try withoutActuallyEscaping(body) { body in
            var value: Value?
            try worker.run { transaction in
                value = try body(transaction)
            }
            guard let value else { throw StorageError.transactionEnded }
            return value
        }
    }

    /// Makes all that was written durable and visible.
    ///
    /// - Returns: `nil` if nothing was changed.
    /// - Throws: `.transactionEnded` if it was committed or rolled back before; `.keyValue` if the commit fails.
    @discardableResult
    package func commit() throws(StorageError) -> Commit? {
        guard let outcome = worker.end(committing: true) else { throw .transactionEnded }
        return try outcome.get()
    }

    /// Undoes all that was written. Calling it when the transaction has ended does nothing.
    package func rollback() {
        worker.end(committing: false)
    }
}

/// The thread of an open transaction and what it is given to do.
///
/// `@unchecked Sendable`: one call at a time holds `calls`, hands its job over, and waits until it is done; the two
/// semaphores order what caller and worker read and write.
private final class TransactionWorker: @unchecked Sendable {
    private enum Job {
        case body
        case commit
        case rollback
    }

    private let store: Store
    /// Held by the one call that is under way; whether the transaction has ended.
    private let calls = Mutex(false)
    private let thread = Atomic<UInt>(0)
    private let given = DispatchSemaphore(value: 0)
    private let done = DispatchSemaphore(value: 0)
    private var job = Job.rollback
    /// What to run for `Job.body`; let go of before its caller goes on, whose call it must not outlive.
    private var body: ((StoreTransaction) throws -> Void)?
    private var bodyOutcome: Result<Void, any Error> = .success(())
    private var outcome: Result<Commit?, StorageError> = .success(nil)

    init(store: Store) throws(StorageError) {
        self.store = store
        do { try WorkerThread.start { self.serve() } } catch { throw StorageError(error) }
        done.wait()
        _ = try outcome.get()
    }

    func run(_ body: @escaping (StoreTransaction) throws -> Void) throws {
        try checkThread()
        try calls.withLock { hasEnded in
            guard !hasEnded else { throw StorageError.transactionEnded }
            self.body = body
            hand(.body)
            try bodyOutcome.get()
        }
    }

    /// - Returns: `nil` if the transaction has ended before.
    @discardableResult
    func end(committing: Bool) -> Result<Commit?, StorageError>? {
        calls.withLock { hasEnded in
            guard !hasEnded else { return nil }
            hasEnded = true
            hand(committing ? .commit : .rollback)
            return outcome
        }
    }

    private func hand(_ job: Job) {
        self.job = job
        given.signal()
        done.wait()
    }

    /// A body that calls its own transaction would wait for itself.
    private func checkThread() throws(StorageError) {
        guard thread.load(ordering: .relaxed) != WorkerThread.currentNumber else { throw .reentrantWrite }
    }
}

// MARK: - On the transaction's thread

extension TransactionWorker {
    private func serve() {
        thread.store(WorkerThread.currentNumber, ordering: .relaxed)
        let transaction: StoreTransaction
        do throws(StorageError) {
            transaction = try begin()
        } catch {
            outcome = .failure(error)
            done.signal()
            return
        }
        done.signal()
        while true {
            given.wait()
            switch job {
            case .body:
                bodyOutcome = Result { try runBody(in: transaction) }
                done.signal()
            case .commit:
                end { () throws(StorageError) in try commit(transaction) }
                return
            case .rollback:
                end { () throws(StorageError) in
                    transaction.access.abort()
                    return nil
                }
                return
            }
        }
    }

    private func runBody(in transaction: StoreTransaction) throws {
        defer { body = nil }
        try body?(transaction)
    }

    private func end(_ body: () throws(StorageError) -> Commit?) {
        outcome = Result(catching: body)
        done.signal()
    }

    private func begin() throws(StorageError) -> StoreTransaction {
        let access = TreeAccess(try store.beginWrite(), store.trees)
        let number = access.number
        var tip = try store.tip(access, number: number - 1, known: store.knownTip)
        tip.number = number
        return StoreTransaction(store: store, access: access, tip: tip, statement: "")
    }

    private func commit(_ transaction: StoreTransaction) throws(StorageError) -> Commit? {
        let access = transaction.access
        guard let tip = try transaction.seal() else {
            access.abort()
            return nil
        }
        try access.commit()
        store.remember(tip)
        store.collectIfDue()
        return Commit(version: tip.version, time: tip.time)
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
