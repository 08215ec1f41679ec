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
    /// - Complexity: O(commits that changed the table and are kept).
    package final func statistics(of table: TableInfo) throws(StorageError) -> TableStatistics {
        let newest = try newestState(table.id)
        var records = 0
        try access.forEach(.tableCommits, prefix: RawKey.keyspace(table.id)) { bytes throws(MalformedBytes) in
            records += Int(try TableTotals(bytes).records)
        }
        return TableStatistics(
            items: Int(newest?.totals.items ?? 0), documentBytes: Int(newest?.totals.bytes ?? 0),
            changes: Int(newest?.totals.changes ?? 0), historyRecords: records, lastChange: newest?.version)
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
