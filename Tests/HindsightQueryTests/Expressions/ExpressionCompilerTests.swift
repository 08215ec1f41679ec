import HindsightQuery
import HindsightSyntax
import HindsightTestSupport
import HindsightValues
import Testing

@Suite struct ExpressionCompilerTests {
    private let span = SourceSpan(0..<1)

    private func node(_ node: BoundExpression.Node) -> BoundExpression { BoundExpression(node, at: span) }

    private func frame(_ slots: [Value]) -> Frame {
        var frame = Frame(slotCount: 0, context: ExecutionContext(now: Timestamp(clock: 0)))
        frame.slots = ContiguousArray(slots)
        return frame
    }

    /// Each way in which a comparison's operands may come gives the same as the general one, as value and as test.
    @Test func specialisedComparisonsAgree() throws {
        let values: [Value] = [
            .int(1), .int(2), .decimal("1.0"), .decimal("2.5"), .float(1), .float(.nan), .string("a"), .string("b"),
            .null, .missing, .bool(true), .list([.int(1)]),
        ]
        let compiler = ExpressionCompiler()
        for operation in ComparisonOperator.allCases {
            for left in values {
                for right in values {
                    var frame = frame([left, right])
                    let slots = (node(.slot(0)), node(.slot(1)))
                    let constants = (node(.constant(left)), node(.constant(right)))
                    let hidden = (node(.coalesceOrSelf(slots.0)), node(.coalesceOrSelf(slots.1)))
                    let general = node(.comparison(operation, hidden.0, hidden.1))
                    let wanted = try compiler.compile(general)(&frame)
                    for (first, second) in [
                        slots, (slots.0, constants.1), (constants.0, slots.1), constants, (hidden.0, constants.1),
                    ] {
                        let comparison = node(.comparison(operation, first, second))
                        #expect(try compiler.compile(comparison)(&frame) == wanted)
                        #expect(try compiler.compilePredicate(comparison)(&frame) == (wanted == .bool(true)))
                        let negated = node(.not(comparison))
                        #expect(try compiler.compilePredicate(negated)(&frame) == (wanted == .bool(false)))
                    }
                }
            }
        }
    }

    /// A long chain takes no deep stack, and one operator of it is applied after the other.
    @Test func longChains() throws {
        let sum = (1...20_000).map { "\($0)" }.joined(separator: " + ")
        #expect(try ConstantEvaluator().evaluate(sum) == .int(200_010_000))
        let steps = (0..<20_000).map { _ in ArithmeticStep(.add, node(.slot(0)), at: span) }
        var frame = frame([.int(1)])
        #expect(try ExpressionCompiler().compile(node(.arithmetic(node(.slot(0)), steps)))(&frame) == .int(20_001))
        let condition = node(
            .and((0..<20_000).map { _ in node(.comparison(.equal, node(.slot(0)), node(.constant(.int(1))))) }))
        #expect(try ExpressionCompiler().compilePredicate(condition)(&frame))
        #expect(try ConstantEvaluator().evaluate("10 - 4 - 3") == .int(3))
        #expect(try ConstantEvaluator().evaluate("2 + 3 * 4 || ''") == .missing)
    }

    @Test(arguments: [
        ("(1 + ", "1", ")"), ("[", "1", "]"), ("{'a': ", "1", "}"), ("NOT (", "TRUE", ")"), ("UPPER(", "'a'", ")"),
        ("COALESCE(NULL, ", "1", ")"), ("CAST(", "1", " AS INT)"), ("<<1>> = (", "<<1>>", ")"), ("(1 IN [", "1", "])"),
        ("(CASE WHEN 1 = 1 THEN ", "1", " END)"), ("(TRUE AND ", "TRUE", ")"), ("-(", "1", ")"),
    ])
    func deepNestingWithinTheLimit(opening: String, middle: String, closing: String) throws {
        var depth = Parser.maximumNesting
        while depth > 0 {
            let text =
                String(repeating: opening, count: depth) + middle + String(repeating: closing, count: depth)
            guard let expression = try? Parser.expression(text) else {
                depth -= 1
                continue
            }
            _ = try ConstantEvaluator().evaluate(expression)
            _ = try ConstantEvaluator(globals: ["x": .int(1)]).compiler.compilePredicate(
                try ConstantEvaluator().bind(expression))
            break
        }
        #expect(depth > Parser.maximumNesting / 4)
    }

    @Test func foldsConstants() throws {
        let compiler = ExpressionCompiler()
        let evaluator = ConstantEvaluator()
        func folded(_ text: String) throws -> Value? {
            try compiler.constantValue(of: try evaluator.bind(try Parser.expression(text)))
        }
        #expect(try folded("UPPER('a') || 'b'") == .string("Ab"))
        #expect(try folded("{'a': [1 + 1]}.a[0]") == .int(2))
        #expect(try folded("1 / 0") == nil)
        #expect(try folded("NOW()") == nil)
        #expect(try folded("? + 1") == nil)
        #expect(try evaluator.evaluate("CASE WHEN TRUE THEN 1 ELSE 1 / 0 END") == .int(1))
    }

    @Test func readsParameters() throws {
        #expect(try ConstantEvaluator(parameters: [.int(2), .string("a")]).evaluate("? * 3") == .int(6))
        #expect(try ConstantEvaluator(parameters: [.string("a")]).evaluate("{'a': 5}[?]") == .int(5))
        let error = #expect(throws: QueryError.self) { try ConstantEvaluator().evaluate("? * 3") }
        #expect(error?.diagnostic.code == .parameterMismatch)
    }

    @Test func usesTheStatementsTime() throws {
        #expect(try ConstantEvaluator().evaluate("NOW()") == .timestamp(ConstantEvaluator.now))
        #expect(
            try ConstantEvaluator().evaluate("NOW() - INTERVAL '10' MINUTE = TO_TIMESTAMP('2026-05-01T11:50:00Z')")
                == .bool(true))
    }

    @Test(arguments: [
        ("NOSUCH(1)", DiagnosticCode.unknownFunction), ("UPPER()", .wrongArgumentCount),
        ("UPPER('a', 'b')", .wrongArgumentCount),
        ("COUNT(1)", .misplacedAggregate), ("COLL_SUM(*)", .wrongArgumentCount), ("CAST(1 AS NULL)", .invalidCast),
        ("CAST(1 AS DECIMAL(5, 10))", .invalidArgument), ("UPPER(DISTINCT 'a')", .invalidArgument),
        ("nowhere", .unknownName), ("DATE_ADD(TIMEZONE_HOUR, 1, DATE '2026-05-01')", .invalidArgument),
    ])
    func bindingFails(text: String, code: DiagnosticCode) {
        let error = #expect(throws: QueryError.self) { try ConstantEvaluator().evaluate(text) }
        #expect(error?.diagnostic.code == code)
    }

    @Test func suggestsFunctions() {
        let error = #expect(throws: QueryError.self) { try ConstantEvaluator().evaluate("UPER('a')") }
        #expect(error?.diagnostic.hint == "did you mean UPPER?")
    }

    @Test func errorsPointAtTheirPart() {
        let error = #expect(throws: QueryError.self) {
            try ConstantEvaluator(typing: .strict).evaluate("1 + 2 + UPPER(5)")
        }
        #expect(error?.diagnostic.span == SourceSpan(14..<15))
    }
}

extension BoundExpression.Node {
    /// The same value by a way that the compiler does not see through.
    fileprivate static func coalesceOrSelf(_ expression: BoundExpression) -> BoundExpression.Node {
        .searchedCase([], otherwise: expression)
    }
}
