import HindsightSyntax
import HindsightValues
import Testing

@testable import HindsightQuery

@Suite struct DefinitionTests {
    @Test func tablesComeAndGo() throws {
        let harness = QueryHarness()
        try harness.run(
            "CREATE TABLE a (k STRING HASH KEY, r NUMBER RANGE KEY)",
            "CREATE TABLE IF NOT EXISTS a (x STRING PARTITION KEY)",
            "RENAME TABLE a TO b", "DROP TABLE IF EXISTS a")
        #expect(try harness.result("SELECT VALUE TableName FROM SYSTEM.TABLES") == ["'b'"])
        try harness.run("DROP TABLE b")
        #expect(try harness.result("SHOW TABLES").isEmpty)
    }

    @Test(
        arguments: [
            ("CREATE TABLE t (k STRING PARTITION KEY)", DiagnosticCode.tableExists, "t"),
            ("CREATE TABLE u (k STRING SORT KEY)", .keyMissing, "u"),
            (
                "CREATE TABLE u (a STRING PARTITION KEY, b STRING PARTITION KEY)", .duplicateName,
                "b STRING PARTITION KEY"
            ),
            ("CREATE TABLE u (a STRING PARTITION KEY, a STRING SORT KEY)", .duplicateName, "a STRING SORT KEY"),
            ("CREATE TABLE u (a STRING PARTITION KEY) WITH (nothing = 1)", .unknownSetting, "nothing"),
            ("CREATE TABLE u (a STRING PARTITION KEY) WITH (POINT_IN_TIME_RECOVERY = 5)", .invalidSetting, "5"),
            ("DROP TABLE u", .unknownTable, "u"),
            ("ALTER TABLE u SET POINT_IN_TIME_RECOVERY ON", .unknownTable, "u"),
            ("RESTORE TABLE t TO u AT LATEST", .pointInTimeRecoveryOff, "LATEST"),
        ] as [(String, DiagnosticCode, String)])
    func pointsAtTheFault(_ text: String, _ code: DiagnosticCode, _ words: String) throws {
        let harness = QueryHarness()
        try harness.run("CREATE TABLE t (k STRING PARTITION KEY)")
        let failure = harness.failure(text)
        #expect(failure?.code == code)
        #expect(failure?.words == words)
    }

    @Test func exceptionNamesFollowTheStatement() throws {
        let harness = QueryHarness()
        try harness.run("CREATE TABLE t (k STRING PARTITION KEY)")
        func name(_ text: String) -> String? {
            do {
                try harness.run(text)
                return nil
            } catch {
                return (error as? QueryError)?.diagnostic.exceptionName
            }
        }
        #expect(name("CREATE TABLE t (k STRING PARTITION KEY)") == "ResourceInUseException")
        #expect(name("RESTORE TABLE u TO v AT LATEST") == "TableNotFoundException")
        #expect(name("SELECT * FROM u") == "ResourceNotFoundException")
        try harness.run("ALTER TABLE t SET POINT_IN_TIME_RECOVERY ON")
        #expect(name("RESTORE TABLE t TO t AT LATEST") == "TableAlreadyExistsException")
    }

    @Test func thePastIsReadRestoredAndCompared() throws {
        let harness = QueryHarness()
        try harness.makeCatalog()
        try harness.run("ALTER TABLE ProductCatalog SET POINT_IN_TIME_RECOVERY ON", "CREATE RESTORE POINT before")
        harness.tables.advance(seconds: 60)
        try harness.run(
            "UPDATE ProductCatalog SET Price = Price * 10 WHERE Category = 'Bicycle' AND Price IS NOT MISSING",
            "DELETE FROM ProductCatalog WHERE Id = 103")
        #expect(try harness.result("SELECT VALUE Price FROM ProductCatalog AS OF before WHERE Id = 201") == ["100"])
        #expect(try harness.result("SELECT VALUE Price FROM ProductCatalog AS OF '-10s' WHERE Id = 201") == ["100"])
        #expect(
            try harness.result("SELECT VALUE Price FROM ProductCatalog AS OF INTERVAL '10' SECOND AGO WHERE Id = 201")
                == ["100"])
        #expect(
            try harness.result(
                "SELECT VALUE Price FROM ProductCatalog AS OF ? WHERE Id = 201", Parameters([.string("-10s")]))
                == ["100"])
        #expect(
            try harness.result(
                """
                SELECT b.Id, b.Price AS was, n.Price AS now FROM ProductCatalog AS OF before AS b
                LEFT JOIN ProductCatalog AS n ON b.Id = n.Id
                WHERE n.Price IS NULL OR n.Price <> b.Price ORDER BY b.Id
                """) == [
                    "{'Id': 103, 'was': 2000, 'now': NULL}", "{'Id': 201, 'was': 100, 'now': 1000}",
                    "{'Id': 202, 'was': 200, 'now': 2000}", "{'Id': 203}",
                ])
        #expect(
            try harness.result(
                "SELECT d.op, d.key.Id, d.changed FROM DIFF TABLE ProductCatalog AS OF before WITH AS OF LATEST AS d"
            )
            .count == 3)
        try harness.run("RESTORE TABLE ProductCatalog TO Copy AT before")
        #expect(try harness.result("SELECT COUNT(*) AS n FROM Copy") == ["{'n': 6}"])
        #expect(
            try harness.result(
                "INSERT INTO ProductCatalog SELECT VALUE p FROM ProductCatalog AS OF before AS p WHERE p.Id = 103")
                == ["1 changed"])
        #expect(try harness.result("SELECT VALUE Price FROM ProductCatalog WHERE Id = 103") == ["2000"])
        #expect(harness.failure("SELECT * FROM ProductCatalog AS OF '2030-01-01'")?.code == .restoreTimeOutOfWindow)
        #expect(harness.failure("SELECT * FROM ProductCatalog AS OF nowhere")?.code == .unknownRestorePoint)
    }

    @Test func aSessionCanReadThePast() throws {
        let harness = QueryHarness()
        try harness.makeMusic()
        try harness.run(
            "ALTER TABLE Music SET POINT_IN_TIME_RECOVERY ON", "CREATE RESTORE POINT p", "DELETE FROM Music")
        let past = Session(provider: harness.tables, options: SessionOptions(moment: .restorePoint("p")))
        guard case .rows(let rows) = try past.execute("SELECT COUNT(*) AS n FROM Music") else {
            return #expect(Bool(false))
        }
        #expect(try rows.collect().map(\.description) == ["{'n': 4}"])
        #expect(throws: QueryError.self) { try past.execute("DELETE FROM Music") }
    }

    @Test(
        arguments: [
            ("-90s", 90), ("-10m", 600), ("-2h30m", 9000), ("-1d", 86_400), ("-1w", 604_800), ("-10", nil),
            ("-m", nil), ("-", nil), ("-1x", nil), ("-99999999999999999999s", nil),
        ] as [(String, Int64?)])
    func ages(_ text: String, _ seconds: Int64?) {
        #expect(MomentReader.ageSeconds(text) == seconds)
    }
}
