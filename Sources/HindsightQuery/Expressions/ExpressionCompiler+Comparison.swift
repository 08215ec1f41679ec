import HindsightSyntax
import HindsightValues

/// Comparisons. A comparison of slots and constants reads them where they stand; the relation of the two values then
/// picks a bit of the operator's mask, so that the six operators share one closure.
extension ExpressionCompiler {
    /// Compiles a comparison to its value.
    func compileComparison(
        _ operation: ComparisonOperator, _ left: BoundExpression, _ right: BoundExpression, at span: SourceSpan
    ) throws(QueryError) -> Part {
        let parts = (try compilePart(left), try compilePart(right))
        let outcome = ComparisonOutcome(operation, site: site(span), rules: rules)
        let evaluator: Evaluator =
            switch parts {
            case (.slot(let left), .constant(let right)):
                ComparisonCompiler.value(SlotOperand(left), ConstantOperand(right), outcome)
            case (.constant(let left), .slot(let right)):
                ComparisonCompiler.value(ConstantOperand(left), SlotOperand(right), outcome)
            case (.slot(let left), .slot(let right)):
                ComparisonCompiler.value(SlotOperand(left), SlotOperand(right), outcome)
            case (_, .constant(let right)):
                ComparisonCompiler.value(ComputedOperand(parts.0.evaluator), ConstantOperand(right), outcome)
            default:
                ComparisonCompiler.value(
                    ComputedOperand(parts.0.evaluator), ComputedOperand(parts.1.evaluator), outcome)
            }
        return try folding(evaluator, of: parts.0, parts.1)
    }

    /// Compiles a comparison to whether it is `wanted`.
    func compileComparisonTest(
        _ operation: ComparisonOperator, _ left: BoundExpression, _ right: BoundExpression, wanted: Bool,
        at span: SourceSpan
    ) throws(QueryError) -> PredicateEvaluator {
        let parts = (try compilePart(left), try compilePart(right))
        let outcome = ComparisonOutcome(operation, site: site(span), rules: rules)
        switch parts {
        case (.slot(let left), .constant(let right)):
            return ComparisonCompiler.test(SlotOperand(left), ConstantOperand(right), outcome, wanted: wanted)
        case (.constant(let left), .slot(let right)):
            return ComparisonCompiler.test(ConstantOperand(left), SlotOperand(right), outcome, wanted: wanted)
        case (.slot(let left), .slot(let right)):
            return ComparisonCompiler.test(SlotOperand(left), SlotOperand(right), outcome, wanted: wanted)
        case (_, .constant(let right)):
            return ComparisonCompiler.test(
                ComputedOperand(parts.0.evaluator), ConstantOperand(right), outcome, wanted: wanted)
        default:
            return ComparisonCompiler.test(
                ComputedOperand(parts.0.evaluator), ComputedOperand(parts.1.evaluator), outcome, wanted: wanted)
        }
    }

    var rules: ComparisonRules { dialect.hasTwoValuedTruth ? .twoValued : .threeValued }

    /// `value BETWEEN lower AND upper` is `value >= lower AND value <= upper`, but MISSING where a comparison is.
    func compileBetween(
        _ value: BoundExpression, _ lower: BoundExpression, _ upper: BoundExpression, at span: SourceSpan
    ) throws(QueryError) -> Part {
        let parts = (try compilePart(value), try compilePart(lower), try compilePart(upper))
        let evaluators = (parts.0.evaluator, parts.1.evaluator, parts.2.evaluator)
        let notBelow = ComparisonOutcome(.greaterOrEqual, site: site(span), rules: rules)
        let notAbove = ComparisonOutcome(.lessOrEqual, site: site(span), rules: rules)
        return try folding(
            { (frame) throws(QueryError) in
                let value = try evaluators.0(&frame)
                let lower = try evaluators.1(&frame)
                let first = try notBelow.value(of: value, lower)
                let upper = try evaluators.2(&frame)
                let second = try notAbove.value(of: value, upper)
                switch (first, second) {
                case (.missing, _), (_, .missing): return .missing
                case (.bool(false), _), (_, .bool(false)): return .bool(false)
                case (.null, _), (_, .null): return .null
                default: return .bool(true)
                }
            }, of: parts.0, parts.1, parts.2)
    }
}

/// How NULL and MISSING count in comparisons.
enum ComparisonRules: Sendable {
    /// A comparison with NULL is NULL, else one with MISSING is MISSING.
    case threeValued
    /// NULL is a value like others; a comparison with an absent attribute is false.
    case twoValued
}

/// What an operator makes of the relation of two values.
struct ComparisonOutcome: Sendable {
    private let operation: ComparisonOperator
    private let trueRelations: UInt8
    private let site: EvaluationSite
    private let rules: ComparisonRules

    init(_ operation: ComparisonOperator, site: EvaluationSite, rules: ComparisonRules) {
        self.operation = operation
        trueRelations = operation.trueRelations
        self.site = site
        self.rules = rules
    }

    @inline(__always)
    func value(of left: Value, _ right: Value) throws(QueryError) -> Value {
        let relation = Relation.of(left, right)
        if relation.rawValue <= Relation.unordered.rawValue { return .bool(holds(for: relation)) }
        return try rareValue(relation, left, right)
    }

    @inline(__always)
    func isWanted(_ wanted: Bool, of left: Value, _ right: Value) throws(QueryError) -> Bool {
        let relation = Relation.of(left, right)
        if relation.rawValue <= Relation.unordered.rawValue { return holds(for: relation) == wanted }
        guard case .bool(let value) = try rareValue(relation, left, right) else { return false }
        return value == wanted
    }

    @inline(__always)
    private func holds(for relation: Relation) -> Bool {
        trueRelations >> relation.rawValue & 1 != 0
    }

    @inline(never)
    private func rareValue(_ relation: Relation, _ left: Value, _ right: Value) throws(QueryError) -> Value {
        if rules == .twoValued { return .bool(isTrueWithTwoValues(relation, left, right)) }
        switch relation {
        case .null: return .null
        case .missing: return .missing
        case _ where !operation.isOrdering: return .bool(operation == .notEqual)
        default:
            return try site.mismatch(
                "\(left.kindPhrase) and \(right.kindPhrase) cannot be compared with '\(operation.rawValue)'")
        }
    }

    private func isTrueWithTwoValues(_ relation: Relation, _ left: Value, _ right: Value) -> Bool {
        if case .missing = left { return false }
        if case .missing = right { return false }
        guard !operation.isOrdering else { return false }
        if case .null = left, case .null = right { return operation == .equal }
        return operation == .notEqual
    }
}

/// Where an operand of a specialised closure comes from.
protocol Operand: Sendable {
    func value(in frame: inout Frame) throws(QueryError) -> Value
}

struct SlotOperand: Operand {
    private let slot: Int

    init(_ slot: Int) {
        self.slot = slot
    }

    @inline(__always)
    func value(in frame: inout Frame) throws(QueryError) -> Value { frame.slots[slot] }
}

struct ConstantOperand: Operand {
    private let constant: Value

    init(_ constant: Value) {
        self.constant = constant
    }

    @inline(__always)
    func value(in frame: inout Frame) throws(QueryError) -> Value { constant }
}

struct ComputedOperand: Operand {
    private let evaluator: Evaluator

    init(_ evaluator: @escaping Evaluator) {
        self.evaluator = evaluator
    }

    @inline(__always)
    func value(in frame: inout Frame) throws(QueryError) -> Value { try evaluator(&frame) }
}

/// The closures of comparisons, specialised for where the operands come from.
enum ComparisonCompiler {
    static func value(
        _ left: some Operand, _ right: some Operand, _ outcome: ComparisonOutcome
    ) -> Evaluator {
        { (frame) throws(QueryError) in
            let first = try left.value(in: &frame)
            return try outcome.value(of: first, try right.value(in: &frame))
        }
    }

    static func test(
        _ left: some Operand, _ right: some Operand, _ outcome: ComparisonOutcome, wanted: Bool
    ) -> PredicateEvaluator {
        { (frame) throws(QueryError) in
            let first = try left.value(in: &frame)
            return try outcome.isWanted(wanted, of: first, try right.value(in: &frame))
        }
    }
}
