import HindsightKeyValue

/// A table's own way through `changes`: the undo records of one keyspace, commit after commit.
///
///     var way = try RecordWay(access, table.id, after: from, upTo: to)
///     while try way.next() { use(way.record, way.position) }
struct RecordWay: ~Copyable {
    private let keyspace: UInt32
    private let last: Version
    private let commits: Cursor
    private let records: Cursor
    private var isStarted = false
    private var isOnCommit = false
    /// The commit of the transaction under way, still to be visited: it is not among the table's commits yet.
    private var ownVersion: Version?
    /// To begin in the middle of a commit.
    private var resumed: RecordPointer?
    private var keyBuffer: [UInt8] = []
    /// The record that the way stands on; before the first, what the way begins after.
    private(set) var record: RecordPointer

    /// The records of commits above `version` and up to `last`.
    ///
    /// - Parameter own: the commit that a transaction under way will be.
    init(
        _ access: TreeAccess, _ keyspace: UInt32, after version: Version, upTo last: Version, own: Version? = nil
    ) throws(StorageError) {
        let commits = try access.openCursor(access.trees.tableCommits)
        let records = try access.openCursor(access.trees.changes)
        self.keyspace = keyspace
        self.last = last
        self.commits = commits
        self.records = records
        record = RecordPointer(version: version, sequence: 0)
        ownVersion = own.flatMap { $0 <= last ? $0 : nil }
    }

    /// Begins behind a record instead.
    ///
    /// - Precondition: the way has not begun.
    mutating func resume(after record: RecordPointer) {
        precondition(!isStarted, "a way is resumed before it begins")
        resumed = RecordPointer(version: record.version, sequence: record.sequence + 1)
        self.record.version = record.version
    }

    /// Goes to the next record.
    ///
    /// - Returns: `false` at the end.
    mutating func next() throws(StorageError) -> Bool {
        do {
            if isStarted { try records.next() } else { try start() }
            while !isOnRecord {
                guard try nextCommit() else { return false }
                // Where nothing else was written between two commits, the cursor stands on the record already.
                if !isOnRecord { try seek() }
            }
        } catch { throw StorageError(error) }
        record.sequence = records.key.loadBigEndian(UInt32.self, at: 12)
        return true
    }

    /// Where the record lies.
    var position: BytesPosition { records.valuePosition }

    /// Whether the cursor stands on a record of the commit.
    private var isOnRecord: Bool {
        guard records.isOnEntry else { return false }
        let key = records.key
        return key.byteCount == 16 && key.loadBigEndian(Version.self, at: 0) == record.version
            && key.loadBigEndian(UInt32.self, at: 8) == keyspace
    }

    private mutating func start() throws(KeyValueError) {
        isStarted = true
        isOnCommit = try commits.seek(atOrAfter: RawKey.tableCommit(keyspace, record.version + 1).rawSpan)
        guard let resumed else { return }
        RawKey.change(keyspace, resumed, in: &keyBuffer)
        try records.seek(atOrAfter: keyBuffer.rawSpan)
    }

    private mutating func nextCommit() throws(KeyValueError) -> Bool {
        if isOnCommit, let version = RawKey.version(ofTableCommit: commits.key, in: keyspace), version <= last {
            record.version = version
            isOnCommit = try commits.next()
            return true
        }
        isOnCommit = false
        guard let ownVersion else { return false }
        record.version = ownVersion
        self.ownVersion = nil
        return true
    }

    private mutating func seek() throws(KeyValueError) {
        RawKey.change(keyspace, RecordPointer(version: record.version, sequence: 0), in: &keyBuffer)
        try records.seek(atOrAfter: keyBuffer.rawSpan)
    }
}
