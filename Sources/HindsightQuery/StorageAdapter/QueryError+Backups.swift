import HindsightStorage
import HindsightSyntax

extension QueryError {
    /// What the storage layer says of backups and of tables that must not be dropped.
    init(ofBackup error: StorageError) {
        self =
            switch error {
            case .backupNotFound(let name):
                QueryError(
                    .unknownBackup, "there is no backup '\(name)'", at: nil, hint: "SHOW BACKUPS lists them")
            case .backupExists(let table, let backup):
                QueryError(.backupExists, "table '\(table)' has a backup '\(backup)'", at: nil)
            case .invalidBackupName(let name):
                QueryError(
                    .invalidName, "'\(name)' cannot be the name of a backup", at: nil,
                    hint: "a name has \(Limits.backupNameBytes.lowerBound) to \(Limits.backupNameBytes.upperBound) "
                        + "characters of a-z, A-Z, 0-9, '_', '.' and '-'")
            case .ambiguousBackup(let name):
                QueryError(
                    .ambiguousName, "several tables have a backup '\(name)'", at: nil,
                    hint: "name the table with OF, or give the BackupArn that SHOW BACKUPS tells")
            case .deletionProtected(let table):
                QueryError(
                    .deletionProtected, "table '\(table)' is protected against deletion", at: nil,
                    hint: "ALTER TABLE \(table) SET (DELETION_PROTECTION = OFF) allows it")
            case .planNotFound(let name):
                QueryError(
                    .unknownBackupPlan, "there is no backup plan '\(name)'", at: nil,
                    hint: "SHOW BACKUP PLANS lists them")
            case .planExists(let name):
                QueryError(.backupPlanExists, "there is a backup plan '\(name)'", at: nil)
            case .invalidPlanName(let name):
                QueryError(
                    .invalidName, "'\(name)' cannot be the name of a backup plan", at: nil,
                    hint: "a name has \(Limits.backupNameBytes.lowerBound) to \(Limits.planNameBytes) "
                        + "characters of a-z, A-Z, 0-9, '_', '.' and '-'")
            case .sameFile(let path):
                QueryError(.invalidArgument, "'\(path)' is this database itself", at: nil)
            default: QueryError(.internalError, "\(error)", at: nil)
            }
    }
}
