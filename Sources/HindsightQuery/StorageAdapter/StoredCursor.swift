import HindsightStorage
import HindsightValues

/// Rows of a stored table under way.
final class StoredCursor: RowCursor {
    private var cursor: TableCursor?
    private let work: RowWork
    private let table: TableInfo

    init(_ cursor: TableCursor, _ work: RowWork, table: TableInfo) {
        self.cursor = cursor
        self.work = work
        self.table = table
    }

    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {
        guard let cursor else { return }
        do throws(StorageError) {
            while batch.count < limit {
                guard try cursor.next() else { return close() }
                do { _ = try work.add(cursor.document, to: &batch) } catch { throw table.corrupt(error) }
            }
        } catch {
            throw QueryError(error)
        }
    }

    func close() {
        cursor = nil
    }
}

/// No rows: the range holds no key that an item can have.
final class EmptyCursor: RowCursor {
    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {}
    func close() {}
}
