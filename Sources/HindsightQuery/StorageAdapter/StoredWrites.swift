import HindsightStorage
import HindsightValues

/// The items of a table that were written in a period, in rows of four columns: the key attributes as a struct, the item
/// before and the item after, MISSING where there was none, and the time of the last write in microseconds since 1970.
final class StoredWrites: RowCursor {
    static let width = 4

    private var cursor: ChangesCursor?
    private let reader: StoreReader
    private let table: TableInfo
    private let keyNames: [String]
    private var lastCommit: (version: UInt64, time: Int64)?

    init(_ cursor: ChangesCursor, of table: TableInfo, _ reader: StoreReader) {
        self.cursor = cursor
        self.reader = reader
        self.table = table
        keyNames = [table.partitionKey, table.sortKey].compactMap { $0?.name }
    }

    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {
        guard let cursor else { return }
        do throws(StorageError) {
            while batch.count < limit {
                guard try cursor.next() else { return close() }
                let time = try time(of: cursor.lastWrite)
                do { try add(cursor, time, to: &batch) } catch { throw table.corrupt(error) }
            }
        } catch {
            throw QueryError(error)
        }
    }

    func close() {
        cursor = nil
    }

    private func time(of version: UInt64) throws(StorageError) -> Int64 {
        if let lastCommit, lastCommit.version == version { return lastCommit.time }
        let time = try reader.time(of: version) ?? reader.now
        lastCommit = (version, time)
        return time
    }

    private func add(_ cursor: ChangesCursor, _ time: Int64, to batch: inout RowBatch) throws(ValueError) {
        let base = batch.appendRow()
        let bytes = cursor.key
        let components = try KeyCode.decode(bytes.rawSpan)
        batch.values[base] = .structure(
            Structure(fields: zip(keyNames, components).map { Structure.Field(name: $0, value: $1) }))
        batch.values[base + 1] = .missing
        batch.values[base + 2] = .missing
        if let document = cursor.before { batch.values[base + 1] = .structure(try Document.structure(in: document)) }
        if let document = cursor.after { batch.values[base + 2] = .structure(try Document.structure(in: document)) }
        batch.values[base + 3] = .int(time)
    }
}
