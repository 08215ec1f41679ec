import HindsightKeyValue
import HindsightValues

/// Goes through all keys that a table has, or that its past may speak of, each once and in order: those of its items, of
/// its tombstones, and of what lies below a fork.
final class KnownKeys {
    private let reader: StoreReader
    private let access: TreeAccess
    private let table: TableInfo
    private let range: KeyRange
    private var live: TreeScan
    private var deleted: TreeScan
    /// The items of the base of a fork.
    private var base: TableCursor?
    private var isOnBase = false
    private var isStarted = false
    /// The transaction's generation when the scans last moved.
    private var generation: UInt = 0
    /// The whole key gone to last.
    private(set) var key: [UInt8] = []

    init(_ reader: StoreReader, _ table: TableInfo, _ range: KeyRange) throws(StorageError) {
        self.reader = reader
        access = reader.access
        self.table = table
        self.range = range
        live = try TreeScan(access, .live, keyspace: table.id, range, .forward)
        deleted = try TreeScan(access, .deleted, keyspace: table.id, range, .forward)
    }

    /// Goes to the next key.
    ///
    /// - Returns: `false` at the end.
    func next() throws(StorageError) -> Bool {
        if !isStarted {
            try start(range)
            isStarted = true
        } else if access.generation != generation {
            try start(range.intersection(KeyRange(lower: key + [0], upper: nil)))
        }
        generation = access.generation
        guard let nearest = nearest(live.isOnEntry ? live.key : nil, deleted.isOnEntry ? deleted.key : nil) else {
            return false
        }
        key = nearest
        if live.isOnEntry, isCurrent(live.key) { try live.advance() }
        if deleted.isOnEntry, isCurrent(deleted.key) { try deleted.advance() }
        if let base, isOnBase, base.key.isEqual(to: nearest.rawSpan) { isOnBase = try base.next() }
        return true
    }

    private func start(_ range: KeyRange) throws(StorageError) {
        try live.restart(range)
        try deleted.restart(range)
        guard let fork = table.base, let source = reader.catalog.table(fork.table) else { return }
        let cursor = try reader.openCursor(source, range, at: fork.version)
        base = cursor
        isOnBase = try cursor.next()
    }

    private func nearest(_ live: BytesPosition?, _ deleted: BytesPosition?) -> [UInt8]? {
        var nearest: [UInt8]?
        for position in [live, deleted] {
            guard let position else { continue }
            let key = access.view(position, heldBy: self)
            if let best = nearest, key.compare(best.rawSpan) >= 0 { continue }
            nearest = key.array
        }
        guard let base, isOnBase else { return nearest }
        if let best = nearest, base.key.compare(best.rawSpan) >= 0 { return best }
        return base.key.array
    }

    private func isCurrent(_ position: BytesPosition) -> Bool {
        let key = key
        return access.view(position, heldBy: self).isEqual(to: key.rawSpan)
    }
}
