import HindsightKeyValue

extension Verification {
    /// Every entry can be read, stands under its own number, and names nothing that is not there.
    func verifyCatalog() throws {
        try walk(.catalog) { key, value in
            switch key.first {
            case CatalogKey.tables, CatalogKey.indexes, CatalogKey.backups, CatalogKey.droppedTables:
                try verify(try TableInfo(value), under: key)
            case CatalogKey.historyFloors, CatalogKey.restorePoints:
                let instant = try Instant(value)
                if instant.version > self.reader.version {
                    find(.contradiction, .catalog, key, "it names v\(instant.version), which is not there yet")
                }
            case CatalogKey.indexBuilds: _ = try BuildProgress(value)
            case CatalogKey.backupPlans: _ = try BackupPlan(key: key.rawSpan, value: value)
            case CatalogKey.exports: _ = try ExportRecord(key: key.rawSpan, value: value)
            case CatalogKey.counters[0]: _ = try CatalogCounters(value)
            default: break
            }
        }
    }

    private func verify(_ table: TableInfo, under key: [UInt8]) throws(StorageError) {
        if key != CatalogKey.numbered(key[0], table.id) {
            find(.contradiction, .catalog, key, "the table in it is \(KeyspaceNumber.words(table.id))")
        }
        if KeyspaceNumber.number(table.id) >= reader.catalog.counters.nextTable {
            find(.contradiction, .catalog, key, "its number was not given out yet")
        }
        if let base = table.base, reader.catalog.table(base.table) == nil {
            find(.contradiction, .catalog, key, "its base \(KeyspaceNumber.words(base.table)) is not there")
        }
        if key[0] == CatalogKey.indexes, reader.catalog.table(table.index?.table ?? 0) == nil {
            find(.contradiction, .catalog, key, "its table is not there")
        }
        // As the catalog knows it: the recovery of an index is that of its table.
        let known = reader.catalog.table(table.id) ?? table
        if reader.catalog.keepsHistory(known), try reader.historyFloor(of: table.id) == nil {
            find(.contradiction, .catalog, key, "it keeps its past, but nothing says since when")
        }
    }

    /// - Parameter expected: what the newest commit that changed the catalog says of it.
    func verifyDefinitions(_ expected: Hash256, _ version: Version) throws(StorageError) {
        if try DefinitionDigest.hash(access) != expected {
            find(.tampering, at: "catalog", "it is not what v\(version) left")
        }
    }
}
