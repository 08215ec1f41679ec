import HindsightKeyValue
import HindsightValues

/// Goes through what one keyspace has at one version: live and deleted items merged in key order, each resolved where it
/// is younger than the version: by its chain, or in a long scan by a `ChangeIndex`.
final class LevelScan {
    private let access: TreeAccess
    private let plan: LevelPlan
    private let direction: Direction
    private let live: TreeScan
    /// `nil` where no tombstone can matter.
    private let deleted: TreeScan?
    private var keyBuffer: [UInt8] = []
    /// The scan that the current row comes from, still to be moved on.
    private var pending = Source.none
    /// Chains that were walked.
    private var walkCount = 0
    private var ahead = RowsAhead()
    private var index: ChangeIndex?

    private(set) var isOnEntry = false
    private(set) var key = BytesPosition.none
    /// `nil` where the keyspace has no item of this key at the version, and says so.
    private(set) var document: BytesPosition?

    private enum Source {
        case none, live, deleted
    }

    init(_ access: TreeAccess, _ plan: LevelPlan, _ range: KeyRange, _ direction: Direction) throws(StorageError) {
        self.access = access
        self.plan = plan
        self.direction = direction
        live = try TreeScan(access, .live, keyspace: plan.keyspace, range, direction)
        deleted = plan.needsDeleted ? try TreeScan(access, .deleted, keyspace: plan.keyspace, range, direction) : nil
    }

    func start() throws(StorageError) {
        try live.start()
        try deleted?.start()
        try begin()
    }

    func restart(_ range: KeyRange) throws(StorageError) {
        try live.restart(range)
        try deleted?.restart(range)
        try begin()
    }

    private func begin() throws(StorageError) {
        ahead.clear()
        pending = nearer()
        try settle()
    }

    func advance() throws(StorageError) {
        if index != nil { return try takeFromAhead() }
        try moveOn()
        try settle()
    }

    /// Moves the scan on that the current row came from.
    private func moveOn() throws(StorageError) {
        switch pending {
        case .none: return
        case .live: try live.advance()
        case .deleted: try deleted?.advance()
        }
        pending = nearer()
    }

    private func nearer() -> Source {
        guard let deleted, deleted.isOnEntry else { return live.isOnEntry ? .live : .none }
        guard live.isOnEntry else { return .deleted }
        let order = access.view(live.key, heldBy: self).compare(access.view(deleted.key, heldBy: self))
        return (order < 0) == (direction == .forward) ? .live : .deleted
    }

    /// Makes the pending row the current one.
    private func settle() throws(StorageError) {
        isOnEntry = pending != .none
        switch pending {
        case .none: return
        case .live: try settle(live.key, state(.live, live.key, live.value))
        case .deleted:
            if let deleted { try settle(deleted.key, state(.deleted, deleted.key, deleted.value)) }
        }
    }

    private func settle(_ key: BytesPosition, _ state: RowState) throws(StorageError) {
        self.key = key
        switch state {
        case .item(let position): document = position
        case .hidden: document = nil
        case .younger(let header):
            document = try access.walk(plan.keyspace, from: header, to: plan.version ?? .max, &keyBuffer)?.document
            walkCount += 1
            if walkCount >= plan.walkLimit { try startIndex() }
        }
    }
}

// MARK: - One row

/// What an entry says of its item at the version.
private enum RowState {
    case item(BytesPosition)
    case hidden
    /// The entry was written after the version.
    case younger(ItemHeader)
}

extension LevelScan {
    private func state(
        _ tree: TreeName, _ key: BytesPosition, _ value: BytesPosition
    ) throws(StorageError) -> RowState {
        let bytes = access.view(value, heldBy: self)
        guard let version = plan.version else { return try presentState(tree, key, value) }
        let item: StoredItem
        do { item = try StoredItem(bytes) } catch { throw corrupt(tree, key) }
        if item.header.version > version { return .younger(item.header) }
        return tree == .live ? .item(value.extracting(item.document)) : .hidden
    }

    private func presentState(
        _ tree: TreeName, _ key: BytesPosition, _ value: BytesPosition
    ) throws(StorageError) -> RowState {
        guard tree == .live else { return .hidden }
        let bytes = access.view(value, heldBy: self)
        if let start = StoredItem.documentStart(bytes) { return .item(value.extracting(start..<bytes.byteCount)) }
        do { return .item(value.extracting(try StoredItem(bytes).document)) } catch { throw corrupt(tree, key) }
    }

    private func corrupt(_ tree: TreeName, _ key: BytesPosition) -> StorageError {
        .corrupt(tree, RawKey.keyspace(plan.keyspace) + access.view(key, heldBy: self).array)
    }
}

// MARK: - Many changed rows

/// Rows that were read ahead of the current one, so that the processor has time to fetch their undo records.
private struct RowsAhead {
    struct Row {
        let key: BytesPosition
        /// Of the item's document, or of the undo record to look at.
        let position: BytesPosition
        let kind: Kind
    }

    enum Kind {
        case item, hidden, record
    }

    /// How many records are on their way to the processor at one time.
    static let count = 32

    private var rows: ContiguousArray<Row> = []
    private var nextIndex = 0

    mutating func clear() {
        rows.removeAll(keepingCapacity: true)
        nextIndex = 0
    }

    mutating func append(_ row: Row) {
        rows.append(row)
    }

    var isFull: Bool { rows.count >= Self.count }

    mutating func next() -> Row? {
        guard nextIndex < rows.count else { return nil }
        nextIndex += 1
        return rows[nextIndex - 1]
    }
}

extension LevelScan {
    /// From the next row on, records are found by an index.
    private func startIndex() throws(StorageError) {
        guard let version = plan.version else { return }
        index = try ChangeIndex(access, plan.keyspace, above: version, newest: plan.newest)
    }

    private func takeFromAhead() throws(StorageError) {
        if let row = ahead.next() { return try settle(row) }
        try readAhead()
        guard let row = ahead.next() else {
            isOnEntry = false
            return
        }
        try settle(row)
    }

    private func readAhead() throws(StorageError) {
        ahead.clear()
        while !ahead.isFull {
            try moveOn()
            switch pending {
            case .none: return
            case .live: try readAhead(live.key, state(.live, live.key, live.value))
            case .deleted:
                if let deleted { try readAhead(deleted.key, state(.deleted, deleted.key, deleted.value)) }
            }
        }
    }

    private func readAhead(_ key: BytesPosition, _ state: RowState) throws(StorageError) {
        switch state {
        case .item(let position): ahead.append(.init(key: key, position: position, kind: .item))
        case .hidden: ahead.append(.init(key: key, position: .none, kind: .hidden))
        case .younger(let header):
            guard let version = plan.version, let pointer = header.next(toward: version) else {
                return ahead.append(.init(key: key, position: .none, kind: .hidden))
            }
            let position = try record(pointer)
            access.prefetch(position)
            ahead.append(.init(key: key, position: position, kind: .record))
        }
    }

    private func record(_ pointer: RecordPointer) throws(StorageError) -> BytesPosition {
        if let position = index?.position(of: pointer) { return position }
        return try access.record(plan.keyspace, pointer, &keyBuffer).0
    }

    private func settle(_ row: RowsAhead.Row) throws(StorageError) {
        key = row.key
        isOnEntry = true
        switch row.kind {
        case .item: document = row.position
        case .hidden: document = nil
        case .record: document = try walk(from: row.position)
        }
    }

    /// Goes on down the chain from a record, by the index.
    private func walk(from record: BytesPosition) throws(StorageError) -> BytesPosition? {
        guard let version = plan.version else { return nil }
        var position = record
        while true {
            let change: ChangeRecord
            do { change = try ChangeRecord(access.view(position, heldBy: self)) } catch {
                throw .corrupt(what: "an undo record", key: KeyCode.describe(access.view(key, heldBy: self)))
            }
            let header = change.item.header
            if header.version <= version { return ItemPlace(change, at: position)?.document }
            guard let pointer = header.next(toward: version) else { return nil }
            position = try self.record(pointer)
        }
    }
}
