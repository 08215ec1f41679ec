import HindsightStorage
import HindsightValues

extension SystemTable {
    /// Every backup plan: what it does, when it did it last, and when it will again.
    static let plans = SystemTable(name: "PLANS") { reader throws(StorageError) in
        try reader.backupPlans.map { plan in
            var row = Structure()
            row.append("BackupPlanName", .string(plan.name))
            row.append("TableNames", .list(plan.tables.map(Value.string)))
            row.append("Schedule", .string(plan.schedule.text))
            if let days = plan.keepDays { row.append("DeleteAfterDays", .int(Int64(days))) }
            if let copy = plan.copy {
                row.append("CopyTo", .string(copy.path))
                if let days = copy.keepDays { row.append("CopyDeleteAfterDays", .int(Int64(days))) }
                row.append("WaitingCopies", .int(Int64(plan.uncopied.count)))
            }
            row.append("CreationDateTime", .timestamp(Timestamp(clock: plan.createdTime)))
            if let time = plan.lastRunTime { row.append("LastRunDateTime", .timestamp(Timestamp(clock: time))) }
            if let time = plan.nextTime { row.append("NextRunDateTime", .timestamp(Timestamp(clock: time))) }
            row.append("BackupCount", .int(Int64(reader.backupCount(of: plan))))
            row.append("MissedRuns", .int(Int64(clamping: plan.missedRuns)))
            if !plan.lastError.isEmpty { row.append("LastError", .string(plan.lastError)) }
            return row
        }
    }
}

extension BackupPlan {
    init(_ plan: BackupPlanDescription) {
        let schedule: Schedule =
            switch plan.schedule {
            case .everyDays(let days): .everyDays(days)
            case .cron(let text): .cron(text)
            }
        self.init(
            name: plan.name, tables: plan.tables, schedule: schedule, keepDays: plan.keepDays,
            copy: plan.copyPath.map { Copy(path: $0, keepDays: plan.copyKeepDays) })
    }
}

extension BackupPlan.Schedule {
    fileprivate var text: String {
        switch self {
        case .everyDays(let days): days == 1 ? "every day" : "every \(days) days"
        case .cron(let text): text
        }
    }
}
