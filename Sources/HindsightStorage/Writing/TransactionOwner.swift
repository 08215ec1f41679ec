import Dispatch
import HindsightKeyValue

/// The thread that begins and ends an open transaction. LMDB's writer lock must be released by the thread that took it,
/// and the callers of an open transaction come from any; between beginning and end they use it on their own threads, and
/// this one waits.
///
/// `@unchecked Sendable`: `begun` is written before `hasBegun` is signalled, `committing` before `shallEnd`, `outcome`
/// before `hasEnded`, and each is read by the other side after its signal.
final class TransactionOwner: @unchecked Sendable {
    private let store: Store
    private let hasBegun = DispatchSemaphore(value: 0)
    private let shallEnd = DispatchSemaphore(value: 0)
    private let hasEnded = DispatchSemaphore(value: 0)
    private var committing = false
    private var outcome: Result<Commit?, StorageError> = .success(nil)
    /// The transaction, or why there is none.
    private(set) var begun: Result<StoreTransaction, StorageError> = .failure(.transactionEnded)

    /// Returns when the transaction has begun, or cannot.
    init(store: Store) throws(StorageError) {
        self.store = store
        do { try WorkerThread.start { self.serve() } } catch { throw StorageError(error) }
        hasBegun.wait()
    }

    /// Commits or rolls back, and ends the thread. To be called once, after the last use of the transaction.
    func end(committing: Bool) -> Result<Commit?, StorageError> {
        self.committing = committing
        shallEnd.signal()
        hasEnded.wait()
        return outcome
    }

    private func serve() {
        begun = Result(catching: begin)
        hasBegun.signal()
        guard case .success(let transaction) = begun else { return }
        shallEnd.wait()
        outcome = Result { () throws(StorageError) in try end(transaction) }
        begun = .failure(.transactionEnded)
        hasEnded.signal()
    }

    private func begin() throws(StorageError) -> StoreTransaction {
        let access = TreeAccess(try store.beginWrite(), store.trees)
        let number = access.number
        var tip = try store.tip(access, number: number - 1, known: store.knownTip)
        tip.number = number
        return StoreTransaction(store: store, access: access, tip: tip, statement: "")
    }

    private func end(_ transaction: StoreTransaction) throws(StorageError) -> Commit? {
        let access = transaction.access
        // Also where sealing throws: the lock is this thread's to release.
        defer { access.abort() }
        guard committing, let tip = try transaction.seal() else { return nil }
        try access.commit()
        store.remember(tip)
        store.collectIfDue()
        return Commit(version: tip.version, time: tip.time)
    }
}
