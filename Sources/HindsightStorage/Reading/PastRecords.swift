import HindsightKeyValue

/// Leads a scan of the past from items that are too young to what they were: by walks down their chains, and after some
/// of them by a `ChangeIndex`.
struct PastRecords {
    /// A record to begin with.
    enum Place {
        case pointer(RecordPointer)
        /// Found by the index, and on its way into the processor's cache.
        case position(BytesPosition)
    }

    private let access: TreeAccess
    private let plan: LevelPlan
    private let version: Version
    private var index: ChangeIndex?
    private var walkCount = 0
    private var keyBuffer: [UInt8] = []

    init(_ access: TreeAccess, _ plan: LevelPlan, at version: Version) {
        self.access = access
        self.plan = plan
        self.version = version
    }

    /// Finds a record that will be asked for, some rows before it is.
    mutating func prepare(_ record: RecordPointer) throws(StorageError) -> Place {
        if index == nil {
            walkCount += 1
            if walkCount > plan.walkLimit {
                index = try ChangeIndex(access, plan.keyspace, above: version, newest: plan.newest)
            }
        }
        guard let position = index?.position(of: record) else { return .pointer(record) }
        access.prefetch(position)
        return .position(position)
    }

    /// The document that the item had at the version, below a record of its chain; `nil` if there was none.
    mutating func document(_ place: Place) throws(StorageError) -> BytesPosition? {
        var next = place
        while true {
            let (position, record) = try self.record(next)
            let header = record.item.header
            guard header.version > version else { return record.document(at: position) }
            guard let pointer = header.next(toward: version) else { return nil }
            next = index?.position(of: pointer).map(Place.position) ?? .pointer(pointer)
        }
    }

    private mutating func record(_ place: Place) throws(StorageError) -> (BytesPosition, ChangeRecord) {
        switch place {
        case .pointer(let pointer): return try access.record(plan.keyspace, pointer, &keyBuffer)
        case .position(let position):
            do { return (position, try ChangeRecord(access.view(position))) } catch {
                throw .corrupt(.changes, RawKey.keyspace(plan.keyspace))
            }
        }
    }
}
