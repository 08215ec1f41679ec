import HindsightValues

/// An expression with its place in the text. Two expressions are equal if they are the same but for their places.
///
/// Nesting is bounded by `Parser.maximumNesting`: what may be chained without end in a text (`a AND b AND …`, `a + b + …`,
/// path steps) is a flat array here, so that walking, printing and releasing a tree never takes a deep stack.
package struct Expression: Sendable, Equatable {
    package let node: Node
    @Uncompared package private(set) var span: SourceSpan

    package init(_ node: Node, span: SourceSpan) {
        self.node = node
        self.span = span
    }

    package indirect enum Node: Sendable, Equatable {
        case literal(Literal)
        case parameter(Parameter)
        case variable(Variable)
        /// `root.a[1]."b"[*].*`; at least one step.
        case path(root: Expression, steps: [PathStep])

        /// `+x`, `-x`. A sign before a number belongs to the literal.
        case sign(SignOperator, Expression)
        /// A chain of operators of one precedence level, applied from the left: `first op1 e1 op2 e2 …`; at least one
        /// term.
        case arithmetic(first: Expression, terms: [ArithmeticTerm])
        case comparison(ComparisonOperator, Expression, Expression)
        case like(Expression, pattern: Expression, escape: Expression?, isNegated: Bool)
        case between(Expression, low: Expression, high: Expression, isNegated: Bool)
        /// The right side is any expression; `(a, b)` and `(a)` are rows, a query or a collection in parentheses is itself.
        case isIn(Expression, Expression, isNegated: Bool)
        case test(Expression, IsTest, isNegated: Bool)
        case overlaps(Expression, Expression)
        case not(Expression)
        /// At least two operands.
        case and([Expression])
        /// At least two operands.
        case or([Expression])

        case conditional(CaseExpression)
        case cast(CastKind, Expression, DataType)
        case call(FunctionCall)
        case windowCall(FunctionCall, over: WindowReference)

        case structure([StructureField])
        case list([Expression])
        case bag([Expression])
        /// `(a, b)` with at least two elements, `ROW(a)`, or one row of VALUES: a list by value.
        case row([Expression])

        /// A parenthesised query. Whether it is coerced to a scalar depends on its place; the binder decides.
        case subquery(Query)
        case exists(Expression)
        /// `(graph MATCH pattern)`
        case match(GraphMatch)
    }
}

/// A constant. Ion text in back-ticks, and dates, times and intervals, are read while parsing.
package struct Literal: Sendable, Equatable {
    package let value: Value

    package init(_ value: Value) {
        self.value = value
    }

    /// Alike to the last digit and of the same type, unlike the equality of the language (`1` and `1.0` differ here).
    package static func == (left: Literal, right: Literal) -> Bool {
        left.value.isSameLiteral(as: right.value)
    }
}

package enum Parameter: Sendable, Equatable {
    /// The n-th `?` of the statement from the left, counted from 0.
    case positional(Int)
    /// `:name`, without the colon.
    case named(String)
}

/// A name that stands for a value; which one is for the binder to say.
package struct Variable: Sendable, Equatable {
    package let name: Identifier
    /// `@name`: look among local variables first.
    package let isLocalFirst: Bool

    package init(_ name: Identifier, isLocalFirst: Bool = false) {
        self.name = name
        self.isLocalFirst = isLocalFirst
    }
}

package struct PathStep: Sendable, Equatable {
    package let kind: Kind
    @Uncompared package private(set) var span: SourceSpan

    package init(_ kind: Kind, span: SourceSpan) {
        self.kind = kind
        self.span = span
    }

    package enum Kind: Sendable, Equatable {
        /// `.a`, `."a"`, `.'a'` (the last two are quoted identifiers).
        case attribute(Identifier)
        /// `[e]`
        case index(Expression)
        /// `[*]`
        case allElements
        /// `.*`
        case allAttributes
    }
}

package enum SignOperator: String, Sendable {
    case plus = "+"
    case minus = "-"
}

/// Binary operators on values that chain without comparing.
package enum ArithmeticOperator: String, Sendable, CaseIterable {
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case add = "+"
    case subtract = "-"
    case concatenate = "||"
    case bitAnd = "&"
}

/// One further operand of a chain, with the operator before it.
package struct ArithmeticTerm: Sendable, Equatable {
    package let operation: ArithmeticOperator
    package let operand: Expression
    @Uncompared package private(set) var operatorSpan: SourceSpan

    package init(_ operation: ArithmeticOperator, _ operand: Expression, operatorSpan: SourceSpan) {
        self.operation = operation
        self.operand = operand
        self.operatorSpan = operatorSpan
    }
}

package enum ComparisonOperator: String, Sendable, CaseIterable {
    case equal = "="
    /// `<>` and `!=`
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

/// What stands behind IS [NOT].
package enum IsTest: Sendable, Equatable {
    case null
    case missing
    case isTrue
    case isFalse
    case unknown
    case type(DataType)
}

package struct CaseExpression: Sendable, Equatable {
    /// The value that each WHEN is compared with; nil if each WHEN is a condition.
    package let subject: Expression?
    /// At least one.
    package let branches: [Branch]
    package let otherwise: Expression?

    package struct Branch: Sendable, Equatable {
        package let condition: Expression
        package let result: Expression

        package init(condition: Expression, result: Expression) {
            self.condition = condition
            self.result = result
        }
    }

    package init(subject: Expression?, branches: [Branch], otherwise: Expression?) {
        self.subject = subject
        self.branches = branches
        self.otherwise = otherwise
    }
}

package enum CastKind: String, Sendable, CaseIterable {
    case cast = "CAST"
    case canCast = "CAN_CAST"
    case canLosslessCast = "CAN_LOSSLESS_CAST"
}

package struct StructureField: Sendable, Equatable {
    /// Mostly a string literal, but any expression may name an attribute.
    package let name: Expression
    package let value: Expression

    package init(name: Expression, value: Expression) {
        self.name = name
        self.value = value
    }
}
