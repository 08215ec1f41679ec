import HindsightKeyValue

// Backups: frozen forks, see `BackupInfo`.
//
//     table "t"      v1 ── v4 ── v7 ── dropped at v9
//                          │           │
//     backup "b"           └ base (t, v4), kept until it is dropped
//     backup "t$DeletedTableBackup"    └ base (t, v9), kept for 35 days
//     restored "u"         └──────────── base (b, …): a fork of the backup

extension StoreTransaction {
    /// Makes a backup of a table as this commit leaves it.
    ///
    /// - Throws: `.tableNotFound`, `.invalidBackupName`, `.backupExists`, `.indexNotReady`.
    /// - Complexity: O(indexes of the table).
    @discardableResult
    package func createBackup(_ name: String, of table: String) throws(StorageError) -> TableInfo {
        let table = try existingTable(table)
        guard Self.isBackupName(name) else { throw .invalidBackupName(name) }
        guard backups(named: name, of: table.name).isEmpty else {
            throw .backupExists(table: table.name, backup: name)
        }
        return try makeBackup(of: table, name: name, .user, expiryTime: nil)
    }

    /// - Parameters:
    ///   - name: of the backup, or its whole resource name.
    ///   - table: the name that the table had, if the backup's alone is not enough.
    /// - Throws: `.backupNotFound`, `.ambiguousBackup`.
    package func dropBackup(_ name: String, of table: String? = nil) throws(StorageError) {
        try drop(backup: try backup(named: name, of: table))
    }

    /// Makes a new table with the items, and by default the indexes, that a backup holds. No item is copied.
    ///
    /// - Parameters:
    ///   - source: the name that the table had.
    ///   - settings: those of the new table; `nil` takes the backup's.
    ///   - indexes: names of indexes that the backup has; `nil` for all.
    /// - Throws: `.backupNotFound`, `.indexNotFound`, `.tableExists`, `.invalidTableName`.
    @discardableResult
    package func restore(
        backup name: String, of source: String, to target: String, settings: [String: String]? = nil,
        indexes: [String]? = nil
    ) throws(StorageError) -> TableInfo {
        let backup = try backup(named: name, of: source)
        return try restore(backup, to: target, settings: settings, indexes: indexes)
    }

    /// Brings a dropped table back as it was just before, under its name or another, with its indexes and settings; its
    /// point-in-time recovery begins anew.
    ///
    /// - Throws: `.backupNotFound` if it had no point-in-time recovery or was dropped too long ago; `.tableExists`.
    @discardableResult
    package func undropTable(_ name: String, as newName: String? = nil) throws(StorageError) -> TableInfo {
        let target = newName ?? name
        let backup = try backup(named: BackupInfo.systemName(of: name), of: name)
        let table = try restore(backup, to: target, settings: backup.settings, indexes: nil)
        guard let days = backup.backup?.retentionDays else { return table }
        try enableRecovery(of: target, retentionDays: days)
        return try existingTable(target)
    }

    /// What is left of a table with point-in-time recovery when it is dropped.
    func makeSystemBackup(of table: TableInfo) throws(StorageError) {
        let days = Int64(Limits.systemBackupDays) * 86_400_000_000
        _ = try makeBackup(
            of: table, name: BackupInfo.systemName(of: table.name), .system, expiryTime: time + days)
    }
}

// MARK: - Parts

extension StoreTransaction {
    func makeBackup(
        of table: TableInfo, name: String, _ kind: BackupInfo.Kind, expiryTime: Int64?
    ) throws(StorageError) -> TableInfo {
        let indexes = catalog.indexes(of: table.id)
        if let building = indexes.first(where: { $0.index?.isReady == false }) {
            throw .indexNotReady(
                table: table.name, index: building.name, percent: try progress(of: building)?.percent ?? 0)
        }
        // Without point-in-time recovery, undo records are kept from now on, for the backup alone.
        for keyspace in [table] + indexes { try beginHistory(of: keyspace) }
        let backup = TableInfo(
            id: catalog.counters.nextTable, name: table.name, partitionKey: table.partitionKey,
            sortKey: table.sortKey, settings: table.settings, createdVersion: version, createdTime: time,
            recovery: nil, base: ForkBase(table: table.id, version: version), origin: nil,
            backup: BackupInfo(
                name: name, kind: kind, table: table.id, retentionDays: table.recovery?.retentionDays,
                expiryTime: expiryTime))
        catalog.counters.nextTable += 1
        try save(backup)
        try startTotals(of: backup, as: table)
        for index in indexes {
            guard let info = index.index else { continue }
            try forkIndex(index, info, to: backup, at: version)
        }
        return backup
    }

    private func restore(
        _ backup: TableInfo, to target: String, settings: [String: String]?, indexes: [String]?
    ) throws(StorageError) -> TableInfo {
        let indexes = try chosenIndexes(indexes, of: backup)
        try checkNewName(target)
        let table = TableInfo(
            id: catalog.counters.nextTable, name: target, partitionKey: backup.partitionKey, sortKey: backup.sortKey,
            settings: settings ?? backup.restoredSettings, createdVersion: version, createdTime: time, recovery: nil,
            base: ForkBase(table: backup.id, version: backup.createdVersion),
            origin: RestoreOrigin(
                table: backup.id, tableName: backup.name, version: backup.createdVersion, time: backup.createdTime))
        catalog.counters.nextTable += 1
        try save(table)
        try startTotals(of: table, as: backup)
        for index in indexes {
            guard let info = index.index else { continue }
            try forkIndex(index, info, to: table, at: backup.createdVersion)
        }
        return table
    }

    private func drop(backup: TableInfo) throws(StorageError) {
        for index in catalog.indexes(of: backup.id) { try drop(index) }
        try drop(backup)
    }

    /// A fork begins with the size that its source has now.
    private func startTotals(of table: TableInfo, as source: TableInfo) throws(StorageError) {
        let size = try size(of: source)
        var writes = try writes(to: table)
        writes.totals.items = UInt64(size.items)
        writes.totals.bytes = UInt64(size.bytes)
        keyspaces[table.id] = writes
    }

    /// DynamoDB: 3 to 255 of `a-z A-Z 0-9 _ . -`.
    static func isBackupName(_ name: String) -> Bool {
        Limits.backupNameBytes.contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
