import HindsightQuery
import HindsightSyntax
import HindsightValues
import Testing

/// How NULL and MISSING go through operators, in the default dialect.
@Suite struct AbsentValueTests {
    @Test(arguments: [
        ("NULL + 1", "NULL"), ("MISSING + 1", "MISSING"), ("NULL + MISSING", "MISSING"), ("NULL || 'a'", "NULL"),
        ("NULL < 1", "NULL"), ("MISSING < 1", "MISSING"), ("NULL < MISSING", "NULL"), ("NULL = NULL", "NULL"),
        ("NULL = MISSING", "NULL"), ("MISSING = MISSING", "MISSING"), ("1 = MISSING", "MISSING"),
        ("[NULL] = [NULL]", "true"), ("[MISSING] = [MISSING]", "true"), ("[NULL, MISSING] = [NULL]", "false"),
        ("NULL IS NULL", "true"), ("MISSING IS NULL", "true"), ("NULL IS MISSING", "false"),
        ("MISSING IS MISSING", "true"), ("NULL IS NOT NULL", "false"), ("NULL IS UNKNOWN", "true"),
        ("(1 = NULL) IS NOT TRUE", "true"), ("TRUE IS FALSE", "false"), ("COALESCE(NULL, MISSING, 3)", "3"),
        ("COALESCE(NULL, MISSING)", "NULL"), ("COALESCE(MISSING, MISSING)", "MISSING"), ("NULLIF(NULL, 1)", "NULL"),
        ("NULLIF(MISSING, 1)", "MISSING"), ("NULLIF(1, MISSING)", "1"), ("NULLIF(1, 1.0)", "NULL"),
        ("EXISTS([MISSING])", "true"), ("CARDINALITY([NULL, MISSING])", "2"), ("CARDINALITY(NULL)", "NULL"),
        ("COLL_SUM(MISSING)", "MISSING"), ("COLL_COUNT([NULL, MISSING])", "0"), ("COLL_MAX([NULL])", "NULL"),
        ("{'a': NULL, 'b': MISSING}", "{'a': NULL}"), ("[NULL, MISSING]", "[NULL, MISSING]"), ("NULL.a", "NULL"),
        ("MISSING[1]", "MISSING"), ("CAST(NULL AS INT)", "NULL"), ("CAST(MISSING AS INT)", "MISSING"),
        ("1 IN [1, NULL]", "true"), ("2 IN [1, NULL]", "NULL"), ("2 IN [1, 3]", "false"), ("NULL IN [1]", "NULL"),
        ("2 NOT IN [1, NULL]", "NULL"), ("1 IN NULL", "NULL"), ("5 BETWEEN 1 AND NULL", "NULL"),
        ("5 BETWEEN 6 AND NULL", "false"), ("5 BETWEEN MISSING AND 7", "MISSING"), ("NULL LIKE 'a'", "NULL"),
        ("CASE NULL WHEN NULL THEN 1 ELSE 2 END", "2"), ("CASE WHEN NULL THEN 1 END", "NULL"), ("-MISSING", "MISSING"),
    ])
    func gives(expression: String, expected: String) throws {
        for typing in [TypingMode.permissive, .strict] {
            let evaluator = ConstantEvaluator(typing: typing)
            let found = try evaluator.evaluate(expression)
            let wanted = try evaluator.evaluate(expected)
            #expect(found == wanted, "\(expression) in \(typing)")
        }
    }

    /// All of the two tables, and that the test without values agrees with the value.
    @Test func joinsTruths() throws {
        let operands: [(String, Bool?)] = [("TRUE", true), ("FALSE", false), ("NULL", nil), ("MISSING", nil)]
        for (left, first) in operands {
            for (right, second) in operands {
                try Self.check(
                    "\(left) AND \(right)", first == false || second == false ? false : first.flatMap { _ in second })
                try Self.check(
                    "\(left) OR \(right)", first == true || second == true ? true : first.flatMap { _ in second })
            }
            try Self.check("NOT \(left)", first.map { !$0 })
        }
    }

    private static func check(_ expression: String, _ expected: Bool?) throws {
        let evaluator = ConstantEvaluator()
        #expect(try evaluator.evaluate(expression) == (expected.map { .bool($0) } ?? .null), "\(expression)")
        #expect(try evaluator.isTrue(expression) == (expected == true), "\(expression)")
        #expect(try evaluator.isTrue("NOT (\(expression))") == (expected == false), "NOT \(expression)")
    }

    @Test(arguments: [
        "1 + 'a'", "SQRT(-1)", "5 > 'a'", "5 < [1]", "NOT {'a': 1}", "TRUE AND 5", "{'a': 1}.b", "[1][1]",
        "[1]['x' || '']",
        "[1][1.0]", "'text'.a", "OCTET_LENGTH(1)", "MOD(NULL, 'x')", "CAST('x' AS INT)", "1 LIKE 'a'", "-'a'",
        "EXTRACT(YEAR FROM TIME '12:00:00')", "TIME '12:00:00' + INTERVAL '1' YEAR", "1 & 1.5",
    ])
    func mismatches(expression: String) throws {
        #expect(try [.missing, .null].contains(ConstantEvaluator().evaluate(expression)), "\(expression)")
        let error = #expect(throws: QueryError.self) { try ConstantEvaluator(typing: .strict).evaluate(expression) }
        #expect(error?.diagnostic.code == .typeMismatch)
        #expect(error?.diagnostic.span != nil)
    }

    @Test(arguments: [
        ("9223372036854775807 + 1", DiagnosticCode.numberOutOfRange), ("-9223372036854775808 - 1", .numberOutOfRange),
        ("-(-9223372036854775808)", .numberOutOfRange), ("1 / 0", .divisionByZero), ("1 % 0", .divisionByZero),
        ("1.5 / 0", .divisionByZero), ("`1e0` / 0", .divisionByZero), ("'a' LIKE 'a' ESCAPE 'aa'", .invalidPattern),
        ("TO_TIMESTAMP('x', 'G')", .invalidPattern), ("CAST(2e100 AS INT)", .numberOutOfRange),
        ("INTERVAL '3' YEAR * 50", .invalidTime), ("REPEAT('a', 9000000000)", .limitExceeded),
        ("UPPER(1)", .typeMismatch), ("'a' || 1", .typeMismatch), ("SIZE('abc')", .typeMismatch),
        ("9E+125 * 10", .numberOutOfRange),
    ])
    func failsInBothModes(expression: String, code: DiagnosticCode) {
        for typing in [TypingMode.permissive, .strict] {
            let error = #expect(throws: QueryError.self) {
                try ConstantEvaluator(typing: typing).evaluate(expression)
            }
            #expect(error?.diagnostic.code == code)
        }
    }
}
