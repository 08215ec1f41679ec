import HindsightStorage
import HindsightValues

/// The items of a table that differ between two versions, in rows of three columns: the key attributes as a struct, the
/// item before and the item after, MISSING where there was none.
final class StoredChanges: RowCursor {
    static let width = 3

    private var cursor: ChangesCursor?
    private let keyPaths: [(name: String, path: DocumentPath)]
    private let table: TableInfo

    init(_ cursor: ChangesCursor, of table: TableInfo) {
        self.cursor = cursor
        self.table = table
        keyPaths = [table.partitionKey, table.sortKey].compactMap { $0 }
            .map { ($0.name, DocumentPath(attribute: $0.name)) }
    }

    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {
        guard let cursor else { return }
        do throws(StorageError) {
            while batch.count < limit {
                guard try cursor.next() else { return close() }
                do { try add(cursor, to: &batch) } catch { throw table.corrupt(error) }
            }
        } catch {
            throw QueryError(error)
        }
    }

    func close() {
        cursor = nil
    }

    private func add(_ cursor: ChangesCursor, to batch: inout RowBatch) throws(ValueError) {
        let base = batch.appendRow()
        var key = Structure()
        var before = Value.missing
        var after = Value.missing
        if let document = cursor.before {
            before = .structure(try Document.structure(in: document))
            key = try self.key(of: document)
        }
        if let document = cursor.after {
            after = .structure(try Document.structure(in: document))
            key = try self.key(of: document)
        }
        batch.values[base] = .structure(key)
        batch.values[base + 1] = before
        batch.values[base + 2] = after
    }

    private func key(of document: RawSpan) throws(ValueError) -> Structure {
        var key = Structure()
        for (name, path) in keyPaths {
            guard let offset = try Document.locate(path, in: document) else { continue }
            key.append(name, try Document.value(at: offset, in: document))
        }
        return key
    }
}
