import CSQLite

struct SQLiteError: Error, CustomStringConvertible {
    let description: String
}

/// One connection; statements are prepared once and kept by their text.
final class SQLiteConnection {
    private var handle: OpaquePointer?
    private var statements: [String: SQLiteStatement] = [:]

    /// - Parameter path: the database file, made if it is absent.
    init(path: String) throws {
        guard sqlite3_open(path, &handle) == SQLITE_OK else { throw SQLiteError(description: "cannot open \(path)") }
        sqlite3_busy_timeout(handle, 60_000)
        try run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -262144;")
        try run("PRAGMA mmap_size = 4294967296; PRAGMA temp_store = MEMORY;")
    }

    func run(_ script: String) throws {
        guard sqlite3_exec(handle, script, nil, nil, nil) == SQLITE_OK else { throw failure() }
    }

    func prepare(_ text: String) throws -> SQLiteStatement {
        if let known = statements[text] { return known }
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, text, -1, &statement, nil) == SQLITE_OK, let statement else { throw failure() }
        let made = SQLiteStatement(handle: statement)
        statements[text] = made
        return made
    }

    func transaction(_ body: () throws -> Void) throws {
        try run("BEGIN IMMEDIATE")
        try body()
        try run("COMMIT")
    }

    func close() {
        statements.removeAll()
        sqlite3_close(handle)
        handle = nil
    }

    private func failure() -> SQLiteError {
        SQLiteError(description: String(cString: sqlite3_errmsg(handle)))
    }
}

final class SQLiteStatement {
    private let handle: OpaquePointer
    /// Tells SQLite to copy bound text.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        sqlite3_finalize(handle)
    }

    func bind(_ text: String, at index: Int32) {
        sqlite3_bind_text(handle, index, text, -1, SQLiteStatement.transient)
    }

    func bind(_ number: Int64, at index: Int32) {
        sqlite3_bind_int64(handle, index, number)
    }

    /// True while there is a row; resets the statement at its end.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            sqlite3_reset(handle)
            return false
        default:
            let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
            sqlite3_reset(handle)
            throw SQLiteError(description: message)
        }
    }

    func integer(_ column: Int32) -> Int64 {
        sqlite3_column_int64(handle, column)
    }

    /// The length of the text in a column, in bytes; the text is fetched for it.
    func textLength(_ column: Int32) -> Int {
        guard sqlite3_column_text(handle, column) != nil else { return 0 }
        return Int(sqlite3_column_bytes(handle, column))
    }
}
