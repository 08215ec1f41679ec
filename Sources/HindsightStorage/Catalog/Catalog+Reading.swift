import HindsightKeyValue

extension Catalog {
    /// Reads all tables.
    ///
    /// - Complexity: O(number of tables).
    init(_ access: TreeAccess) throws(StorageError) {
        let counters = try Self.counters(access)
        var tables: [TableInfo] = []
        var indexes: [TableInfo] = []
        var backups: [TableInfo] = []
        var dropped: [TableInfo] = []
        try access.forEach(.catalog, prefix: [CatalogKey.tables]) { bytes throws(MalformedBytes) in
            tables.append(try TableInfo(bytes))
        }
        try access.forEach(.catalog, prefix: [CatalogKey.indexes]) { bytes throws(MalformedBytes) in
            indexes.append(try TableInfo(bytes))
        }
        try access.forEach(.catalog, prefix: [CatalogKey.backups]) { bytes throws(MalformedBytes) in
            backups.append(try TableInfo(bytes))
        }
        try access.forEach(.catalog, prefix: [CatalogKey.droppedTables]) { bytes throws(MalformedBytes) in
            dropped.append(try TableInfo(bytes))
        }
        self.init(counters: counters, tables: tables, indexes: indexes, backups: backups, dropped: dropped)
    }

    static func counters(_ access: TreeAccess) throws(StorageError) -> CatalogCounters {
        try access.entry(.catalog, CatalogKey.counters) { bytes throws(MalformedBytes) in
            try CatalogCounters(bytes)
        } ?? CatalogCounters(changes: 0, nextTable: 1)
    }
}
