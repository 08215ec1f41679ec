import HindsightQuery
import HindsightSyntax
import HindsightValues

/// Runs an expression without a query around it: its variables are global values.
struct ConstantEvaluator {
    var typing = TypingMode.permissive
    var dialect = Dialect.partiql
    var globals: [String: Value] = [:]
    var parameters: [Value] = []

    /// The time of all statements.
    static let now = Timestamp(clock: 1_777_636_800_000_000)

    /// - Throws: `SyntaxError` and `QueryError`.
    func evaluate(_ text: String) throws -> Value {
        try evaluate(Parser.expression(text))
    }

    func evaluate(_ expression: Expression) throws(QueryError) -> Value {
        let evaluator = try compiler.compile(try bind(expression))
        var frame = makeFrame()
        return try evaluator(&frame)
    }

    /// Whether a condition is true, by the way that builds no value.
    func isTrue(_ text: String) throws -> Bool {
        let predicate = try compiler.compilePredicate(try bind(Parser.expression(text)))
        var frame = makeFrame()
        return try predicate(&frame)
    }

    func bind(_ expression: Expression) throws(QueryError) -> BoundExpression {
        try ExpressionBinder(resolver: GlobalResolver(globals: globals), dialect: dialect).bind(expression)
    }

    var compiler: ExpressionCompiler { ExpressionCompiler(dialect: dialect, typing: typing) }

    func makeFrame() -> Frame {
        Frame(
            slotCount: 0, context: ExecutionContext(parameters: parameters, now: ConstantEvaluator.now, typing: typing))
    }
}

/// Finds variables among global values, by the longest dotted name; knows no queries.
private struct GlobalResolver: NameResolver {
    let globals: [String: Value]

    func resolve(_ variable: Variable, steps: [BoundStep]) throws(QueryError) -> (
        expression: BoundExpression, consumedSteps: Int
    ) {
        var names = [variable.name.text]
        for case .attribute(let name, _, _) in steps { names.append(name) }
        for count in stride(from: min(names.count, steps.count + 1), through: 1, by: -1) {
            let name = names.prefix(count).joined(separator: ".")
            if let value = find(name, isExact: variable.name.isQuoted) {
                return (BoundExpression(.constant(value), at: variable.name.span), count - 1)
            }
        }
        throw QueryError(.unknownName, "there is no '\(variable.name.text)'", at: variable.name.span)
    }

    private func find(_ name: String, isExact: Bool) -> Value? {
        let exact = globals.first { TextOrder.isEqual($0.key, name) }
        if isExact || exact != nil { return exact?.value }
        return globals.first { TextOrder.isEqualIgnoringCase($0.key, name) }?.value
    }

    func resolveParameter(_ parameter: Parameter, at span: SourceSpan) throws(QueryError) -> Int {
        switch parameter {
        case .positional(let index): index
        case .named: throw QueryError(.parameterMismatch, "parameters have no names here", at: span)
        }
    }

    func bindSubquery(_ query: Query, as use: SubqueryUse, at span: SourceSpan) throws(QueryError) -> BoundExpression {
        throw QueryError(.unsupported, "there are no queries here", at: span)
    }

    func bindAggregate(_ call: AggregateCall) throws(QueryError) -> BoundExpression {
        throw QueryError(.misplacedAggregate, "there is nothing to aggregate here", at: call.span)
    }
}
