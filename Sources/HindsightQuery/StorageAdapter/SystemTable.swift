import HindsightStorage
import HindsightValues

/// The tables of the schema SYSTEM, with the column names that DynamoDB's answers have.
struct SystemTable: Sendable {
    /// In upper case.
    let name: String
    let rows: @Sendable (StoreReader) throws(StorageError) -> [Structure]

    /// By name.
    static let all = [backups, exports, indexes, plans, recovery, restorePoints, restores, tables, tags]

    static func named(_ name: String) -> SystemTable? {
        all.first { $0.name == name }
    }
}

extension SystemTable {
    /// Every table: its key, its size, its state, and what it was restored from.
    private static let tables = SystemTable(name: "TABLES") { reader throws(StorageError) in
        var rows: [Structure] = []
        for table in reader.tables {
            let size = try reader.size(of: table)
            var row = Structure()
            row.append("TableName", .string(table.name))
            row.append("TableStatus", .string(table.status == .active ? "ACTIVE" : "RESTORING"))
            row.append("ItemCount", .int(Int64(size.items)))
            row.append("TableSizeBytes", .int(Int64(size.bytes)))
            row.append("KeySchema", .list(table.keySchema))
            row.append("CreationDateTime", .timestamp(Timestamp(clock: table.createdTime)))
            row.append("PointInTimeRecoveryStatus", .string(table.recovery == nil ? "DISABLED" : "ENABLED"))
            try row.describeIndexes(of: table, reader)
            if let summary = table.restoreSummary { row.append("RestoreSummary", .structure(summary)) }
            row.describeSettings(of: table)
            rows.append(row)
        }
        return rows
    }

    /// Point-in-time recovery of every table; the times are absent where it is off.
    private static let recovery = SystemTable(name: "RECOVERY") { reader throws(StorageError) in
        var rows: [Structure] = []
        for table in reader.tables {
            var row = Structure()
            row.append("TableName", .string(table.name))
            row.append("ContinuousBackupsStatus", .string("ENABLED"))
            row.append("PointInTimeRecoveryStatus", .string(table.recovery == nil ? "DISABLED" : "ENABLED"))
            if let recovery = table.recovery, let times = try reader.restorableTimes(of: table) {
                row.append("RecoveryPeriodInDays", .int(Int64(recovery.retentionDays)))
                row.append("EarliestRestorableDateTime", .timestamp(Timestamp(clock: times.lowerBound)))
                row.append("LatestRestorableDateTime", .timestamp(Timestamp(clock: times.upperBound)))
            }
            let history = try reader.historySize(of: table)
            row.append("HistoryBytes", .int(Int64(clamping: history.bytes)))
            row.append("HistoryRecords", .int(Int64(clamping: history.records)))
            rows.append(row)
        }
        return rows
    }

    private static let restorePoints = SystemTable(name: "RESTORE_POINTS") { reader throws(StorageError) in
        try reader.restorePoints.map { point in
            var row = Structure()
            row.append("RestorePointName", .string(point.name))
            row.append("Version", .int(Int64(point.version)))
            row.append("Time", .timestamp(Timestamp(clock: point.time)))
            return row
        }
    }

    /// The exports of the last 90 days.
    private static let exports = SystemTable(name: "EXPORTS") { reader throws(StorageError) in
        try reader.exports.map(\.row)
    }

    /// The tables that were made by a restore.
    private static let restores = SystemTable(name: "RESTORES") { reader throws(StorageError) in
        reader.tables.compactMap { table in
            guard let summary = table.restoreSummary else { return nil }
            var row = Structure()
            row.append("TableName", .string(table.name))
            row.append("TableStatus", .string(table.status == .active ? "ACTIVE" : "RESTORING"))
            for field in summary.fields { row.append(field.name, field.value) }
            return row
        }
    }
}

extension TableInfo {
    var keySchema: [Value] {
        let attributes = [(partitionKey, "HASH")] + (sortKey.map { [($0, "RANGE")] } ?? [])
        return attributes.map { attribute, role in
            var entry = Structure()
            entry.append("AttributeName", .string(attribute.name))
            entry.append("KeyType", .string(role))
            entry.append("AttributeType", .string(attribute.kind.letter))
            return .structure(entry)
        }
    }

    /// What DynamoDB tells of a restored table.
    fileprivate var restoreSummary: Structure? {
        guard let origin else { return nil }
        var summary = Structure()
        summary.append("SourceTableName", .string(origin.tableName))
        summary.append("RestoreDateTime", .timestamp(Timestamp(clock: origin.time)))
        summary.append("RestoreInProgress", .bool(status == .restoring))
        return summary
    }

}

extension HindsightStorage.KeyAttribute.Kind {
    /// DynamoDB's letter for the type.
    fileprivate var letter: String {
        switch self {
        case .string: "S"
        case .number: "N"
        case .binary: "B"
        }
    }
}
