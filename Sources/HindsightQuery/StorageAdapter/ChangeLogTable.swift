import HindsightStorage
import HindsightSyntax
import HindsightValues

/// SYSTEM.CHANGES: every change of an item that is still known, oldest first, in the words of DynamoDB's streams. Made as
/// rows are asked for; conditions on the version and the time say where to begin and to end, and one on the table leads
/// along this table's own commits.
final class ChangeLogTable: SystemSchemaTable {
    static let name = "CHANGES"

    let schema = TableSchema(name: "SYSTEM." + ChangeLogTable.name)
    let reader: StoreReader

    init(_ reader: StoreReader) {
        self.reader = reader
    }

    func openCursor(_ request: ScanRequest) throws(QueryError) -> any RowCursor {
        return try storing { () throws(StorageError) -> any RowCursor in
            var tables: [TableInfo] = []
            var floors: [UInt32: UInt64] = [:]
            for table in reader.tables where request.admits(table: table.name) {
                guard let begin = try reader.changeLogBegin(of: table) else { continue }
                tables.append(table)
                floors[table.id] = begin
            }
            guard !tables.isEmpty else { return EmptyCursor() }
            var versions = try request.commitVersions(reader)
            versions.from = max(versions.from, floors.values.min() ?? 0)
            let commits = try reader.openCommits(
                of: tables.count == 1 ? tables[0] : nil, from: versions.from, to: versions.to)
            return ChangeLogCursor(reader, commits, tables, floors, request)
        }
    }
}

extension ScanRequest {
    /// Whether rows of a table may fulfil the conditions.
    fileprivate func admits(table name: String) -> Bool {
        conditions.allSatisfy { condition in
            guard condition.path.isAttribute("TableName"), case .compare(.equal, let wanted) = condition.test else {
                return true
            }
            return wanted.isEqual(to: .string(name))
        }
    }
}

private final class ChangeLogCursor: RowCursor {
    private let reader: StoreReader
    private var commits: CommitsCursor?
    private let tables: [UInt32: TableInfo]
    /// The past of each table is kept from its version here on.
    private let floors: [UInt32: UInt64]
    private let request: ScanRequest
    private var commit: CommitInfo?
    /// Tables that the commit has changed and whose changes are still to come.
    private var waiting: ArraySlice<TableInfo> = []
    private var current: (table: TableInfo, changes: ChangesCursor)?

    init(
        _ reader: StoreReader, _ commits: CommitsCursor, _ tables: [TableInfo], _ floors: [UInt32: UInt64],
        _ request: ScanRequest
    ) {
        self.reader = reader
        self.commits = commits
        self.tables = Dictionary(uniqueKeysWithValues: tables.map { ($0.id, $0) })
        self.floors = floors
        self.request = request
    }

    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {
        try storing { () throws(StorageError) in
            while batch.count < limit, request.cancellation?.isCancelled != true {
                guard try addRow(to: &batch) else { return close() }
            }
        }
    }

    func close() {
        commits = nil
        commit = nil
        waiting = []
        current = nil
    }

    /// Takes one step: adds the next row, or goes on to the next table or commit.
    ///
    /// - Returns: false at the end.
    private func addRow(to batch: inout RowBatch) throws(StorageError) -> Bool {
        if let (table, changes) = current, let commit {
            guard try changes.next() else {
                current = nil
                return true
            }
            do throws(ValueError) {
                request.add(try row(changes, table, commit), to: &batch)
            } catch {
                throw table.corrupt(error)
            }
            return true
        }
        if let commit, let table = waiting.popFirst() {
            current = (table, try reader.changes(of: table, from: commit.version - 1, to: commit.version))
            return true
        }
        guard let next = try commits?.next() else { return false }
        commit = next
        waiting =
            next.changes.compactMap { change -> TableInfo? in
                guard change.count > 0, next.version > floors[change.table] ?? .max else { return nil }
                return tables[change.table]
            }[...]
        return true
    }

    private func row(
        _ cursor: ChangesCursor, _ table: TableInfo, _ commit: CommitInfo
    ) throws(ValueError) -> Structure {
        var (old, new): (Structure?, Structure?)
        if let document = cursor.before { old = try Document.structure(in: document) }
        if let document = cursor.after { new = try Document.structure(in: document) }
        let event = old == nil ? "INSERT" : new == nil ? "REMOVE" : "MODIFY"
        var row = Structure()
        row.append("TableName", .string(table.name))
        row.append("Version", .int(Int64(clamping: commit.version)))
        row.append("Time", .timestamp(Timestamp(clock: commit.time)))
        row.append("EventName", .string(event))
        row.append("Keys", .structure((new ?? old ?? Structure()).key(of: table)))
        if let old { row.append("OldImage", .structure(old)) }
        if let new { row.append("NewImage", .structure(new)) }
        return row
    }
}

extension Structure {
    fileprivate func key(of table: TableInfo) -> Structure {
        var key = Structure()
        for attribute in [table.partitionKey, table.sortKey].compactMap({ $0 }) {
            if let value = self[attribute.name] { key.append(attribute.name, value) }
        }
        return key
    }
}
