import HindsightKeyValue

// How one statement of several is undone. LMDB has nested transactions, but each costs some 12 µs (it sets aside 2 MB for
// a list of pages), twice what a small statement does. So a scope begins without one: what its first changes overwrite is
// noted here, and put back if it fails. Only when a scope has made more than `Limits.journaledChanges` does a nested
// transaction begin inside it, which takes the rest; undoing is then abandoning that, and putting back what was noted
// before.
//
//     scope 1   ├──── noted ────┤├──────────── nested transaction ────────────────┤
//     scope 2                            ├─ noted ─┤          ├─ noted ─┤├ nested ┤
//
// Scopes nest. A scope begins its nested transaction no later than those inside it, for it has at least their changes.

/// What scopes under way have overwritten.
struct StatementJournal {
    private struct Scope {
        /// The first entry that belongs to the scope.
        let start: Int
        /// How many entries there were when the scope began its nested transaction.
        var nestedAt: Int?
    }

    private struct Entry {
        let tree: TreeName
        let key: Range<Int>
        /// `nil` if there was nothing under the key.
        let old: Range<Int>?
    }

    private var scopes: [Scope] = []
    private var entries: ContiguousArray<Entry> = []
    /// Keys and old values behind one another.
    private var bytes: [UInt8] = []

    /// Whether changes must be noted: a scope is open that no nested transaction covers.
    var isNoting: Bool {
        guard let last = scopes.last else { return false }
        return last.nestedAt == nil
    }

    /// The outermost scope that has noted enough and needs a nested transaction now.
    var fullScope: Int? {
        scopes.firstIndex { $0.nestedAt == nil && entries.count - $0.start >= Limits.journaledChanges }
    }

    mutating func begin() {
        scopes.append(Scope(start: entries.count, nestedAt: nil))
    }

    mutating func markNested(_ scope: Int) {
        scopes[scope].nestedAt = entries.count
    }

    mutating func note(_ tree: TreeName, _ key: [UInt8], old: RawSpan?) {
        let keyStart = bytes.count
        bytes.append(contentsOf: key)
        let keyEnd = bytes.count
        if let old { bytes.append(old) }
        entries.append(Entry(tree: tree, key: keyStart..<keyEnd, old: old == nil ? nil : keyEnd..<bytes.count))
    }

    /// Whether the innermost scope has begun its nested transaction.
    var isNested: Bool { scopes.last?.nestedAt != nil }

    /// Closes the innermost scope.
    mutating func end() {
        scopes.removeLast()
        if scopes.isEmpty { clear() }
    }

    /// Closes the innermost scope, to undo it.
    ///
    /// - Returns: what to put back, in this order, after the scope's nested transaction was abandoned.
    mutating func undo() -> [(tree: TreeName, key: [UInt8], value: [UInt8]?)] {
        let scope = scopes.removeLast()
        let end = scope.nestedAt ?? entries.count
        let old = entries[scope.start..<end].reversed().map { entry in
            (entry.tree, Array(bytes[entry.key]), entry.old.map { Array(bytes[$0]) })
        }
        // What an enclosing scope noted before its nested transaction, it needs still.
        let kept = max(scope.start, scopes.compactMap(\.nestedAt).max() ?? 0)
        if kept < entries.count { entries.removeSubrange(kept...) }
        if scopes.isEmpty { clear() }
        return old
    }

    private mutating func clear() {
        entries.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }
}
