import HindsightQuery
import HindsightValues

/// What can be asked of a database, of a moment of its past, and inside a `read` or `write`.
public protocol Reading {
    /// Runs one statement and hands its result to `body` while it lasts.
    func withResult<R>(of statement: Statement, _ body: (Session.Result) throws -> R) throws -> R
}

extension Reading {
    /// The rows of a query.
    ///
    /// - Throws: `DatabaseError`; `wrongStatementKind` if the statement is no query.
    /// - Complexity: O(rows) of memory; `forEachRow` needs none.
    public func query(_ statement: Statement) throws -> [Row] {
        try withRows(of: statement) { try $0.collect() }
    }

    /// The rows of a query as a `Decodable` type.
    ///
    /// - Throws: `DatabaseError`, or `DecodingError` where a row does not fit.
    public func query<T: Decodable>(_ statement: Statement, as type: T.Type) throws -> [T] {
        try withRows(of: statement) { try $0.collect(as: type) }
    }

    /// The first row of a query; reads no further.
    public func first(_ statement: Statement) throws -> Row? {
        try withRows(of: statement) { try $0.next() }
    }

    /// The first row of a query as a `Decodable` type.
    public func first<T: Decodable>(_ statement: Statement, as type: T.Type) throws -> T? {
        try first(statement)?.decode(type)
    }

    /// Calls `body` for each row as it is read, until it throws.
    public func forEachRow(_ statement: Statement, _ body: (Row) throws -> Void) throws {
        try withRows(of: statement) { rows in
            while let row = try rows.next() { try body(row) }
        }
    }

    /// The value of an expression or query as a whole: a bag, a list, or a single value such as that of `1 + 1`.
    public func value(_ statement: Statement) throws -> Value {
        try withResult(of: statement) { result in
            switch result {
            case .value(let value): return value
            case .rows(let rows):
                let values = try rows.collect().map(\.value)
                return rows.isOrdered ? .list(values) : .bag(values)
            case .changed, .restored, .done: throw notAQuery(statement)
            }
        }
    }

    private func withRows<R>(of statement: Statement, _ body: (Rows) throws -> R) throws -> R {
        try withResult(of: statement) { result in
            guard case .rows(let rows) = result else { throw notAQuery(statement) }
            defer { rows.close() }
            return try body(rows)
        }
    }
}

private func notAQuery(_ statement: Statement) -> DatabaseError {
    DatabaseError(
        .wrongStatementKind, "the statement gives no rows", hint: "use `execute` for statements that change something",
        statement: statement.text)
}
