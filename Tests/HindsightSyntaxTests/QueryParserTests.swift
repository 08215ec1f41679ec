import HindsightSyntax
import Testing

struct QueryParserTests {
    @Test func selectLists() throws {
        try expectPrinted([
            ("select * from t", "SELECT * FROM t"), ("SELECT a, b c, d AS e FROM t", "SELECT a, b AS c, d AS e FROM t"),
            ("SELECT DISTINCT a FROM t", nil), ("SELECT ALL * FROM t", nil), ("SELECT VALUE a FROM t", nil),
            ("SELECT DISTINCT VALUE {'a': 1} FROM t", nil), ("SELECT t.*, a.b.* FROM t", nil),
            ("PIVOT v AT n FROM data", nil), ("SELECT VALUE value FROM t", nil),
            ("SELECT (value) + 1 FROM t", "SELECT (value + 1) FROM t"),
            ("SELECT value.a, (value)[0] FROM t", "SELECT value.a, (value[0]) FROM t"),
            ("SELECT * EXCLUDE a.b[*].c, d FROM t", nil),
            ("SELECT event.id WHERE event.type = 'SAVE'", nil), ("SELECT a.* AS b FROM t", nil),
        ])
    }

    @Test func fromItems() throws {
        try expectPrinted([
            ("SELECT * FROM a, b c, d AS e", "SELECT * FROM a, b AS c, d AS e"),
            ("SELECT * FROM \"t\".\"index\"", nil), ("SELECT * FROM SYSTEM.TABLES", nil),
            ("SELECT * FROM t AS x AT i BY k", nil), ("SELECT * FROM UNPIVOT t AS v AT n", nil),
            ("SELECT * FROM t, @t.items AS i", nil), ("SELECT * FROM a, LATERAL a.b c", "SELECT * FROM a, a.b AS c"),
            ("SELECT * FROM (SELECT * FROM x).a", nil), ("SELECT * FROM (1)", "SELECT * FROM 1"),
            ("SELECT * FROM (a + b) AS c", nil), ("SELECT * FROM ((a) UNION (b))", "SELECT * FROM (a UNION b)"),
            ("SELECT * FROM (1, 2) AS c", nil), ("SELECT * FROM <<1, 2>> AS c", nil), ("SELECT * FROM f(x) AS c", nil),
        ])
    }

    @Test func joins() throws {
        try expectPrinted([
            ("SELECT * FROM a JOIN b ON c", nil), ("SELECT * FROM a INNER JOIN b ON c", "SELECT * FROM a JOIN b ON c"),
            (
                "SELECT * FROM a LEFT OUTER JOIN b ON c RIGHT JOIN d ON e FULL JOIN f ON g",
                "SELECT * FROM a LEFT JOIN b ON c RIGHT JOIN d ON e FULL JOIN f ON g"
            ),
            ("SELECT * FROM a CROSS JOIN b", nil), ("SELECT * FROM a LEFT CROSS JOIN b", nil),
            (
                "SELECT x FROM A INNER JOIN (B INNER JOIN (C INNER JOIN D ON C = D) ON B = C) ON A = B",
                "SELECT x FROM A JOIN (B JOIN (C JOIN D ON C = D) ON B = C) ON A = B"
            ),
            ("SELECT x FROM (((A JOIN B ON A = B)))", nil),
            ("SELECT x FROM A JOIN (1) ON true", "SELECT x FROM A JOIN 1 ON true"),
            ("SELECT * FROM left LEFT JOIN right ON full", "SELECT * FROM left LEFT JOIN right ON full"),
        ])
        guard case .query(let query) = try Parser.statement("SELECT * FROM a CROSS JOIN b LEFT JOIN c ON d, e").node,
            case .select(let block) = query.body
        else {
            Issue.record("unexpected tree")
            return
        }
        #expect(block.from.map(\.joins.count) == [2, 0])
        #expect(block.from[0].joins.map(\.side) == [.inner, .left])
        #expect(block.from[0].joins.map { $0.condition == nil } == [true, false])
    }

    @Test func timeTravel() throws {
        try expectPrinted([
            ("SELECT * FROM t AS OF '2026-05-01T12:00:00Z' WHERE a > 1", nil),
            ("SELECT * FROM t AS OF LATEST x", "SELECT * FROM t AS OF LATEST AS x"),
            ("SELECT * FROM t AS OF EARLIEST AS x, u AS OF before_script AS y", nil),
            ("SELECT * FROM t AS OF \"latest\"", nil), ("SELECT * FROM t AS OF :time", nil),
            ("SELECT * FROM t AS OF ? AS x", nil),
            ("SELECT * FROM t AS OF NOW() - INTERVAL '10' MINUTE AS x", nil),
            ("SELECT * FROM t AS OF INTERVAL '10' MINUTE AGO", nil), ("SELECT * FROM t AS OF (latest)", nil),
            ("SELECT * FROM t AS OF TIMESTAMP '2026-05-01 12:00:00+00:00'", nil),
            ("SELECT * FROM \"t\".\"i\" AS OF '-10m' AS x", nil),
            ("SELECT * FROM t VERSIONS BETWEEN EARLIEST AND LATEST AS v", nil),
            ("SELECT * FROM t AS of WHERE of.a = 1", nil), ("SELECT * FROM t AS of", nil),
            ("SELECT a AS of, b FROM t", nil),
            ("SELECT * FROM DIFF TABLE t AS OF a WITH u AS OF b AS d WHERE d.op = 'x'", nil),
            ("SELECT * FROM a JOIN b AS OF '-1h' AS c ON a.x = c.x", nil),
        ])
    }

    @Test func clauses() throws {
        try expectPrinted([
            (
                "SELECT a FROM t LET b AS c, d AS e WHERE f GROUP BY a AS k, b GROUP AS g HAVING h ORDER BY a, b DESC NULLS FIRST LIMIT 1 OFFSET 2",
                nil
            ),
            ("SELECT a FROM t GROUP PARTIAL BY a", nil), ("SELECT VALUE g FROM t GROUP ALL AS g", nil),
            ("SELECT a FROM t ORDER BY a ASC NULLS LAST", "SELECT a FROM t ORDER BY a NULLS LAST"),
            ("WITH a AS (SELECT 1), b (c, d) AS (SELECT 2) SELECT * FROM a", nil),
            ("WITH RECURSIVE a AS (SELECT 1) SELECT * FROM a", nil), ("a LIMIT 1", nil),
            ("SELECT a FROM t OFFSET 5", nil),
        ])
    }

    @Test func setOperations() throws {
        try expectPrinted([
            ("a UNION b EXCEPT c", nil), ("a UNION ALL b INTERSECT DISTINCT c", nil), ("a OUTER UNION b", nil),
            ("(a UNION b) INTERSECT c", nil), ("a UNION (b UNION c)", nil), ("VALUES (1, 2), (3)", nil),
            ("TABLE a.b UNION ALL CORRESPONDING BY (c, d) TABLE e", nil), ("a UNION CORRESPONDING b", nil),
            ("(SELECT a FROM b ORDER BY c LIMIT d) UNION (SELECT e FROM f) ORDER BY g LIMIT h", nil),
            ("SELECT a FROM b UNION SELECT c FROM d ORDER BY e", nil),
        ])
        guard case .query(let query) = try Parser.statement("a UNION b INTERSECT c EXCEPT d").node,
            case .setOperation(_, let terms) = query.body
        else {
            Issue.record("unexpected tree")
            return
        }
        #expect(terms.map(\.operation) == [.union, .except])
    }
}
