import Foundation
import Hindsight
import HindsightTestSupport
import Testing

/// Every kind of bad input has its own code, and loses nothing.
struct BadStatementTests {
    private static func text(_ count: Int) -> String { String(repeating: "x", count: count) }

    private static func nested(_ levels: Int) -> String {
        String(repeating: "[", count: levels) + "1" + String(repeating: "]", count: levels)
    }

    private static let cases: [(String, DiagnosticCode)] = [
        ("SELCT 1", .syntaxError),
        ("SELECT * FROM", .syntaxError),
        ("SELECT 'abc", .unterminatedText),
        ("SELECT \(nested(201))", .statementTooDeep),
        ("SELECT * FROM nowhere", .unknownTable),
        ("SELECT t.a FROM kept AS u, plain AS v", .unknownName),
        ("SELECT NO_SUCH_FUNCTION(1)", .unknownFunction),
        ("INSERT INTO kept VALUE {'a': 1}", .keyMissing),
        ("INSERT INTO kept VALUE {'id': 'x'}", .keyTypeMismatch),
        ("INSERT INTO kept VALUE {'id': NULL}", .keyTypeMismatch),
        ("INSERT INTO named VALUE {'id': ''}", .keyEmpty),
        ("INSERT INTO named VALUE {'id': '\(text(2049))', 's': 'x'}", .keyTooLong),
        ("INSERT INTO named VALUE {'id': 'x', 's': '\(text(1025))'}", .keyTooLong),
        ("INSERT INTO kept VALUE {'id': 1}", .duplicateKey),
        ("INSERT INTO kept VALUE {'id': 2, 'a': '\(text(409_600))'}", .itemTooLarge),
        ("INSERT INTO kept VALUE {'id': 2, 'a': \(nested(33))}", .nestingTooDeep),
        ("INSERT INTO kept VALUE 5", .notAnItem),
        ("SELECT 1e126", .numberOutOfRange),
        ("SELECT 9223372036854775807 + 1", .numberOutOfRange),
        ("SELECT 1 / 0", .divisionByZero),
        ("UPDATE kept SET id = 2 WHERE id = 1", .keyUpdate),
        ("SELECT * FROM kept AS OF '2999-01-01'", .restoreTimeOutOfWindow),
        ("SELECT * FROM kept AS OF '1999-01-01'", .restoreTimeOutOfWindow),
        ("SELECT * FROM kept AS OF 'yesterday'", .invalidTime),
        ("SELECT * FROM plain AS OF '-1s'", .pointInTimeRecoveryOff),
        ("SELECT * FROM kept AS OF no_such_point", .unknownRestorePoint),
        ("RESTORE TABLE kept TO plain AT LATEST", .tableExists),
        ("RESTORE TABLE kept TO kept AT LATEST", .tableExists),
        ("RESTORE TABLE plain TO other AT LATEST", .pointInTimeRecoveryOff),
        ("RESTORE TABLE nowhere TO other AT LATEST", .unknownTable),
        ("RESTORE TABLE kept TO other AT '2999-01-01'", .restoreTimeOutOfWindow),
        ("CREATE TABLE kept (id NUMBER PARTITION KEY)", .tableExists),
        ("ALTER TABLE kept SET POINT_IN_TIME_RECOVERY ON WITH RETENTION 36 DAYS", .retentionOutOfRange),
        ("ALTER TABLE kept SET POINT_IN_TIME_RECOVERY ON WITH RETENTION 0 DAYS", .retentionOutOfRange),
        ("DROP TABLE nowhere", .unknownTable),
        ("SELECT * FROM kept WHERE id = ?", .parameterMismatch),
        ("COMMIT", .transactionState),
    ]

    @Test(arguments: cases.indices)
    func itHasItsOwnCodeAndLosesNothing(index: Int) throws {
        let (statement, code) = BadStatementTests.cases[index]
        let db = try Database.inMemory()
        for setup in [
            "CREATE TABLE kept (id NUMBER PARTITION KEY)", "CREATE TABLE plain (id NUMBER PARTITION KEY)",
            "CREATE TABLE named (id STRING PARTITION KEY, s STRING SORT KEY)",
            "ALTER TABLE kept SET POINT_IN_TIME_RECOVERY ON", "INSERT INTO kept VALUE {'id': 1, 'a': 'kept'}",
        ] { try db.execute(Statement(setup)) }
        let version = try db.latestVersion()

        let error = #expect(throws: DatabaseError.self) {
            try db.withResult(of: Statement(statement)) { result in
                if case .rows(let rows) = result { _ = try rows.collect() }
            }
        }
        #expect(error?.code == code, "\(statement.prefix(100)): \(error?.description ?? "no error")")
        #expect(try db.latestVersion() == version, "nothing was committed")
        #expect(try db.query("SELECT VALUE k.a FROM kept AS k").map(\.value) == [.string("kept")])
    }

    @Test func exceptionsHaveTheirDynamoDBNames() throws {
        let db = try Database.inMemory()
        try db.execute("CREATE TABLE kept (id NUMBER PARTITION KEY) WITH (POINT_IN_TIME_RECOVERY = ON)")
        try db.execute("CREATE TABLE plain (id NUMBER PARTITION KEY)")
        try db.execute("INSERT INTO kept VALUE {'id': 1}")
        for (statement, name) in [
            ("SELECT * FROM nowhere", "ResourceNotFoundException"),
            ("INSERT INTO kept VALUE {'id': 1}", "DuplicateItemException"),
            ("INSERT INTO kept VALUE {'id': 'x'}", "ValidationException"),
            ("RESTORE TABLE kept TO x AT '2999-01-01'", "InvalidRestoreTimeException"),
            ("RESTORE TABLE plain TO x AT LATEST", "PointInTimeRecoveryUnavailableException"),
            ("RESTORE TABLE kept TO plain AT LATEST", "TableAlreadyExistsException"),
            ("RESTORE TABLE nowhere TO x AT LATEST", "TableNotFoundException"),
        ] {
            let error = #expect(throws: DatabaseError.self) { try db.execute(Statement(statement)) }
            #expect(error?.exceptionName == name, "\(statement)")
        }
    }
}

struct BadFileTests {
    private func code(opening path: String, readOnly: Bool = false) -> DiagnosticCode? {
        do {
            _ = try Database(path: path, options: .init(isReadOnly: readOnly)).tableNames()
            return nil
        } catch {
            return error.code
        }
    }

    private func filled(_ path: String) throws {
        let db = try Database(path: path)
        try db.execute("CREATE TABLE t (id NUMBER PARTITION KEY)")
        for id in 0..<200 {
            try db.execute("INSERT INTO t VALUE {'id': \(id), 'text': \(String(repeating: "y", count: 500))}")
        }
    }

    @Test func textIsNoDatabaseAndStaysAsItIs() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("notes.txt")
        let text = String(repeating: "These are notes, and no database.\n", count: 500)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(code(opening: path) == .notADatabase)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test func aTruncatedFileIsRefused() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("cut.hsdb")
        try filled(path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path))
        let found = code(opening: path)
        #expect(found == .truncated || found == .corrupt, "\(String(describing: found))")
    }

    @Test func missingDirectoriesAndFilesAreNamed() throws {
        let directory = try TemporaryDirectory()
        #expect(code(opening: directory.file("no/such/dir.hsdb")) == .fileNotFound)
        #expect(code(opening: directory.file("absent.hsdb"), readOnly: true) == .fileNotFound)
    }

    @Test func aDirectoryIsNoDatabase() throws {
        let directory = try TemporaryDirectory()
        #expect(code(opening: directory.path) != nil)
    }
}
