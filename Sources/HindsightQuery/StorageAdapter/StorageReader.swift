import HindsightStorage
import HindsightValues

/// A snapshot, or what a write transaction sees.
///
/// `@unchecked Sendable`: like the reader of the storage layer that it stands for, it is used by one thread at a time and
/// handed on as a whole; the tables that it has found are its own.
class StorageReader: TableReader, @unchecked Sendable {
    let base: StoreReader
    private var found: [String: StoredTable] = [:]
    /// The state of the catalog that they were found in.
    private var foundAt: UInt64 = 0

    init(_ base: StoreReader) {
        self.base = base
    }

    var catalogVersion: UInt64 { base.catalogVersion }
    var isCatalogCommitted: Bool { true }
    var version: UInt64 { base.version }
    var now: Int64 { base.now }

    func table(named name: String) throws(QueryError) -> (any Table)? {
        try storedTable(named: name)
    }

    /// A table of the engine; found once for each reader, as its definition stays the same.
    func storedTable(named name: String) throws(QueryError) -> StoredTable? {
        if foundAt != base.catalogVersion {
            // Also a write to a table may have changed what is known of its indexes.
            found.removeAll()
            foundAt = base.catalogVersion
        }
        if let table = found[name], table.info.name.utf8.elementsEqual(name.utf8) { return table }
        guard let info = base.table(named: name) else { return nil }
        let table = StoredTable(info, reader: base)
        found[name] = table
        return table
    }

    func index(named name: String, of table: String) throws(QueryError) -> (any Table)? {
        try storedTable(named: table)?.namedIndex(name)
    }

    func indexes(ofBackup backup: String, table: String) throws(QueryError) -> [IndexSchema]? {
        (try? base.backup(named: backup, of: table)).map { base.indexes(of: $0).map(IndexSchema.init) }
    }

    /// - Throws: `unknownTable`.
    func existingTable(named name: String) throws(QueryError) -> StoredTable {
        guard let table = try storedTable(named: name) else { throw QueryError(.tableNotFound(name)) }
        return table
    }

    /// The catalog has changed.
    func forgetTables() {
        found.removeAll()
    }

    func systemTable(named name: String) throws(QueryError) -> (any Table)? {
        if name == ChangeLogTable.name { return ChangeLogTable(base) }
        if name == CommitTable.name { return CommitTable(base) }
        return SystemTable.named(name).map { ComputedTable($0, reader: base) }
    }

    func tableNames() throws(QueryError) -> [String] {
        base.tables.map(\.name)
    }

    var systemTableNames: [String] { ([ChangeLogTable.name, CommitTable.name] + SystemTable.all.map(\.name)).sorted() }

    func changes(of table: String, from: Moment, to: Moment) throws(QueryError) -> any RowCursor {
        let info = try existingTable(named: table).info
        return try storing { () throws(StorageError) in
            StoredChanges(try base.changes(of: info, from: from.inStorage, to: to.inStorage), of: info)
        }
    }

    func differences(
        from table: String, at moment: Moment, to other: String, at otherMoment: Moment
    ) throws(QueryError) -> any RowCursor {
        let info = try existingTable(named: table).info
        let otherInfo = try existingTable(named: other).info
        return try storing { () throws(StorageError) in
            let cursor = try base.differences(
                from: info, at: try base.resolve(moment.inStorage, for: info),
                to: otherInfo, at: try base.resolve(otherMoment.inStorage, for: otherInfo))
            return StoredDifferences(cursor, of: info)
        }
    }

    func timeline(of table: String, from: Moment, to: Moment) throws(QueryError) -> [TimelineEntry] {
        let info = try existingTable(named: table).info
        return try storing { () throws(StorageError) in
            try base.timeline(of: info, from: from.inStorage, to: to.inStorage)
        }.map {
            TimelineEntry(from: $0.start, to: $0.end, inserts: $0.inserts, updates: $0.updates, deletes: $0.deletes)
        }
    }

    func writes(of table: String, from: Moment, to: Moment) throws(QueryError) -> any RowCursor {
        let info = try existingTable(named: table).info
        return try storing { () throws(StorageError) in
            StoredWrites(try base.writes(of: info, from: from.inStorage, to: to.inStorage), of: info, base)
        }
    }

    func time(of moment: Moment, in table: String) throws(QueryError) -> Int64 {
        let info = try existingTable(named: table).info
        return try storing { () throws(StorageError) in try base.time(of: moment.inStorage, for: info) }
    }

    func verify(table: String?, _ step: @escaping () throws(QueryError) -> Void) throws(QueryError) -> [Value] {
        do {
            return try base.store.verify(table: table, step).rows
        } catch let error as StorageError {
            throw QueryError(error)
        } catch let error as QueryError {
            throw error
        } catch {
            throw QueryError(.internalError, "\(error)", at: nil)
        }
    }

    func close() {
        (base as? Snapshot)?.close()
    }
}
