import HindsightKeyValue

extension StoreReader {
    /// Microseconds in a day of the retention period.
    private static var dayMicroseconds: Int64 { 86_400_000_000 }

    /// The version that a moment stands for.
    ///
    /// `.now` is always there. `.latest` is the newest commit: in a write transaction, the one before it. All others
    /// need point-in-time recovery, and must lie in its window.
    ///
    /// - Throws: `.restorePointNotFound`, `.recoveryOff`, `.inFuture`, `.beforeTable`, `.beforeEarliest`; in this order.
    package final func resolve(_ moment: Moment, for table: TableInfo) throws(StorageError) -> Version {
        if moment == .now { return version }
        let asked = try instant(of: moment)
        guard let recovery = table.recovery else {
            if moment == .latest { return version }
            throw .recoveryOff(table: table.name)
        }
        return try resolve(moment, asked, recovery, table)
    }

    /// The times between which a table can be restored, both included, or `nil` if its recovery is off.
    package final func restorableTimes(of table: TableInfo) throws(StorageError) -> ClosedRange<Int64>? {
        guard let recovery = table.recovery else { return nil }
        let latest = now
        let earliest = try earliestTime(recovery, table)
        return min(earliest, latest)...latest
    }

    /// The clock, but never before the newest commit.
    package final var now: Int64 {
        max(store.clock(), time)
    }

    /// When a version was committed; `nil` for a version that is not there (any more).
    package final func time(of version: Version) throws(StorageError) -> Int64? {
        try access.entry(.commits, RawKey.commit(version)) { bytes throws(MalformedBytes) in
            try CommitRecord.time(of: bytes)
        }
    }

    /// The last committed version at or before a time; 0 if there is none.
    ///
    /// - Complexity: O(log n) reads for n commits: versions are dense.
    package final func version(atTime time: Int64) throws(StorageError) -> Version {
        // Below `low` all are at or before the time, or were pruned; from `high` on all are after it.
        var low: Version = 0
        var high = committedVersion + 1
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if let committed = try self.time(of: middle), committed > time { high = middle } else { low = middle }
        }
        return low
    }
}

extension StoreReader {
    /// What is known of a moment before any table comes into it.
    private enum Asked {
        case time(Int64)
        case version(Version)
        case latest
        case earliest
    }

    private final func instant(of moment: Moment) throws(StorageError) -> Asked {
        switch moment {
        case .now, .latest: return .latest
        case .earliest: return .earliest
        case .time(let time): return .time(time)
        case .version(let version): return .version(version)
        case .restorePoint(let name):
            guard let point = try restorePoint(named: name) else { throw .restorePointNotFound(name) }
            return .version(point.version)
        }
    }

    private final func resolve(
        _ moment: Moment, _ asked: Asked, _ recovery: Recovery, _ table: TableInfo
    ) throws(StorageError) -> Version {
        let earliest = try earliestTime(recovery, table)
        let latest = now
        switch asked {
        case .earliest: return try version(atTime: earliest, recovery)
        case .latest: return try version(atTime: latest, recovery)
        case .time(let time):
            guard time <= latest else { throw .inFuture(table: table.name, asked: moment, latest: latest) }
            guard time >= table.createdTime else {
                throw .beforeTable(table: table.name, asked: moment, created: table.createdTime)
            }
            guard time >= earliest else {
                throw .beforeEarliest(table: table.name, asked: moment, earliest: earliest, latest: latest)
            }
            return try version(atTime: time, recovery)
        case .version(let asked):
            guard asked <= version else { throw .inFuture(table: table.name, asked: moment, latest: latest) }
            guard asked >= table.createdVersion else {
                throw .beforeTable(table: table.name, asked: moment, created: table.createdTime)
            }
            guard try isReachable(asked, earliest, recovery) else {
                throw .beforeEarliest(table: table.name, asked: moment, earliest: earliest, latest: latest)
            }
            return asked
        }
    }

    private final func version(atTime time: Int64, _ recovery: Recovery) throws(StorageError) -> Version {
        // The switch itself may be a commit of this very transaction, which is not among the committed ones.
        try max(version(atTime: time), min(recovery.enabledVersion, version))
    }

    /// Whether a version is not older than the one at the earliest time. That holds if the commit after it came later
    /// than this time, so that one look at a commit tells, and no search.
    private final func isReachable(
        _ asked: Version, _ earliest: Int64, _ recovery: Recovery
    ) throws(StorageError) -> Bool {
        guard asked >= min(recovery.enabledVersion, version) else { return false }
        guard asked < committedVersion else { return true }
        return try time(of: asked + 1).map { $0 > earliest } ?? false
    }

    private final func earliestTime(_ recovery: Recovery, _ table: TableInfo) throws(StorageError) -> Int64 {
        let retention = Int64(recovery.retentionDays) * Self.dayMicroseconds
        return try max(recovery.floorTime, now - retention, historyFloor(of: table.id)?.time ?? .min)
    }

    /// The version from which on all undo records of a keyspace are there; `nil` if none are kept.
    final func historyFloor(of keyspace: UInt32) throws(StorageError) -> Instant? {
        try access.entry(.catalog, CatalogKey.numbered(CatalogKey.historyFloors, keyspace)) {
            bytes throws(MalformedBytes) in
            try Instant(bytes)
        }
    }

    package final func restorePoint(named name: String) throws(StorageError) -> RestorePoint? {
        let instant = try access.entry(.catalog, CatalogKey.restorePoint(name)) { bytes throws(MalformedBytes) in
            try Instant(bytes)
        }
        return instant.map { RestorePoint(name: name, version: $0.version, time: $0.time) }
    }
}
