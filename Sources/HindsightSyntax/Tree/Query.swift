/// `[WITH …] body [ORDER BY …] [LIMIT n] [OFFSET n]`
package struct Query: Sendable, Equatable {
    package let with: WithClause?
    package let body: QueryBody
    package let orderBy: [OrderItem]
    package let limit: Expression?
    package let offset: Expression?
    @Uncompared package private(set) var span: SourceSpan

    package init(
        with: WithClause? = nil, body: QueryBody, orderBy: [OrderItem] = [], limit: Expression? = nil,
        offset: Expression? = nil, span: SourceSpan
    ) {
        self.with = with
        self.body = body
        self.orderBy = orderBy
        self.limit = limit
        self.offset = offset
        self.span = span
    }
}

package indirect enum QueryBody: Sendable, Equatable {
    case select(SelectBlock)
    /// `first UNION a EXCEPT b …`, applied from the left; at least one term. INTERSECT binds tighter and is a
    /// `setOperation` of its own inside.
    case setOperation(first: QueryBody, terms: [SetTerm])
    /// `VALUES (1, 2), (3, 4)`: each row mostly a `row` expression.
    case values([Expression])
    /// `TABLE t`
    case table(TableName)
    /// A query in parentheses that is not part of an expression: never coerced.
    case nested(Query)
    /// Any expression is a query.
    case expression(Expression)
}

/// One further operand of a set operation, with the operator before it.
package struct SetTerm: Sendable, Equatable {
    package let operation: SetOperation
    /// OUTER: for any values, not rows of one shape.
    package let isOuter: Bool
    package let quantifier: SetQuantifier?
    package let corresponding: Corresponding?
    package let operand: QueryBody
    /// The operator's words.
    @Uncompared package private(set) var span: SourceSpan

    /// `CORRESPONDING [BY (a, b)]`; without BY all common columns.
    package struct Corresponding: Sendable, Equatable {
        package let columns: [Identifier]

        package init(columns: [Identifier]) {
            self.columns = columns
        }
    }

    package init(
        operation: SetOperation, isOuter: Bool, quantifier: SetQuantifier?, corresponding: Corresponding?,
        operand: QueryBody, span: SourceSpan
    ) {
        self.operation = operation
        self.isOuter = isOuter
        self.quantifier = quantifier
        self.corresponding = corresponding
        self.operand = operand
        self.span = span
    }
}

package enum SetOperation: String, Sendable {
    case union = "UNION"
    case except = "EXCEPT"
    case intersect = "INTERSECT"
}

package struct WithClause: Sendable, Equatable {
    package let isRecursive: Bool
    /// At least one.
    package let items: [Item]

    /// `name [(columns)] AS (query)`
    package struct Item: Sendable, Equatable {
        package let name: Identifier
        package let columns: [Identifier]
        package let query: Query

        package init(name: Identifier, columns: [Identifier], query: Query) {
            self.name = name
            self.columns = columns
            self.query = query
        }
    }

    package init(isRecursive: Bool, items: [Item]) {
        self.isRecursive = isRecursive
        self.items = items
    }
}

package struct OrderItem: Sendable, Equatable {
    package let expression: Expression
    package let isDescending: Bool
    /// NULLS FIRST, NULLS LAST; nil if not written: last ascending, first descending.
    package let nulls: NullsPlace?

    package enum NullsPlace: String, Sendable {
        case first = "FIRST"
        case last = "LAST"
    }

    package init(expression: Expression, isDescending: Bool, nulls: NullsPlace?) {
        self.expression = expression
        self.isDescending = isDescending
        self.nulls = nulls
    }
}
