import HindsightKeyValue
import Synchronization

/// A file of tables that keep their past.
///
/// Any number of threads use one store; any number of processes use one file. Readers take snapshots and never wait.
/// Writers take turns: see `CommitQueue`.
package final class Store: Sendable {
    package let options: StoreOptions
    let environment: Environment
    let trees: Trees
    /// What snapshots begin with after they have ended.
    let endedAccess: TreeAccess
    let commits = CommitQueue()
    let collection = CollectionSchedule()
    let expiry = ExpirySchedule()
    let plans = PlanSchedule()
    private let state = Mutex(State())

    private struct State {
        /// Read transactions that gave their snapshot up but kept their reader's place: a new snapshot costs a renewal.
        var idle: [TreeAccess] = []
        var tip: Tip?
    }

    /// Idle readers kept; more are let go.
    private static let maximumIdleReaders = 16

    init(environment: Environment, options: StoreOptions) {
        self.environment = environment
        self.options = options
        trees = Trees(environment)
        endedAccess = TreeAccess(ended: trees)
    }

    /// Microseconds since 1970.
    func clock() -> Int64 {
        options.clock()
    }

    package var path: String { environment.path }
    package var isReadOnly: Bool { environment.isReadOnly }

    /// Makes all commits so far durable, which matters with relaxed durability only.
    package func sync() throws(StorageError) {
        do { try environment.sync() } catch { throw StorageError(error) }
    }
}

// MARK: - Snapshots

extension Store {
    /// The present, at the newest commit of any process.
    package func snapshot() throws(StorageError) -> Snapshot {
        var (idle, known) = state.withLock { ($0.idle.popLast(), $0.tip) }
        if let access = idle {
            // A reader that cannot be renewed is let go, and a new one says what is wrong.
            do { try access.renew() } catch { idle = nil }
        }
        let access = if let idle { idle } else { try beginReading() }
        let tip = try tip(access, number: access.number, known: known)
        return Snapshot(store: self, access: access, tip: tip)
    }

    /// A number that is another one after each commit, of any process: a look at it costs no snapshot.
    package func commitMark() throws(StorageError) -> Int {
        do { return try environment.lastTransaction() } catch { throw StorageError(error) }
    }

    private func beginReading() throws(StorageError) -> TreeAccess {
        do { return TreeAccess(try environment.beginRead(), trees) } catch { throw StorageError(error) }
    }

    /// Keeps the reader of a snapshot that was given up, unless cursors still look at it.
    func recycle(_ access: TreeAccess) {
        guard access.openCursors == 0 else {
            access.abort()
            return
        }
        access.reset()
        state.withLock { state in
            if state.idle.count < Self.maximumIdleReaders { state.idle.append(access) }
        }
    }

    /// The newest commit that `access` sees, from memory if possible.
    ///
    /// - Parameter number: LMDB's number of the transaction that wrote it.
    func tip(_ access: TreeAccess, number: Int, known: Tip?) throws(StorageError) -> Tip {
        if let known, known.number == number { return known }
        let tip = try Tip(access, number: number, known: known)
        remember(tip)
        return tip
    }

    /// The tip in memory, which may be older than the file.
    var knownTip: Tip? {
        state.withLock { $0.tip }
    }

    /// The numbers of LMDB's transactions begin anew.
    func forgetTip() {
        state.withLock { $0.tip = nil }
    }

    func dropIdleReaders() {
        state.withLock { $0.idle.removeAll() }
    }

    func remember(_ tip: Tip) {
        state.withLock { state in
            if state.tip.map({ $0.number < tip.number }) ?? true { state.tip = tip }
        }
    }
}
