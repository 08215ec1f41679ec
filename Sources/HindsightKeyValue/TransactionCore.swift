import CLMDB
import Synchronization

/// The part of a transaction that its cursors share.
///
/// - A read transaction lives until the `Transaction` and all of its cursors are released, so what a cursor shows stays.
/// - A write transaction ends when the `Transaction` is committed or released; LMDB then closes its cursors, and using
///   one afterwards throws `.transactionUnusable`.
///
/// What changes often is in `state`, memory of its own rather than properties of the class: reading them would be
/// checked for exclusive access at run time at every step of a cursor.
@usableFromInline
final class TransactionCore {
    @usableFromInline
    struct State {
        /// LMDB's transaction: the innermost nested one. `nil` when ended.
        @usableFromInline var handle: OpaquePointer?
        /// Grows with every change of the transaction's data or extent: a cursor that remembers another number must look
        /// again at what it stands on, for the memory that it remembers may be gone.
        @usableFromInline var generation: UInt
        /// The thread that may write: the one that began, or the one that it is lent to.
        @usableFromInline var user: UInt
    }

    @usableFromInline let environment: Environment
    /// The environment's, one step nearer.
    @usableFromInline let interceptor: (any CallInterceptor)?
    @usableFromInline let isWriting: Bool
    /// Owned; released in `deinit`.
    @usableFromInline let state: UnsafeMutablePointer<State>
    /// The thread that began to write, and that must end it.
    private let owner = currentThread()
    /// The transactions that enclose the innermost one, outermost first.
    private var enclosing: [OpaquePointer] = []
    /// A number for every level of nesting now open, the outermost first; no number is used twice.
    private var levels: [UInt] = [0]
    private var nextLevel: UInt = 1
    /// Open cursors, which a reset of a read transaction would invalidate.
    var openCursorCount = 0

    init(reading environment: Environment) throws(KeyValueError) {
        try environment.refuseAfterFork(.beginRead)
        if environment.interceptor != nil { try environment.intercept(.beginRead, key: RawSpan()) }
        let shared = environment.shared
        try shared.gate.enter(shared.path)
        var isBegun = false
        defer { if !isBegun { shared.gate.leave() } }
        var handle: OpaquePointer?
        var status = mdb_txn_begin(shared.handle, nil, UInt32(MDB_RDONLY), &handle)
        if status == MDB_READERS_FULL {
            // Processes that died may hold places; LMDB frees them only when asked.
            try shared.clearStaleReaders()
            status = mdb_txn_begin(shared.handle, nil, UInt32(MDB_RDONLY), &handle)
        }
        guard status == MDB_SUCCESS else {
            throw KeyValueError(status: status, operation: .beginRead, subject: environment.path)
        }
        isBegun = true
        self.environment = environment
        interceptor = environment.interceptor
        isWriting = false
        state = .allocate(capacity: 1)
        state.initialize(to: State(handle: handle, generation: Self.firstGeneration(), user: currentThread()))
    }

    init(writing environment: Environment) throws(KeyValueError) {
        try environment.refuseAfterFork(.beginWrite)
        try environment.refuseWriting()
        if environment.interceptor != nil { try environment.intercept(.beginWrite, key: RawSpan()) }
        let thread = currentThread()
        precondition(
            environment.shared.writer.load(ordering: .relaxed) != thread, "a thread has one write transaction at a time"
        )
        let shared = environment.shared
        try shared.gate.enter(shared.path)
        var isBegun = false
        defer { if !isBegun { shared.gate.leave() } }
        var handle: OpaquePointer?
        let status = mdb_txn_begin(shared.handle, nil, 0, &handle)
        guard status == MDB_SUCCESS else {
            throw KeyValueError(status: status, operation: .beginWrite, subject: environment.path)
        }
        isBegun = true
        shared.writer.store(thread, ordering: .relaxed)
        self.environment = environment
        interceptor = environment.interceptor
        isWriting = true
        state = .allocate(capacity: 1)
        state.initialize(to: State(handle: handle, generation: Self.firstGeneration(), user: currentThread()))
    }

    /// Different for transactions one after another, so that what is remembered of one does not pass for another's.
    private static func firstGeneration() -> UInt {
        generations.add(1 << 16, ordering: .relaxed).newValue
    }

    private static let generations = Atomic<UInt>(0)

    deinit {
        end()
        environment.shared.gate.leave()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// The number of the innermost level, by which a cursor finds out whether the level it was opened in still is.
    var level: UInt {
        levels[levels.count - 1]
    }

    /// Whether that level has not ended.
    func isOpen(level: UInt) -> Bool {
        state.pointee.handle != nil && levels.contains(level)
    }

    var isNested: Bool {
        !enclosing.isEmpty
    }

    /// - Precondition: a write transaction is used by the thread that began it, or by the one that it is lent to.
    @usableFromInline
    func checkThread() {
        precondition(isWriting, "a read transaction does not write")
        precondition(currentThread() == state.pointee.user, "a write transaction belongs to one thread at a time")
    }

    /// - Precondition: LMDB's lock is released by the thread that took it.
    private func checkOwner() {
        precondition(isWriting, "a read transaction does not write")
        precondition(currentThread() == owner, "a write transaction is ended by the thread that began it")
    }

    /// Makes the calling thread the one that writes.
    func take() {
        precondition(isWriting, "only write transactions are lent")
        let thread = currentThread()
        state.pointee.user = thread
        environment.shared.writer.store(thread, ordering: .relaxed)
    }

    /// Makes the thread that began the one that writes.
    func giveBack() {
        state.pointee.user = owner
        environment.shared.writer.store(owner, ordering: .relaxed)
    }

    /// Abandons whatever has not been committed. Does nothing when ended already.
    func end() {
        guard let handle = state.pointee.handle else { return }
        state.pointee.handle = nil
        state.pointee.generation &+= 1
        // In a forked child the locks are the parent's.
        guard environment.shared.isInItsProcess else { return }
        if isWriting {
            checkOwner()
            environment.shared.writer.store(0, ordering: .relaxed)
        }
        // The outermost: LMDB abandons those nested in it.
        mdb_txn_abort(enclosing.first ?? handle)
    }

    func commit() throws(KeyValueError) {
        guard let handle = state.pointee.handle else { return }
        guard isWriting else { return }
        checkOwner()
        precondition(!isNested, "nested transactions end before the one around them")
        do throws(KeyValueError) {
            if interceptor != nil { try environment.intercept(.commit, key: RawSpan()) }
        } catch {
            end()
            environment.shared.noteFailedCommit(error)
            throw error
        }
        state.pointee.handle = nil
        state.pointee.generation &+= 1
        // Before LMDB's lock is released: afterwards another thread may be the writer.
        environment.shared.writer.store(0, ordering: .relaxed)
        let status = mdb_txn_commit(handle)
        guard status == MDB_SUCCESS else {
            let error = environment.shared.commitError(status)
            environment.shared.noteFailedCommit(error)
            throw error
        }
        interceptor?.didCall(.commit)
    }
}

// MARK: - Nesting

extension TransactionCore {
    func beginNested() throws(KeyValueError) {
        checkThread()
        guard let parent = state.pointee.handle else { throw Self.ended(.beginNested) }
        if interceptor != nil { try environment.intercept(.beginNested, key: RawSpan()) }
        var handle: OpaquePointer?
        let status = mdb_txn_begin(environment.shared.handle, parent, 0, &handle)
        guard status == MDB_SUCCESS else {
            throw KeyValueError(status: status, operation: .beginNested, subject: environment.path)
        }
        enclosing.append(parent)
        levels.append(nextLevel)
        nextLevel += 1
        state.pointee.handle = handle
        state.pointee.generation &+= 1
    }

    func commitNested() throws(KeyValueError) {
        do throws(KeyValueError) {
            if interceptor != nil { try environment.intercept(.commitNested, key: RawSpan()) }
        } catch {
            abortNested()
            throw error
        }
        let status = mdb_txn_commit(leaveNested())
        guard status == MDB_SUCCESS else {
            throw KeyValueError(status: status, operation: .commitNested, subject: environment.path)
        }
        interceptor?.didCall(.commitNested)
    }

    func abortNested() {
        mdb_txn_abort(leaveNested())
    }

    /// Makes the enclosing transaction the current one.
    ///
    /// - Returns: LMDB's transaction that was left, to be committed or aborted.
    private func leaveNested() -> OpaquePointer? {
        checkThread()
        precondition(isNested, "a nested transaction was begun")
        let left = state.pointee.handle
        state.pointee.handle = enclosing.removeLast()
        state.pointee.generation &+= 1
        levels.removeLast()
        return left
    }

    static func ended(_ operation: Operation) -> KeyValueError {
        KeyValueError(
            code: .transactionUnusable, operation: operation, status: MDB_BAD_TXN, message: "the transaction has ended")
    }
}

// MARK: - Reuse of a read transaction

extension TransactionCore {
    func reset() {
        precondition(!isWriting, "only read transactions are reset")
        precondition(openCursorCount == 0, "a read transaction is reset without open cursors")
        guard let handle = state.pointee.handle, environment.shared.isInItsProcess else { return }
        state.pointee.generation &+= 1
        mdb_txn_reset(handle)
    }

    func renew() throws(KeyValueError) {
        precondition(!isWriting, "only read transactions are renewed")
        try environment.refuseAfterFork(.renew)
        if interceptor != nil { try environment.intercept(.renew, key: RawSpan()) }
        let status = mdb_txn_renew(state.pointee.handle)
        guard status == MDB_SUCCESS else {
            throw KeyValueError(status: status, operation: .renew, subject: environment.path)
        }
    }
}

// MARK: - Refusals

extension Environment {
    func refuseWriting() throws(KeyValueError) {
        guard !isReadOnly else {
            throw KeyValueError(
                code: .readOnly, operation: .beginWrite, message: "\"\(path)\" was opened for reading only")
        }
        guard !shared.isFailed.load(ordering: .acquiring) else {
            throw KeyValueError(
                code: .previousFailure, operation: .beginWrite,
                message: "a commit to \"\(path)\" failed before; close it everywhere in this process and open it again")
        }
    }
}
