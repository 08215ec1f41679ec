import HindsightKeyValue
import HindsightValues

/// A write under way: what it has written is seen by its own reads and by nobody else until it is committed.
///
/// All that one transaction writes has one version, that of its commit.
package final class StoreTransaction: StoreReader, @unchecked Sendable {
    /// What is known of a keyspace that this transaction has written to.
    struct KeyspaceWrites {
        /// After the writes so far; `records` counts those of this commit.
        var totals: TableTotals
        /// The entry in `tableCommits` that the totals started from.
        let previous: TableState?
        let keepsHistory: Bool
        /// Versions at or before this one have no undo records any more.
        let floor: Version
    }

    /// All that is undone by putting the old value back, beside the trees.
    struct State {
        var catalog: Catalog
        var keyspaces: [UInt32: KeyspaceWrites] = [:]
        /// The digests' lengths; they only grow, so that a copy of them is not needed.
        var digests: [UInt32: ChangeDigest.Mark] = [:]
        /// Something was written, if only a restore point.
        var hasChanges = false
        /// Among it entries of the catalog.
        var hasChangedDefinitions = false
    }

    /// The commit that this one follows.
    let tip: Tip
    var keyspaces: [UInt32: KeyspaceWrites] = [:]
    /// Of the keyspaces written to.
    private var digests: [UInt32: ChangeDigest] = [:]
    private var hasher = ChangeHasher()
    var hasChanges = false
    var hasChangedDefinitions = false
    private var statements: [String]
    private var notedBytes: Int

    /// The highest keyspace and sequence of a record that this transaction has put, if only to be undone later.
    var highestRecord: (keyspace: UInt32, sequence: UInt32) = (0, 0)

    /// Of the tables written to, while the catalog has changed this often.
    var entryMakers: (changes: UInt64, byTable: [UInt32: [IndexEntryMaker]]) = (0, [:])

    // Used again by every write.
    var recordBuffer: [UInt8] = []
    var valueBuffer: [UInt8] = []
    var recordKey: [UInt8] = []

    /// - Parameters:
    ///   - tip: the commit that this one follows.
    ///   - statement: the text to note with the commit.
    init(store: Store, access: TreeAccess, tip: Tip, statement: String) {
        self.tip = tip
        statements = [statement]
        notedBytes = statement.utf8.count
        let clock = store.clock()
        super.init(
            store: store, access: access, catalog: tip.catalog, version: tip.version + 1,
            time: tip.version == 0 ? clock : max(clock, tip.time + 1), committed: tip.version)
    }

    override func newestState(_ keyspace: UInt32) throws(StorageError) -> TableState? {
        guard let writes = keyspaces[keyspace] else { return try state(keyspace, at: .max) }
        return TableState(version: version, totals: writes.totals)
    }

    /// What the transaction knows of the table's keyspace, read at the first write to it.
    func writes(to table: TableInfo) throws(StorageError) -> KeyspaceWrites {
        if let writes = keyspaces[table.id] { return writes }
        let previous = try state(table.id, at: .max)
        var totals = previous?.totals ?? TableTotals()
        totals.records = 0
        return KeyspaceWrites(
            totals: totals, previous: previous, keepsHistory: catalog.keepsHistory(table),
            floor: try historyFloor(of: table.id)?.version ?? 0)
    }
}

// MARK: - Statements

extension StoreTransaction {
    /// Runs `body`, and undoes all that it changed if it throws. Scopes may be nested.
    ///
    /// Cursors opened inside end with it.
    @discardableResult
    package func statement<Result>(_ body: () throws -> Result) throws -> Result {
        let before = try beginScope()
        let result: Result
        do {
            result = try body()
        } catch {
            undoScope(to: before)
            throw error
        }
        do {
            try endScope()
        } catch {
            restore(before)
            throw error
        }
        return result
    }

    /// Notes a further statement of a transaction that has several.
    ///
    /// - Complexity: O(1) once the record of the commit can hold no more.
    package func note(statement: String) {
        guard notedBytes <= Limits.statementTextBytes else { return }
        notedBytes += statement.utf8.count
        statements.append(statement)
    }

    /// Begins what `undoScope` undoes and `endScope` keeps.
    func beginScope() throws(StorageError) -> State {
        try access.beginScope()
        return State(
            catalog: catalog, keyspaces: keyspaces, digests: digests.mapValues(\.mark), hasChanges: hasChanges,
            hasChangedDefinitions: hasChangedDefinitions)
    }

    func endScope() throws(StorageError) {
        try access.endScope()
    }

    func undoScope(to state: State) {
        access.undoScope()
        restore(state)
    }

    private func restore(_ state: State) {
        catalog = state.catalog
        entryMakers.byTable = [:]
        keyspaces = state.keyspaces
        for keyspace in digests.keys { digests[keyspace]?.rewind(to: state.digests[keyspace] ?? .init()) }
        hasChanges = state.hasChanges
        hasChangedDefinitions = state.hasChangedDefinitions
    }
}

// MARK: - Digests

extension StoreTransaction {
    /// Notes what the commit leaves under a key.
    ///
    /// - Parameter document: `nil` if it deletes the item.
    func noteChange(in keyspace: UInt32, _ key: [UInt8], document: RawSpan?) {
        digests[keyspace, default: ChangeDigest()].add(hash(keyspace, key, document))
    }

    /// Takes back what was noted for an earlier write to the key.
    func withdrawChange(in keyspace: UInt32, _ key: [UInt8], document: RawSpan?) {
        digests[keyspace, default: ChangeDigest()].withdraw(hash(keyspace, key, document))
    }

    private func hash(_ keyspace: UInt32, _ key: [UInt8], _ document: RawSpan?) -> Hash256 {
        guard let document else { return hasher.hash(deletionIn: keyspace, key) }
        return hasher.hash(keyspace, key, document: document)
    }
}

// MARK: - Sealing

extension StoreTransaction {
    /// Writes the commit's own entries. What is durable then is up to the transaction of the key-value layer.
    ///
    /// - Returns: the tip that this commit makes, or `nil` if nothing was changed and so nothing is committed.
    func seal() throws(StorageError) -> Tip? {
        guard hasChanges else { return nil }
        var tip = tip
        tip.version = version
        tip.time = time
        var changes: [CommitRecord.KeyspaceChanges] = []
        for (keyspace, writes) in keyspaces.sorted(by: { $0.key < $1.key }) {
            try sealKeyspace(keyspace, writes)
            let count = writes.totals.changes - (writes.previous?.totals.changes ?? 0)
            tip.totalChanges += count
            changes.append(
                .init(
                    keyspace: keyspace, count: UInt32(clamping: count),
                    digest: (digests[keyspace] ?? ChangeDigest()).hash))
        }
        try sealCatalog(&tip)
        try sealCommit(&tip, changes)
        return tip
    }

    /// A table without history has one entry, which moves on; but one that leads to undo records stays until they are
    /// collected.
    private func sealKeyspace(_ keyspace: UInt32, _ writes: KeyspaceWrites) throws(StorageError) {
        if let previous = writes.previous, !writes.keepsHistory, previous.totals.records == 0 {
            RawKey.tableCommit(keyspace, previous.version, in: &recordKey)
            try access.delete(.tableCommits, recordKey)
        }
        RawKey.tableCommit(keyspace, version, in: &recordKey)
        valueBuffer.removeAll(keepingCapacity: true)
        writes.totals.encode(to: &valueBuffer)
        try access.put(.tableCommits, recordKey, valueBuffer)
    }

    private func sealCatalog(_ tip: inout Tip) throws(StorageError) {
        guard catalog.counters != tip.catalog.counters else { return }
        try access.put(.catalog, CatalogKey.counters, catalog.counters.encode())
        tip.catalog = catalog
    }

    private func sealCommit(_ tip: inout Tip, _ changes: [CommitRecord.KeyspaceChanges]) throws(StorageError) {
        var record = CommitRecord(
            time: time, hash: tip.hash, totalChanges: tip.totalChanges,
            statement: StatementText.shortened(statements), changes: changes,
            definitions: hasChangedDefinitions ? try DefinitionDigest.hash(access) : nil)
        record.hash = record.chained(version: version)
        tip.hash = record.hash
        valueBuffer.removeAll(keepingCapacity: true)
        record.encode(to: &valueBuffer)
        try access.put(.commits, RawKey.commit(version), valueBuffer, isNew: true, flags: .append)
    }
}
