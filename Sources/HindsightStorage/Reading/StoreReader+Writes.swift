extension StoreReader {
    /// Every item of a table that was written in a period, with its states at the two ends, also where these are equal or
    /// both absent. A time that starts the period is in it, one that ends it is not.
    ///
    /// - Throws: what `resolve(_:for:)` throws; `.recoveryOff`, `.reversedPeriod`.
    /// - Complexity: O(k log k) for k changes in the period.
    package final func writes(of table: TableInfo, from: Moment, to: Moment) throws(StorageError) -> ChangesCursor {
        guard table.recovery != nil else { throw .recoveryOff(table: table.name) }
        let first = try start(of: from, for: table)
        let last = try start(of: to, for: table)
        guard first <= last else { throw .reversedPeriod(from: from, to: to) }
        return try ChangesCursor(self, table, from: first, to: last, showsEveryWrite: true)
    }

    /// When a moment of a table is: the clock for the present, the time of the commit for a version.
    package final func time(of moment: Moment, for table: TableInfo) throws(StorageError) -> Int64 {
        switch moment {
        case .time(let time): return time
        case .now, .latest: return now
        case .earliest: return try restorableTimes(of: table)?.lowerBound ?? now
        case .version, .restorePoint: return try time(of: try resolve(moment, for: table)) ?? now
        }
    }

    /// The version before the commits of a time; the version itself for other moments.
    private final func start(of moment: Moment, for table: TableInfo) throws(StorageError) -> Version {
        let resolved = try resolve(moment, for: table)
        guard case .time(let time) = moment else { return resolved }
        return try min(resolved, max(version(atTime: time - 1), resolve(.earliest, for: table)))
    }
}
