import HindsightKeyValue

extension CollectionStep {
    /// Removes as much as the budget allows of a dropped table that nobody reads, and in the end its entry.
    mutating func free(_ table: TableInfo) throws(StorageError) {
        try removeRange(.live, RawKey.keyspace(table.id))
        try removeRange(.deleted, RawKey.keyspace(table.id))
        try freeHistory(of: table)
        guard budget > 0 else { return }
        for kind in [
            CatalogKey.historyFloors, CatalogKey.forkCopies, CatalogKey.indexBuilds, CatalogKey.droppedTables,
        ] {
            try access.delete(.catalog, CatalogKey.numbered(kind, table.id))
        }
        note(removed: 1)
        reader.catalog.forget(table.id)
        try saveCounters()
    }

    private mutating func freeHistory(of table: TableInfo) throws(StorageError) {
        while budget > 0 {
            let first = try access.first(.tableCommits, prefix: RawKey.keyspace(table.id)) {
                bytes throws(MalformedBytes) in
                try TableTotals(bytes)
            }
            guard let first else { return }
            guard let version = RawKey.version(ofTableCommit: first.key.rawSpan, in: table.id) else {
                throw .corrupt(.tableCommits, first.key)
            }
            let entry = TableState(version: version, totals: first.value)
            guard try removeRecords(of: entry, table, hasTombstones: false) else { return }
            try access.delete(.tableCommits, first.key)
            note(removed: 1)
        }
    }

    /// Removes entries whose key begins with `prefix`.
    private mutating func removeRange(_ tree: TreeName, _ prefix: [UInt8]) throws(StorageError) {
        guard budget > 0 else { return }
        var count = 0
        do {
            var cursor = try access.openCursor(access.tree(tree))
            var isOnEntry = try cursor.seek(atOrAfter: prefix.rawSpan)
            while isOnEntry, mayGoOn(after: count), cursor.key.hasPrefix(prefix.rawSpan) {
                try cursor.delete()
                count += 1
                isOnEntry = try cursor.next()
            }
        } catch let error as KeyValueError { throw StorageError(error) } catch let error as StorageError {
            throw error
        } catch {
            throw .closed
        }
        note(removed: count)
    }
}
