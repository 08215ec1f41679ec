import HindsightSyntax
import Testing

struct StatementParserTests {
    /// Rows behind VALUES are a query, which may go on.
    @Test func insertedValuesGoOnAsAQuery() throws {
        try expectPrinted([
            ("INSERT INTO t VALUES (1) UNION SELECT 2", nil),
            ("INSERT INTO t VALUES (1) OUTER INTERSECT ALL SELECT 2 LIMIT 1", nil),
            ("INSERT INTO t VALUES (1), (2) ORDER BY a LIMIT 1 ON CONFLICT DO NOTHING", nil),
        ])
    }

    @Test func inserts() throws {
        try expectPrinted([
            ("INSERT INTO Music VALUE {'Artist': 'A', 'Year': 1}", nil),
            ("INSERT INTO t << {'a': 1}, {'a': 2} >>", "INSERT INTO t <<{'a': 1}, {'a': 2}>>"),
            ("INSERT INTO t SELECT * FROM u AS OF '-1h'", nil), ("INSERT INTO t (a, b) VALUES (1, 2), (3, 4)", nil),
            ("INSERT INTO t AS x (a) VALUES (1)", nil), ("INSERT INTO t VALUES {'a': 1}, {'a': 2}", nil),
            ("INSERT INTO t VALUE ?", nil), ("INSERT INTO t ?", nil), ("INSERT INTO t (a, b)", nil),
            ("UPSERT INTO t VALUE {'a': 1}", nil), ("REPLACE INTO t VALUE {'a': 1}", nil),
            ("INSERT INTO t VALUE {'a': 1} ON CONFLICT DO NOTHING", nil),
            ("INSERT INTO t VALUE {'a': 1} ON CONFLICT (a, b) DO UPDATE EXCLUDED WHERE c > 1 RETURNING ALL OLD *", nil),
            ("INSERT INTO t VALUE {'a': 1} ON CONFLICT DO REPLACE EXCLUDED", nil),
            ("INSERT INTO \"my-table\" (SELECT * FROM u)", nil),
        ])
    }

    @Test func updatesAndDeletes() throws {
        try expectPrinted([
            (
                "UPDATE Music SET AwardsWon = 1 SET AwardDetail = {'a': [2020]} WHERE Artist = 'A' AND SongTitle = 'S'",
                "UPDATE Music SET AwardsWon = 1, AwardDetail = {'a': [2020]} WHERE Artist = 'A' AND SongTitle = 'S'"
            ),
            ("UPDATE t SET a.b[2] = 1, c = c + 1 REMOVE d, e.f SET g = 2 WHERE k = 1 RETURNING ALL NEW *", nil),
            (
                "UPDATE t x REMOVE a WHERE x.k = 1 RETURNING MODIFIED OLD a.b, ALL NEW *",
                "UPDATE t AS x REMOVE a WHERE x.k = 1 RETURNING MODIFIED OLD a.b, ALL NEW *"
            ),
            ("FROM t WHERE k = 1 SET a = 2 REMOVE b", nil),
            ("DELETE FROM t", nil), ("DELETE FROM t AS x WHERE x.a = 1 RETURNING ALL OLD *", nil),
            ("UPDATE t SET tags = set_add(tags, <<'a'>>) WHERE k = ?", nil),
        ])
    }

    @Test func tablesAndIndexes() throws {
        try expectPrinted([
            (
                "CREATE TABLE Music (Artist STRING PARTITION KEY, SongTitle S RANGE KEY) WITH (billing = PAY_PER_REQUEST, n = 5)",
                "CREATE TABLE Music (Artist STRING PARTITION KEY, SongTitle STRING SORT KEY) WITH (billing = PAY_PER_REQUEST, n = 5)"
            ),
            ("CREATE TABLE IF NOT EXISTS t (a N HASH KEY)", "CREATE TABLE IF NOT EXISTS t (a NUMBER PARTITION KEY)"),
            (
                "CREATE TABLE t (a B PARTITION KEY) WITH (POINT_IN_TIME_RECOVERY = ON)",
                "CREATE TABLE t (a BINARY PARTITION KEY) WITH (POINT_IN_TIME_RECOVERY = ON)"
            ),
            ("CREATE INDEX ByGenre ON Music (Genre STRING PARTITION KEY, Price NUMBER SORT KEY)", nil),
            ("CREATE GLOBAL INDEX i ON t (a STRING PARTITION KEY) PROJECT (b, c) WITH (x = 1)", nil),
            ("CREATE LOCAL INDEX IF NOT EXISTS i ON t (a STRING SORT KEY) PROJECT KEYS", nil),
            ("CREATE INDEX i ON t (a STRING PARTITION KEY) PROJECT ALL", nil),
            ("DROP TABLE t", nil), ("DROP TABLE IF EXISTS t", nil), ("DROP INDEX i ON t", nil),
            ("UNDROP TABLE t AS u", nil),
            ("UNDROP TABLE t", nil), ("RENAME TABLE t TO u", nil),
            ("ALTER TABLE t SET POINT_IN_TIME_RECOVERY ON", nil), ("ALTER TABLE t SET POINT_IN_TIME_RECOVERY OFF", nil),
            ("ALTER TABLE t SET POINT_IN_TIME_RECOVERY ON WITH RETENTION 7 DAYS", nil),
            ("ALTER TABLE t SET (a = 1, b = 'x')", nil),
        ])
    }

    @Test func recovery() throws {
        try expectPrinted([
            ("RESTORE TABLE ProductCatalog TO ProductCatalogPITR AT LATEST", nil),
            ("RESTORE TABLE t TO u AT '2026-05-01T12:00:00Z'", nil),
            ("RESTORE TABLE t TO u AT before_script WITHOUT INDEXES WITH (a = 1)", nil),
            ("RESTORE TABLE t TO u AT NOW() - INTERVAL '5' MINUTE WITH INDEXES (i, j)", nil),
            ("RESTORE TABLE t TO u FROM BACKUP \"t$DeletedTableBackup\"", nil),
            ("CREATE RESTORE POINT before_script", nil),
            ("DROP RESTORE POINT IF EXISTS p", nil), ("CREATE BACKUP b OF t", nil), ("CREATE BACKUP plan OF t", nil),
            ("DROP BACKUP b OF t", nil),
            ("REVERT TABLE t TO '-10m' WHERE a = 1", nil), ("DIFF TABLE t AS OF a WITH AS OF b", nil),
            ("DIFF TABLE t AS OF a WITH u", nil),
            ("EXPORT TABLE t TO 'folder' FORMAT ION", nil), ("EXPORT TABLE t AS OF '-1h' WHERE a = 1 TO 'folder'", nil),
            ("EXPORT TABLE t CHANGES BETWEEN '-2h' AND LATEST TO ? VIEW NEW_IMAGE", nil),
            ("IMPORT INTO t FROM 'file' FORMAT CSV", nil),
            (
                "CREATE BACKUP PLAN p OF t, u EVERY 1 DAY KEEP 30 DAYS COPY TO 'file' KEEP 90 DAYS",
                "CREATE BACKUP PLAN p OF t, u EVERY 1 DAYS KEEP 30 DAYS COPY TO 'file' KEEP 90 DAYS"
            ),
            ("CREATE BACKUP PLAN p OF t SCHEDULE '0 5 * * *'", nil), ("DROP BACKUP PLAN p", nil),
        ])
    }

    @Test func sessions() throws {
        try expectPrinted([
            ("BEGIN TRANSACTION", "BEGIN"), ("COMMIT", nil), ("ROLLBACK;", "ROLLBACK"), ("EXPLAIN SELECT 1", nil),
            ("EXPLAIN ANALYZE DELETE FROM t", nil),
            ("VERIFY", nil), ("VERIFY TABLE t", nil), ("VACUUM", nil), ("ATTACH 'file' AS other", nil),
            ("DETACH other", nil), ("SHOW TABLES", nil),
            ("SHOW BACKUPS OF t", nil), ("SHOW RESTORE POINTS", nil), ("SHOW BACKUP PLANS", nil),
            ("DESCRIBE TABLE t", "DESCRIBE t"), ("DESC t", "DESCRIBE t"),
            ("SET TYPING = STRICT", nil), ("SET x = 1 + 2", nil), ("EXPLAIN 1 + 1", nil),
        ])
    }

    @Test func wordsThatStartStatementsAreNamesToo() throws {
        try expectPrinted([
            ("show.a", nil), ("update + 1", nil), ("begin[0]", nil), ("SELECT insert, delete FROM create", nil),
            ("replace('a', 'b')", nil), ("commit = 1", nil),
        ])
    }

    @Test func scriptsGoOnBehindFaults() {
        let script = Parser.script("SELECT 1;; SELECT FROM t; -- comment\nDELETE FROM t; 5 5; SHOW TABLES")
        #expect(script.statements.map(Printer.text(of:)) == ["SELECT 1", "DELETE FROM t", "SHOW TABLES"])
        #expect(script.diagnostics.count == 2)
        #expect(script.diagnostics.map { $0.span?.start } == [18, 54])
    }

    @Test func statementsOfAScriptNumberTheirOwnParameters() throws {
        var parser = try Parser("SELECT ?; SELECT ?, :a;")
        #expect(try parser.nextStatement()?.parameters == ParameterList(positionalCount: 1))
        #expect(try parser.nextStatement()?.parameters == ParameterList(positionalCount: 1, names: ["a"]))
        #expect(try parser.nextStatement() == nil)
        #expect(try parser.nextStatement() == nil)
    }

    @Test func exactlyOneStatement() {
        #expect(faultCode("") == .syntaxError)
        #expect(faultCode("; -- nothing") == .syntaxError)
        #expect(fault("SELECT 1; SELECT 2").hasPrefix("1:11: error: expected one statement, found a second one"))
        #expect(faultCode(";SELECT 1;;") == nil)
    }

    @Test func bytesThatAreNoText() {
        #expect { _ = try Parser(utf8: Array("SELECT '".utf8) + [0xFF, 0x27]) } throws: { error in
            let diagnostic = (error as? SyntaxError)?.diagnostics.first
            return diagnostic?.code == .invalidUTF8 && diagnostic?.span == SourceSpan(start: 8, end: 9)
        }
    }
}
