import CSQLite3

struct SQLiteError: Error, CustomStringConvertible {
    let description: String
}

/// A database of SQLite in memory.
final class SQLiteEngine {
    private var handle: OpaquePointer?

    /// - Throws: if a statement fails.
    init(_ statements: [String]) throws {
        guard sqlite3_open(":memory:", &handle) == SQLITE_OK else { throw failure() }
        for statement in ["PRAGMA case_sensitive_like = ON"] + statements {
            guard sqlite3_exec(handle, statement, nil, nil, nil) == SQLITE_OK else { throw failure() }
        }
    }

    deinit {
        sqlite3_close(handle)
    }

    /// What SQLite (3.40) says of some valid queries with a subquery in FROM, after it has merged that into the query.
    private static let misplacedCondition = "ON clause references tables to its right"

    func answer(_ text: String) -> Answer {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, text, -1, &statement, nil) == SQLITE_OK, let statement else {
            let message = failure().description
            return message == SQLiteEngine.misplacedCondition ? .undecided(message) : .failure(message)
        }
        defer { sqlite3_finalize(statement) }
        var rows: [[Cell]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: rows.append((0..<sqlite3_column_count(statement)).map { cell(statement, $0) })
            case SQLITE_DONE: return .rows(rows)
            default:
                let message = failure().description
                return message == "integer overflow" ? .undecided(message) : .failure(message)
            }
        }
    }

    private func cell(_ statement: OpaquePointer, _ column: Int32) -> Cell {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(statement, column) else { return .null }
            return .text(String(cString: text))
        default:
            let number = sqlite3_column_double(statement, column)
            return Int64(exactly: number).map(Cell.integer) ?? .other("\(number)")
        }
    }

    private func failure() -> SQLiteError {
        SQLiteError(description: String(cString: sqlite3_errmsg(handle)))
    }
}
