import HindsightKeyValue
import HindsightValues

/// Goes through what one keyspace has at one version: live and deleted items merged in key order, each resolved by its
/// chain where it is younger than the version.
final class LevelScan {
    private let access: TreeAccess
    private let keyspace: UInt32
    /// `nil` for now.
    private let version: Version?
    private let direction: Direction
    private let live: TreeScan
    /// `nil` where no tombstone can matter.
    private let deleted: TreeScan?
    private var keyBuffer: [UInt8] = []
    /// The scan that `key` comes from, still to be moved on.
    private var pending = Source.none
    private(set) var isOnEntry = false
    private(set) var key = BytesPosition.none
    /// `nil` where the keyspace has no item of this key at the version, and says so.
    private(set) var document: BytesPosition?

    private enum Source {
        case none, live, deleted
    }

    init(_ reader: StoreReader, _ plan: LevelPlan, _ range: KeyRange, _ direction: Direction) throws(StorageError) {
        access = reader.access
        keyspace = plan.keyspace
        version = plan.version
        self.direction = direction
        live = try TreeScan(access, .live, keyspace: keyspace, range, direction)
        deleted = plan.needsDeleted ? try TreeScan(access, .deleted, keyspace: keyspace, range, direction) : nil
    }

    func start() throws(StorageError) {
        try live.start()
        try deleted?.start()
        pending = .none
        try settle()
    }

    func restart(_ range: KeyRange) throws(StorageError) {
        try live.restart(range)
        try deleted?.restart(range)
        pending = .none
        try settle()
    }

    func advance() throws(StorageError) {
        switch pending {
        case .none: return
        case .live: try live.advance()
        case .deleted: try deleted?.advance()
        }
        try settle()
    }

    /// Takes the nearer of the two scans' entries.
    private func settle() throws(StorageError) {
        pending = nearer()
        isOnEntry = pending != .none
        switch pending {
        case .none: break
        case .live:
            key = live.key
            document = try state(.live, live.value)
        case .deleted:
            if let deleted {
                key = deleted.key
                document = try state(.deleted, deleted.value)
            }
        }
    }

    private func nearer() -> Source {
        guard let deleted, deleted.isOnEntry else { return live.isOnEntry ? .live : .none }
        guard live.isOnEntry else { return .deleted }
        let order = access.view(live.key, heldBy: self).compare(access.view(deleted.key, heldBy: self))
        return (order < 0) == (direction == .forward) ? .live : .deleted
    }

    /// The document that the entry has at the version.
    private func state(_ tree: TreeName, _ value: BytesPosition) throws(StorageError) -> BytesPosition? {
        let bytes = access.view(value, heldBy: self)
        if version == nil, tree == .live, let start = StoredItem.documentStart(bytes) {
            return value.extracting(start..<bytes.byteCount)
        }
        let item: StoredItem
        do { item = try StoredItem(bytes) } catch { throw .corrupt(tree, access.view(key, heldBy: self).array) }
        if let version, item.header.version > version {
            return try access.walk(keyspace, from: item.header, to: version, &keyBuffer)?.document
        }
        return tree == .live ? value.extracting(item.document) : nil
    }
}

/// One keyspace as a table cursor reads it.
struct LevelPlan {
    let keyspace: UInt32
    /// `nil` for now.
    let version: Version?
    /// Whether tombstones hide something below, or were items at the version.
    let needsDeleted: Bool
}

extension StoredItem {
    /// Where the document begins, from the header's first two bytes; `nil` where it takes a closer look.
    static func documentStart(_ bytes: RawSpan) -> Int? {
        guard bytes.byteCount > 1, bytes.byte(at: 1) & ItemHeader.Flag.longKey == 0 else { return nil }
        let start = Int(bytes.byte(at: 0))
        return start <= bytes.byteCount ? start : nil
    }
}
