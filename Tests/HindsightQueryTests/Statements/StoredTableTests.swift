import HindsightStorage
import HindsightSyntax
import HindsightValues
import Testing

@testable import HindsightQuery

/// The statements over the storage engine: what the tests over memory leave open.
@Suite struct StoredTableTests {
    @Test func theRecoveryStory() throws {
        let harness = try StoreHarness()
        try harness.makeCatalog()
        try harness.run("ALTER TABLE ProductCatalog SET POINT_IN_TIME_RECOVERY ON")
        harness.clock.advance(seconds: 60)
        try harness.run("CREATE RESTORE POINT before")
        harness.clock.advance(seconds: 60)
        try harness.run(
            "INSERT INTO ProductCatalog VALUE {'Id': 901, 'Price': 0, 'Category': 'Book'}",
            "UPDATE ProductCatalog SET Price = Price * 10 WHERE Category = 'Bicycle' AND Price > 0",
            "DELETE FROM ProductCatalog WHERE Id IN (101, 103)")
        #expect(
            try harness.result("SELECT VALUE Id FROM ProductCatalog ORDER BY Id") == [
                "102", "201", "202", "203", "901",
            ])
        for time in [
            "before", "'-30s'", "'2026-05-01T12:01:30Z'", "NOW() - INTERVAL '30' SECOND", "INTERVAL '30' SECOND AGO",
        ] {
            #expect(
                try harness.result("SELECT VALUE Price FROM ProductCatalog AS OF \(time) WHERE Id = 201") == ["100"],
                "\(time)")
        }
        #expect(
            try harness.result(
                "SELECT d.op, d.key.Id, d.changed FROM DIFF TABLE ProductCatalog AS OF before WITH AS OF LATEST AS d ORDER BY d.key.Id"
            ) == [
                "{'op': 'delete', 'Id': 101}", "{'op': 'delete', 'Id': 103}",
                "{'op': 'update', 'Id': 201, 'changed': ['Price']}",
                "{'op': 'update', 'Id': 202, 'changed': ['Price']}",
                "{'op': 'insert', 'Id': 901}",
            ])
        try harness.run(
            "RESTORE TABLE ProductCatalog TO Whole AT before WITH (POINT_IN_TIME_RECOVERY = ON)",
            "INSERT INTO ProductCatalog SELECT VALUE p FROM ProductCatalog AS OF before AS p WHERE p.Id IN (101, 103)",
            "INSERT INTO Whole VALUE {'Id': 1}")
        #expect(try harness.result("SELECT COUNT(*) AS n FROM Whole") == ["{'n': 7}"])
        #expect(try harness.result("SELECT VALUE Title FROM ProductCatalog WHERE Id = 103") == ["'Book 103'"])
        #expect(
            try harness.result("SELECT TableName, ItemCount, PointInTimeRecoveryStatus AS pitr FROM SYSTEM.TABLES") == [
                "{'TableName': 'ProductCatalog', 'ItemCount': 7, 'pitr': 'ENABLED'}",
                "{'TableName': 'Whole', 'ItemCount': 7, 'pitr': 'ENABLED'}",
            ])
    }

    @Test func systemTablesTellWhatHappened() throws {
        let harness = try StoreHarness()
        try harness.run(
            "CREATE TABLE t (k STRING PARTITION KEY)",
            "ALTER TABLE t SET POINT_IN_TIME_RECOVERY ON WITH RETENTION 7 DAYS",
            "INSERT INTO t VALUE {'k': 'a', 'n': 1}", "UPDATE t SET n = 2 WHERE k = 'a'", "DELETE FROM t WHERE k = 'a'")
        #expect(
            try harness.result(
                "SELECT Version, EventName, Keys, OldImage.n AS \"old\", NewImage.n AS \"new\" FROM SYSTEM.CHANGES WHERE TableName = 't'"
            ) == [
                "{'Version': 3, 'EventName': 'INSERT', 'Keys': {'k': 'a'}, 'new': 1}",
                "{'Version': 4, 'EventName': 'MODIFY', 'Keys': {'k': 'a'}, 'old': 1, 'new': 2}",
                "{'Version': 5, 'EventName': 'REMOVE', 'Keys': {'k': 'a'}, 'old': 2}",
            ])
        #expect(
            try harness.result("SELECT VALUE Statement FROM SYSTEM.COMMITS WHERE Version = 4") == [
                "'UPDATE t SET n = 2 WHERE k = ''a'''"
            ])
        #expect(try harness.result("SELECT VALUE RecoveryPeriodInDays FROM SYSTEM.RECOVERY") == ["7"])
        #expect(try harness.result("SHOW COMMITS").count == 5)
        #expect(try harness.result("SHOW CHANGES OF t").count == 3)
        #expect(try harness.result("SHOW RESTORES").isEmpty)
        #expect(try harness.result("DESCRIBE t").count == 1)
        #expect(harness.failure("DESCRIBE u")?.words == "u")
    }

    @Test(
        arguments: [
            ("INSERT INTO t VALUE {'n': 1}", DiagnosticCode.keyMissing, "t", "ValidationException"),
            ("INSERT INTO t VALUE {'k': 1}", .keyTypeMismatch, "t", "ValidationException"),
            ("INSERT INTO t VALUE {'k': ''}", .keyEmpty, "t", "ValidationException"),
            ("INSERT INTO t VALUE {'k': ?}", .keyTooLong, "t", "ValidationException"),
            ("INSERT INTO t VALUE {'k': 'a', 'big': ? || ? || ?}", .itemTooLarge, "t", "ValidationException"),
            ("INSERT INTO t VALUE {'k': 'here'}", .duplicateKey, "t", "DuplicateItemException"),
            (
                "SELECT * FROM t AS OF '-1d'", .pointInTimeRecoveryOff, "'-1d'",
                "PointInTimeRecoveryUnavailableException"
            ),
            (
                "SELECT * FROM p AS OF '2030-01-01'", .restoreTimeOutOfWindow, "'2030-01-01'",
                "InvalidRestoreTimeException"
            ),
            (
                "SELECT * FROM p AS OF '2020-01-01'", .restoreTimeOutOfWindow, "'2020-01-01'",
                "InvalidRestoreTimeException"
            ),
            ("SELECT * FROM p AS OF nothing", .unknownRestorePoint, "nothing", "ValidationException"),
            ("RESTORE TABLE p TO t AT LATEST", .tableExists, "t", "TableAlreadyExistsException"),
            (
                "RESTORE TABLE t TO u AT LATEST", .pointInTimeRecoveryOff, "LATEST",
                "PointInTimeRecoveryUnavailableException"
            ),
            ("CREATE TABLE p (k STRING PARTITION KEY)", .tableExists, "p", "ResourceInUseException"),
            (
                "ALTER TABLE p SET POINT_IN_TIME_RECOVERY ON WITH RETENTION 36 DAYS", .retentionOutOfRange, "36",
                "ValidationException"
            ),
            ("CREATE RESTORE POINT again", .restorePointExists, "again", "ValidationException"),
            ("DROP RESTORE POINT nothing", .unknownRestorePoint, "nothing", "ValidationException"),
            ("RENAME TABLE t TO p", .tableExists, "p", "TableAlreadyExistsException"),
        ] as [(String, DiagnosticCode, String, String)])
    func faultsHaveCodesAndPlaces(
        _ text: String, _ code: DiagnosticCode, _ words: String, _ exceptionName: String
    ) throws {
        let harness = try StoreHarness()
        try harness.run(
            "CREATE TABLE t (k STRING PARTITION KEY)", "INSERT INTO t VALUE {'k': 'here'}",
            "CREATE TABLE p (k STRING PARTITION KEY)", "ALTER TABLE p SET POINT_IN_TIME_RECOVERY ON",
            "CREATE RESTORE POINT again")
        let before = try harness.result("SELECT * FROM SYSTEM.COMMITS")
        let count = text.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "?") ? 1 : 0) }
        let long = Parameters(Array(repeating: .string(String(repeating: "x", count: 150_000)), count: count))
        let failure = harness.failure(text, long)
        #expect(failure?.code == code)
        #expect(failure?.words == words)
        do {
            _ = try harness.session.execute(text, long)
        } catch {
            #expect(error.diagnostic.exceptionName == exceptionName)
        }
        #expect(try harness.result("SELECT * FROM SYSTEM.COMMITS") == before)
    }

    @Test func transactionsOverSeveralCalls() throws {
        let harness = try StoreHarness()
        try harness.run("CREATE TABLE t (k STRING PARTITION KEY)", "BEGIN", "INSERT INTO t VALUE {'k': 'a'}")
        #expect(harness.failure("INSERT INTO t <<{'k': 'b'}, {'k': 'a'}>>")?.code == .duplicateKey)
        #expect(try harness.result("SELECT VALUE k FROM t") == ["'a'"])
        let other = Session(provider: harness.session.provider)
        guard case .rows(let rows) = try other.execute("SELECT VALUE k FROM t") else { return #expect(Bool(false)) }
        #expect(try rows.collect().isEmpty)
        try harness.run("CREATE TABLE u (n NUMBER PARTITION KEY)", "INSERT INTO u VALUE {'n': 1}", "ROLLBACK")
        #expect(try harness.result("SELECT VALUE TableName FROM SYSTEM.TABLES") == ["'t'"])
        try harness.run("CREATE TABLE u (k STRING PARTITION KEY)", "INSERT INTO u VALUE {'k': 'x'}")
        #expect(try harness.result("SELECT VALUE k FROM u WHERE k = 'x'") == ["'x'"])
        #expect(try harness.result("SELECT VALUE k FROM t").isEmpty)
    }

    @Test func keysOfAllTypesAreFound() throws {
        let harness = try StoreHarness()
        try harness.run("CREATE TABLE t (p STRING PARTITION KEY, s NUMBER SORT KEY)")
        let insert = try harness.session.prepare("INSERT INTO t VALUE {'p': ?, 's': ?}")
        for partition in ["a", "b", "a\u{0}", "a\u{1}"] {
            for sort in [-10, -1, 0, 1, 2.5, 100] {
                let number = Value.decimal(try Number(sort))
                _ = try harness.session.execute(insert, Parameters([.string(partition), number]))
            }
        }
        func numbers(_ condition: String) throws -> [String] {
            try harness.result("SELECT VALUE CAST(s AS STRING) FROM t WHERE p = 'a' AND \(condition)")
        }
        #expect(try numbers("s > 0") == ["'1'", "'2.5'", "'100'"])
        #expect(try numbers("s >= -1 AND s < 2.5") == ["'-1'", "'0'", "'1'"])
        #expect(try numbers("s BETWEEN -1 AND 1 ORDER BY s DESC") == ["'1'", "'0'", "'-1'"])
        #expect(try numbers("s = 2.50") == ["'2.5'"])
        #expect(try numbers("s > 'x'") == [])
        #expect(try harness.result("SELECT COUNT(*) AS n FROM t WHERE p IN ['a', 'b', 'z']") == ["{'n': 12}"])
    }

    @Test func aStreamHoldsItsSnapshot() throws {
        let harness = try StoreHarness()
        try harness.run("CREATE TABLE t (k NUMBER PARTITION KEY)", "INSERT INTO t SELECT x AS k FROM [1, 2, 3] AS x")
        guard case .rows(let rows) = try harness.session.execute("SELECT VALUE k FROM t") else {
            return #expect(Bool(false))
        }
        #expect(try rows.next() == .int(1))
        try harness.run("DELETE FROM t")
        #expect(try rows.collect() == [.int(2), .int(3)])
        #expect(try harness.result("SELECT * FROM t").isEmpty)
    }

    @Test func bindsOnceForManyExecutions() throws {
        let harness = try StoreHarness()
        try harness.run("CREATE TABLE t (k NUMBER PARTITION KEY)")
        let insert = try harness.session.prepare("INSERT INTO t ?")
        let update = try harness.session.prepare("UPDATE t SET n = n + ? WHERE k = ?")
        let select = try harness.session.prepare("SELECT VALUE n FROM t WHERE k = ?")
        let written = try harness.session.write { () throws -> [Value] in
            for key in 0..<100 {
                let item = Structure(fields: [
                    Structure.Field(name: "n", value: .int(0)), Structure.Field(name: "k", value: .int(Int64(key))),
                ])
                _ = try harness.session.execute(insert, Parameters([.structure(item)]))
                _ = try harness.session.execute(update, Parameters([.int(Int64(key)), .int(Int64(key))]))
            }
            guard case .rows(let rows) = try harness.session.execute(select, Parameters([.int(7)])) else { return [] }
            return try rows.collect()
        }
        #expect(written.value == [.int(7)])
        #expect(try harness.result("SELECT SUM(n) AS s FROM t") == ["{'s': 4950}"])
        #expect(try harness.result("SELECT * FROM t WHERE k = 3") == ["{'k': 3, 'n': 3}"])
    }
}
