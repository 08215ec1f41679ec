import HindsightSyntax
import HindsightValues

/// An expression whose names are resolved: variables to slots, parameters to numbers, calls to functions, subqueries to
/// plans. The binder makes it, the planner looks through it and rewrites it, the compiler turns it into a closure.
package struct BoundExpression: Sendable {
    package var node: Node
    /// Where the expression stands in the statement; run-time errors point there.
    package var span: SourceSpan

    package init(_ node: Node, at span: SourceSpan) {
        self.node = node
        self.span = span
    }

    /// The forms of a bound expression. Chains (`a + b - c`, `a AND b AND c`) are flat, so that their length does not
    /// count as depth.
    package indirect enum Node: Sendable {
        case constant(Value)
        /// The parameter's place in `ExecutionContext.parameters`.
        case parameter(Int)
        case slot(Int)
        case path(BoundExpression, [BoundStep])

        case plus(BoundExpression)
        case negate(BoundExpression)
        /// Left-associative operators of one precedence, at least one; `||` is one of them.
        case arithmetic(BoundExpression, [ArithmeticStep])

        case comparison(ComparisonOperator, BoundExpression, BoundExpression)
        case and([BoundExpression])
        case or([BoundExpression])
        case not(BoundExpression)
        case between(BoundExpression, lower: BoundExpression, upper: BoundExpression)
        /// `value IN collection`.
        case membership(BoundExpression, BoundExpression)
        case like(BoundExpression, pattern: BoundExpression, escape: BoundExpression?)
        case overlaps(BoundExpression, BoundExpression)
        case test(BoundExpression, ValueTest)
        case exists(BoundExpression)

        /// CASE WHEN condition THEN result …; without ELSE it ends in NULL.
        case searchedCase([CaseBranch], otherwise: BoundExpression?)
        /// CASE operand WHEN value THEN result …; the operand is evaluated once.
        case simpleCase(BoundExpression, [CaseBranch], otherwise: BoundExpression?)
        case coalesce([BoundExpression])
        case nullIf(BoundExpression, BoundExpression)

        case cast(BoundExpression, TypeDescriptor, CastKind)
        case call(Function, [BoundExpression])

        case structure([BoundField])
        case collection(CollectionForm, [BoundExpression])
        case subquery(any BoundSubquery, SubqueryUse)
        /// `graph MATCH pattern`.
        case match(BoundExpression, MatchPlan)
        /// A value without the parts that EXCLUDE takes away.
        case excluding(BoundExpression, ExclusionTree)
    }
}

/// One step of a path.
package enum BoundStep: Sendable {
    /// `.name`, `."name"` or `['name']`. Without case sensitivity an exact match still wins.
    case attribute(String, isCaseSensitive: Bool, SourceSpan)
    /// `[3]`, counted from 0.
    case index(Int, SourceSpan)
    /// `[expression]`. An integer is an index of a list. Text names an attribute if `mayBeName`, that is, if it was
    /// written as a CAST to text or as a parameter: a text that only turns up at run time is a mismatch.
    case computed(BoundExpression, mayBeName: Bool)
    /// `[*]`: all elements.
    case allElements(SourceSpan)
    /// `.*`: the values of all attributes.
    case allAttributes(SourceSpan)

    package var span: SourceSpan {
        switch self {
        case .attribute(_, _, let span), .index(_, let span), .allElements(let span), .allAttributes(let span): span
        case .computed(let expression, _): expression.span
        }
    }
}

/// One operator of a chain with its right operand.
package struct ArithmeticStep: Sendable {
    package var operation: ArithmeticOperator
    package var operand: BoundExpression
    /// From the start of the chain to the end of this operand: what an error of this step points at.
    package var span: SourceSpan

    package init(_ operation: ArithmeticOperator, _ operand: BoundExpression, at span: SourceSpan) {
        self.operation = operation
        self.operand = operand
        self.span = span
    }
}

extension ComparisonOperator {
    /// The operator that holds with the operands exchanged.
    package var mirrored: ComparisonOperator {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}

/// What stands after IS.
package enum ValueTest: Sendable, Hashable {
    case null
    case missing
    case isTrue
    case isFalse
    case unknown
    case type(TypeDescriptor)
}

package struct CaseBranch: Sendable {
    /// A condition, or the value that a simple CASE compares with.
    package var condition: BoundExpression
    package var result: BoundExpression

    package init(condition: BoundExpression, result: BoundExpression) {
        self.condition = condition
        self.result = result
    }
}

/// One `name: value` of a struct constructor.
package struct BoundField: Sendable {
    package var name: BoundExpression
    package var value: BoundExpression

    package init(name: BoundExpression, value: BoundExpression) {
        self.name = name
        self.value = value
    }
}

package enum CollectionForm: Sendable, Hashable {
    case list
    case bag
    case sexp
}
