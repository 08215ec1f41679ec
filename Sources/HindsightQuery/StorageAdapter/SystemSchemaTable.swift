import HindsightStorage
import HindsightSyntax

/// What the tables of the schema SYSTEM have in common: they have no key, and no past of their own.
protocol SystemSchemaTable: Table {
    var reader: StoreReader { get }
}

extension SystemSchemaTable {
    func version(at moment: Moment) throws(QueryError) -> UInt64 {
        guard moment == .now else {
            throw QueryError(.unsupported, "the tables of SYSTEM show the present alone", at: nil)
        }
        return reader.version
    }

    func get(_ key: ItemKey, _ request: ScanRequest, into batch: inout RowBatch) throws(QueryError) -> Bool {
        throw QueryError(.internalError, "the tables of SYSTEM have no key", at: nil)
    }
}
