import HindsightKeyValue
import HindsightValues

// How a fork becomes a table of its own. Its keyspace is filled, in key order and in small transactions, with the items of
// the base that it has not got itself, as old as the fork. Readers notice nothing: what was copied hides the same item
// below. When the end is reached, the base is taken off, and tombstones that only hid something of the base go.
//
//     base at v          a    b    c    d    e
//     fork               a'        -              a' written, c deleted in the fork
//     after two steps    a'   b    -    d              copied up to d
//     at the end         a'   b         d    e         no base
//
// The entry 'K' of the catalog says how far it is, so that it goes on after a crash where it was.

/// How far a fork is copied.
private struct CopyProgress {
    enum Phase: UInt8 {
        /// Up to `key`, included.
        case copying = 1
        /// The base is off; tombstones up to `key` are swept.
        case sweeping = 2
    }

    var phase: Phase
    var key: [UInt8]

    init(phase: Phase, key: [UInt8]) {
        self.phase = phase
        self.key = key
    }

    init(_ bytes: RawSpan) throws(MalformedBytes) {
        var reader = ByteReader(bytes)
        guard let phase = Phase(rawValue: try reader.byte()) else { throw MalformedBytes() }
        self.phase = phase
        key = bytes.array(in: try reader.countedRange())
        try reader.seal()
    }

    func encode() -> [UInt8] {
        var bytes = [phase.rawValue]
        bytes.appendPacked(key.count)
        bytes += key
        bytes.appendSeal()
        return bytes
    }
}

extension CollectionStep {
    private func progress(of fork: TableInfo) throws(StorageError) -> CopyProgress? {
        try access.entry(.catalog, CatalogKey.numbered(CatalogKey.forkCopies, fork.id)) {
            bytes throws(MalformedBytes) in
            try CopyProgress(bytes)
        }
    }

    private mutating func save(_ progress: CopyProgress, of fork: TableInfo) throws(StorageError) {
        try access.put(.catalog, CatalogKey.numbered(CatalogKey.forkCopies, fork.id), progress.encode())
        hasChanges = true
    }

    /// Keys that are looked up before their items are copied.
    private static let keysAtOnce = 1_000

    /// Copies as much of the base as the budget allows, and takes the base off when all is there.
    mutating func copyBase(into fork: TableInfo) throws(StorageError) {
        guard let base = fork.base, let source = reader.catalog.table(base.table) else { return }
        let done = try progress(of: fork)
        let lower = done.map { $0.key + [0] } ?? []
        let batch = try nextKeys(of: source, KeyRange(lower: lower, upper: nil), at: base.version)
        var count = 0
        while count < batch.keys.count, mayGoOn(after: count) {
            try copy(ItemKey(batch.keys[count]), from: source, at: base.version, into: fork)
            count += 1
        }
        note(copied: count)
        guard batch.isLast, count == batch.keys.count else {
            if count > 0 { try save(CopyProgress(phase: .copying, key: batch.keys[count - 1]), of: fork) }
            isUnfinished = true
            return
        }
        var active = fork
        active.base = nil
        try save(active)
        try save(CopyProgress(phase: .sweeping, key: []), of: fork)
    }

    private func nextKeys(
        of source: TableInfo, _ range: KeyRange, at version: Version
    ) throws(StorageError) -> (keys: [[UInt8]], isLast: Bool) {
        let cursor = try reader.openCursor(source, range, at: version)
        var keys: [[UInt8]] = []
        while keys.count < min(budget, Self.keysAtOnce) {
            guard try cursor.next() else { return (keys, true) }
            keys.append(cursor.key.array)
        }
        return (keys, false)
    }

    private func copy(
        _ key: ItemKey, from source: TableInfo, at version: Version, into fork: TableInfo
    ) throws(StorageError) {
        guard case .unknown = try reader.ownState(of: key.whole, key.stored, in: fork, at: nil) else { return }
        // Through `get`, so that a damaged document is not given a new checksum.
        guard let document = try reader.get(source, key: key.whole, at: version) else { return }
        var rawKey: [UInt8] = []
        RawKey.item(fork.id, key.stored, in: &rawKey)
        var value: [UInt8] = []
        ItemHeader(version: fork.createdVersion, previous: nil)
            .encode(checksum: document.checksum32, longKey: key.long, under: rawKey, to: &value)
        value.append(document)
        try access.put(.live, rawKey, value)
    }
}

// MARK: - Sweeping

extension CollectionStep {
    /// Removes tombstones that hid something of a base that is off, and that no past needs.
    mutating func sweepTombstones(of fork: TableInfo) throws(StorageError) {
        guard fork.base == nil, let done = try progress(of: fork), done.phase == .sweeping else { return }
        let floor = reader.catalog.keepsHistory(fork) ? try reader.historyFloor(of: fork.id)?.version ?? 0 : .max
        let batch = try tombstones(of: fork, after: done.key, through: floor)
        for key in batch.swept { try access.delete(.deleted, key) }
        try noteRemoved(tombstones: batch.swept.count, of: fork)
        note(removed: batch.swept.count)
        if let last = batch.last {
            try save(CopyProgress(phase: .sweeping, key: last), of: fork)
            isUnfinished = true
        } else {
            try access.delete(.catalog, CatalogKey.numbered(CatalogKey.forkCopies, fork.id))
            hasChanges = true
        }
    }

    /// The raw keys of tombstones written at or before `floor`, and the stored key to go on after, if there are more.
    private mutating func tombstones(
        of fork: TableInfo, after key: [UInt8], through floor: Version
    ) throws(StorageError) -> (swept: [[UInt8]], last: [UInt8]?) {
        let keyspace = RawKey.keyspace(fork.id)
        let cursor = try access.openCursor(access.trees.deleted)
        var swept: [[UInt8]] = []
        var seen = 0
        do {
            var isOnEntry = try cursor.seek(atOrAfter: (keyspace + (key.isEmpty ? [] : key + [0])).rawSpan)
            while isOnEntry, cursor.key.hasPrefix(keyspace.rawSpan) {
                let rawKey = cursor.key.array
                if try StoredItem(cursor.value).header.version <= floor { swept.append(rawKey) }
                seen += 1
                if !mayGoOn(after: seen) { return (swept, Array(rawKey[keyspace.count...])) }
                isOnEntry = try cursor.next()
            }
        } catch let error as KeyValueError {
            throw StorageError(error)
        } catch {
            throw .corrupt(.deleted, cursor.key.array)
        }
        return (swept, nil)
    }

    /// Keeps right what the newest entry counts of tombstones and undo records.
    func noteRemoved(
        tombstones: Int, _ history: HistorySize = HistorySize(), of table: TableInfo
    ) throws(StorageError) {
        guard tombstones > 0 || history.records > 0, var state = try reader.state(table.id, at: .max) else { return }
        state.totals.tombstones -= min(UInt64(tombstones), state.totals.tombstones)
        state.totals.history?.subtract(history)
        try putTotals(state, of: table.id)
    }

    func putTotals(_ state: TableState, of keyspace: UInt32) throws(StorageError) {
        var value: [UInt8] = []
        state.totals.encode(to: &value)
        try access.put(.tableCommits, RawKey.tableCommit(keyspace, state.version), value)
    }
}
