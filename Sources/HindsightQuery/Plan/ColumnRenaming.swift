import HindsightSyntax
import HindsightValues

/// Gives the columns of rows other names, by their place: those of a WITH query's column list, or of the first operand of
/// a set operation.
struct ColumnRenaming: Sendable {
    let names: [String]
    /// The names that the rows' attributes have now; nil if only each row tells, in the order of its attributes.
    let current: [String]?
    let span: SourceSpan

    /// The row under the new names. A list is a row whose columns have no names yet, any other value one of one column.
    ///
    /// - Throws: `invalidArgument` if the row has another number of columns.
    func applied(to value: Value) throws(QueryError) -> Value {
        switch value {
        case .structure(let row):
            guard let current else { return .structure(try named(row.fields.map(\.value))) }
            return .structure(renamed(row, from: current))
        case .list(let values): return .structure(try named(values))
        default: return .structure(try named([value]))
        }
    }

    /// Attributes that a row lacks stay away.
    private func renamed(_ row: Structure, from current: [String]) -> Structure {
        var renamed = Structure()
        renamed.reserveCapacity(row.count)
        for (name, column) in zip(names, current) {
            if let index = row.firstIndex(of: column) { renamed.append(name, row.fields[index].value) }
        }
        return renamed
    }

    private func named(_ values: [Value]) throws(QueryError) -> Structure {
        guard values.count == names.count else { throw ColumnRenaming.mismatch(names.count, values.count, at: span) }
        var row = Structure()
        row.reserveCapacity(names.count)
        for (name, value) in zip(names, values) where !value.isMissing { row.append(name, value) }
        return row
    }

    static func mismatch(_ expected: Int, _ found: Int, at span: SourceSpan) -> QueryError {
        QueryError(.invalidArgument, "the columns number \(found), their names \(expected)", at: span)
    }
}
