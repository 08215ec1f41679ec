import HindsightStorage
import HindsightValues

/// The items in which two tables differ, in the rows of `StoredChanges`.
final class StoredDifferences: RowCursor {
    private var cursor: DifferenceCursor?
    private let table: TableInfo
    private let keyNames: [String]

    init(_ cursor: DifferenceCursor, of table: TableInfo) {
        self.cursor = cursor
        self.table = table
        keyNames = [table.partitionKey, table.sortKey].compactMap { $0?.name }
    }

    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {
        guard let cursor else { return }
        do throws(StorageError) {
            while batch.count < limit {
                guard try cursor.next() else { return close() }
                do throws(ValueError) { try add(cursor, to: &batch) } catch { throw table.corrupt(error) }
            }
        } catch {
            throw QueryError(error)
        }
    }

    func close() {
        cursor = nil
    }

    private func add(_ cursor: DifferenceCursor, to batch: inout RowBatch) throws(ValueError) {
        var before: Structure?
        var after: Structure?
        if let item = cursor.before { before = try Document.structure(in: item.document) }
        if let item = cursor.after { after = try Document.structure(in: item.document) }
        guard let item = after ?? before else { return }
        // Written in another order, or a number in another form.
        if let before, let after, Value.structure(before).isEqual(to: .structure(after)) { return }
        var key = Structure()
        for name in keyNames {
            if let value = item[name] { key.append(name, value) }
        }
        let base = batch.appendRow()
        batch.values[base] = .structure(key)
        batch.values[base + 1] = before.map(Value.structure) ?? .missing
        batch.values[base + 2] = after.map(Value.structure) ?? .missing
    }
}
