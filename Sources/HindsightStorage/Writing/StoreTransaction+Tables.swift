import HindsightKeyValue

extension StoreTransaction {
    /// Makes a new, empty table, without point-in-time recovery.
    ///
    /// - Throws: `.tableExists`, `.invalidTableName`, `.invalidKeySchema`.
    @discardableResult
    package func createTable(_ definition: TableDefinition) throws(StorageError) -> TableInfo {
        try checkNewName(definition.name)
        try checkKeySchema(definition)
        var table = TableInfo(
            id: catalog.counters.nextTable, name: definition.name, partitionKey: definition.partitionKey,
            sortKey: definition.sortKey, settings: definition.settings, createdVersion: version, createdTime: time,
            recovery: nil, base: nil, origin: nil)
        table.labelStream(at: time)
        catalog.counters.nextTable += 1
        try save(table)
        if table.streamTime != nil { try beginHistory(of: table, isNew: true) }
        return table
    }

    /// Removes a table. Its items and its past cannot be read from then on; their space is freed in steps, and not
    /// before forks of the table have copied what they need.
    ///
    /// Of a table with point-in-time recovery, a backup is left for `Limits.systemBackupDays`.
    ///
    /// - Throws: `.tableNotFound`, `.deletionProtected`.
    package func dropTable(_ name: String) throws(StorageError) {
        let table = try existingTable(name)
        guard !table.isDeletionProtected else { throw .deletionProtected(table: name) }
        if table.recovery != nil { try makeSystemBackup(of: table) }
        for index in catalog.indexes(of: table.id) { try drop(index) }
        try drop(table)
    }

    /// - Throws: `.tableNotFound`, `.tableExists`, `.invalidTableName`.
    package func renameTable(_ name: String, to newName: String) throws(StorageError) {
        var table = try existingTable(name)
        try checkNewName(newName)
        table.name = newName
        try save(table)
    }

    /// Sets settings of a table, or removes those that are `nil`.
    ///
    /// - Throws: `.tableNotFound`.
    package func changeSettings(of name: String, _ changes: [String: String?]) throws(StorageError) {
        var table = try existingTable(name)
        for (setting, value) in changes { table.settings[setting] = value }
        let hadStream = table.streamTime != nil
        table.labelStream(at: time)
        if !hadStream, table.streamTime != nil { try beginHistory(of: table) }
        try save(table)
        keepHistoryAsCatalogSays(table)
    }

    /// Names the moment of this commit.
    ///
    /// - Throws: `.restorePointExists`, `.invalidRestorePointName`.
    @discardableResult
    package func createRestorePoint(_ name: String) throws(StorageError) -> RestorePoint {
        guard Self.isName(name, atMost: Limits.restorePointNameBytes) else { throw .invalidRestorePointName(name) }
        guard try restorePoint(named: name) == nil else { throw .restorePointExists(name) }
        try saveEntry(CatalogKey.restorePoint(name), Instant(version: version, time: time).encode())
        return RestorePoint(name: name, version: version, time: time)
    }

    /// - Throws: `.restorePointNotFound`.
    package func dropRestorePoint(_ name: String) throws(StorageError) {
        guard try deleteEntry(CatalogKey.restorePoint(name)) else { throw .restorePointNotFound(name) }
    }
}

// MARK: - Entries

extension StoreTransaction {
    /// Writes the entry of a table or an index, under the name that it has now.
    func save(_ table: TableInfo) throws(StorageError) {
        try saveEntry(CatalogKey.numbered(CatalogKey.kind(of: table), table.id), table.encode())
        catalog.put(table)
        catalog.counters.changes += 1
    }

    /// Puts a table or an index among those that are to be freed.
    func drop(_ table: TableInfo) throws(StorageError) {
        try access.delete(.catalog, CatalogKey.numbered(CatalogKey.kind(of: table), table.id))
        try saveEntry(CatalogKey.numbered(CatalogKey.droppedTables, table.id), table.encode())
        catalog.putDropped(table)
        catalog.counters.changes += 1
    }

    func saveEntry(_ key: [UInt8], _ entry: [UInt8]) throws(StorageError) {
        try access.put(.catalog, key, entry)
        noteDefinitions()
    }

    /// - Returns: `false` if there is none.
    func deleteEntry(_ key: [UInt8]) throws(StorageError) -> Bool {
        guard try access.delete(.catalog, key) else { return false }
        noteDefinitions()
        return true
    }

    /// The commit will have to vouch for the catalog.
    private func noteDefinitions() {
        hasChanges = true
        hasChangedDefinitions = true
    }

    func existingTable(_ name: String) throws(StorageError) -> TableInfo {
        guard let table = catalog.table(named: name) else { throw .tableNotFound(name) }
        return table
    }

    func checkNewName(_ name: String) throws(StorageError) {
        guard catalog.table(named: name) == nil else { throw .tableExists(name) }
        guard Self.isName(name, atMost: Limits.tableNameBytes) else { throw .invalidTableName(name) }
    }

    private func checkKeySchema(_ definition: TableDefinition) throws(StorageError) {
        let names = [definition.partitionKey.name] + (definition.sortKey.map { [$0.name] } ?? [])
        let isDistinct = names.count < 2 || !names[0].utf8.elementsEqual(names[1].utf8)
        guard isDistinct, names.allSatisfy({ !$0.isEmpty }) else {
            throw .invalidKeySchema(table: definition.name)
        }
    }

    /// Not empty, not too long, without control characters.
    private static func isName(_ name: String, atMost limit: Int) -> Bool {
        (1...limit).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}
