import HindsightKeyValue
import HindsightValues

/// Goes through what one keyspace has at one version: live and deleted items merged in key order, each resolved by its
/// chain where it is younger than the version.
///
/// Rows are read ahead, some at a time, and resolved when they are asked for: what an undo record's row will look at was
/// prefetched by then.
final class LevelScan {
    private let access: TreeAccess
    private let plan: LevelPlan
    private let direction: Direction
    private var live: TreeScan
    /// `nil` where no tombstone can matter.
    private var deleted: TreeScan?
    private var past: PastRecords?
    private var rows: ContiguousArray<PendingRow> = []
    private var nextRow = 0
    /// How many rows to read ahead: one at first, as many who begin a scan want no more, and each time some more.
    private var readAheadCount = 1
    private(set) var isOnEntry = false
    private(set) var key = BytesPosition.none
    /// `nil` where the keyspace has no item of this key at the version, and says so.
    private(set) var document: BytesPosition?

    /// The most rows that are read ahead.
    private static let readAhead = 32

    init(_ access: TreeAccess, _ plan: LevelPlan, _ range: KeyRange, _ direction: Direction) throws(StorageError) {
        self.access = access
        self.plan = plan
        self.direction = direction
        live = try TreeScan(access, .live, keyspace: plan.keyspace, range, direction)
        deleted = plan.needsDeleted ? try TreeScan(access, .deleted, keyspace: plan.keyspace, range, direction) : nil
        past = plan.version.map { PastRecords(access, plan, at: $0) }
        rows.reserveCapacity(Self.readAhead)
    }

    func start() throws(StorageError) {
        try live.start()
        try deleted?.start()
        try startRows()
    }

    func restart(_ range: KeyRange) throws(StorageError) {
        try live.restart(range)
        try deleted?.restart(range)
        try startRows()
    }

    private func startRows() throws(StorageError) {
        rows.removeAll(keepingCapacity: true)
        nextRow = 0
        readAheadCount = 1
        try advance()
    }

    func advance() throws(StorageError) {
        if nextRow == rows.count { try readRows() }
        isOnEntry = nextRow < rows.count
        guard isOnEntry else { return }
        let row = rows[nextRow]
        nextRow += 1
        key = row.key
        switch row.state {
        case .item(let document): self.document = document
        case .hidden: document = nil
        case .past(let record): document = try past?.document(record)
        }
    }
}

// MARK: - Reading ahead

extension LevelScan {
    private func readRows() throws(StorageError) {
        rows.removeAll(keepingCapacity: true)
        nextRow = 0
        if deleted == nil {
            try readLive(&live, &rows, &past)
        } else {
            try readMerged(&live, &deleted!, &rows, &past)
        }
        readAheadCount = min(readAheadCount * 4, Self.readAhead)
    }

    private func readLive(
        _ live: inout TreeScan, _ rows: inout ContiguousArray<PendingRow>, _ past: inout PastRecords?
    ) throws(StorageError) {
        for _ in 0..<readAheadCount where live.isOnEntry {
            rows.append(PendingRow(key: live.key, state: try state(.live, live, &past)))
            try live.advance()
        }
    }

    /// Takes the nearer of the two scans' entries; no key is in both.
    private func readMerged(
        _ live: inout TreeScan, _ deleted: inout TreeScan, _ rows: inout ContiguousArray<PendingRow>,
        _ past: inout PastRecords?
    ) throws(StorageError) {
        for _ in 0..<readAheadCount {
            guard live.isOnEntry || deleted.isOnEntry else { return }
            if isFirst(live, before: deleted) {
                rows.append(PendingRow(key: live.key, state: try state(.live, live, &past)))
                try live.advance()
            } else {
                rows.append(PendingRow(key: deleted.key, state: try state(.deleted, deleted, &past)))
                try deleted.advance()
            }
        }
    }

    private func isFirst(_ live: borrowing TreeScan, before deleted: borrowing TreeScan) -> Bool {
        guard live.isOnEntry, deleted.isOnEntry else { return live.isOnEntry }
        let order = access.view(live.key, heldBy: self).compare(access.view(deleted.key, heldBy: self))
        return (order < 0) == (direction == .forward)
    }

    /// What the entry under a scan says of the version.
    @inline(__always)
    private func state(
        _ tree: TreeName, _ scan: borrowing TreeScan, _ past: inout PastRecords?
    ) throws(StorageError) -> PendingRow.State {
        let value = scan.value
        let bytes = access.view(value, heldBy: self)
        if plan.version == nil, tree == .live, let start = StoredItem.documentStart(bytes) {
            return .item(value.extracting(start..<bytes.byteCount))
        }
        let item: StoredItem
        do { item = try StoredItem(bytes) } catch {
            throw .corrupt(tree, RawKey.keyspace(plan.keyspace) + access.view(scan.key, heldBy: self).array)
        }
        if let version = plan.version, item.header.version > version {
            guard let record = item.header.next(toward: version) else { return .hidden }
            return .past(try past?.prepare(record) ?? .pointer(record))
        }
        return tree == .live ? .item(value.extracting(item.document)) : .hidden
    }
}

/// A row read ahead.
private struct PendingRow {
    let key: BytesPosition
    let state: State

    enum State {
        case item(BytesPosition)
        /// There is no item, and the keyspace says so.
        case hidden
        /// What the item was is further down its chain.
        case past(PastRecords.Place)
    }
}
