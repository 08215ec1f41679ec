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
            try beginHistory(of: table)
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
        keepHistoryAsCatalogSays(table)
    }

    /// Makes a new table that shows what another one was at a moment, readable and writable at once.
    ///
    /// No item is copied: the new table reads through to its base, which keeps the past that this needs; see
    /// `ForkCopier`. Point-in-time recovery of the new table is off.
    ///
    /// - Parameters:
    ///   - moment: in the restorable window of the source.
    ///   - settings: those of the new table; `nil` takes the source's of now.
    /// - Throws: in this order: `.tableNotFound`, `.recoveryOff`, what `resolve(_:for:)` throws, `.tableExists`,
    ///   `.invalidTableName`.
    @discardableResult
    package func restore(
        _ source: String, to target: String, at moment: Moment, settings: [String: String]? = nil
    ) throws(StorageError) -> TableInfo {
        let source = try existingTable(source)
        guard source.recovery != nil else { throw .recoveryOff(table: source.name) }
        let restored = try resolve(moment == .now ? .latest : moment, for: source)
        guard restored <= committedVersion else {
            // Not committed yet: what the transaction still does to the source would show in the copy.
            throw .inFuture(table: source.name, asked: moment, latest: tip.time)
        }
        try checkNewName(target)
        let table = TableInfo(
            id: catalog.counters.nextTable, name: target, partitionKey: source.partitionKey, sortKey: source.sortKey,
            settings: settings ?? source.settings, createdVersion: version, createdTime: time, recovery: nil,
            base: ForkBase(table: source.id, version: restored),
            origin: RestoreOrigin(
                table: source.id, tableName: source.name, version: restored,
                time: try restoredTime(moment, restored)))
        catalog.counters.nextTable += 1
        try save(table)
        try startTotals(of: table, from: source, at: restored)
        return table
    }
}

extension StoreTransaction {
    /// Marks where the undo records of a table begin, unless forks have kept them coming all the time.
    private func beginHistory(of table: TableInfo) throws(StorageError) {
        guard !catalog.keepsHistory(table) else { return }
        try access.put(
            .catalog, CatalogKey.numbered(CatalogKey.historyFloors, table.id),
            Instant(version: version, time: time).encode())
        guard let writes = keyspaces[table.id] else { return }
        keyspaces[table.id] = KeyspaceWrites(
            totals: writes.totals, previous: writes.previous, keepsHistory: true, floor: version)
    }

    /// A table that was written to in this transaction already goes on as the changed catalog wants it.
    private func keepHistoryAsCatalogSays(_ table: TableInfo) {
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
    private func startTotals(
        of table: TableInfo, from source: TableInfo, at version: Version
    ) throws(StorageError) {
        let start = try state(source.id, at: version)
        var writes = try writes(to: table)
        writes.totals.items = start?.totals.items ?? 0
        writes.totals.bytes = start?.totals.bytes ?? 0
        keyspaces[table.id] = writes
    }
}
