import HindsightQuery
import HindsightValues
import Testing

/// Two-valued truth: the table of DynamoDB's answers for an attribute that is absent, NULL, a text, or a number.
@Suite struct DialectTests {
    private static let rows: [(stored: Value, answers: [Bool])] = [
        (.missing, [false, false, true, true, false, true]),
        (.null, [false, true, true, false, true, false]),
        (.string("x"), [true, false, false, false, false, true]),
        (.int(1), [false, true, true, false, false, true]),
    ]

    private static let conditions = [
        "i.a = 'x'", "i.a <> 'x'", "NOT i.a = 'x'", "i.a IS MISSING", "i.a IS NULL", "i.a IS NOT NULL",
    ]

    @Test func comparesWithTwoTruths() throws {
        for (stored, answers) in Self.rows {
            let item = Structure(fields: [.init(name: "a", value: stored)])
            let evaluator = ConstantEvaluator(dialect: .dynamodb, globals: ["i": .structure(item)])
            for (condition, answer) in zip(Self.conditions, answers) {
                #expect(try evaluator.isTrue(condition) == answer, "\(condition) of \(stored)")
                #expect(try evaluator.evaluate(condition) == .bool(answer), "\(condition) of \(stored)")
            }
        }
    }

    @Test func ordersWithinOneKind() throws {
        let evaluator = ConstantEvaluator(dialect: .dynamodb)
        #expect(try evaluator.isTrue("1 < 2"))
        #expect(try !evaluator.isTrue("1 < 'a'"))
        #expect(try evaluator.isTrue("NOT 1 < 'a'"))
        #expect(try evaluator.isTrue("NOT (NULL BETWEEN 1 AND 2)"))
        #expect(try evaluator.isTrue("'b' IN ['a', 'b']"))
        #expect(try evaluator.isTrue("<<1, 2>> = <<2, 1.0>>"))
        #expect(try evaluator.isTrue("NULL = NULL"))
    }

    @Test(arguments: ["i.a < TRUE", "NULL >= i.a", "i.a > [1]", "i.a <= {'b': 1}", "i.a < <<1>>"])
    func refusesLiteralsWithoutOrder(condition: String) throws {
        let globals = ["i": Value.structure(Structure())]
        let error = #expect(throws: QueryError.self) {
            try ConstantEvaluator(dialect: .dynamodb, globals: globals).isTrue(condition)
        }
        #expect(error?.diagnostic.code == .typeMismatch)
        #expect(try !ConstantEvaluator(globals: globals).isTrue(condition))
    }

    @Test func namesKeepTheirCase() throws {
        let item = Value.structure(Structure(fields: [.init(name: "Name", value: .int(1))]))
        let globals = ["i": item]
        #expect(try ConstantEvaluator(globals: globals).evaluate("i.name") == .int(1))
        #expect(try ConstantEvaluator(globals: globals).evaluate("i.\"name\"") == .missing)
        #expect(try ConstantEvaluator(dialect: .dynamodb, globals: globals).evaluate("i.name") == .missing)
    }

    @Test func sizesText() throws {
        #expect(try ConstantEvaluator(dialect: .dynamodb).evaluate("size('abc')") == .int(3))
        #expect(try ConstantEvaluator().evaluate("cardinality('abc')") == .missing)
    }
}
