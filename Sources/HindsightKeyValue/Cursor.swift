import CLMDB

/// A place in a tree, between or on its entries.
///
/// A new cursor stands nowhere: `next` goes to the first entry and `previous` to the last. After the last entry, `next`
/// returns `false` and `previous` returns to the last one; the same before the first, the other way round.
///
/// `key` and `value` are in place. In a read transaction they stay as long as the cursor, also when it moves on, and the
/// cursor keeps the snapshot alive. In a write transaction they are valid until the next change of the transaction:
/// read them again after it. A change elsewhere in the tree leaves the cursor on its entry.
@usableFromInline
package struct Cursor: ~Copyable {
    @usableFromInline
    struct State {
        /// `TransactionCore.State.generation` when the cursor last looked.
        @usableFromInline var generation: UInt
        @usableFromInline var position: Position
        @usableFromInline var key: MDB_val
        @usableFromInline var value: MDB_val
        /// The block of memory of the entry that was stepped to last: see `fetchPage`.
        @usableFromInline var page: UInt = 0
    }

    @usableFromInline
    enum Position {
        case nowhere, beforeFirst, onEntry, afterLast
        /// The entry was deleted through this cursor: LMDB stands between its neighbours.
        case onDeleted
    }

    @usableFromInline let core: TransactionCore
    @usableFromInline let handle: OpaquePointer
    @usableFromInline let tree: Tree
    /// Memory of its own, so that a class may hold the cursor in a `let` and move it; released in `deinit`.
    @usableFromInline let state: UnsafeMutablePointer<State>
    @usableFromInline let transaction: UnsafeMutablePointer<TransactionCore.State>
    /// The level of nesting that the cursor was opened in.
    private let level: UInt

    init(core: TransactionCore, tree: Tree) throws(KeyValueError) {
        if core.interceptor != nil {
            try core.environment.intercept(.openCursor, tree: tree, key: RawSpan())
        }
        guard let transactionHandle = core.state.pointee.handle else { throw TransactionCore.ended(.openCursor) }
        var opened: OpaquePointer?
        let status = mdb_cursor_open(transactionHandle, tree.handle, &opened)
        guard status == MDB_SUCCESS, let handle = opened else {
            throw KeyValueError(readStatus: status, operation: .openCursor)
        }
        self.core = core
        self.handle = handle
        self.tree = tree
        transaction = core.state
        level = core.level
        state = .allocate(capacity: 1)
        state.initialize(
            to: State(
                generation: core.state.pointee.generation, position: .nowhere, key: MDB_val(), value: MDB_val()))
        core.openCursorCount += 1
    }

    deinit {
        core.openCursorCount -= 1
        // LMDB has closed the cursors of a write transaction that has ended; those of a read transaction are ours.
        if !core.isWriting || core.isOpen(level: level), core.environment.shared.isInItsProcess {
            mdb_cursor_close(handle)
        }
        state.deinitialize(count: 1)
        state.deallocate()
    }
}

// MARK: - Moving

extension Cursor {
    /// Goes to the first entry.
    ///
    /// - Returns: whether there is one.
    @inlinable
    @discardableResult
    package func first() throws(KeyValueError) -> Bool {
        try move(MDB_FIRST, otherwise: .afterLast)
    }

    /// Goes to the last entry.
    ///
    /// - Returns: whether there is one.
    @inlinable
    @discardableResult
    package func last() throws(KeyValueError) -> Bool {
        try move(MDB_LAST, otherwise: .beforeFirst)
    }

    /// Goes to the next entry, which after a deletion through this cursor is the one that followed.
    ///
    /// - Returns: `false` at the end.
    @inlinable
    @discardableResult
    package func next() throws(KeyValueError) -> Bool {
        if state.pointee.position == .onEntry { return try move(MDB_NEXT, otherwise: .afterLast) }
        return switch state.pointee.position {
        case .onEntry, .onDeleted: try move(MDB_NEXT, otherwise: .afterLast)
        case .nowhere, .beforeFirst: try first()
        case .afterLast: false
        }
    }

    /// Goes to the entry before.
    ///
    /// - Returns: `false` at the beginning.
    @inlinable
    @discardableResult
    package func previous() throws(KeyValueError) -> Bool {
        if state.pointee.position == .onEntry { return try move(MDB_PREV, otherwise: .beforeFirst) }
        return switch state.pointee.position {
        case .onEntry, .onDeleted: try move(MDB_PREV, otherwise: .beforeFirst)
        case .nowhere, .afterLast: try last()
        case .beforeFirst: false
        }
    }

    /// Goes to the first entry whose key is not less than `key`; an empty key means the first entry.
    ///
    /// - Returns: `false` if all keys are less; the cursor then stands after the last.
    /// - Complexity: O(log n).
    @inlinable
    @discardableResult
    package func seek(atOrAfter key: borrowing RawSpan) throws(KeyValueError) -> Bool {
        if key.byteCount == 0 { return try first() }
        return try seek(MDB_SET_RANGE, key, otherwise: .afterLast)
    }

    /// Goes to the entry of `key`.
    ///
    /// - Returns: `false` if there is none; the cursor then stands nowhere.
    /// - Complexity: O(log n).
    @inlinable
    @discardableResult
    package func seekExact(_ key: borrowing RawSpan) throws(KeyValueError) -> Bool {
        try seek(MDB_SET_KEY, key, otherwise: .nowhere)
    }

    @inlinable
    func seek(
        _ move: MDB_cursor_op, _ key: borrowing RawSpan, otherwise: Position
    ) throws(KeyValueError) -> Bool {
        try prepare(.move, key)
        let status = key.withStoredBytes { key in
            state.pointee.key = key
            return mdb_cursor_get(handle, &state.pointee.key, &state.pointee.value, move)
        }
        return try arrive(status, otherwise: otherwise)
    }

    @inlinable
    func move(_ move: MDB_cursor_op, otherwise: Position) throws(KeyValueError) -> Bool {
        try prepare(.move, RawSpan())
        let status = mdb_cursor_get(handle, &state.pointee.key, &state.pointee.value, move)
        let isOnEntry = try arrive(status, otherwise: otherwise)
        if isOnEntry { fetchPage() }
        return isOnEntry
    }

    /// Asks for the whole page when a step has led to another one, as who goes from entry to entry reads nearly all of
    /// it: the lines then arrive together and not one after another as each is looked at, which would be the most part
    /// of the time of a scan.
    @inlinable
    func fetchPage() {
        let page = UInt(bitPattern: state.pointee.key.mv_data) & ~(Self.pageByteCount - 1)
        if page == state.pointee.page { return }
        state.pointee.page = page
        for line in 0..<Self.pageByteCount / Self.lineByteCount {
            hindsight_prefetch(UnsafeRawPointer(bitPattern: page + line * Self.lineByteCount))
        }
    }

    /// The common size of pages; where LMDB's are larger, they are fetched in parts.
    @inlinable static var pageByteCount: UInt { 4096 }
    /// The common size of the processor's units of memory.
    @inlinable static var lineByteCount: UInt { 64 }

    /// The checks before every call of LMDB.
    @inlinable
    func prepare(_ operation: Operation, _ key: borrowing RawSpan) throws(KeyValueError) {
        if state.pointee.generation != transaction.pointee.generation { try refuseEnded(operation) }
        if core.interceptor != nil { try core.environment.intercept(operation, tree: tree, key: key) }
    }

    @inlinable
    func arrive(_ status: Int32, otherwise: Position) throws(KeyValueError) -> Bool {
        state.pointee.generation = transaction.pointee.generation
        if status == MDB_SUCCESS {
            state.pointee.position = .onEntry
            return true
        }
        // The size is refused only of keys that cannot be in a tree.
        if status == MDB_NOTFOUND || status == MDB_BAD_VALSIZE {
            state.pointee.position = otherwise
            return false
        }
        state.pointee.position = .nowhere
        throw KeyValueError(status: status, operation: .move)
    }

    @usableFromInline
    @inline(never)
    func refuseEnded(_ operation: Operation) throws(KeyValueError) {
        guard core.isOpen(level: level) else { throw TransactionCore.ended(operation) }
    }
}

// MARK: - Looking

extension Cursor {
    /// Whether the cursor stands on an entry, so that `key` and `value` can be read.
    @inlinable
    package var isOnEntry: Bool {
        state.pointee.position == .onEntry
    }

    /// The key in place.
    ///
    /// - Precondition: the cursor stands on an entry.
    @inlinable
    package var key: RawSpan {
        @_lifetime(borrow self)
        get { _overrideLifetime(RawSpan(viewing: current.key), borrowing: self) }
    }

    /// The value in place.
    ///
    /// - Precondition: the cursor stands on an entry.
    @inlinable
    package var value: RawSpan {
        @_lifetime(borrow self)
        get { _overrideLifetime(RawSpan(viewing: current.value), borrowing: self) }
    }

    /// The key in place, borrowed from the object that holds the cursor: the compiler cannot yet derive that an
    /// object's properties live as long as the object.
    ///
    /// The owner sees to it that the cursor is not released while the bytes are used.
    @inlinable
    @_lifetime(borrow owner)
    package func key<Owner: AnyObject>(heldBy owner: borrowing Owner) -> RawSpan {
        _overrideLifetime(RawSpan(viewing: current.key), borrowing: owner)
    }

    /// The value in place, borrowed from the object that holds the cursor, as `key(heldBy:)`.
    @inlinable
    @_lifetime(borrow owner)
    package func value<Owner: AnyObject>(heldBy owner: borrowing Owner) -> RawSpan {
        _overrideLifetime(RawSpan(viewing: current.value), borrowing: owner)
    }

    @inlinable
    var current: (key: MDB_val, value: MDB_val) {
        precondition(state.pointee.position == .onEntry, "the cursor stands on an entry")
        if state.pointee.generation == transaction.pointee.generation {
            return (state.pointee.key, state.pointee.value)
        }
        return lookAgain()
    }

    /// Finds the entry's bytes after a change, which may have moved them.
    @usableFromInline
    @inline(never)
    func lookAgain() -> (key: MDB_val, value: MDB_val) {
        precondition(core.isOpen(level: level), "a cursor is read while its transaction lasts")
        let status = mdb_cursor_get(handle, &state.pointee.key, &state.pointee.value, MDB_GET_CURRENT)
        precondition(status == MDB_SUCCESS, "the entry under a cursor is deleted through that cursor only")
        state.pointee.generation = transaction.pointee.generation
        return (state.pointee.key, state.pointee.value)
    }
}

// MARK: - Writing

extension Cursor {
    /// Replaces the value under the cursor.
    ///
    /// - Precondition: a write transaction; the cursor stands on an entry.
    @inlinable
    package mutating func replaceValue(_ value: borrowing RawSpan) throws(KeyValueError) {
        let key = try prepareToWrite(.put)
        let status = value.withStoredBytes { value in
            // LMDB wants the key again, and may move the entry before it has read it: a copy.
            withUnsafeTemporaryAllocation(byteCount: key.mv_size, alignment: 1) { copy in
                copy.copyMemory(from: UnsafeRawBufferPointer(start: key.mv_data, count: key.mv_size))
                var key = MDB_val(mv_size: copy.count, mv_data: copy.baseAddress)
                return mdb_cursor_put(handle, &key, &value, UInt32(MDB_CURRENT))
            }
        }
        guard status == MDB_SUCCESS else { throw KeyValueError(status: status, operation: .put) }
    }

    /// Deletes the entry under the cursor. The cursor then stands where it was: `next` goes to the entry that followed,
    /// `previous` to the one before.
    ///
    /// - Precondition: a write transaction; the cursor stands on an entry.
    @inlinable
    package mutating func delete() throws(KeyValueError) {
        _ = try prepareToWrite(.delete)
        let status = mdb_cursor_del(handle, 0)
        guard status == MDB_SUCCESS else { throw KeyValueError(status: status, operation: .delete) }
        state.pointee.position = .onDeleted
    }

    /// - Returns: the key of the entry.
    @inlinable
    func prepareToWrite(_ operation: Operation) throws(KeyValueError) -> MDB_val {
        core.checkThread()
        if state.pointee.generation != transaction.pointee.generation { try refuseEnded(operation) }
        let key = current.key
        if core.interceptor != nil {
            try core.environment.intercept(operation, tree: tree, key: RawSpan(viewing: key))
        }
        transaction.pointee.generation &+= 1
        return key
    }
}
