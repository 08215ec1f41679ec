/// One keyspace as a table cursor reads it.
struct LevelPlan {
    let keyspace: UInt32
    /// `nil` for now.
    let version: Version?
    /// The newest commit that changed the keyspace.
    let newest: Version
    /// Whether tombstones hide something below, or were items at the version.
    let needsDeleted: Bool
    /// How many chains to walk before a `ChangeIndex` is made; `.max` if none shall be.
    let walkLimit: Int
}

extension StoreReader {
    /// The keyspaces to read, from the table's own down.
    final func levelPlans(_ table: TableInfo, at version: Version?) throws(StorageError) -> [LevelPlan] {
        var plans: [LevelPlan] = []
        var table = table
        var version = version == self.version ? nil : version
        while true {
            plans.append(try levelPlan(table, at: version))
            guard let base = table.base, let source = catalog.table(base.table) else { return plans }
            table = source
            version = base.version
        }
    }

    private final func levelPlan(_ table: TableInfo, at version: Version?) throws(StorageError) -> LevelPlan {
        let hidesBase = table.base != nil
        guard version != nil || hidesBase else {
            return LevelPlan(keyspace: table.id, version: nil, newest: 0, needsDeleted: false, walkLimit: .max)
        }
        let state = try newestState(table.id)
        let newest = state?.version ?? 0
        // What was not changed since needs no look at the past.
        let past = version.flatMap { $0 < newest ? $0 : nil }
        let hasTombstones = (state?.totals.tombstones ?? 0) > 0
        return LevelPlan(
            keyspace: table.id, version: past, newest: newest,
            needsDeleted: hasTombstones && (past != nil || hidesBase),
            walkLimit: try walkLimit(table, at: past, changes: state?.totals.changes ?? 0))
    }

    /// The index pays when the scan meets a twentieth as many changed rows as there are records. It holds places in memory,
    /// which a write transaction moves.
    private final func walkLimit(
        _ table: TableInfo, at version: Version?, changes: UInt64
    ) throws(StorageError) -> Int {
        guard let version, !access.isWriting else { return .max }
        let since = Int(clamping: changes - min(changes, try state(table.id, at: version)?.totals.changes ?? 0))
        return since <= Limits.changeIndexRecords ? max(since / 20, 16) : .max
    }
}

extension StoredItem {
    /// Where the document begins, from the header's first two bytes; `nil` where it takes a closer look.
    static func documentStart(_ bytes: RawSpan) -> Int? {
        guard bytes.byteCount > 1, bytes.byte(at: 1) & ItemHeader.Flag.longKey == 0 else { return nil }
        let start = Int(bytes.byte(at: 0))
        return start <= bytes.byteCount ? start : nil
    }
}
