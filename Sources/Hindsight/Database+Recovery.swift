import HindsightQuery

/// Point-in-time recovery as typed calls; each does what the statement of its name does.
extension Database {
    /// `RESTORE TABLE table TO target AT moment`: a new table with the items of then.
    ///
    /// - Returns: the size of the new table, and what it begins without.
    /// - Throws: `DatabaseError`: `unknownTable`, `pointInTimeRecoveryOff`, `restoreTimeOutOfWindow`, `tableExists`.
    /// - Complexity: independent of the number of items.
    @discardableResult
    public func restore(_ table: String, to target: String, at moment: Moment) throws(DatabaseError) -> RestoreReport {
        try restore("RESTORE TABLE \(identifier: table) TO \(identifier: target) AT \(moment: moment)")
    }

    /// `REVERT TABLE table TO moment`: puts every item that has changed since back to what it was, as one transaction that
    /// can itself be reverted. Run the statement to add a condition.
    ///
    /// - Throws: `DatabaseError`: `unknownTable`, `pointInTimeRecoveryOff`, `restoreTimeOutOfWindow`.
    /// - Complexity: O(changes since the moment), independent of the number of items.
    @discardableResult
    public func revert(_ table: String, to moment: Moment) throws(DatabaseError) -> Outcome {
        try execute("REVERT TABLE \(identifier: table) TO \(moment: moment)")
    }

    /// `ALTER TABLE table SET POINT_IN_TIME_RECOVERY ON WITH RETENTION days DAYS`.
    ///
    /// - Parameters:
    ///   - table: the table's exact name.
    ///   - retentionDays: 1…35; nil keeps what is set, 35 at first.
    public func enablePointInTimeRecovery(of table: String, retentionDays: Int? = nil) throws(DatabaseError) {
        try change("ALTER TABLE \(quotedIdentifier(table)) SET POINT_IN_TIME_RECOVERY ON") {
            try $0.setRecovery(of: table, .on(retentionDays: retentionDays))
        }
    }

    /// `ALTER TABLE table SET POINT_IN_TIME_RECOVERY OFF`: drops the table's past.
    public func disablePointInTimeRecovery(of table: String) throws(DatabaseError) {
        try change("ALTER TABLE \(quotedIdentifier(table)) SET POINT_IN_TIME_RECOVERY OFF") {
            try $0.setRecovery(of: table, .off)
        }
    }

    /// `CREATE BACKUP name OF table`: keeps the table as it is now until the backup is dropped, whatever becomes of it.
    ///
    /// - Parameters:
    ///   - name: 3 to 255 of `a-z A-Z 0-9 _ . -`.
    ///   - table: the table's exact name.
    /// - Throws: `DatabaseError`: `unknownTable`, `invalidName`, `backupExists`.
    /// - Complexity: independent of the number of items.
    @discardableResult
    public func createBackup(_ name: String, of table: String) throws(DatabaseError) -> Commit {
        try change("CREATE BACKUP \(quotedIdentifier(name)) OF \(quotedIdentifier(table))") {
            try $0.createBackup(name, of: table)
        }
    }

    /// `DROP BACKUP name OF table`. Tables that were restored from it stay as they are.
    ///
    /// - Parameters:
    ///   - name: of the backup, or its resource name.
    ///   - table: the name that the table had; nil if that of the backup is enough.
    /// - Throws: `DatabaseError`: `unknownBackup`, `ambiguousName`.
    @discardableResult
    public func dropBackup(_ name: String, of table: String? = nil) throws(DatabaseError) -> Commit {
        try change("DROP BACKUP \(quotedIdentifier(name))") { try $0.dropBackup(name, of: table) }
    }

    /// `RESTORE TABLE table TO target FROM BACKUP backup`: a new table with what the backup holds, its indexes included.
    ///
    /// - Throws: `DatabaseError`: `unknownBackup`, `tableExists`.
    /// - Complexity: independent of the number of items.
    @discardableResult
    public func restore(
        backup: String, of table: String, to target: String
    ) throws(DatabaseError) -> RestoreReport {
        try restore(
            """
            RESTORE TABLE \(identifier: table) TO \(identifier: target) FROM BACKUP \(identifier: backup)
            """)
    }

    private func restore(_ statement: Statement) throws(DatabaseError) -> RestoreReport {
        guard let report = try execute(statement).restored else {
            throw DatabaseError(.internalError, "a restore made no table")
        }
        return report
    }

    /// `UNDROP TABLE table`: brings a dropped table back as it was just before, with its indexes and settings. That is
    /// possible for 35 days, if its point-in-time recovery was on; its past begins anew.
    ///
    /// - Parameters:
    ///   - table: the name that it had.
    ///   - newName: the name that it gets; nil for the old one.
    /// - Throws: `DatabaseError`: `unknownBackup`, `tableExists`.
    @discardableResult
    public func undropTable(_ table: String, as newName: String? = nil) throws(DatabaseError) -> Commit {
        try change("UNDROP TABLE \(quotedIdentifier(table))") { try $0.undropTable(table, as: newName) }
    }

    /// `CREATE RESTORE POINT name`: gives the present moment a name.
    public func createRestorePoint(_ name: String) throws(DatabaseError) {
        try change("CREATE RESTORE POINT \(quotedIdentifier(name))") { try $0.createRestorePoint(name) }
    }

    /// The items of a table that differ between two moments, in key order, with what they were and what they became.
    ///
    /// - Complexity: O(changes between the moments), independent of the number of items.
    public func changes(in table: String, from: Moment, to: Moment = .now) throws(DatabaseError) -> [Change] {
        do {
            let reader = try provider.beginReading()
            defer { reader.close() }
            return try Change.collect(try reader.changes(of: table, from: from.inQuery, to: to.inQuery))
        } catch {
            throw DatabaseError(error)
        }
    }

    /// The names of all tables, sorted.
    public func tableNames() throws(DatabaseError) -> [String] {
        do {
            let reader = try provider.beginReading()
            defer { reader.close() }
            return try reader.tableNames()
        } catch {
            throw DatabaseError(error)
        }
    }

    /// The number of the newest commit; 0 in an empty database.
    public func latestVersion() throws(DatabaseError) -> UInt64 {
        do {
            let reader = try provider.beginReading()
            defer { reader.close() }
            return reader.version
        } catch {
            throw DatabaseError(error)
        }
    }

    @discardableResult
    func change(
        _ statement: String, _ body: (any TableWriter) throws -> Void
    ) throws(DatabaseError) -> Commit {
        do {
            guard let stamp = try provider.write(statement, { try body($0) }) else {
                throw DatabaseError(.internalError, "a change of the catalog made no commit")
            }
            return Commit(stamp)
        } catch let error as QueryError {
            throw DatabaseError(error)
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw DatabaseError(.internalError, "\(error)")
        }
    }
}
