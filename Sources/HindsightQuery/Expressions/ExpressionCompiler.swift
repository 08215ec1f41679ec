import HindsightSyntax
import HindsightValues

/// A compiled expression: its value for the row in the frame.
package typealias Evaluator = @Sendable (inout Frame) throws(QueryError) -> Value

/// A compiled condition: whether it is true for the row in the frame. Unknown and false are the same to it.
package typealias PredicateEvaluator = @Sendable (inout Frame) throws(QueryError) -> Bool

/// Turns bound expressions into closures, once for a statement.
///
/// A part that is constant is evaluated while compiling. The shapes that occur in most statements (a slot compared with a
/// constant, arithmetic on numbers) get closures of their own; see `ComparisonCompiler` and `ArithmeticCompiler`.
package struct ExpressionCompiler: Sendable {
    package let dialect: Dialect
    package let typing: TypingMode

    package init(dialect: Dialect = .partiql, typing: TypingMode = .permissive) {
        self.dialect = dialect
        self.typing = typing
    }

    /// Compiles an expression to its value.
    ///
    /// - Throws: in strict typing, `typeMismatch` for an operation on constants that can never succeed.
    package func compile(_ expression: BoundExpression) throws(QueryError) -> Evaluator {
        try compilePart(expression).evaluator
    }

    /// The value of an expression that depends on nothing but the statement's text; nil for others, and for those that
    /// fail.
    package func constantValue(of expression: BoundExpression) throws(QueryError) -> Value? {
        guard case .constant(let value) = try compilePart(expression) else { return nil }
        return value
    }

    /// A compiled part of an expression.
    enum Part: Sendable {
        case constant(Value)
        case slot(Int)
        case computed(Evaluator)

        var evaluator: Evaluator {
            switch self {
            case .constant(let value): { (_) throws(QueryError) in value }
            case .slot(let slot): { (frame) throws(QueryError) in frame.slots[slot] }
            case .computed(let evaluator): evaluator
            }
        }

        var isConstant: Bool {
            if case .constant = self { true } else { false }
        }
    }

    func site(_ span: SourceSpan) -> EvaluationSite {
        EvaluationSite(typing: typing, span: span)
    }

    func compilePart(_ expression: BoundExpression) throws(QueryError) -> Part {
        let span = expression.span
        switch expression.node {
        case .constant(let value): return .constant(value)
        case .slot(let slot): return .slot(slot)
        case .parameter(let index): return .computed(parameter(index, at: span))
        case .path(let root, let steps): return try compilePath(root, steps)
        case .plus(let operand): return try compileSign(operand, isNegative: false, at: span)
        case .negate(let operand): return try compileSign(operand, isNegative: true, at: span)
        case .arithmetic(let first, let steps): return try compileArithmetic(first, steps)
        case .comparison, .and, .or, .not, .between, .membership, .like, .overlaps, .test, .exists:
            return try compileCondition(expression)
        case .searchedCase, .simpleCase, .coalesce, .nullIf: return try compileConditional(expression)
        case .cast(let operand, let type, let kind): return try compileCast(operand, to: type, kind, at: span)
        case .call(let function, let arguments): return try compileCall(function, arguments, at: span)
        case .structure(let fields): return try compileStructure(fields)
        case .collection(let form, let elements): return try compileCollection(form, elements)
        case .match(let graph, let plan): return try compileMatch(graph, plan, at: span)
        case .subquery(let subquery, let use): return .computed(compileSubquery(subquery, use))
        case .excluding(let operand, let tree):
            let whole = try compile(operand)
            return .computed { (frame) throws(QueryError) in tree.applied(to: try whole(&frame)) }
        }
    }

    func compileParts(_ expressions: [BoundExpression]) throws(QueryError) -> [Part] {
        var parts: [Part] = []
        parts.reserveCapacity(expressions.count)
        for expression in expressions { parts.append(try compilePart(expression)) }
        return parts
    }

    private func parameter(_ index: Int, at span: SourceSpan) -> Evaluator {
        { (frame) throws(QueryError) in
            guard index < frame.context.parameters.count else {
                throw QueryError(.parameterMismatch, "there is no value for parameter \(index + 1)", at: span)
            }
            return frame.context.parameters[index]
        }
    }

    private func compileSubquery(_ subquery: any BoundSubquery, _ use: SubqueryUse) -> Evaluator {
        switch use {
        case .collection: { (frame) throws(QueryError) in try subquery.collection(&frame) }
        case .scalar: { (frame) throws(QueryError) in try subquery.scalar(&frame) }
        case .row: { (frame) throws(QueryError) in try subquery.row(&frame) }
        }
    }

    /// Evaluates an operation now if all that it works on is constant.
    ///
    /// An error that no typing mode forgives is left to run time, since the operation may never be reached (`CASE WHEN …
    /// THEN 1 / 0`). A mismatch in strict typing is one for every row and is reported now.
    func folding(_ evaluator: @escaping Evaluator, of parts: Part...) throws(QueryError) -> Part {
        try folding(evaluator, of: parts)
    }

    func folding(_ evaluator: @escaping Evaluator, of parts: [Part]) throws(QueryError) -> Part {
        guard parts.allSatisfy(\.isConstant) else { return .computed(evaluator) }
        var frame = Frame(slotCount: 0, context: ExecutionContext(now: Timestamp(clock: 0), typing: typing))
        do throws(QueryError) {
            return .constant(try evaluator(&frame))
        } catch {
            if error.diagnostic.code == .typeMismatch || error.diagnostic.code == .invalidCast { throw error }
            return .computed(evaluator)
        }
    }
}
