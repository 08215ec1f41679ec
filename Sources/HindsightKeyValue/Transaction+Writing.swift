import CLMDB

/// How an entry is put.
@usableFromInline
package struct PutFlags: OptionSet, Sendable {
    @usableFromInline package let rawValue: UInt32

    @inlinable
    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The key is greater than all in the tree, so no search is needed and pages are filled up. A key that is not makes
    /// the call throw `.notInOrder`.
    @inlinable package static var append: PutFlags { PutFlags(rawValue: UInt32(MDB_APPEND)) }
    /// An entry that exists is left as it is, and the call returns `false`.
    @inlinable package static var noOverwrite: PutFlags { PutFlags(rawValue: UInt32(MDB_NOOVERWRITE)) }
}

extension Transaction {
    /// Stores the value under the key.
    ///
    /// - Returns: `false` if `.noOverwrite` was given and the key exists; else `true`.
    /// - Throws: `.keyTooLong`, `.badValueSize` (the key is empty, or the value is larger than 4 GB), `.notInOrder`,
    ///   `.mapFull`, `.transactionFull`, `.outOfMemory`. The transaction should be abandoned after the last three.
    /// - Complexity: O(log n) for n entries.
    @inlinable
    @discardableResult
    package mutating func put(
        _ tree: Tree, _ key: borrowing RawSpan, _ value: borrowing RawSpan, flags: PutFlags = []
    ) throws(KeyValueError) -> Bool {
        try prepareToWrite(.put, tree, key)
        let status = key.withStoredBytes { key in
            value.withStoredBytes { value in
                mdb_put(state.pointee.handle, tree.handle, &key, &value, flags.rawValue)
            }
        }
        return try checkPut(status, key, flags)
    }

    /// Stores a value of `byteCount` bytes that `write` fills in place, without a buffer between.
    ///
    /// `write` may look at cursors over other trees, but must not change anything through a cursor.
    ///
    /// - Returns: `false`, without calling `write`, if `.noOverwrite` was given and the key exists; else `true`.
    /// - Precondition: `write` appends exactly `byteCount` bytes.
    @inlinable
    @discardableResult
    package mutating func put(
        _ tree: Tree, _ key: borrowing RawSpan, byteCount: Int, flags: PutFlags = [],
        filledBy write: (inout OutputRawSpan) -> Void
    ) throws(KeyValueError) -> Bool {
        try prepareToWrite(.put, tree, key)
        var reserved = MDB_val(mv_size: byteCount, mv_data: nil)
        let status = key.withStoredBytes { key in
            mdb_put(state.pointee.handle, tree.handle, &key, &reserved, flags.rawValue | UInt32(MDB_RESERVE))
        }
        guard try checkPut(status, key, flags) else { return false }
        reserved.fill(by: write)
        return true
    }

    /// Removes the entry of the key.
    ///
    /// - Returns: whether there was one.
    @inlinable
    @discardableResult
    package mutating func delete(_ tree: Tree, _ key: borrowing RawSpan) throws(KeyValueError) -> Bool {
        try prepareToWrite(.delete, tree, key)
        let status = key.withStoredBytes { key in mdb_del(state.pointee.handle, tree.handle, &key, nil) }
        if status == MDB_SUCCESS { return true }
        // The size is refused only of keys that cannot be in a tree.
        if status == MDB_NOTFOUND || status == MDB_BAD_VALSIZE { return false }
        throw KeyValueError(status: status, operation: .delete)
    }

    /// Removes all entries of the tree.
    ///
    /// - Complexity: O(pages of the tree).
    package mutating func clear(_ tree: Tree) throws(KeyValueError) {
        try prepareToWrite(.clear, tree, RawSpan())
        let status = mdb_drop(state.pointee.handle, tree.handle, 0)
        guard status == MDB_SUCCESS else { throw KeyValueError(status: status, operation: .clear) }
    }

    @inlinable
    func prepareToWrite(_ operation: Operation, _ tree: Tree, _ key: borrowing RawSpan) throws(KeyValueError) {
        core.checkThread()
        if core.interceptor != nil { try core.environment.intercept(operation, tree: tree, key: key) }
        state.pointee.generation &+= 1
    }

    @inlinable
    func checkPut(_ status: Int32, _ key: borrowing RawSpan, _ flags: PutFlags) throws(KeyValueError) -> Bool {
        if status == MDB_SUCCESS { return true }
        if status == MDB_KEYEXIST, flags.contains(.noOverwrite) { return false }
        throw KeyValueError(putStatus: status, keyByteCount: key.byteCount)
    }
}

// MARK: - Lending

extension Transaction {
    /// Lets the calling thread use a write transaction in the place of the one that began it, until `giveBack`.
    ///
    /// LMDB binds a write to its thread by nothing but a lock, taken at the beginning and released at the end; between,
    /// any thread may go on where another has stopped. The caller sees to it that all others keep still meanwhile, and
    /// that what they did happened before.
    package func borrow() {
        core.take()
    }

    /// Ends what `borrow` began. The transaction is committed or released by the thread that began it.
    package func giveBack() {
        core.giveBack()
    }
}

// MARK: - Nesting

extension Transaction {
    /// Begins a transaction inside this one: from now on everything is done in it, until `commitNested` makes it part
    /// of the enclosing one or `abortNested` undoes it. Nesting may go several levels deep.
    ///
    /// Cursors opened before go on through the nested transaction and after it; cursors opened inside end with it.
    package mutating func beginNested() throws(KeyValueError) {
        try core.beginNested()
    }

    /// Makes the innermost nested transaction part of the one around it. If this throws, the nested one is undone.
    ///
    /// - Precondition: one was begun.
    package mutating func commitNested() throws(KeyValueError) {
        try core.commitNested()
    }

    /// Undoes the innermost nested transaction.
    ///
    /// - Precondition: one was begun.
    package mutating func abortNested() {
        core.abortNested()
    }

    /// Whether a nested transaction is open.
    package var isNested: Bool {
        core.isNested
    }
}

extension KeyValueError {
    /// The error of a put; LMDB has one status for all sizes that it does not like.
    @usableFromInline
    @inline(never)
    init(putStatus status: Int32, keyByteCount: Int) {
        switch status {
        case MDB_BAD_VALSIZE where keyByteCount > Environment.maximumKeyByteCount:
            self.init(
                code: .keyTooLong, operation: .put, status: status,
                message: "a key of \(keyByteCount) bytes, at most \(Environment.maximumKeyByteCount) are possible")
        case MDB_BAD_VALSIZE where keyByteCount == 0:
            self.init(code: .badValueSize, operation: .put, status: status, message: "an empty key")
        default:
            self.init(status: status, operation: .put)
        }
    }
}
