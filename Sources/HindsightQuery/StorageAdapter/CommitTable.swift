import HindsightKeyValue
import HindsightStorage
import HindsightSyntax
import HindsightValues

/// SYSTEM.COMMITS: every commit that is still known, oldest first. Made as rows are asked for; conditions on the version and
/// the time say where to begin and to end.
final class CommitTable: SystemSchemaTable {
    static let name = "COMMITS"

    let schema = TableSchema(name: "SYSTEM." + CommitTable.name)
    let reader: StoreReader

    init(_ reader: StoreReader) {
        self.reader = reader
    }

    func openCursor(_ request: ScanRequest) throws(QueryError) -> any RowCursor {
        try storing { () throws(StorageError) in
            let versions = try request.commitVersions(reader)
            let commits = try reader.openCommits(from: versions.from, to: versions.to)
            return CommitCursor(commits, tables: reader.tables, request)
        }
    }
}

private final class CommitCursor: RowCursor {
    private var commits: CommitsCursor?
    private let names: [UInt32: String]
    private let request: ScanRequest

    init(_ commits: CommitsCursor, tables: [TableInfo], _ request: ScanRequest) {
        self.commits = commits
        self.request = request
        names = Dictionary(uniqueKeysWithValues: tables.map { ($0.id, $0.name) })
    }

    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {
        guard let commits else { return }
        while batch.count < limit, request.cancellation?.isCancelled != true {
            let next = try storing { () throws(StorageError) in try commits.next() }
            guard let next else { return close() }
            request.add(row(next), to: &batch)
        }
    }

    func close() {
        commits = nil
    }

    private func row(_ commit: CommitInfo) -> Structure {
        var tables = Structure()
        for (id, count) in commit.changes where count > 0 {
            if let name = names[id] { tables.append(name, .int(Int64(count))) }
        }
        var row = Structure()
        row.append("Version", .int(Int64(clamping: commit.version)))
        row.append("Time", .timestamp(Timestamp(clock: commit.time)))
        row.append("Statement", .string(commit.statement))
        row.append("Changes", .int(Int64(commit.changes.reduce(0) { $0 + $1.count })))
        row.append("ChangesByTable", .structure(tables))
        row.append("Hash", .string(commit.hash.hexadecimal))
        return row
    }
}
