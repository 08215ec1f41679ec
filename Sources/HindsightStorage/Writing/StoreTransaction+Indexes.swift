import HindsightKeyValue
import HindsightValues

/// What a write to a table does to one of its indexes.
struct IndexChange {
    let index: TableInfo
    let removed: ItemKey?
    let added: IndexEntry?
    let traits: IndexInfo.Traits
}

extension StoreTransaction {
    /// What the write of an item changes in the table's indexes. Nothing is changed yet, so that an item that an index
    /// refuses leaves no trace.
    ///
    /// - Parameters:
    ///   - old: the item that ends, in place; `nil` if there was none.
    ///   - new: the item that begins; `nil` if there will be none.
    func indexChanges(
        of table: TableInfo, from old: BytesPosition?, to new: RawSpan?
    ) throws(StorageError) -> [IndexChange] {
        var changes: [IndexChange] = []
        for maker in makers(of: table) {
            if let old, let new, try maker.isSame(access.view(old, heldBy: self), new) { continue }
            var removed: ItemKey?
            if let old, case .entry(let entry) = try maker.lenientOutcome(of: access.view(old, heldBy: self)) {
                removed = entry.key
            }
            var added: IndexEntry?
            var traits: IndexInfo.Traits = []
            if let new {
                switch try outcome(of: new, from: old, maker) {
                case .entry(let entry): added = entry
                case .absent(let found): traits = found
                }
            }
            changes.append(IndexChange(index: maker.index, removed: removed, added: added, traits: traits))
        }
        return changes
    }

    /// A type that was wrong before the index came may stay so.
    private func outcome(
        of new: RawSpan, from old: BytesPosition?, _ maker: IndexEntryMaker
    ) throws(StorageError) -> IndexEntryMaker.Outcome {
        do {
            return try maker.outcome(of: new)
        } catch {
            guard let old, try maker.isFaultKept(access.view(old, heldBy: self), new) else { throw error }
            return try maker.lenientOutcome(of: new)
        }
    }

    private func makers(of table: TableInfo) -> [IndexEntryMaker] {
        if entryMakers.changes != catalog.counters.changes { entryMakers = (catalog.counters.changes, [:]) }
        if let known = entryMakers.byTable[table.id] { return known }
        let makers = catalog.indexes(of: table.id).map(IndexEntryMaker.init)
        entryMakers.byTable[table.id] = makers
        return makers
    }

    func apply(_ changes: [IndexChange]) throws(StorageError) {
        for change in changes {
            if let removed = change.removed, change.added.map({ $0.key.whole != removed.whole }) ?? true {
                // While the index is built, the item may not have its entry yet.
                _ = try remove(removed, from: change.index)
            }
            if let added = change.added {
                let document = added.document.rawSpan
                _ = try write(document, added.key, change.index, replacing: true)
            }
            try note(change.traits, of: change.index.id)
        }
    }

    /// Notes what was found in items without an entry.
    private func note(_ traits: IndexInfo.Traits, of index: UInt32) throws(StorageError) {
        guard var info = catalog.indexes[index], info.index?.traits.isSuperset(of: traits) == false else { return }
        info.index?.traits.formUnion(traits)
        try save(info)
    }
}

// MARK: - Definitions

extension StoreTransaction {
    /// Whether this transaction has made indexes that need more entries than it has given them: see
    /// `Store.buildIndexes`.
    package var hasUnbuiltIndexes: Bool {
        catalog.indexes.values.contains { $0.createdVersion == version && $0.index?.isReady == false }
    }

    /// Makes an index of a table. Its entries are written along with the items from then on; those of items that are
    /// there already are written at once, if there are few of them or if it `mustBeReady`, or else by
    /// `Store.buildIndexes`.
    ///
    /// - Throws: `.tableNotFound`, `.invalidIndexName`, `.indexExists`, `.invalidIndexKeys`, `.invalidLocalIndex`,
    ///   `.indexKeyConflict`, `.tooManyIndexes`, `.tooManyProjectedAttributes`.
    @discardableResult
    package func createIndex(
        _ definition: IndexDefinition, of name: String, mustBeReady: Bool = false
    ) throws(StorageError) -> TableInfo {
        let table = try existingTable(name)
        try IndexRules(table: table, others: catalog.indexes(of: table.id)).check(definition)
        return try addIndex(definition, to: table, mustBeReady: mustBeReady)
    }

    /// - Throws: `.tableNotFound`, `.indexNotFound`.
    package func dropIndex(_ index: String, of name: String) throws(StorageError) {
        let table = try existingTable(name)
        guard let info = catalog.index(named: index, of: table.id) else {
            throw .indexNotFound(table: name, index: index)
        }
        try drop(info)
    }

    /// - Precondition: the definition was checked.
    func addIndex(
        _ definition: IndexDefinition, to table: TableInfo, mustBeReady: Bool
    ) throws(StorageError) -> TableInfo {
        let index = try makeIndex(definition, of: table, base: nil)
        keyspaces[index.id] = try writes(to: index)
        let isSmall = try size(of: table).items <= Limits.indexBuildStep
        return mustBeReady || isSmall ? try buildAtOnce(index, of: table) : index
    }

    /// Adds an index that reads through to another one, and so is ready at once.
    func forkIndex(
        _ source: TableInfo, _ info: IndexInfo, to table: TableInfo, at version: Version
    ) throws(StorageError) {
        let index = try makeIndex(
            IndexDefinition(source, info), of: table, base: ForkBase(table: source.id, version: version),
            traits: info.traits)
        try startTotals(of: index, from: source, at: version)
    }

    /// Gives a table an index like one of another file, with entries for the items that the table has.
    func rebuild(_ source: TableInfo, for table: TableInfo) throws(StorageError) {
        guard let info = source.index else { return }
        let index = try makeIndex(IndexDefinition(source, info), of: table, base: nil)
        _ = try buildAtOnce(index, of: table)
    }

    private func makeIndex(
        _ definition: IndexDefinition, of table: TableInfo, base: ForkBase?, traits: IndexInfo.Traits = []
    ) throws(StorageError) -> TableInfo {
        let index = TableInfo(
            id: KeyspaceNumber.index(catalog.counters.nextTable), name: definition.name,
            partitionKey: definition.partitionKey, sortKey: definition.sortKey, settings: [:],
            createdVersion: version, createdTime: time, recovery: nil, base: base, origin: nil,
            index: IndexInfo(
                table: table.id, scope: definition.scope, projection: definition.projection,
                primaryKey: table.indexKeyAttributes, isReady: base != nil, traits: traits))
        catalog.counters.nextTable += 1
        try access.put(.catalog, CatalogKey.format, FileFormat.encode(FileFormat.current))
        try save(index)
        return index
    }

    private func buildAtOnce(_ index: TableInfo, of table: TableInfo) throws(StorageError) -> TableInfo {
        let maker = IndexEntryMaker(index)
        var traits: IndexInfo.Traits = []
        var entries: [IndexEntry] = []
        let cursor = try openCursor(table)
        while try cursor.next() {
            switch try maker.lenientOutcome(of: cursor.document) {
            case .entry(let entry): entries.append(entry)
            case .absent(let found): traits.formUnion(found)
            }
        }
        for entry in entries {
            let document = entry.document.rawSpan
            _ = try write(document, entry.key, index, replacing: true)
        }
        var ready = index
        ready.index?.isReady = true
        ready.index?.traits = traits
        try save(ready)
        if catalog.keepsHistory(catalog.table(index.id) ?? ready) { try beginHistory(of: ready, isNew: true) }
        return ready
    }
}
