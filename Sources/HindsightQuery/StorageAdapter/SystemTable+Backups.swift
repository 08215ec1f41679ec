import HindsightStorage
import HindsightValues

extension SystemTable {
    /// Every backup, those of the system included, with what DynamoDB's DescribeBackup tells of it.
    static let backups = SystemTable(name: "BACKUPS") { reader throws(StorageError) in
        var rows: [Structure] = []
        for backup in reader.backups {
            guard let info = backup.backup else { continue }
            let size = try reader.size(of: backup)
            var row = Structure()
            row.append("TableName", .string(backup.name))
            row.append("BackupName", .string(info.name))
            row.append("BackupArn", .string(backup.backupResourceName))
            row.append("BackupStatus", .string("AVAILABLE"))
            row.append("BackupType", .string(info.kind.type))
            row.append("BackupCreationDateTime", .timestamp(Timestamp(clock: backup.createdTime)))
            if let plan = info.plan { row.append("BackupPlanName", .string(plan)) }
            if let time = info.expiryTime { row.append("BackupExpiryDateTime", .timestamp(Timestamp(clock: time))) }
            row.append("BackupSizeBytes", .int(Int64(size.bytes)))
            row.append("ItemCount", .int(Int64(size.items)))
            rows.append(row)
        }
        return rows
    }
}

extension BackupInfo.Kind {
    /// DynamoDB's word; backups of its plans are made by AWS Backup.
    fileprivate var type: String {
        switch self {
        case .user: "USER"
        case .system: "SYSTEM"
        case .plan: "AWS_BACKUP"
        }
    }
}
