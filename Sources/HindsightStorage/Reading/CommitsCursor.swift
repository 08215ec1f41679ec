import HindsightKeyValue

/// Goes through the commits that are kept, oldest first: all of them, or those that changed one table.
///
///     let cursor = try reader.openCommits(from: 1, to: .max)
///     while let commit = try cursor.next() { use(commit) }
package final class CommitsCursor {
    private let reader: StoreReader
    private let table: UInt32?
    private let to: Version
    /// Where to go on.
    private var from: Version

    init(_ reader: StoreReader, _ table: TableInfo?, from: Version, to: Version) throws(StorageError) {
        self.reader = reader
        self.table = table?.id
        self.from = from
        self.to = to
    }

    /// The next commit; `nil` at the end.
    package func next() throws(StorageError) -> CommitInfo? {
        guard reader.access.isOpen else { throw .closed }
        while let version = try nextVersion() {
            from = version + 1
            if let commit = try reader.commit(version) { return commit }
        }
        return nil
    }

    private func nextVersion() throws(StorageError) -> Version? {
        guard from <= to else { return nil }
        let trees = reader.access.trees
        let cursor = try reader.access.openCursor(table == nil ? trees.commits : trees.tableCommits)
        do {
            guard let table else {
                guard try cursor.seek(atOrAfter: RawKey.commit(from).rawSpan) else { return nil }
                guard let version = RawKey.version(ofCommit: cursor.key), version <= to else { return nil }
                return version
            }
            guard try cursor.seek(atOrAfter: RawKey.tableCommit(table, from).rawSpan) else { return nil }
            guard let version = RawKey.version(ofTableCommit: cursor.key, in: table), version <= to else { return nil }
            return version
        } catch {
            throw StorageError(error)
        }
    }
}

extension StoreReader {
    /// - Parameters:
    ///   - table: to see only commits that changed this table; of one that keeps no past, the newest.
    ///   - from: the first version.
    ///   - to: the last version.
    package final func openCommits(
        of table: TableInfo? = nil, from: Version, to: Version
    ) throws(StorageError) -> CommitsCursor {
        try CommitsCursor(self, table, from: max(from, 1), to: to)
    }
}
