/// A backup plan to be made, with its values computed.
package struct BackupPlanDescription: Sendable, Hashable {
    package enum Schedule: Sendable, Hashable {
        case everyDays(Int)
        /// The text of a `CronSchedule`.
        case cron(String)
    }

    package let name: String
    /// Exact names.
    package let tables: [String]
    package let schedule: Schedule
    /// nil for backups that are kept until they are dropped.
    package let keepDays: Int?
    /// The other database file that the backups are copied to, if any.
    package let copyPath: String?
    package let copyKeepDays: Int?

    package init(
        name: String, tables: [String], schedule: Schedule, keepDays: Int?, copyPath: String? = nil,
        copyKeepDays: Int? = nil
    ) {
        self.name = name
        self.tables = tables
        self.schedule = schedule
        self.keepDays = keepDays
        self.copyPath = copyPath
        self.copyKeepDays = copyKeepDays
    }
}
