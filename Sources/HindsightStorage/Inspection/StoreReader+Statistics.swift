import HindsightKeyValue

/// What a table holds and what its past takes.
package struct TableStatistics: Equatable, Sendable {
    /// Items that the table shows, those of a fork's base included.
    package let items: Int
    /// The bytes of their documents.
    package let documentBytes: Int
    /// Changes since the table was made.
    package let changes: Int
    /// Undo records that are kept.
    package let historyRecords: Int
    /// The newest commit that changed the table.
    package let lastChange: Version?
}

/// A commit, as its record tells.
package struct CommitInfo: Equatable, Sendable {
    package let version: Version
    /// Microseconds since 1970.
    package let time: Int64
    /// The text of its statements, cut to `Limits.statementTextBytes`.
    package let statement: String
    /// How many items were changed, by table number.
    package let changes: [(table: UInt32, count: Int)]
    /// That vouches for this commit and all before it.
    package let hash: Hash256

    package static func == (left: CommitInfo, right: CommitInfo) -> Bool {
        left.version == right.version && left.time == right.time
            && left.hash == right.hash && left.statement.utf8.elementsEqual(right.statement.utf8)
            && left.changes.elementsEqual(right.changes) { $0 == $1 }
    }
}

extension StoreReader {
    /// - Complexity: O(log n): running totals.
    package final func statistics(of table: TableInfo) throws(StorageError) -> TableStatistics {
        let newest = try newestState(table.id)
        return TableStatistics(
            items: Int(newest?.totals.items ?? 0), documentBytes: Int(newest?.totals.bytes ?? 0),
            changes: Int(newest?.totals.changes ?? 0),
            historyRecords: Int(try ownHistorySize(of: table.id).records), lastChange: newest?.version)
    }

    /// What the undo records of a table and of its indexes take.
    ///
    /// - Complexity: O(log n) for the table and each index: running totals.
    package final func historySize(of table: TableInfo) throws(StorageError) -> HistorySize {
        var size = try ownHistorySize(of: table.id)
        for index in catalog.indexes(of: table.id) { size.add(try ownHistorySize(of: index.id)) }
        return size
    }

    private final func ownHistorySize(of keyspace: UInt32) throws(StorageError) -> HistorySize {
        guard let newest = try newestState(keyspace) else { return HistorySize() }
        if let history = newest.totals.history { return history }
        return try countedHistory(of: keyspace)
    }

    /// For files in which nobody has counted yet.
    ///
    /// - Complexity: O(undo records).
    private final func countedHistory(of keyspace: UInt32) throws(StorageError) -> HistorySize {
        let own = version > committedVersion ? version : nil
        var way = try RecordWay(access, keyspace, after: 0, upTo: version, own: own)
        var size = HistorySize()
        while try way.next() {
            size.add(recordOf: RawKey.change(keyspace, way.record).count + way.position.byteCount)
        }
        return size
    }

    /// A commit that is kept, or `nil`.
    package final func commit(_ version: Version) throws(StorageError) -> CommitInfo? {
        try access.entry(.commits, RawKey.commit(version)) { bytes throws(MalformedBytes) in
            CommitInfo(version: version, try CommitRecord(bytes))
        }
    }

    /// The commits that are kept, oldest first, from a version on.
    ///
    /// - Parameter limit: how many at most.
    package final func commits(
        from version: Version = 1, limit: Int = .max
    ) throws(StorageError) -> [CommitInfo] {
        let cursor = try access.openCursor(access.trees.commits)
        var commits: [CommitInfo] = []
        do {
            var isOnEntry = try cursor.seek(atOrAfter: RawKey.commit(version).rawSpan)
            while isOnEntry, commits.count < limit {
                guard let version = RawKey.version(ofCommit: cursor.key) else { throw MalformedBytes() }
                commits.append(CommitInfo(version: version, try CommitRecord(cursor.value)))
                isOnEntry = try cursor.next()
            }
        } catch let error as KeyValueError {
            throw StorageError(error)
        } catch {
            throw .corrupt(.commits, cursor.key.array)
        }
        return commits
    }
}

extension CommitInfo {
    init(version: Version, _ record: CommitRecord) {
        self.version = version
        time = record.time
        statement = record.statement
        hash = record.hash
        changes = record.changes.map { ($0.keyspace, Int($0.count)) }
    }
}
