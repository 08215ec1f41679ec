import HindsightSyntax
import HindsightValues

/// `VERIFY [TABLE t]`: looks for damage and tampering.
struct VerifyStatement {
    private let statement: StatementBinder

    init(_ statement: StatementBinder) {
        self.statement = statement
    }

    func report(_ table: TableName?, at span: SourceSpan) throws(QueryError) -> Report {
        let name = try table.map { (table) throws(QueryError) in try self.name(of: table) }
        return Report(columns: nil) { (environment) throws(QueryError) in
            let cancellation = environment.cancellation
            do throws(QueryError) {
                return try environment.reader.verify(table: name) { () throws(QueryError) in
                    try cancellation.check()
                }
            } catch {
                throw error.located(at: span)
            }
        }
    }

    private func name(of table: TableName) throws(QueryError) -> String {
        let reference = try statement.catalog.resolve(table).reference
        if reference.isSystem {
            throw QueryError(
                .unsupported, "'\(reference.text)' is computed, there is nothing to verify", at: table.span)
        }
        return reference.name
    }
}
