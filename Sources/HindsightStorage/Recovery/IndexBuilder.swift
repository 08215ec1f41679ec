import HindsightKeyValue
import HindsightValues

// How a new index of a filled table gets its entries: in the order of the table's keys, some items a transaction, while
// others read and write the table. Whoever writes an item keeps its entry right from the moment that the index is there, so
// the builder adds what is missing and leaves what it finds. Such entries are as old as the index, and it keeps no past
// until all of them are there; then it can be read, from this version on.
//
// The entry 'B' of the catalog says how far it is, so that it goes on after a crash where it was.

/// How far an index is built.
struct BuildProgress {
    /// The key of the last item that was looked at.
    var key: [UInt8] = []
    /// Items that were looked at.
    var items: UInt64 = 0

    init() {}

    init(_ bytes: RawSpan) throws(MalformedBytes) {
        var reader = ByteReader(bytes)
        key = bytes.array(in: try reader.countedRange())
        items = try reader.integer()
        try reader.seal()
    }

    func encode() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendPacked(key.count)
        bytes += key
        bytes.appendPacked(items)
        bytes.appendSeal()
        return bytes
    }
}

/// How far the building of an index is.
package struct IndexProgress: Equatable, Sendable {
    package let table: String
    package let index: String
    /// Items that were looked at.
    package let done: Int
    /// Items that the table has.
    package let total: Int

    package var percent: Int { total == 0 ? 100 : min(done * 100 / total, 100) }
}

extension StoreReader {
    /// The indexes of a table, by name.
    package final func indexes(of table: TableInfo) -> [TableInfo] {
        catalog.indexes(of: table.id)
    }

    /// The table's index of exactly this name.
    package final func index(named name: String, of table: TableInfo) -> TableInfo? {
        catalog.index(named: name, of: table.id)
    }

    /// Whether a number of `CommitInfo.changes` is that of an index, whose changes follow from those of a table.
    package final func isIndex(_ keyspace: UInt32) -> Bool {
        KeyspaceNumber.isIndex(keyspace)
    }

    /// How far an index is built; `nil` if it is ready.
    package final func progress(of index: TableInfo) throws(StorageError) -> IndexProgress? {
        let index = catalog.indexes[index.id] ?? index
        guard let info = index.index, !info.isReady, let table = catalog.tables[info.table] else { return nil }
        let done = try buildProgress(of: index)
        return IndexProgress(
            table: table.name, index: index.name, done: Int(clamping: done.items), total: try size(of: table).items)
    }

    final func buildProgress(of index: TableInfo) throws(StorageError) -> BuildProgress {
        try access.entry(.catalog, CatalogKey.numbered(CatalogKey.indexBuilds, index.id)) {
            bytes throws(MalformedBytes) in
            try BuildProgress(bytes)
        } ?? BuildProgress()
    }

    /// The first version at which an index tells the past; `nil` if it only tells the present.
    package final func pastBegins(of index: TableInfo) throws(StorageError) -> (version: Version, time: Int64)? {
        guard let info = index.index, info.isReady, catalog.keepsHistory(index) else { return nil }
        return try historyFloor(of: index.id).map { ($0.version, $0.time) }
    }
}

extension Store {
    /// Gives all indexes the entries that they lack, in transactions of `Limits.indexBuildStep` items.
    ///
    /// - Parameter progress: called after each transaction; what it throws ends the work, which goes on after later
    ///   commits.
    package func buildIndexes(_ progress: (IndexProgress) throws -> Void = { _ in }) throws {
        try checkWritable()
        var isUnfinished = true
        while isUnfinished {
            var reached: IndexProgress?
            isUnfinished = try inStep(budget: Limits.indexBuildStep) { step throws(StorageError) in
                guard let index = step.pendingIndexes.first else { return }
                try step.build(index)
                reached = try step.reader.progress(of: index)
                step.isUnfinished = !step.pendingIndexes.isEmpty
            }.isUnfinished
            if let reached { try progress(reached) }
            if isUnfinished { pauseForOthers() }
        }
    }
}

extension CollectionStep {
    /// Indexes that are not ready, in the order of their numbers.
    var pendingIndexes: [TableInfo] {
        reader.catalog.indexes.values.filter { $0.index?.isReady == false }.sorted { $0.id < $1.id }
    }

    /// Items whose entries are collected before they are added.
    private static let itemsAtOnce = 200

    /// Adds the entries of as many items as the budget allows, and makes the index ready when all have theirs.
    mutating func build(_ index: TableInfo) throws(StorageError) {
        guard let info = index.index, let table = reader.catalog.tables[info.table] else { return }
        var progress = try reader.buildProgress(of: index)
        var traits = info.traits
        var isLast = false
        var count = 0
        repeat {
            let before = progress.items
            let limit = min(Self.itemsAtOnce, budget - count)
            isLast = try addEntries(of: table, to: index, atMost: limit, &progress, &traits)
            count += Int(progress.items - before)
        } while !isLast && hasTime(after: count)
        note(copied: count)
        try finishStep(index, traits, progress, isLast: isLast)
    }

    /// Adds the entries of the next items of the table.
    ///
    /// - Returns: whether there are no more.
    private mutating func addEntries(
        of table: TableInfo, to index: TableInfo, atMost limit: Int, _ progress: inout BuildProgress,
        _ traits: inout IndexInfo.Traits
    ) throws(StorageError) -> Bool {
        let maker = IndexEntryMaker(index)
        var entries: [IndexEntry] = []
        var count = 0
        let lower = progress.key.isEmpty ? [] : progress.key + [0]
        let cursor = try reader.openCursor(table, KeyRange(lower: lower, upper: nil))
        while count < limit, try cursor.next() {
            count += 1
            progress.key = cursor.key.array
            switch try maker.lenientOutcome(of: cursor.document) {
            case .entry(let entry): entries.append(entry)
            case .absent(let found): traits.formUnion(found)
            }
        }
        progress.items += UInt64(count)
        try add(entries, to: index)
        return count < limit
    }

    private mutating func add(_ entries: [IndexEntry], to index: TableInfo) throws(StorageError) {
        guard var state = try reader.state(index.id, at: .max) else { return }
        var rawKey: [UInt8] = []
        var value: [UInt8] = []
        for entry in entries {
            RawKey.item(index.id, entry.key.stored, in: &rawKey)
            guard try access.position(access.trees.live, rawKey) == nil else { continue }
            let document = entry.document.rawSpan
            value.removeAll(keepingCapacity: true)
            ItemHeader(version: index.createdVersion, previous: nil)
                .encode(checksum: document.checksum32, longKey: entry.key.long, under: rawKey, to: &value)
            value += entry.document
            try access.put(.live, rawKey, value)
            state.totals.items += 1
            state.totals.bytes += UInt64(entry.document.count)
        }
        try putTotals(state, of: index.id)
    }

    private mutating func finishStep(
        _ index: TableInfo, _ traits: IndexInfo.Traits, _ progress: BuildProgress, isLast: Bool
    ) throws(StorageError) {
        var changed = reader.catalog.indexes[index.id] ?? index
        changed.index?.traits = traits
        let key = CatalogKey.numbered(CatalogKey.indexBuilds, index.id)
        guard isLast else {
            try access.put(.catalog, key, progress.encode())
            if changed.index != index.index { try save(changed) }
            isUnfinished = true
            return
        }
        changed.index?.isReady = true
        try save(changed)
        try access.delete(.catalog, key)
        guard let ready = reader.catalog.indexes[index.id], reader.catalog.keepsHistory(ready) else { return }
        try access.put(
            .catalog, CatalogKey.numbered(CatalogKey.historyFloors, index.id),
            Instant(version: reader.tip.version, time: reader.tip.time).encode())
    }
}
