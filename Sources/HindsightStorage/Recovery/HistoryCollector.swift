import HindsightKeyValue
import HindsightValues

extension CollectionStep {
    /// Removes undo records of commits at or below the horizon, oldest first, by the table's own way through `changes`.
    ///
    /// The newest entry of `tableCommits` at or below the horizon stays, without records, because it holds the totals that
    /// the window begins with.
    mutating func collectHistory(of table: TableInfo, through horizon: Version) throws(StorageError) {
        var entries = try oldestTableCommits(table.id, through: horizon)
        guard !entries.isEmpty, entries.count > 1 || entries[0].totals.records > 0 else { return }
        if horizon != .max { try raiseFloor(of: table.id, to: horizon) }
        let hasTombstones = (try reader.state(table.id, at: .max)?.totals.tombstones ?? 0) > 0
        let last = entries.removeLast()
        for entry in entries {
            guard try removeRecords(of: entry, table, hasTombstones: hasTombstones) else { return }
            try access.delete(.tableCommits, RawKey.tableCommit(table.id, entry.version))
            note(removed: 1)
        }
        guard last.totals.records > 0, try removeRecords(of: last, table, hasTombstones: hasTombstones) else { return }
        // Read anew: its count of tombstones may have changed.
        guard var emptied = try reader.state(table.id, at: last.version) else { return }
        emptied.totals.records = 0
        try putTotals(emptied, of: table.id)
        hasChanges = true
    }

    /// The first entries of the table at or below the horizon, as many as the budget allows and one more; the last one of
    /// them is not passed yet.
    private func oldestTableCommits(
        _ keyspace: UInt32, through horizon: Version
    ) throws(StorageError) -> [TableState] {
        let prefix = RawKey.keyspace(keyspace)
        let cursor = try access.openCursor(access.trees.tableCommits)
        var entries: [TableState] = []
        do {
            var isOnEntry = try cursor.seek(atOrAfter: prefix.rawSpan)
            while isOnEntry, let version = RawKey.version(ofTableCommit: cursor.key, in: keyspace), version <= horizon,
                entries.count <= budget
            {
                entries.append(TableState(version: version, totals: try TableTotals(cursor.value)))
                isOnEntry = try cursor.next()
            }
        } catch let error as KeyValueError {
            throw StorageError(error)
        } catch {
            throw .corrupt(.tableCommits, cursor.key.array)
        }
        return entries
    }

    /// From now on nobody may read versions below the horizon, in whatever order clocks and processes come.
    private mutating func raiseFloor(of keyspace: UInt32, to horizon: Version) throws(StorageError) {
        let floor = try reader.historyFloor(of: keyspace)
        if let floor, floor.version >= horizon { return }
        // The record of a commit that is older than any window may be gone; then the window says enough.
        let time = try reader.time(of: horizon) ?? floor?.time ?? .min
        try access.put(
            .catalog, CatalogKey.numbered(CatalogKey.historyFloors, keyspace),
            Instant(version: horizon, time: time).encode())
        hasChanges = true
    }

    /// - Returns: whether all records of the commit are gone; `false` if the budget did not suffice.
    mutating func removeRecords(
        of entry: TableState, _ table: TableInfo, hasTombstones: Bool
    ) throws(StorageError) -> Bool {
        guard entry.totals.records > 0 else { return true }
        let prefix = RawKey.changes(table.id, entry.version)
        var removed = HistorySize()
        var swept = 0
        var isLast = false
        do {
            // From record to record, and not by their sequences: of a large commit, earlier steps have taken the first.
            var cursor = try access.openCursor(access.trees.changes)
            var isOnRecord = try cursor.seek(atOrAfter: prefix.rawSpan)
            while mayGoOn(after: Int(removed.records)) {
                guard isOnRecord, cursor.key.hasPrefix(prefix.rawSpan) else {
                    isLast = true
                    break
                }
                if hasTombstones, let key = try tombstone(of: cursor.value, cursor.key, entry.version, table) {
                    if try access.delete(.deleted, key) { swept += 1 }
                }
                removed.add(recordOf: cursor.key.byteCount + cursor.value.byteCount)
                try cursor.delete()
                isOnRecord = try cursor.next()
            }
        } catch let error as KeyValueError { throw StorageError(error) } catch let error as StorageError {
            throw error
        } catch {
            throw .closed
        }
        try noteRemoved(tombstones: swept, removed, of: table)
        note(removed: Int(removed.records))
        if !isLast { isUnfinished = true }
        return isLast
    }

    /// A commit that deleted an item left a tombstone. Once nobody reads further back, it says nothing any more; but in a
    /// fork it hides the base.
    ///
    /// - Returns: the raw key of the tombstone that the commit of an undo record left, if it can go.
    private func tombstone(
        of record: RawSpan, _ recordKey: RawSpan, _ version: Version, _ table: TableInfo
    ) throws(StorageError) -> [UInt8]? {
        guard table.base == nil else { return nil }
        var key: [UInt8] = []
        do { RawKey.item(table.id, record.array(in: try ChangeRecord(record).storedKey), in: &key) } catch {
            throw .corrupt(.changes, recordKey.array)
        }
        let tombstone = try access.entry(.deleted, key) { bytes throws(MalformedBytes) in
            try StoredItem(bytes).header.version
        }
        return tombstone == version ? key : nil
    }
}

// MARK: - Commits

extension CollectionStep {
    /// Commit records older than the longest retention serve no moment of any table.
    mutating func collectCommits() throws(StorageError) {
        let age = Int64(Limits.retentionDays.upperBound + 1) * 86_400_000_000
        let end = try reader.version(atTime: reader.now - age)
        let cursor = try access.openCursor(access.trees.commits)
        do {
            var keys: [[UInt8]] = []
            var isOnEntry = try cursor.first()
            while isOnEntry, let version = RawKey.version(ofCommit: cursor.key), version < end,
                mayGoOn(after: keys.count)
            {
                keys.append(cursor.key.array)
                isOnEntry = try cursor.next()
            }
            for key in keys { try access.delete(.commits, key) }
            note(removed: keys.count)
        } catch let error as StorageError { throw error } catch let error as KeyValueError {
            throw StorageError(error)
        } catch {
            throw .closed
        }
    }
}
