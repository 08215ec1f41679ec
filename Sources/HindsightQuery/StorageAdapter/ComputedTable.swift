import HindsightKeyValue
import HindsightStorage
import HindsightValues

/// A table of the schema SYSTEM: its rows are made from what the engine knows, when they are asked for.
final class ComputedTable: SystemSchemaTable {
    let schema: TableSchema
    private let definition: SystemTable
    let reader: StoreReader

    init(_ definition: SystemTable, reader: StoreReader) {
        self.definition = definition
        self.reader = reader
        schema = TableSchema(name: "SYSTEM." + definition.name)
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
