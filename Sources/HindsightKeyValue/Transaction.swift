import CLMDB

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A snapshot of the file to read, or the one writer's view of it. Released without `commit`, a write is undone.
///
/// A read transaction may be used by one thread at a time, whichever; a write transaction belongs to the thread that
/// began it, which may lend it: see `borrow`.
///
/// Bytes that `get` returns lie in the file's memory map or in the transaction's own pages. They are borrowed from the
/// transaction, so the compiler keeps them from being used after a `put` or the end. A class that holds a transaction
/// and wants to hand out such bytes uses `get(_:_:heldBy:)`.
@usableFromInline
package struct Transaction: ~Copyable {
    @usableFromInline let core: TransactionCore
    /// `core.state`, one step nearer.
    @usableFromInline let state: UnsafeMutablePointer<TransactionCore.State>

    init(core: TransactionCore) {
        self.core = core
        state = core.state
    }

    deinit {
        // A read transaction goes on for the cursors in it, and ends with the core.
        if core.isWriting { core.end() }
    }

    package var environment: Environment {
        core.environment
    }

    package var isWriting: Bool {
        core.isWriting
    }

    /// LMDB's number of the snapshot: that of the last commit before, or of the commit that this will be.
    package var number: Int {
        state.pointee.handle.map { mdb_txn_id($0) } ?? 0
    }

    /// Makes all that was written durable and visible. A read transaction just ends.
    ///
    /// The transaction is over, whether this throws or not. Cursors still open in a write transaction are closed and
    /// throw `.transactionUnusable` when used again.
    ///
    /// - Throws: `.diskFull`, `.mapFull`, `.inputOutput`. After an error that leaves it open how much reached the disk,
    ///   every further write to the file throws `.previousFailure` until it is closed and opened again.
    /// - Precondition: no nested transaction is open.
    package consuming func commit() throws(KeyValueError) {
        try core.commit()
    }
}

// MARK: - Reading

extension Transaction {
    /// The value of `key` in place, or `nil` if there is none.
    ///
    /// - Complexity: O(log n) for n entries; no allocation.
    @inlinable
    @_lifetime(borrow self)
    package func get(_ tree: Tree, _ key: borrowing RawSpan) throws(KeyValueError) -> RawSpan? {
        guard let found = try find(tree, key) else { return nil }
        return _overrideLifetime(RawSpan(viewing: found), borrowing: self)
    }

    /// The value of `key` in place, borrowed from the object that holds this transaction: the compiler cannot yet
    /// derive that an object's properties live as long as the object.
    ///
    /// The owner sees to it that the transaction is neither written to nor ended while the bytes are used.
    @inlinable
    @_lifetime(borrow owner)
    package func get<Owner: AnyObject>(
        _ tree: Tree, _ key: borrowing RawSpan, heldBy owner: borrowing Owner
    ) throws(KeyValueError) -> RawSpan? {
        guard let found = try find(tree, key) else { return nil }
        return _overrideLifetime(RawSpan(viewing: found), borrowing: owner)
    }

    /// Whether the tree has the key.
    @inlinable
    package func contains(_ tree: Tree, _ key: borrowing RawSpan) throws(KeyValueError) -> Bool {
        try find(tree, key) != nil
    }

    @inlinable
    func find(_ tree: Tree, _ key: borrowing RawSpan) throws(KeyValueError) -> MDB_val? {
        if core.interceptor != nil { try core.environment.intercept(.get, tree: tree, key: key) }
        var found = MDB_val()
        let status = key.withStoredBytes { key in mdb_get(state.pointee.handle, tree.handle, &key, &found) }
        if status == MDB_SUCCESS { return found }
        // The size is refused only of keys that cannot be in a tree.
        if status == MDB_NOTFOUND || status == MDB_BAD_VALSIZE { return nil }
        throw KeyValueError(readStatus: status, operation: .get)
    }

    /// How many entries the tree has.
    ///
    /// - Complexity: O(1).
    package func entryCount(_ tree: Tree) throws(KeyValueError) -> Int {
        if core.interceptor != nil {
            try core.environment.intercept(.statistics, tree: tree, key: RawSpan())
        }
        var statistics = MDB_stat()
        let status = mdb_stat(state.pointee.handle, tree.handle, &statistics)
        guard status == MDB_SUCCESS else { throw KeyValueError(readStatus: status, operation: .statistics) }
        return statistics.ms_entries
    }

    /// A cursor over the tree, standing nowhere yet.
    package func openCursor(_ tree: Tree) throws(KeyValueError) -> Cursor {
        try Cursor(core: core, tree: tree)
    }
}

// MARK: - Reuse

extension Transaction {
    /// Gives up the snapshot but keeps the reader's place, so that `renew` is cheap. Nothing can be read until then.
    ///
    /// - Precondition: a read transaction without open cursors.
    package mutating func reset() {
        core.reset()
    }

    /// Takes a new snapshot of the file, after `reset`.
    package mutating func renew() throws(KeyValueError) {
        try core.renew()
    }
}

extension KeyValueError {
    /// The error of a read. With the parameters right, LMDB calls those of a transaction that was reset invalid.
    @usableFromInline
    @inline(never)
    init(readStatus status: Int32, operation: Operation) {
        self.init(status: status == EINVAL ? MDB_BAD_TXN : status, operation: operation)
    }
}
