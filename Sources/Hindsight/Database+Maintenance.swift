import HindsightQuery
import HindsightStorage
import HindsightValues

/// What a maintenance did.
public struct MaintenanceReport: Sendable, Hashable {
    /// Backups that plans made.
    public let backups: Int
    /// Copies of such backups in other database files.
    public let copies: Int
    /// Items whose time to live was over.
    public let expiredItems: Int
    /// Entries of the past that have left the retention of their tables.
    public let collectedEntries: Int
}

/// What happens by the clock. Each does what the statement of its name does.
extension Database {
    /// Does everything that is due by the database's clock: backups of plans and their copies, items whose time to live is
    /// over, versions that have left the retention.
    ///
    /// A little of it is done when the database is opened and after each commit; this does all of it, for programs that
    /// write seldom, and after a clock was moved on.
    ///
    /// - Throws: `DatabaseError`: `readOnly`, `diskFull`, `inputOutput`. A plan that fails notes it and stops nothing else.
    @discardableResult
    public func maintain() throws(DatabaseError) -> MaintenanceReport {
        do {
            let (backups, copies) = try store.runPlans()
            let expired = try store.expireItems().deleted
            let collected = try store.collectGarbage().removed
            return MaintenanceReport(
                backups: backups, copies: copies, expiredItems: expired, collectedEntries: collected)
        } catch {
            throw DatabaseError(error)
        }
    }

    /// When a backup plan makes its backups.
    public enum BackupSchedule: Sendable, Hashable {
        /// Counted from when the plan is made.
        case everyDays(Int)
        /// `cron(minutes hours day-of-month month day-of-week year)` as AWS has it, in UTC.
        case cron(String)
    }

    /// `CREATE BACKUP PLAN name OF table, … EVERY … KEEP … COPY TO …`.
    ///
    /// - Parameters:
    ///   - name: 3 to 230 of `a-z A-Z 0-9 _ . -`.
    ///   - tables: their exact names.
    ///   - schedule: when backups are made.
    ///   - keepDays: how long each backup is kept; nil for until it is dropped.
    ///   - copyPath: another database file that each backup is copied to, relative to the folder of this one.
    ///   - copyKeepDays: how long each copy is kept there; nil for until it is dropped.
    /// - Throws: `DatabaseError`: `unknownTable`, `invalidName`, `invalidArgument`, `backupPlanExists`.
    @discardableResult
    public func createBackupPlan(
        _ name: String, of tables: [String], _ schedule: BackupSchedule, keepDays: Int? = nil, copyPath: String? = nil,
        copyKeepDays: Int? = nil
    ) throws(DatabaseError) -> Outcome {
        var text = "CREATE BACKUP PLAN \(quotedIdentifier(name)) OF "
        text += tables.map(quotedIdentifier).joined(separator: ", ")
        switch schedule {
        case .everyDays(let days): text += " EVERY \(days) DAYS"
        case .cron(let cron): text += " SCHEDULE \(Value.string(cron))"
        }
        if let keepDays { text += " KEEP \(keepDays) DAYS" }
        if let copyPath { text += " COPY TO \(Value.string(copyPath))" }
        if let copyKeepDays, copyPath != nil { text += " KEEP \(copyKeepDays) DAYS" }
        return try execute(Statement(text))
    }

    /// `DROP BACKUP PLAN name`. Its backups stay.
    ///
    /// - Throws: `DatabaseError`: `unknownBackupPlan`.
    @discardableResult
    public func dropBackupPlan(_ name: String) throws(DatabaseError) -> Outcome {
        try execute("DROP BACKUP PLAN \(identifier: name)")
    }

    /// `ALTER TABLE table SET (TIME_TO_LIVE = attribute)`: items go when the time in the attribute, in seconds since 1970,
    /// has come.
    ///
    /// - Parameters:
    ///   - table: the table's exact name.
    ///   - attribute: nil switches it off.
    /// - Throws: `DatabaseError`: `unknownTable`.
    @discardableResult
    public func setTimeToLive(of table: String, attribute: String?) throws(DatabaseError) -> Outcome {
        try execute("ALTER TABLE \(identifier: table) SET (TIME_TO_LIVE = \(attribute ?? "OFF"))")
    }

    /// Copies a backup into another database file, which is made if it is not there; it can be restored there.
    ///
    /// - Parameters:
    ///   - name: of the backup, or its resource name.
    ///   - table: the name that the table had; nil if that of the backup is enough.
    ///   - path: of the other file.
    ///   - progress: told how many items were copied, of how many.
    /// - Throws: `DatabaseError`: `unknownBackup`, `ambiguousName`, `backupExists` if the file has it already; what
    ///   `progress` throws. Nothing is left of the copy then.
    /// - Complexity: O(items).
    public func copyBackup(
        _ name: String, of table: String? = nil, to path: String,
        progress: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws {
        do {
            try store.copyBackup(name, of: table, to: path, progress)
        } catch let error as StorageError {
            throw DatabaseError(error)
        }
    }
}
