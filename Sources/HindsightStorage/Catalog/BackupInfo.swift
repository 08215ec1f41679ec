/// What makes a keyspace a backup: a frozen fork of a table.
///
/// A backup is described by a `TableInfo` of its own whose `backup` is set, with the name, the key and the settings that the
/// table had. Its base is the table at the version of the commit that made it; it has no items of its own until the
/// collector copies some, and the indexes of the table are forked along with it. So it is made in constant time, it does not
/// care what becomes of the table, and a restore is a fork of it.
package struct BackupInfo: Equatable, Sendable {
    package enum Kind: UInt8, Equatable, Sendable {
        /// `CREATE BACKUP`: kept until it is dropped.
        case user = 1
        /// Made when a table with point-in-time recovery is dropped: kept for `Limits.systemBackupDays`.
        case system = 2
        /// Made by a plan, and named after it.
        case plan = 3
    }

    package let name: String
    package let kind: Kind
    /// The number of the table.
    package let table: UInt32
    /// Retention of the table's point-in-time recovery in days, `nil` where it was off.
    package let retentionDays: Int?
    /// When it is gone, in microseconds since 1970; `nil` for never.
    package let expiryTime: Int64?

    /// What the backup that is made of a dropped table is named.
    static func systemName(of table: String) -> String {
        table + "$DeletedTableBackup"
    }
}

extension TableInfo {
    /// DynamoDB's name of a backup: `arn:aws:dynamodb:local:000000000000:table/NAME/backup/` and the time in milliseconds,
    /// 14 digits, and the backup's number, 8 hexadecimal digits.
    package var backupResourceName: String {
        let time = String(max(0, createdTime / 1000))
        let number = String(id, radix: 16)
        return "arn:aws:dynamodb:local:000000000000:table/\(name)/backup/"
            + String(repeating: "0", count: max(0, 14 - time.utf8.count)) + time + "-"
            + String(repeating: "0", count: max(0, 8 - number.utf8.count)) + number
    }
}
