import HindsightStorage
import HindsightValues

/// The versions that a table's items had in a period: the items, each with when the version began and ended, the commit
/// that made it, and what that did. Of a deletion there are the key attributes alone.
final class StoredVersions: RowCursor {
    private var cursor: VersionsCursor?
    private let reader: StoreReader
    private let request: ScanRequest
    private let table: TableInfo
    private let keyNames: [String]
    /// The commit whose time was looked up last: mostly the next version begins where this one ends.
    private var known: (version: UInt64, time: Value)?

    init(_ cursor: VersionsCursor, _ reader: StoreReader, _ request: ScanRequest, of table: TableInfo) {
        self.cursor = cursor
        self.reader = reader
        self.request = request
        self.table = table
        keyNames = [table.partitionKey, table.sortKey].compactMap { $0?.name }
    }

    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {
        guard let cursor else { return }
        do throws(StorageError) {
            while batch.count < limit, request.cancellation?.isCancelled != true {
                guard try cursor.next() else { return close() }
                request.add(try row(cursor), to: &batch)
            }
        } catch {
            throw QueryError(error)
        }
    }

    func close() {
        cursor = nil
    }

    private func row(_ cursor: VersionsCursor) throws(StorageError) -> Structure {
        var row = try item(cursor)
        row.append("$version", .int(Int64(clamping: cursor.version)))
        if let change = cursor.change { row.append("$change", .string(change.name)) }
        let from = try time(of: cursor.version)
        if !from.isMissing { row.append("$from", from) }
        if let end = cursor.end {
            let to = try time(of: end)
            if !to.isMissing { row.append("$to", to) }
        }
        return row
    }

    private func item(_ cursor: VersionsCursor) throws(StorageError) -> Structure {
        let document = cursor.document
        let item: Structure
        do { item = try Document.structure(in: document) } catch { throw table.corrupt(error) }
        guard cursor.change == .delete else { return item }
        var key = Structure()
        for name in keyNames {
            if let value = item[name] { key.append(name, value) }
        }
        return key
    }

    /// MISSING for a commit that is so old that nothing is known of it any more.
    private func time(of version: UInt64) throws(StorageError) -> Value {
        if let known, known.version == version { return known.time }
        let time = try reader.time(of: version).map { Value.timestamp(Timestamp(clock: $0)) } ?? .missing
        known = (version, time)
        return time
    }
}

extension VersionsCursor.Change {
    fileprivate var name: String {
        switch self {
        case .insert: "insert"
        case .update: "update"
        case .delete: "delete"
        }
    }
}
