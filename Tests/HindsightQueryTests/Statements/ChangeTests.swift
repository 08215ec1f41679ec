import HindsightSyntax
import HindsightValues
import Testing

@testable import HindsightQuery

@Suite struct ChangeTests {
    private func table(_ items: String) throws -> QueryHarness {
        let harness = QueryHarness()
        try harness.run("CREATE TABLE t (k STRING PARTITION KEY)")
        if !items.isEmpty { try harness.run("INSERT INTO t <<\(items)>>") }
        return harness
    }

    // MARK: INSERT

    @Test func insertsOneManyAndFromQueries() throws {
        let harness = try table("")
        #expect(try harness.result("INSERT INTO t VALUE {'k': 'a', 'n': 1}") == ["1 changed"])
        #expect(try harness.result("INSERT INTO t VALUES {'k': 'b'}, {'k': 'c'}") == ["2 changed"])
        #expect(try harness.result("INSERT INTO t [{'k': 'd'}, {'k': 'e'}]") == ["2 changed"])
        #expect(try harness.result("INSERT INTO t (k, n) VALUES ('f', 6), ('g', 7)") == ["2 changed"])
        #expect(
            try harness.result("INSERT INTO t SELECT 'x' || k AS k, n FROM t WHERE n > 5") == ["2 changed"])
        #expect(
            try harness.result(
                "INSERT INTO t ?", Parameters([.structure(Structure(fields: [.init(name: "k", value: .string("p"))]))]))
                == ["1 changed"])
        #expect(
            try harness.result("SELECT VALUE k FROM t ORDER BY k") == [
                "'a'", "'b'", "'c'", "'d'", "'e'", "'f'", "'g'", "'p'", "'xf'", "'xg'",
            ])
    }

    @Test func parametersStandForValuesAnywhere() throws {
        let harness = try table("{'k': 'a', 'n': 1, 'l': [1, 2]}")
        let (a, one) = (Value.string("a"), Value.int(1))
        #expect(
            try harness.result(
                "INSERT INTO t VALUE {'k': ?} ON CONFLICT DO UPDATE SET n = n + ?, l[?] = ? WHERE t.n = ? RETURNING ALL NEW n + ? AS m",
                Parameters([a, .int(10), one, .int(7), one, one])) == ["1 changed", "{'m': 12}"])
        #expect(
            try harness.result(
                "UPDATE t SET l[?] = ? WHERE k = ? RETURNING ALL OLD l[?] AS old",
                Parameters([one, .int(8), a, one])) == ["1 changed", "{'old': 7}"])
        #expect(
            try harness.result("FROM t WHERE k = ? SET n = ? RETURNING ALL NEW n, l", Parameters([a, one]))
                == ["1 changed", "{'n': 1, 'l': [1, 8]}"])
        #expect(
            try harness.result("DELETE FROM t WHERE k IN (?, ?) RETURNING ALL OLD k", Parameters([a, a]))
                == ["1 changed", "{'k': 'a'}"])
    }

    @Test func aQueryOfTheTableItselfReadsItAsItWas() throws {
        let harness = QueryHarness()
        try harness.run("CREATE TABLE t (k NUMBER PARTITION KEY)")
        try harness.run(
            "INSERT INTO t WITH RECURSIVE n(k) AS (VALUES (1) UNION ALL SELECT n.k + 1 FROM n WHERE n.k < 50) SELECT * FROM n"
        )
        #expect(try harness.result("SELECT VALUE COUNT(*) FROM t") == ["50"])
        #expect(try harness.result("INSERT INTO t SELECT VALUE {'k': x.k + 50} FROM t AS x") == ["50 changed"])
        #expect(throws: QueryError.self) {
            try harness.result("INSERT INTO t SELECT VALUE {'k': x.k + 99} FROM t AS x")
        }
        #expect(try harness.result("SELECT VALUE COUNT(*) FROM t") == ["100"])
    }

    @Test func insertDoesNotReplace() throws {
        let harness = try table("{'k': 'a', 'n': 1}")
        let failure = harness.failure("INSERT INTO t <<{'k': 'b'}, {'k': 'a', 'n': 2}>>")
        #expect(failure?.code == .duplicateKey)
        #expect(failure?.words == "t")
        #expect(try harness.result("SELECT * FROM t") == ["{'k': 'a', 'n': 1}"])
    }

    @Test func conflictsAreResolved() throws {
        let harness = try table("{'k': 'a', 'n': 1, 'm': 1}")
        #expect(try harness.result("INSERT INTO t VALUE {'k': 'a'} ON CONFLICT DO NOTHING") == ["0 changed"])
        #expect(
            try harness.result("INSERT INTO t VALUE {'k': 'a', 'n': 2} ON CONFLICT DO UPDATE EXCLUDED") == ["1 changed"]
        )
        #expect(try harness.result("SELECT * FROM t") == ["{'k': 'a', 'n': 2, 'm': 1}"])
        #expect(
            try harness.result(
                "INSERT INTO t VALUE {'k': 'a', 'n': 1} ON CONFLICT DO REPLACE EXCLUDED WHERE EXCLUDED.n > t.n")
                == ["0 changed"])
        #expect(try harness.result("UPSERT INTO t VALUE {'k': 'a', 'x': 3}") == ["1 changed"])
        #expect(try harness.result("SELECT * FROM t") == ["{'k': 'a', 'n': 2, 'm': 1, 'x': 3}"])
        #expect(
            try harness.result("REPLACE INTO t VALUE {'k': 'a', 'y': 4} RETURNING ALL OLD *") == [
                "1 changed", "{'k': 'a', 'n': 2, 'm': 1, 'x': 3}",
            ])
        #expect(try harness.result("SELECT * FROM t") == ["{'k': 'a', 'y': 4}"])
    }

    @Test func refusesWhatIsNoItem() throws {
        let harness = try table("")
        #expect(harness.failure("INSERT INTO t VALUE 5")?.code == .notAnItem)
        #expect(harness.failure("INSERT INTO t VALUE {'n': 5}")?.code == .keyMissing)
        #expect(harness.failure("INSERT INTO t (k, n) VALUES ('a')")?.code == .invalidArgument)
        #expect(harness.failure("INSERT INTO nothing VALUE {'k': 'a'}")?.words == "nothing")
        #expect(harness.failure("INSERT INTO SYSTEM.TABLES VALUE {'k': 'a'}")?.code == .readOnlyTable)
    }

    // MARK: UPDATE

    @Test func updatesReadTheOldItem() throws {
        let harness = try table("{'k': 'a', 'n': 1, 'm': 2}")
        #expect(try harness.result("UPDATE t SET n = m, m = n WHERE k = 'a'") == ["1 changed"])
        #expect(try harness.result("SELECT * FROM t") == ["{'k': 'a', 'n': 2, 'm': 1}"])
        #expect(try harness.result("UPDATE t SET n = 5 WHERE k = 'none'") == ["0 changed"])
    }

    @Test func updatesPaths() throws {
        let harness = try table("{'k': 'a', 's': {'x': 1, 'l': [1, 2, 3]}}")
        try harness.run("UPDATE t SET s.y = 2 SET s.l[1] = 'two' SET s.l[9] = 4 REMOVE s.x WHERE k = 'a'")
        #expect(try harness.result("SELECT VALUE s FROM t") == ["{'l': [1, 'two', 3, 4], 'y': 2}"])
        try harness.run("UPDATE t REMOVE s.l[0] REMOVE s.l[2] REMOVE s.none WHERE k = 'a'")
        #expect(try harness.result("SELECT VALUE s.l FROM t") == ["['two', 4]"])
    }

    @Test func updateNamesIgnoreCaseUnlessQuoted() throws {
        let harness = try table("{'k': 'a', 'Price': 1}")
        try harness.run("UPDATE t SET price = 2, \"price\" = 3 WHERE k = 'a'")
        #expect(try harness.result("SELECT * FROM t") == ["{'k': 'a', 'Price': 2, 'price': 3}"])
    }

    @Test func updatesMany() throws {
        let harness = try table("{'k': 'a', 'n': 1}, {'k': 'b', 'n': 2}, {'k': 'c', 'n': 3}")
        #expect(try harness.result("UPDATE t AS x SET x.n = x.n * 10 WHERE x.n >= 2") == ["2 changed"])
        #expect(try harness.result("SELECT VALUE n FROM t ORDER BY k") == ["1", "20", "30"])
    }

    @Test(
        arguments: [
            ("UPDATE t SET k = 'b' WHERE k = 'a'", DiagnosticCode.keyUpdate, "k"),
            ("UPDATE t REMOVE K WHERE k = 'a'", .keyUpdate, "K"),
            ("UPDATE t SET none.x = 1 WHERE k = 'a'", .invalidPath, "none.x"),
            ("UPDATE t SET n.x = 1 WHERE k = 'a'", .invalidPath, "n.x"),
            ("UPDATE t SET none[0] = 1 WHERE k = 'a'", .invalidPath, "none[0]"),
            ("UPDATE t SET n = none + 1 WHERE k = 'a'", .valueNotStorable, "none + 1"),
            ("UPDATE t SET l[*] = 1 WHERE k = 'a'", .invalidTarget, "[*]"),
        ] as [(String, DiagnosticCode, String)])
    func refusesUpdates(_ text: String, _ code: DiagnosticCode, _ words: String) throws {
        let harness = try table("{'k': 'a', 'n': 1, 'l': [1]}")
        let failure = harness.failure(text)
        #expect(failure?.code == code)
        #expect(failure?.words == words)
        #expect(try harness.result("SELECT * FROM t") == ["{'k': 'a', 'n': 1, 'l': [1]}"])
    }

    // MARK: DELETE

    @Test func deletes() throws {
        let harness = try table("{'k': 'a', 'n': 1}, {'k': 'b', 'n': 2}, {'k': 'c', 'n': 3}")
        #expect(
            try harness.result("DELETE FROM t WHERE k = 'a' RETURNING ALL OLD *") == [
                "1 changed", "{'k': 'a', 'n': 1}",
            ])
        #expect(try harness.result("DELETE FROM t WHERE k = 'a'") == ["0 changed"])
        #expect(try harness.result("DELETE FROM t WHERE n > 2") == ["1 changed"])
        #expect(try harness.result("DELETE FROM t") == ["1 changed"])
        #expect(try harness.result("SELECT * FROM t").isEmpty)
        #expect(harness.failure("DELETE FROM t RETURNING ALL NEW *")?.code == .invalidTarget)
    }

    // MARK: RETURNING

    @Test(
        arguments: [
            ("ALL OLD *", ["{'k': 'a', 'n': 1, 's': {'x': 1, 'y': 2}, 'l': [1, 2, 3]}"]),
            ("ALL NEW *", ["{'k': 'a', 'n': 5, 's': {'x': 1, 'y': 6}, 'l': [1, 3]}"]),
            ("MODIFIED OLD *", ["{'n': 1, 's': {'y': 2}, 'l': [2]}"]),
            ("MODIFIED NEW *", ["{'n': 5, 's': {'y': 6}, 'l': [3]}"]),
            ("ALL NEW s.x", ["{'x': 1}"]),
            ("MODIFIED NEW s.x", []),
            ("MODIFIED OLD n, ALL NEW n", ["{'n': 1, 'n': 5}"]),
            ("ALL OLD none", []),
        ] as [(String, [String])])
    func returnsTheImageThatIsAskedFor(_ clause: String, _ rows: [String]) throws {
        let harness = try table("{'k': 'a', 'n': 1, 's': {'x': 1, 'y': 2}, 'l': [1, 2, 3]}")
        let result = try harness.result(
            "UPDATE t SET n = 5 SET s.y = 6 REMOVE l[1] WHERE k = 'a' RETURNING \(clause)")
        #expect(result == ["1 changed"] + rows)
    }

    // MARK: Transactions

    @Test func transactionsKeepStatementsApart() throws {
        let harness = try table("{'k': 'a'}")
        try harness.run("BEGIN", "INSERT INTO t VALUE {'k': 'b'}")
        #expect(harness.session.isInTransaction)
        #expect(harness.failure("INSERT INTO t <<{'k': 'c'}, {'k': 'a'}>>")?.code == .duplicateKey)
        #expect(try harness.result("SELECT VALUE k FROM t ORDER BY k") == ["'a'", "'b'"])
        #expect(harness.failure("BEGIN")?.code == .transactionState)
        try harness.run("COMMIT")
        #expect(try harness.result("SELECT VALUE k FROM t ORDER BY k") == ["'a'", "'b'"])
        try harness.run("BEGIN", "DELETE FROM t", "ROLLBACK")
        #expect(try harness.result("SELECT VALUE k FROM t ORDER BY k") == ["'a'", "'b'"])
        #expect(harness.failure("COMMIT")?.code == .transactionState)
    }

    @Test func readsAndWritesAsClosures() throws {
        let harness = try table("{'k': 'a', 'n': 1}")
        let update = try harness.session.prepare("UPDATE t SET n = n + 1 WHERE k = ?")
        let written = try harness.session.write {
            for _ in 0..<3 { _ = try harness.session.execute(update, Parameters([.string("a")])) }
            return try harness.result("SELECT VALUE n FROM t")
        }
        #expect(written.value == ["4"])
        #expect(written.commit?.version == 3)
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try harness.session.write {
                try harness.run("DELETE FROM t")
                throw Stop()
            }
        }
        let read = try harness.session.read { () throws -> [String] in
            #expect(harness.failure("DELETE FROM t")?.code == .readOnly)
            return try harness.result("SELECT VALUE n FROM t")
        }
        #expect(read == ["4"])
    }

    @Test func readOnlySessionsRefuseChanges() throws {
        let harness = QueryHarness(options: SessionOptions(isReadOnly: true))
        #expect(harness.failure("CREATE TABLE t (k STRING PARTITION KEY)")?.code == .readOnly)
    }

    @Test func preparedStatementsFollowTheCatalog() throws {
        let harness = try table("{'k': 'a'}")
        let prepared = try harness.session.prepare("SELECT VALUE k FROM t WHERE k = 'a'")
        try harness.run(
            "DROP TABLE t", "CREATE TABLE t (n NUMBER PARTITION KEY)", "INSERT INTO t VALUE {'n': 1, 'k': 'a'}")
        guard case .rows(let rows) = try harness.session.execute(prepared) else { return #expect(Bool(false)) }
        #expect(try rows.collect() == [.string("a")])
        try harness.run("DROP TABLE t")
        #expect(throws: QueryError.self) { try harness.session.execute(prepared) }
    }
}
