import HindsightValues

/// Where the names in FROM come from: the storage engine, or any other engine that can do as much.
package protocol TableProvider: AnyObject, Sendable {
    /// Starts to read: everything that comes from the reader is of one moment.
    func beginReading() throws(QueryError) -> any TableReader

    /// Runs one statement that writes, and makes all that it did durable and visible at once, or none of it.
    ///
    /// - Parameter statement: the text to note with the commit.
    /// - Returns: nil if nothing was changed.
    /// - Throws: what `body` throws; everything is undone then.
    func write(_ statement: String, _ body: (any TableWriter) throws -> Void) throws -> CommitStamp?

    /// Starts a transaction of several statements. It holds the writer until it ends.
    func beginTransaction() throws(QueryError) -> any TableTransaction

    /// Gives the space that nothing needs any more back to the system. Not inside of a read or a write.
    func vacuum() throws(QueryError)
}

/// One consistent view of all tables.
package protocol TableReader: AnyObject, Sendable {
    /// Grows with every change of the catalog; plans made under another number are made anew.
    var catalogVersion: UInt64 { get }
    /// Whether the catalog is as other readers will see it: not one that an open transaction has changed, whose number
    /// may come again with another catalog.
    var isCatalogCommitted: Bool { get }
    /// The newest version that is visible here.
    var version: UInt64 { get }
    /// The present time of the engine's clock, in microseconds since 1970-01-01T00:00Z.
    var now: Int64 { get }

    /// The table of this exact name.
    func table(named name: String) throws(QueryError) -> (any Table)?
    /// A secondary index of a table, both by their exact names, as a statement reads it that names it.
    func index(named name: String, of table: String) throws(QueryError) -> (any Table)?
    /// The indexes that a backup has; nil if there is no such backup.
    ///
    /// - Parameters:
    ///   - backup: its name or resource name.
    ///   - table: the name that the table had.
    func indexes(ofBackup backup: String, table: String) throws(QueryError) -> [IndexSchema]?
    /// A table of the schema SYSTEM, whose names are in upper case.
    func systemTable(named name: String) throws(QueryError) -> (any Table)?
    /// All tables, by name; without those of SYSTEM.
    func tableNames() throws(QueryError) -> [String]
    /// The names of SYSTEM's tables, sorted.
    var systemTableNames: [String] { get }

    /// The items of a table whose state differs between two moments, each as a row of three columns: its key attributes,
    /// the item before and the item after, MISSING where there is none.
    func changes(of table: String, from: Moment, to: Moment) throws(QueryError) -> any RowCursor

    /// The items in which two tables with keys of the same names and types differ, in the same rows, from the first to the
    /// second.
    func differences(
        from table: String, at moment: Moment, to other: String, at otherMoment: Moment
    ) throws(QueryError) -> any RowCursor

    /// How much of a table was changed over time, in stretches of one round length but for the first and the last.
    func timeline(of table: String, from: Moment, to: Moment) throws(QueryError) -> [TimelineEntry]

    /// Every item of a table that was written in a period, each as a row of four columns: those of `changes`, and the time
    /// of the last write. A time that starts the period is in it, one that ends it is not.
    func writes(of table: String, from: Moment, to: Moment) throws(QueryError) -> any RowCursor

    /// When a moment of a table is, in microseconds since 1970-01-01T00:00Z.
    func time(of moment: Moment, in table: String) throws(QueryError) -> Int64

    /// Looks for damage and tampering in all that is stored, as it was committed last.
    ///
    /// - Parameters:
    ///   - table: the exact name; nil for all.
    ///   - step: called now and then; what it throws ends the verification.
    /// - Returns: one row that sums up, or a row for each finding.
    func verify(table: String?, _ step: @escaping () throws(QueryError) -> Void) throws(QueryError) -> [Value]

    /// Gives the view up; safe to call twice.
    func close()
}

/// A view that sees and makes changes. The caller keeps statements apart with `atomically`.
package protocol TableWriter: TableReader {
    /// Runs `body` and undoes all that it changed if it throws.
    func atomically(_ body: () throws(QueryError) -> Void) throws(QueryError)
    /// Notes the text of a statement that was run, for the record of the commit.
    func note(statement: String)

    /// Adds an item.
    ///
    /// - Returns: false, with nothing changed, if there is an item of this key.
    func insert(_ item: Structure, into table: any Table) throws(QueryError) -> Bool
    /// Adds an item that is encoded already; what `insert` of its structure does.
    func insert(_ item: EncodedItem, into table: any Table) throws(QueryError) -> Bool
    /// Writes an item, in place of the one of its key if there is one.
    func put(_ item: Structure, into table: any Table) throws(QueryError)
    /// Writes an item that is encoded already; what `put` of its structure does.
    func put(_ item: EncodedItem, into table: any Table) throws(QueryError)
    /// Removes the item of a key.
    ///
    /// - Returns: false if there is none.
    func delete(_ key: ItemKey, from table: any Table) throws(QueryError) -> Bool

    func createTable(_ definition: TableDefinition) throws(QueryError)
    func dropTable(_ name: String) throws(QueryError)
    func renameTable(_ name: String, to newName: String) throws(QueryError)
    func setRecovery(of table: String, _ setting: RecoverySetting) throws(QueryError)
    /// Sets what else is kept with a table, by name in upper case; NULL takes a setting away.
    func setSettings(of table: String, _ settings: [(name: String, value: Value)]) throws(QueryError)
    /// - Parameter indexes: exact names of the source's indexes that the new table gets; nil for all.
    func restore(
        _ table: String, to target: String, at moment: Moment, indexes: [String]?
    ) throws(QueryError)
    func createIndex(_ definition: IndexDefinition, of table: String) throws(QueryError)
    func dropIndex(_ name: String, of table: String) throws(QueryError)
    func createBackup(_ name: String, of table: String) throws(QueryError)
    /// - Parameters:
    ///   - name: of the backup, or its whole resource name.
    ///   - table: the name that the table had; nil if the backup's name is enough.
    func dropBackup(_ name: String, of table: String?) throws(QueryError)
    /// - Parameters:
    ///   - table: the name that the table had when the backup was made.
    ///   - indexes: exact names of the backup's indexes that the new table gets; nil for all.
    func restore(backup: String, of table: String, to target: String, indexes: [String]?) throws(QueryError)
    /// What a restored table is, and what of its source it has not, as this view sees it; nil if the engine does not know.
    func restoreSummary(of table: String) throws(QueryError) -> RestoreSummary?
    /// Brings a dropped table back as it was just before.
    func undropTable(_ name: String, as newName: String?) throws(QueryError)
    func createBackupPlan(_ plan: BackupPlanDescription) throws(QueryError)
    func dropBackupPlan(_ name: String) throws(QueryError)
    func createRestorePoint(_ name: String) throws(QueryError)
    func dropRestorePoint(_ name: String) throws(QueryError)
    /// Remembers an export that was made.
    func record(_ export: ExportDescription) throws(QueryError)
}

/// For engines without backups.
extension TableWriter {
    package func createBackup(_ name: String, of table: String) throws(QueryError) {
        throw QueryError(.unsupported, "'\(table)' cannot have backups", at: nil)
    }

    package func dropBackup(_ name: String, of table: String?) throws(QueryError) {
        throw QueryError(.unknownBackup, "there is no backup '\(name)'", at: nil)
    }

    package func restore(
        backup: String, of table: String, to target: String, indexes: [String]?
    ) throws(QueryError) {
        throw QueryError(.unknownBackup, "there is no backup '\(backup)'", at: nil)
    }

    package func restoreSummary(of table: String) throws(QueryError) -> RestoreSummary? { nil }

    package func createBackupPlan(_ plan: BackupPlanDescription) throws(QueryError) {
        throw QueryError(.unsupported, "these tables cannot have backups", at: nil)
    }

    package func dropBackupPlan(_ name: String) throws(QueryError) {
        throw QueryError(.unknownBackupPlan, "there is no backup plan '\(name)'", at: nil)
    }

    package func undropTable(_ name: String, as newName: String?) throws(QueryError) {
        throw QueryError(.unknownBackup, "there is no backup of a table '\(name)'", at: nil)
    }
}

/// For engines without backups.
extension TableReader {
    package func indexes(ofBackup backup: String, table: String) throws(QueryError) -> [IndexSchema]? { nil }
}

/// For engines without secondary indexes.
extension TableReader {
    package func index(named name: String, of table: String) throws(QueryError) -> (any Table)? { nil }
}

extension TableWriter {
    package func createIndex(_ definition: IndexDefinition, of table: String) throws(QueryError) {
        throw QueryError(.unsupported, "'\(table)' cannot have indexes", at: nil)
    }

    package func dropIndex(_ name: String, of table: String) throws(QueryError) {
        throw QueryError(.unknownIndex, "table '\(table)' has no index '\(name)'", at: nil)
    }
}

/// For engines without a past.
extension TableReader {
    package func timeline(of table: String, from: Moment, to: Moment) throws(QueryError) -> [TimelineEntry] {
        throw QueryError(.unsupported, "'\(table)' has no past", at: nil)
    }

    package func differences(
        from table: String, at moment: Moment, to other: String, at otherMoment: Moment
    ) throws(QueryError) -> any RowCursor {
        throw QueryError(.unsupported, "these tables cannot be compared", at: nil)
    }
}

/// For engines that keep no past.
extension TableReader {
    package func writes(of table: String, from: Moment, to: Moment) throws(QueryError) -> any RowCursor {
        throw QueryError(.unsupported, "table '\(table)' keeps no past", at: nil)
    }

    package func time(of moment: Moment, in table: String) throws(QueryError) -> Int64 {
        if case .time(let microseconds) = moment { microseconds } else { now }
    }
}

/// For engines that store items in another form, or remember no exports.
extension TableWriter {
    package func record(_ export: ExportDescription) throws(QueryError) {}

    package func insert(_ item: EncodedItem, into table: any Table) throws(QueryError) -> Bool {
        try insert(item.structure, into: table)
    }

    package func put(_ item: EncodedItem, into table: any Table) throws(QueryError) {
        try put(item.structure, into: table)
    }
}

/// A transaction that stays open over several statements.
package protocol TableTransaction: AnyObject, Sendable {
    /// Runs one statement in the transaction, on the thread that owns it; the writer must not be kept.
    func run(_ statement: String, _ body: (any TableWriter) throws -> Void) throws
    /// - Returns: nil if nothing was changed.
    func commit() throws(QueryError) -> CommitStamp?
    func rollback()
}
