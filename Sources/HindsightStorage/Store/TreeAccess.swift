import HindsightKeyValue

/// A transaction of the key-value layer with the trees at hand, shared by a reader and its cursors.
///
/// `@unchecked Sendable`: it is used by one thread at a time. Only its owner reaches it, and that is the pool of readers
/// (which touches nothing), or one snapshot, or the write that runs now.
final class TreeAccess: @unchecked Sendable {
    let trees: Trees
    /// `nil` when it has ended.
    private(set) var kv: Transaction?
    /// Whether it has not ended. Asked for every row, so it is not derived from `kv`, whose access is checked.
    private(set) var isOpen: Bool
    let isWriting: Bool
    private let viewer: BytesViewer?
    /// Cursors that still look at the snapshot.
    var openCursors = 0
    private var journal = StatementJournal()

    init(_ transaction: consuming Transaction, _ trees: Trees) {
        self.trees = trees
        viewer = transaction.viewer
        isWriting = transaction.isWriting
        kv = consume transaction
        isOpen = true
    }

    /// An access that has ended.
    init(ended trees: Trees) {
        self.trees = trees
        viewer = nil
        isWriting = false
        kv = nil
        isOpen = false
    }

    /// See `Transaction.number`.
    var number: Int { kv?.number ?? 0 }

    /// Grows with every change; positions from before a change are of no use.
    var generation: UInt { viewer?.generation ?? 0 }

    func tree(_ name: TreeName) -> Tree {
        switch name {
        case .live: trees.live
        case .deleted: trees.deleted
        case .changes: trees.changes
        case .commits: trees.commits
        case .tableCommits: trees.tableCommits
        case .catalog: trees.catalog
        }
    }
}

// MARK: - Reading

extension TreeAccess {
    /// Where the value of `key` lies.
    func position(_ tree: Tree, _ key: [UInt8]) throws(StorageError) -> BytesPosition? {
        guard isOpen else { throw .closed }
        do { return try kv!.position(tree, key.rawSpan) } catch { throw StorageError(error) }
    }

    @_lifetime(borrow self)
    func view(_ position: BytesPosition) -> RawSpan {
        view(position, heldBy: self)
    }

    /// The bytes at a position, borrowed from an object that holds this one.
    ///
    /// - Precondition: this has not ended, and nothing was changed since the position was taken.
    @_lifetime(borrow owner)
    func view<Owner: AnyObject>(_ position: BytesPosition, heldBy owner: borrowing Owner) -> RawSpan {
        guard let viewer, isOpen else { preconditionFailure("bytes are looked at before the transaction ends") }
        return viewer.bytes(at: position, heldBy: owner)
    }

    /// Tells the processor that the bytes at a position will be looked at soon.
    func prefetch(_ position: BytesPosition) {
        viewer?.prefetch(position)
    }

    func openCursor(_ tree: Tree) throws(StorageError) -> Cursor {
        guard isOpen else { throw .closed }
        do { return try kv!.openCursor(tree) } catch { throw StorageError(error) }
    }

    /// What `read` makes of the bytes, or the error that the entry is corrupt.
    func decode<Decoded>(
        _ position: BytesPosition, _ tree: TreeName, _ key: [UInt8],
        _ read: (RawSpan) throws(MalformedBytes) -> Decoded
    ) throws(StorageError) -> Decoded {
        do { return try read(view(position)) } catch { throw .corrupt(tree, key) }
    }

    /// The entry of `key` decoded, or `nil` if there is none.
    func entry<Decoded>(
        _ tree: TreeName, _ key: [UInt8], _ read: (RawSpan) throws(MalformedBytes) -> Decoded
    ) throws(StorageError) -> Decoded? {
        guard let position = try position(self.tree(tree), key) else { return nil }
        return try decode(position, tree, key, read)
    }

    /// All values whose key begins with `prefix`, in the order of the keys.
    func forEach(
        _ tree: TreeName, prefix: [UInt8], _ body: (RawSpan) throws(MalformedBytes) -> Void
    ) throws(StorageError) {
        let cursor = try openCursor(self.tree(tree))
        do {
            var isOnEntry = try cursor.seek(atOrAfter: prefix.rawSpan)
            while isOnEntry, cursor.key.hasPrefix(prefix.rawSpan) {
                try body(cursor.value)
                isOnEntry = try cursor.next()
            }
        } catch let error as KeyValueError {
            throw StorageError(error)
        } catch {
            throw .corrupt(tree, cursor.key.array)
        }
    }

    /// All entries of a tree, in the order of their keys.
    func forEachEntry(
        _ tree: TreeName, _ body: (RawSpan, RawSpan) throws(MalformedBytes) -> Void
    ) throws(StorageError) {
        let cursor = try openCursor(self.tree(tree))
        do {
            var isOnEntry = try cursor.first()
            while isOnEntry {
                try body(cursor.key, cursor.value)
                isOnEntry = try cursor.next()
            }
        } catch let error as KeyValueError {
            throw StorageError(error)
        } catch {
            throw .corrupt(tree, cursor.key.array)
        }
    }

    /// The first entry whose key begins with `prefix`, with its key.
    func first<Decoded>(
        _ tree: TreeName, prefix: [UInt8], _ read: (RawSpan) throws(MalformedBytes) -> Decoded
    ) throws(StorageError) -> (key: [UInt8], value: Decoded)? {
        let cursor = try openCursor(self.tree(tree))
        do {
            guard try cursor.seek(atOrAfter: prefix.rawSpan), cursor.key.hasPrefix(prefix.rawSpan) else { return nil }
            return (cursor.key.array, try read(cursor.value))
        } catch let error as KeyValueError {
            throw StorageError(error)
        } catch {
            throw .corrupt(tree, cursor.key.array)
        }
    }

    /// The last entry whose key begins with `prefix` and is not above `limit`, with its key.
    func last<Decoded>(
        _ tree: TreeName, prefix: [UInt8], atMost limit: [UInt8],
        _ read: (RawSpan) throws(MalformedBytes) -> Decoded
    ) throws(StorageError) -> (key: [UInt8], value: Decoded)? {
        let cursor = try openCursor(self.tree(tree))
        do {
            let isAtOrAfter = try cursor.seek(atOrAfter: limit.rawSpan)
            let isFound = isAtOrAfter && cursor.key.isEqual(to: limit.rawSpan) ? true : try cursor.previous()
            guard isFound, cursor.key.hasPrefix(prefix.rawSpan) else { return nil }
            return (cursor.key.array, try read(cursor.value))
        } catch let error as KeyValueError {
            throw StorageError(error)
        } catch {
            throw .corrupt(tree, cursor.key.array)
        }
    }
}

// MARK: - Writing

extension TreeAccess {
    /// - Parameter isNew: whether it is known that there is nothing under the key.
    func put(
        _ tree: TreeName, _ key: [UInt8], _ value: [UInt8], isNew: Bool = false, flags: PutFlags = []
    ) throws(StorageError) {
        guard isOpen else { throw .transactionEnded }
        try note(tree, key, isNew: isNew)
        do { try kv!.put(self.tree(tree), key.rawSpan, value.rawSpan, flags: flags) } catch {
            throw StorageError(error)
        }
    }

    @discardableResult
    func delete(_ tree: TreeName, _ key: [UInt8]) throws(StorageError) -> Bool {
        guard isOpen else { throw .transactionEnded }
        try note(tree, key, isNew: false)
        do { return try kv!.delete(self.tree(tree), key.rawSpan) } catch { throw StorageError(error) }
    }

    // MARK: Scopes

    /// Begins a scope that is ended or undone as a whole: see `StatementJournal`.
    func beginScope() throws(StorageError) {
        guard isOpen else { throw .transactionEnded }
        journal.begin()
    }

    /// Keeps what was done in the innermost scope. If this throws, it is undone.
    func endScope() throws(StorageError) {
        guard isOpen else { throw .transactionEnded }
        guard journal.isNested else {
            journal.end()
            return
        }
        do {
            try kv!.commitNested()
            journal.end()
        } catch {
            undoJournaled()
            throw StorageError(error)
        }
    }

    /// Undoes what was done in the innermost scope. Where that is not possible, everything is abandoned.
    func undoScope() {
        guard isOpen else { return }
        if journal.isNested { kv!.abortNested() }
        undoJournaled()
    }

    private func undoJournaled() {
        do {
            for (tree, key, value) in journal.undo() {
                if let value {
                    try kv!.put(self.tree(tree), key.rawSpan, value.rawSpan)
                } else {
                    try kv!.delete(self.tree(tree), key.rawSpan)
                }
            }
        } catch {
            abort()
        }
    }

    /// Remembers what a change overwrites, or begins the nested transaction that does so.
    private func note(_ tree: TreeName, _ key: [UInt8], isNew: Bool) throws(StorageError) {
        while let scope = journal.fullScope {
            do { try kv!.beginNested() } catch { throw StorageError(error) }
            journal.markNested(scope)
        }
        guard journal.isNoting else { return }
        if !isNew, let position = try position(self.tree(tree), key) {
            journal.note(tree, key, old: view(position))
        } else {
            journal.note(tree, key, old: nil)
        }
    }

    // MARK: Lending

    /// Lets the calling thread use the write transaction until `giveBack`: see `Transaction.borrow`.
    func borrow() {
        kv?.borrow()
    }

    func giveBack() {
        kv?.giveBack()
    }

    // MARK: The end

    /// Makes everything durable and visible; the access has ended then, even if this throws.
    func commit() throws(StorageError) {
        let transaction = kv.take()
        isOpen = false
        guard let transaction else { throw .transactionEnded }
        do { try transaction.commit() } catch { throw StorageError(error) }
    }

    /// Undoes everything.
    func abort() {
        kv = nil
        isOpen = false
    }

    // MARK: Reuse of a read transaction

    func reset() {
        kv?.reset()
    }

    func renew() throws(KeyValueError) {
        try kv?.renew()
    }

    func entryCount(_ tree: Tree) throws(StorageError) -> Int {
        guard isOpen else { throw .closed }
        do { return try kv!.entryCount(tree) } catch { throw StorageError(error) }
    }
}

extension StorageError {
    /// - Parameter key: the raw key in `tree`.
    static func corrupt(_ tree: TreeName, _ key: [UInt8]) -> StorageError {
        .corrupt(what: "\(tree.rawValue)", key: RawKey.words(tree, key.rawSpan))
    }
}
