import HindsightKeyValue
import HindsightStorage
import HindsightValues

/// A table of the schema SYSTEM: its rows are made from what the engine knows, when they are asked for.
final class ComputedTable: Table {
    let schema: TableSchema
    private let definition: SystemTable
    private let reader: StoreReader

    init(_ definition: SystemTable, reader: StoreReader) {
        self.definition = definition
        self.reader = reader
        schema = TableSchema(name: "SYSTEM." + definition.name)
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
        ComputedCursor(try storing { () throws(StorageError) in try definition.rows(reader) }, request)
    }
}

/// The rows of a computed table.
private final class ComputedCursor: RowCursor {
    private var rows: [Structure]
    private var position = 0
    private let request: ScanRequest

    init(_ rows: [Structure], _ request: ScanRequest) {
        self.rows = rows
        self.request = request
    }

    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {
        while batch.count < limit, position < rows.count {
            request.add(rows[position], to: &batch)
            position += 1
        }
    }

    func close() {
        rows = []
    }
}
