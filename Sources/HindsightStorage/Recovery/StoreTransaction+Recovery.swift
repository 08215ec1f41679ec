import HindsightKeyValue

extension StoreTransaction {
    /// Switches point-in-time recovery of a table on, or changes its retention.
    ///
    /// The past begins with the commit that switches it on. A shorter retention ends what it no longer covers at once,
    /// and a longer one later does not bring it back.
    ///
    /// - Parameter retentionDays: `nil` keeps what is set, or takes `Limits.defaultRetentionDays`.
    /// - Throws: `.tableNotFound`, `.retentionOutOfRange`.
    package func enableRecovery(of name: String, retentionDays: Int? = nil) throws(StorageError) {
        var table = try existingTable(name)
        let days = retentionDays ?? table.recovery?.retentionDays ?? Limits.defaultRetentionDays
        guard Limits.retentionDays.contains(days) else {
            throw .retentionOutOfRange(days: days, allowed: Limits.retentionDays)
        }
        if var recovery = table.recovery {
            guard recovery.retentionDays != days else { return }
            recovery.floorTime = try restorableTimes(of: table)?.lowerBound ?? recovery.floorTime
            recovery.retentionDays = days
            table.recovery = recovery
        } else {
            for keyspace in [table] + catalog.indexes(of: table.id) where keyspace.index?.isReady != false {
                try beginHistory(of: keyspace)
            }
            table.recovery = Recovery(
                enabledVersion: version, enabledTime: time, retentionDays: days, floorTime: time)
        }
        try save(table)
    }

    /// Switches point-in-time recovery of a table off. Its past cannot be read from then on, nor again when it is
    /// switched on later; it is freed in steps, after forks have copied what they need.
    ///
    /// - Throws: `.tableNotFound`.
    package func disableRecovery(of name: String) throws(StorageError) {
        var table = try existingTable(name)
        guard table.recovery != nil else { return }
        table.recovery = nil
        try save(table)
        for keyspace in [table] + catalog.indexes(of: table.id) { keepHistoryAsCatalogSays(keyspace) }
    }

    /// Makes a new table that shows what another one was at a moment, readable and writable at once.
    ///
    /// No item is copied: the new table reads through to its base, which keeps the past that this needs; see
    /// `ForkCopier`. Point-in-time recovery of the new table is off.
    ///
    /// - Parameters:
    ///   - moment: in the restorable window of the source.
    ///   - settings: those of the new table; `nil` takes the source's of now.
    ///   - indexes: names of the source's indexes that the new table gets too, as they are defined now; `nil` for all.
    ///   - mustBeReady: whether an index that does not reach back to the moment is built at once, however long it takes,
    ///     and not left to `Store.buildIndexes`.
    /// - Throws: in this order: `.tableNotFound`, `.recoveryOff`, `.indexNotFound`, what `resolve(_:for:)` throws,
    ///   `.tableExists`, `.invalidTableName`.
    @discardableResult
    package func restore(
        _ source: String, to target: String, at moment: Moment, settings: [String: String]? = nil,
        indexes: [String]? = nil, mustBeReady: Bool = false
    ) throws(StorageError) -> TableInfo {
        let source = try existingTable(source)
        guard source.recovery != nil else { throw .recoveryOff(table: source.name) }
        let indexes = try chosenIndexes(indexes, of: source)
        let restored = try resolve(moment == .now ? .latest : moment, for: source)
        guard restored <= committedVersion else {
            // Not committed yet: what the transaction still does to the source would show in the copy.
            throw .inFuture(table: source.name, asked: moment, latest: tip.time)
        }
        try checkNewName(target)
        let table = TableInfo(
            id: catalog.counters.nextTable, name: target, partitionKey: source.partitionKey, sortKey: source.sortKey,
            settings: settings ?? source.restoredSettings, createdVersion: version, createdTime: time, recovery: nil,
            base: ForkBase(table: source.id, version: restored),
            origin: RestoreOrigin(
                table: source.id, tableName: source.name, version: restored,
                time: try restoredTime(moment, restored)))
        catalog.counters.nextTable += 1
        try save(table)
        try startTotals(of: table, from: source, at: restored)
        for index in indexes { try restore(index, to: table, at: restored, mustBeReady: mustBeReady) }
        return table
    }

    func chosenIndexes(_ names: [String]?, of source: TableInfo) throws(StorageError) -> [TableInfo] {
        guard let names else { return catalog.indexes(of: source.id) }
        return try names.map { name throws(StorageError) in
            guard let index = catalog.index(named: name, of: source.id) else {
                throw .indexNotFound(table: source.name, index: name)
            }
            return index
        }
    }

    /// Gives a restored table an index of its source: a fork like the table itself if the index has a past that reaches
    /// back to the version, or else a new one.
    private func restore(
        _ index: TableInfo, to table: TableInfo, at version: Version, mustBeReady: Bool
    ) throws(StorageError) {
        guard let info = index.index else { return }
        if let past = try pastBegins(of: index), past.version <= version {
            try forkIndex(index, info, to: table, at: version)
        } else {
            _ = try addIndex(IndexDefinition(index, info), to: table, mustBeReady: mustBeReady)
        }
    }
}

extension StoreTransaction {
    /// Marks where the undo records of a table or an index begin, unless forks have kept them coming all the time.
    ///
    /// - Parameter isNew: there were none before in any case.
    func beginHistory(of table: TableInfo, isNew: Bool = false) throws(StorageError) {
        guard isNew || !catalog.keepsHistory(table) else { return }
        try access.put(
            .catalog, CatalogKey.numbered(CatalogKey.historyFloors, table.id),
            Instant(version: version, time: time).encode())
        guard let writes = keyspaces[table.id] else { return }
        keyspaces[table.id] = KeyspaceWrites(
            totals: writes.totals, previous: writes.previous, keepsHistory: true, floor: version)
    }

    /// A table that was written to in this transaction already goes on as the changed catalog wants it.
    func keepHistoryAsCatalogSays(_ table: TableInfo) {
        guard let writes = keyspaces[table.id] else { return }
        keyspaces[table.id] = KeyspaceWrites(
            totals: writes.totals, previous: writes.previous, keepsHistory: catalog.keepsHistory(table),
            floor: writes.floor)
    }

    /// The time that was asked for, or that of the version.
    private func restoredTime(_ moment: Moment, _ version: Version) throws(StorageError) -> Int64 {
        if case .time(let time) = moment { return time }
        return try time(of: version) ?? tip.time
    }

    /// A fork begins with the size that its source had.
    func startTotals(
        of table: TableInfo, from source: TableInfo, at version: Version
    ) throws(StorageError) {
        let start = try state(source.id, at: version)
        var writes = try writes(to: table)
        writes.totals.items = start?.totals.items ?? 0
        writes.totals.bytes = start?.totals.bytes ?? 0
        keyspaces[table.id] = writes
    }
}
