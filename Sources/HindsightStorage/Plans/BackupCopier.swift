import HindsightKeyValue
import HindsightValues

// Copies of backups in other database files. A copy is a backup there, with items of its own in place of a base, so that it can be
// restored in that file like any other and needs nothing of the first one. It is written in one transaction: a crash leaves a
// whole copy or none.

extension Store {
    /// Copies a backup into another database file, which is made if it is not there.
    ///
    /// - Parameters:
    ///   - name: of the backup, or its whole resource name.
    ///   - table: the name that the table had, if the backup's alone is not enough.
    ///   - path: of the other file.
    ///   - keepDays: how long the copy is kept there; `nil` for as long as nobody drops it.
    ///   - progress: told how many items were copied, of how many; what it throws ends the copy, and nothing is left of it.
    /// - Throws: `.backupNotFound`, `.ambiguousBackup`, `.backupExists` if the other file has it already, `.sameFile`, errors of
    ///   either file, and what `progress` throws.
    /// - Complexity: O(items).
    package func copyBackup(
        _ name: String, of table: String? = nil, to path: String, keepDays: Int? = nil,
        _ progress: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws {
        let snapshot = try snapshot()
        defer { snapshot.close() }
        try copy(try snapshot.backup(named: name, of: table), in: snapshot, to: path, keepDays: keepDays, progress)
    }

    /// Makes the copies that plans still owe.
    ///
    /// - Returns: how many were made.
    func copyBackups() throws(StorageError) -> Int {
        var count = 0
        let snapshot = try snapshot()
        defer { snapshot.close() }
        for plan in try snapshot.backupPlans where !plan.uncopied.isEmpty {
            guard let copy = plan.copy else { continue }
            for number in plan.uncopied {
                let failure = self.failure(copying: number, copy, snapshot)
                if failure == nil { count += 1 }
                try writing(Self.planStatement) { transaction throws(StorageError) in
                    try transaction.noteCopy(of: number, plan: plan.name, failure: failure)
                }
            }
        }
        return count
    }

    /// - Returns: what went wrong; `nil` if the copy is there.
    private func failure(copying number: UInt32, _ copy: BackupPlan.Copy, _ snapshot: Snapshot) -> String? {
        // A backup that is gone needs no copy any more.
        guard let backup = snapshot.catalog.backups[number] else { return nil }
        do {
            try self.copy(backup, in: snapshot, to: absolute(copy.path), keepDays: copy.keepDays) { _, _ in }
            return nil
        } catch StorageError.backupExists {
            return nil
        } catch {
            return StoreTransaction.copyFailure + "'\(copy.path)': \(error)"
        }
    }

    /// The path of a plan's copies, which is relative to the folder of this file; of one in memory, to the working directory.
    private func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), !environment.isTemporary else { return path }
        let folder = self.path.lastIndex(of: "/").map { self.path[...$0] } ?? ""
        return folder + path
    }

    private func copy(
        _ backup: TableInfo, in snapshot: Snapshot, to path: String, keepDays: Int?,
        _ progress: (Int, Int) throws -> Void
    ) throws {
        var options = StoreOptions()
        options.clock = self.options.clock
        let target = try Store.open(path: path, options: options)
        guard target.environment !== environment else { throw StorageError.sameFile(path) }
        try target.write(statement: "COPY BACKUP") { transaction in
            try transaction.takeCopy(of: backup, from: snapshot, keepDays: keepDays, progress)
        }
        try target.collectGarbage()
    }
}

extension StoreTransaction {
    /// What the error of a copy begins with in its plan.
    fileprivate static let copyFailure = "copying to "
    /// How often a copy tells how far it is.
    private static let progressStep = 1_000

    fileprivate func takeCopy(
        of backup: TableInfo, from source: Snapshot, keepDays: Int?, _ progress: (Int, Int) throws -> Void
    ) throws {
        guard let info = backup.backup else { return }
        guard backups(named: info.name, of: backup.name).isEmpty else {
            throw StorageError.backupExists(table: backup.name, backup: info.name)
        }
        let copy = TableInfo(
            id: catalog.counters.nextTable, name: backup.name, partitionKey: backup.partitionKey,
            sortKey: backup.sortKey,
            settings: backup.settings, createdVersion: version, createdTime: backup.createdTime, recovery: nil,
            base: nil,
            origin: nil,
            backup: BackupInfo(
                name: info.name, kind: info.kind, table: catalog.counters.nextTable, retentionDays: info.retentionDays,
                expiryTime: keepDays.map { time + Int64($0) * BackupPlan.day }))
        catalog.counters.nextTable += 1
        try save(copy)
        let total = try source.size(of: backup).items
        let cursor = try source.openCursor(backup)
        var count = 0
        while try cursor.next() {
            try put(cursor.document, into: copy)
            count += 1
            if count.isMultiple(of: Self.progressStep) { try progress(count, total) }
        }
        for index in source.indexes(of: backup) { try rebuild(index, for: copy) }
        try progress(count, total)
    }

    fileprivate func noteCopy(of number: UInt32, plan name: String, failure: String?) throws(StorageError) {
        guard var plan = try backupPlan(named: name) else { return }
        if let failure {
            guard failure != plan.lastError else { return }
            plan.lastError = failure
        } else {
            plan.uncopied.removeAll { $0 == number }
            // What a backup of the last run met stays until the next one.
            if plan.lastError.hasPrefix(Self.copyFailure) { plan.lastError = "" }
        }
        try save(plan)
    }
}
