import HindsightSyntax
import HindsightValues

/// Conditions, as values and as tests.
///
/// A test asks whether a condition is true, or whether it is false; unknown is neither. NOT exchanges the two questions,
/// and so no test has to build a `Value`. Under two-valued truth all that is not true is false.
extension ExpressionCompiler {
    /// Compiles a condition to whether it is true.
    ///
    /// - Throws: in strict typing, `typeMismatch` for an operation on constants that can never succeed.
    package func compilePredicate(_ condition: BoundExpression) throws(QueryError) -> PredicateEvaluator {
        try compileTest(condition, wanted: true)
    }

    /// Compiles a condition to whether it is `wanted`.
    func compileTest(_ condition: BoundExpression, wanted: Bool) throws(QueryError) -> PredicateEvaluator {
        if dialect.hasTwoValuedTruth && !wanted {
            let isTrue = try compileTest(condition, wanted: true)
            return { (frame) throws(QueryError) in !(try isTrue(&frame)) }
        }
        switch condition.node {
        case .comparison(let operation, let left, let right):
            return try compileComparisonTest(operation, left, right, wanted: wanted, at: condition.span)
        case .not(let operand):
            return try compileTest(operand, wanted: !wanted)
        case .and(let operands):
            let tests = try compileTests(operands, wanted: wanted)
            return wanted ? ExpressionCompiler.all(tests) : ExpressionCompiler.any(tests)
        case .or(let operands):
            let tests = try compileTests(operands, wanted: wanted)
            return wanted ? ExpressionCompiler.any(tests) : ExpressionCompiler.all(tests)
        case .test(let operand, let test):
            let matches = try compileValueTest(operand, test)
            return ExpressionCompiler.asking(wanted, of: matches)
        case .exists(let operand):
            let exists = try compileExists(operand, at: condition.span)
            return ExpressionCompiler.asking(wanted, of: exists)
        default:
            return try compileGeneralTest(condition, wanted: wanted)
        }
    }

    /// A test that is never unknown, asked for true or for false.
    private static func asking(_ wanted: Bool, of test: @escaping PredicateEvaluator) -> PredicateEvaluator {
        if wanted { return test }
        return { (frame) throws(QueryError) in !(try test(&frame)) }
    }

    private func compileTests(_ operands: [BoundExpression], wanted: Bool) throws(QueryError) -> [PredicateEvaluator] {
        var tests: [PredicateEvaluator] = []
        for operand in operands { tests.append(try compileTest(operand, wanted: wanted)) }
        return tests
    }

    private static func all(_ tests: [PredicateEvaluator]) -> PredicateEvaluator {
        if tests.count == 2 {
            let (first, second) = (tests[0], tests[1])
            return { (frame) throws(QueryError) in
                if try first(&frame) { return try second(&frame) }
                return false
            }
        }
        return { (frame) throws(QueryError) in
            for test in tests where !(try test(&frame)) { return false }
            return true
        }
    }

    private static func any(_ tests: [PredicateEvaluator]) -> PredicateEvaluator {
        if tests.count == 2 {
            let (first, second) = (tests[0], tests[1])
            return { (frame) throws(QueryError) in
                if try first(&frame) { return true }
                return try second(&frame)
            }
        }
        return { (frame) throws(QueryError) in
            for test in tests where try test(&frame) { return true }
            return false
        }
    }

    /// A condition that is known by its value alone: a boolean slot, a function, IN, LIKE.
    private func compileGeneralTest(_ condition: BoundExpression, wanted: Bool) throws(QueryError) -> PredicateEvaluator
    {
        let site = site(condition.span)
        switch try compileThreeValued(condition) {
        case .constant(let value):
            let truth = try Truth(value, at: site)
            return { (_) throws(QueryError) in truth == (wanted ? .true : .false) }
        case .slot(let slot):
            return { (frame) throws(QueryError) in
                try Truth(frame.slots[slot], at: site) == (wanted ? .true : .false)
            }
        case .computed(let evaluator):
            return { (frame) throws(QueryError) in
                try Truth(try evaluator(&frame), at: site) == (wanted ? .true : .false)
            }
        }
    }

    /// Compiles a condition to its value: true, false, NULL, or MISSING after a mismatch.
    func compileCondition(_ condition: BoundExpression) throws(QueryError) -> Part {
        guard dialect.hasTwoValuedTruth else { return try compileThreeValued(condition) }
        let test = try compileTest(condition, wanted: true)
        return .computed { (frame) throws(QueryError) in .bool(try test(&frame)) }
    }

    private func compileThreeValued(_ condition: BoundExpression) throws(QueryError) -> Part {
        let span = condition.span
        switch condition.node {
        case .comparison(let operation, let left, let right):
            return try compileComparison(operation, left, right, at: span)
        case .and(let operands): return try compileJunction(operands, deciding: false)
        case .or(let operands): return try compileJunction(operands, deciding: true)
        case .not(let operand): return try compileNot(operand)
        case .between(let value, let lower, let upper): return try compileBetween(value, lower, upper, at: span)
        case .membership(let value, let collection): return try compileMembership(value, collection)
        case .like(let value, let pattern, let escape): return try compileLike(value, pattern, escape, at: span)
        case .overlaps(let left, let right): return try compileOverlaps(left, right, at: span)
        case .test(let operand, let test):
            let matches = try compileValueTest(operand, test)
            return try folding({ (frame) throws(QueryError) in .bool(try matches(&frame)) }, of: compilePart(operand))
        case .exists(let operand):
            let exists = try compileExists(operand, at: span)
            return .computed { (frame) throws(QueryError) in .bool(try exists(&frame)) }
        default: return try compilePart(condition)
        }
    }

    /// AND (`deciding` false) and OR (`deciding` true): one deciding operand decides, else an unknown one makes the
    /// result NULL. MISSING never comes out.
    private func compileJunction(_ operands: [BoundExpression], deciding: Bool) throws(QueryError) -> Part {
        let parts = try compileParts(operands)
        let evaluators = parts.map(\.evaluator)
        let sites = operands.map { site($0.span) }
        return try folding(
            { (frame) throws(QueryError) in
                var isUnknown = false
                for (index, evaluator) in evaluators.enumerated() {
                    switch try Truth(try evaluator(&frame), at: sites[index]) {
                    case .unknown: isUnknown = true
                    case let truth: if (truth == .true) == deciding { return .bool(deciding) }
                    }
                }
                return isUnknown ? .null : .bool(!deciding)
            }, of: parts)
    }

    private func compileNot(_ operand: BoundExpression) throws(QueryError) -> Part {
        let part = try compilePart(operand)
        let evaluator = part.evaluator
        let site = site(operand.span)
        return try folding(
            { (frame) throws(QueryError) in
                switch try evaluator(&frame) {
                case .bool(let value): .bool(!value)
                case .null, .missing: .null
                case let other: try site.mismatch("NOT expects a boolean, found \(other.kindPhrase)")
                }
            }, of: part)
    }
}

/// The truth of a condition.
enum Truth: Sendable {
    case `true`
    case `false`
    case unknown

    /// The truth of a value; what is not boolean is a mismatch, and as MISSING unknown.
    @inline(__always)
    init(_ value: Value, at site: EvaluationSite) throws(QueryError) {
        if case .bool(let value) = value {
            self = value ? .true : .false
        } else {
            if !value.isAbsent { _ = try site.mismatch("expected a boolean, found \(value.kindPhrase)") }
            self = .unknown
        }
    }
}
