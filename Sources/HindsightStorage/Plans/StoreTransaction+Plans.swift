import HindsightKeyValue
import HindsightValues

extension StoreReader {
    /// All backup plans, in the order of their names' bytes.
    package final var backupPlans: [BackupPlan] {
        get throws(StorageError) {
            let cursor = try access.openCursor(access.trees.catalog)
            var plans: [BackupPlan] = []
            do {
                var isOnEntry = try cursor.seek(atOrAfter: [CatalogKey.backupPlans].rawSpan)
                while isOnEntry, cursor.key.byte(at: 0) == CatalogKey.backupPlans {
                    plans.append(try BackupPlan(key: cursor.key, value: cursor.value))
                    isOnEntry = try cursor.next()
                }
            } catch let error as KeyValueError {
                throw StorageError(error)
            } catch {
                throw .corrupt(.catalog, cursor.key.array)
            }
            return plans
        }
    }

    package final func backupPlan(named name: String) throws(StorageError) -> BackupPlan? {
        try backupPlans.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// How many backups of a plan are kept.
    package final func backupCount(of plan: BackupPlan) -> Int {
        backups.count { $0.backup?.plan == plan.name }
    }
}

extension StoreTransaction {
    /// Adds a plan; its first backup is made at the first scheduled time from now on.
    ///
    /// - Throws: `.planExists`, `.invalidPlanName`, `.tableNotFound`.
    package func createBackupPlan(_ plan: BackupPlan) throws(StorageError) {
        guard try backupPlan(named: plan.name) == nil else { throw .planExists(plan.name) }
        guard Self.isBackupName(plan.name), plan.name.utf8.count <= Limits.planNameBytes else {
            throw .invalidPlanName(plan.name)
        }
        for table in plan.tables { _ = try existingTable(table) }
        var plan = plan
        plan.createdTime = time
        plan.servedTime = time
        try save(plan)
    }

    /// The plan's backups stay for as long as they were to be kept.
    ///
    /// - Throws: `.planNotFound`.
    package func dropBackupPlan(_ name: String) throws(StorageError) {
        guard try deleteEntry(CatalogKey.backupPlan(name)) else { throw .planNotFound(name) }
        catalog.counters.changes += 1
    }

    func save(_ plan: BackupPlan) throws(StorageError) {
        try saveEntry(CatalogKey.backupPlan(plan.name), plan.encode())
        catalog.counters.changes += 1
    }

    /// Makes the backups of all plans that are due, and notes it in the plans: with this commit both are there, or neither.
    ///
    /// A table that is gone, or whose index is being built, is noted as the plan's error and stops nothing else.
    ///
    /// - Returns: the number of backups made.
    func runDuePlans() throws(StorageError) -> Int {
        var count = 0
        for var plan in try backupPlans {
            guard let (scheduled, missed) = plan.due(at: now) else { continue }
            plan.servedTime = scheduled
            plan.missedRuns += missed
            plan.lastRunTime = time
            plan.lastError = ""
            for table in plan.tables {
                do throws(StorageError) {
                    let backup = try createBackup(of: plan, table: table, at: scheduled)
                    count += 1
                    if plan.copy != nil { plan.uncopied.append(backup.id) }
                } catch {
                    guard let reason = error.planFailure else { throw error }
                    plan.lastError = reason
                }
            }
            try save(plan)
        }
        return count
    }

    private func createBackup(
        of plan: BackupPlan, table: String, at scheduled: Int64
    ) throws(StorageError) -> TableInfo {
        try makeBackup(
            of: try existingTable(table), name: plan.backupName(at: scheduled), .plan,
            expiryTime: plan.keepDays.map { time + Int64($0) * BackupPlan.day })
    }
}

extension StorageError {
    /// What a plan notes of an error that concerns one table alone; `nil` for one that ends the work.
    fileprivate var planFailure: String? {
        switch self {
        case .tableNotFound(let name): "there is no table '\(name)'"
        case .indexNotReady(let table, let index, _): "the index '\(index)' of '\(table)' is still being built"
        default: nil
        }
    }
}
