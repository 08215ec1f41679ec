import HindsightStorage
import HindsightValues

/// SYSTEM.CHANGES: every change of an item that is still known, oldest first, in the words of DynamoDB's streams. Made
/// commit by commit as rows are asked for.
final class ChangeLogTable: Table {
    static let name = "CHANGES"

    let schema = TableSchema(name: "SYSTEM." + ChangeLogTable.name)
    private let reader: StoreReader

    init(_ reader: StoreReader) {
        self.reader = reader
    }

    func version(at moment: Moment) throws(QueryError) -> UInt64 {
        guard moment == .now else {
            throw QueryError(.unsupported, "the tables of SYSTEM show the present alone", at: nil)
        }
        return reader.version
    }

    func get(_ key: ItemKey, _ request: ScanRequest, into batch: inout RowBatch) throws(QueryError) -> Bool {
        throw QueryError(.internalError, "the tables of SYSTEM have no key", at: nil)
    }

    func openCursor(_ request: ScanRequest) throws(QueryError) -> any RowCursor {
        try storing { () throws(StorageError) in
            ChangeLogCursor(
                reader, try reader.commits(), tables: reader.tables.filter { request.admits(table: $0.name) }, request)
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
    private let commits: [CommitInfo]
    private let tables: [UInt32: TableInfo]
    private let request: ScanRequest
    private var nextCommit = 0
    private var rows: [Structure] = []
    private var nextRow = 0

    init(_ reader: StoreReader, _ commits: [CommitInfo], tables: [TableInfo], _ request: ScanRequest) {
        self.reader = reader
        self.commits = commits
        self.tables = Dictionary(uniqueKeysWithValues: tables.map { ($0.id, $0) })
        self.request = request
    }

    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {
        while batch.count < limit {
            if nextRow == rows.count {
                guard nextCommit < commits.count else { return }
                nextRow = 0
                rows = try storing { () throws(StorageError) in try changes(of: commits[nextCommit]) }
                nextCommit += 1
                continue
            }
            request.add(rows[nextRow], to: &batch)
            nextRow += 1
        }
    }

    func close() {
        rows = []
        nextRow = 0
        nextCommit = commits.count
    }

    private func changes(of commit: CommitInfo) throws(StorageError) -> [Structure] {
        var rows: [Structure] = []
        for (id, count) in commit.changes where count > 0 {
            guard let table = tables[id], let recovery = table.recovery, commit.version > recovery.enabledVersion
            else { continue }
            let cursor = try reader.changes(of: table, from: commit.version - 1, to: commit.version)
            while try cursor.next() {
                do throws(ValueError) {
                    rows.append(try row(cursor, table, commit))
                } catch {
                    throw table.corrupt(error)
                }
            }
        }
        return rows
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
        row.append("Version", .int(Int64(commit.version)))
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
