import HindsightSyntax
import HindsightValues
import Testing

struct ExpressionParserTests {
    @Test func primaries() throws {
        try expectPrinted([
            ("a", nil), ("\"a b\"", nil), ("@a", nil), ("?", nil), (":name", nil), (":select", nil), ("NULL", nil),
            ("mIsSiNg", "MISSING"), ("TRUE", "true"), ("'it''s'", nil), ("-5", nil), ("(a)", "a"), ("((a))", "a"),
            ("[]", nil), ("[1, [2]]", nil), ("<<>>", nil), ("<<<<1>>>>", nil), ("{}", nil),
            ("{'a':1,b:c}", "{'a': 1, b: c}"), ("(a, b)", nil), ("ROW(a)", nil), ("ROW(a,b)", "(a, b)"),
            ("(SELECT 1)", nil), ("((SELECT 1))", "(SELECT 1)"), ("EXISTS(SELECT 1)", nil),
            ("EXISTS((SELECT 1))", "EXISTS(SELECT 1)"), ("EXISTS(a)", nil),
        ])
    }

    @Test func softKeywordsAreNames() throws {
        for word in ["Year", "Name", "Date", "Value", "Size", "Status", "Data", "Key", "Time", "Timestamp", "Type"] {
            try expectPrinted([
                ("SELECT \(word) FROM t", nil), ("SELECT t.\(word) FROM t WHERE \(word) = 1", nil),
                ("SELECT a AS \(word), \(word) AS b FROM \(word) AS \(word)", nil), ("{\(word): \(word)}", nil),
                ("UPDATE t SET \(word) = 1 REMOVE \(word)", nil), ("SELECT * FROM t ORDER BY \(word) DESC", nil),
                ("SELECT DISTINCT \(word), 1 FROM t", nil), ("[\(word), -\(word)]", nil),
            ])
        }
    }

    @Test func anyKeywordIsANameBehindADot() throws {
        for keyword in Keyword.allCases { try expectPrinted([("a.\(keyword.rawValue.lowercased()).b", nil)]) }
    }

    @Test func paths() throws {
        try expectPrinted([
            ("a.b.c['item'].\"d\"[5].e['s'].f[1+2]", "a.b.c['item'].\"d\"[5].e['s'].f[1 + 2]"), ("@a.b[*]", nil),
            ("a.*.*", nil), ("{'a': 1}.'a'", "{'a': 1}.\"a\""), ("foo(x, y)[*].*.b[5]", nil),
            ("(SELECT a FROM en).b", nil), ("(a.b).c", "(a.b).c"), ("(5).a", nil), ("(a + b).c", nil),
        ])
    }

    @Test func precedence() throws {
        try expectPrinted([
            ("a+b*c", "a + b * c"), ("(a+b)*c", "(a + b) * c"), ("a-(b-c)", "a - (b - c)"), ("(a-b)-c", "(a - b) - c"),
            ("a||b+c", "a || b + c"), ("(a||b)+c", "(a || b) + c"), ("a & b || c", nil),
            ("a = b AND c OR d", nil), ("a AND (b OR c)", nil), ("NOT a = b", nil), ("NOT (a AND b)", nil),
            ("NOT NOT a", nil), ("(NOT a) = b", nil), ("a = b IS TRUE", nil), ("a = (b IS TRUE)", nil),
            ("a IS NOT NULL = b", nil), ("-a * b", nil), ("-(a * b)", nil), ("- - a", "-(-a)"), ("+-+a", "+-+a"),
            ("-(5)", nil), ("- 5", "-5"), ("2 - -5", nil), ("a BETWEEN 1 AND 2 AND b", nil), ("a || b || c", nil),
        ])
        #expect(
            TreeDump.text(of: try Parser.expression("1 + 2 * 3 - x")) == """
                Expression
                  node: arithmetic
                    first: Expression
                      node: literal
                        int 1
                    terms[0]: ArithmeticTerm
                      operation: add
                      operand: Expression
                        node: arithmetic
                          first: Expression
                            node: literal
                              int 2
                          terms[0]: ArithmeticTerm
                            operation: multiply
                            operand: Expression
                              node: literal
                                int 3
                    terms[1]: ArithmeticTerm
                      operation: subtract
                      operand: Expression
                        node: variable
                          Variable
                            name: x
                            isLocalFirst: false
                """)
    }

    @Test func predicates() throws {
        try expectPrinted([
            ("a != b", "a <> b"), ("a <= b", nil), ("a LIKE 'x%' ESCAPE '\\'", nil), ("a NOT LIKE b", nil),
            ("a NOT BETWEEN b AND c", nil), ("a IN (1, 2)", nil), ("a NOT IN [1]", nil), ("a IN b", nil),
            ("a IN (b)", "a IN ROW(b)"), ("a IN ([1])", "a IN [1]"), ("a IN (SELECT VALUE b FROM c)", nil),
            ("a IN (b).c", "a IN b.c"), ("a IN (?)", "a IN ROW(?)"), ("a IS MISSING", nil), ("a IS NOT NULL", nil),
            ("a IS UNKNOWN", nil), ("a IS NOT FALSE", nil), ("f() IS NOT VARCHAR(200)", "f() IS NOT VARCHAR (200)"),
            ("a OVERLAPS b", nil), ("(a, b) OVERLAPS (c, d)", nil),
        ])
    }

    @Test func caseAndCast() throws {
        try expectPrinted([
            ("CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END", nil), ("CASE a WHEN 1 THEN 2 END", nil),
            ("CAST(a AS INT)", nil), ("CAN_CAST(a AS decimal(5,2))", "CAN_CAST(a AS DECIMAL (5, 2))"),
            ("CAN_LOSSLESS_CAST(a AS NUMERIC(3))", "CAN_LOSSLESS_CAST(a AS DECIMAL (3))"),
            ("CAST(a AS DOUBLE PRECISION)", nil), ("CAST(a AS CHARACTER VARYING(3))", "CAST(a AS VARCHAR (3))"),
            ("CAST(a AS TIME (3) WITH TIME ZONE)", nil), ("CAST(a AS TIMESTAMP)", nil),
            ("CAST(a AS INTERVAL YEAR(4) TO MONTH)", "CAST(a AS INTERVAL YEAR (4) TO MONTH)"),
            ("CAST(a AS INTERVAL SECOND(2, 3))", "CAST(a AS INTERVAL SECOND (2, 3))"), ("CAST(a AS INTERVAL)", nil),
            ("cast.film", nil),
        ])
    }

    @Test func typesInAllTheirNames() throws {
        let types = [
            ("ANY", nil), ("BOOLEAN", "BOOL"), ("TINYINT", nil), ("INT2", "SMALLINT"), ("INT4", "INTEGER"),
            ("INT8", "BIGINT"), ("DEC", "DECIMAL"), ("NUMBER", nil), ("REAL", nil), ("FLOAT", nil), ("CHAR", nil),
            ("STRING", nil), ("SYMBOL", nil), ("CLOB", nil), ("BLOB", nil), ("BINARY", nil), ("DATE", nil),
            ("ARRAY", "LIST"), ("BAG", nil), ("SEXP", nil), ("TUPLE", "STRUCT"), ("MAP", nil),
            ("TIMESTAMP WITHOUT TIME ZONE", "TIMESTAMP"), ("NULL", nil), ("MISSING", nil),
        ]
        for (type, name) in types {
            #expect(try printed("CAST(a AS \(type))") == "CAST(a AS \(name ?? type))")
        }
    }

    @Test func calls() throws {
        try expectPrinted([
            ("f()", nil), ("f(1, a)", nil), ("COUNT(*)", nil), ("COUNT(DISTINCT a)", nil), ("SOME(ALL a)", nil),
            ("\"f\"(a)", nil), ("LIST(a, 5)", nil), ("left(a, 1)", nil), ("COALESCE(a, b)", nil),
            ("COLL_SUM(SELECT VALUE a FROM b)", nil), ("f((SELECT 1), 2)", nil), ("f((SELECT 1))", "f(SELECT 1)"),
        ])
    }

    @Test func callsWithWordsBetweenTheArguments() throws {
        try expectPrinted([
            ("SUBSTRING(a FROM 1 FOR 2)", "SUBSTRING(a, 1, 2)"), ("substring(a from 1)", "substring(a, 1)"),
            ("POSITION('a' IN b)", "POSITION('a', b)"), ("OVERLAY(a PLACING b FROM 1 FOR 2)", "OVERLAY(a, b, 1, 2)"),
            ("TRIM(a)", "TRIM(BOTH FROM a)"), ("TRIM(LEADING 'x' FROM a)", nil),
            ("TRIM('x' FROM a)", "TRIM(BOTH 'x' FROM a)"),
            ("EXTRACT(YEAR FROM a)", nil), ("EXTRACT(timezone_hour FROM a)", "EXTRACT(TIMEZONE_HOUR FROM a)"),
            ("DATE_ADD(MONTH, 1, a)", nil), ("DATE_DIFF(DAY, a, b)", nil), ("CURRENT_DATE", "CURRENT_DATE()"),
        ])
        guard case .call(let call) = try Parser.expression("TRIM(TRAILING FROM a)").node else {
            Issue.record("TRIM is a call")
            return
        }
        #expect(call.detail == .trim(.trailing))
        #expect(call.arguments.count == 1)
    }

    @Test func windows() throws {
        try expectPrinted([
            ("RANK() OVER (PARTITION BY a, b ORDER BY c DESC)", nil), ("RANK() OVER w", nil),
            ("LAG(a, 1) OVER ()", nil), ("LAG(a) IGNORE NULLS OVER w", nil), ("a(b) RESPECT NULLS", nil),
            ("COUNT(*) FILTER (WHERE a > 1)", nil), ("SUM(a) FILTER (WHERE b) OVER (ROWS 1 PRECEDING)", nil),
            ("SUM(a) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE NO OTHERS)", nil),
            ("SUM(a) OVER (ORDER BY b RANGE BETWEEN 1 + c PRECEDING AND 2 FOLLOWING EXCLUDE TIES)", nil),
            ("SUM(a) OVER (GROUPS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE GROUP)", nil),
            (
                "SUM(a) OVER (rows rows current PRECEDING EXCLUDE CURRENT ROW)",
                "SUM(a) OVER (rows ROWS current PRECEDING EXCLUDE CURRENT ROW)"
            ),
            ("SUM(a) OVER (groups PARTITION BY b)", nil), ("SUM(a) OVER (range)", nil),
            ("SELECT rows, COUNT(*) AS filter FROM groups AS current", nil),
            ("SELECT RANK() OVER (w ORDER BY a) AS r FROM t WINDOW w AS (PARTITION BY b), v AS ()", nil),
        ])
    }

    @Test func parametersAreNumberedAndNamed() throws {
        let statement = try Parser.statement("SELECT ?, :b FROM t WHERE a = ? AND c IN (:a, :b, ?)")
        #expect(statement.parameters == ParameterList(positionalCount: 3, names: ["b", "a"]))
        #expect(try Parser.statement("SELECT 1").parameters.isEmpty)
    }

    @Test func spansCoverTheirText() throws {
        let text = "SELECT (a + b) * c AS x FROM t WHERE t.y[0] = 'z'"
        guard case .query(let query) = try Parser.statement(text).node, case .select(let block) = query.body,
            case .items(let items) = block.projection.kind, case .expression(let product, _) = items[0].kind,
            case .comparison(_, let path, let literal) = block.filter?.node
        else {
            Issue.record("unexpected tree")
            return
        }
        func covered(_ span: SourceSpan) -> String { String(decoding: Array(text.utf8)[span.range], as: UTF8.self) }
        #expect(covered(product.span) == "(a + b) * c")
        #expect(covered(items[0].span) == "(a + b) * c AS x")
        #expect(covered(path.span) == "t.y[0]")
        #expect(covered(literal.span) == "'z'")
        #expect(covered(block.projection.span) == "(a + b) * c AS x")
        #expect(covered(query.span) == text)
    }
}
