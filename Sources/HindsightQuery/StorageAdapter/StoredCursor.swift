import HindsightStorage
import HindsightValues

/// Rows of a stored table under way.
final class StoredCursor: RowCursor {
    private var cursor: TableCursor?
    private let work: RowWork
    private let table: TableInfo
    private let cancellation: Cancellation?
    private var skipped = 0

    init(_ cursor: TableCursor, _ request: ScanRequest, table: TableInfo) {
        self.cursor = cursor
        work = RowWork(request)
        cancellation = request.cancellation
        self.table = table
    }

    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {
        guard let cursor else { return }
        do throws(StorageError) {
            while batch.count < limit {
                guard try cursor.next() else { return close() }
                var isAdded = false
                do { isAdded = try work.add(cursor.document, to: &batch) } catch { throw table.corrupt(error) }
                if !isAdded, isStopped() { return }
            }
        } catch {
            throw QueryError(error)
        }
    }

    /// Whether the statement was cancelled, looked at now and then; its next row then ends it.
    private func isStopped() -> Bool {
        skipped &+= 1
        guard skipped & StoredCursor.checkMask == 0, let cancellation, cancellation.isCancelled else { return false }
        close()
        return true
    }

    private static let checkMask = 0x3FF

    func close() {
        cursor = nil
    }
}

/// No rows: the range holds no key that an item can have.
final class EmptyCursor: RowCursor {
    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {}
    func close() {}
}
