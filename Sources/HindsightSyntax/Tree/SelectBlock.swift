/// From SELECT or PIVOT to the WINDOW clause, in the order in which the clauses are written.
package struct SelectBlock: Sendable, Equatable {
    package var projection: Projection
    /// `EXCLUDE a.b[*].c, …`: each a variable or a path.
    package var exclude: [Expression]
    /// What commas separate; empty without FROM.
    package var from: [FromItem]
    package var letBindings: [LetBinding]
    package var filter: Expression?
    package var groupBy: GroupBy?
    package var having: Expression?
    package var windows: [NamedWindow]
    @Uncompared package var span: SourceSpan

    package init(
        projection: Projection, exclude: [Expression] = [], from: [FromItem] = [], letBindings: [LetBinding] = [],
        filter: Expression? = nil, groupBy: GroupBy? = nil, having: Expression? = nil, windows: [NamedWindow] = [],
        span: SourceSpan
    ) {
        self.projection = projection
        self.exclude = exclude
        self.from = from
        self.letBindings = letBindings
        self.filter = filter
        self.groupBy = groupBy
        self.having = having
        self.windows = windows
        self.span = span
    }
}

package struct Projection: Sendable, Equatable {
    package let kind: Kind
    package let quantifier: SetQuantifier?
    /// From the first word behind SELECT [DISTINCT] to the end of the list.
    @Uncompared package private(set) var span: SourceSpan

    package enum Kind: Sendable, Equatable {
        case items([SelectItem])
        /// `SELECT *`
        case star
        /// `SELECT VALUE e`
        case value(Expression)
        /// `PIVOT value AT name`
        case pivot(value: Expression, name: Expression)
    }

    package init(_ kind: Kind, quantifier: SetQuantifier?, span: SourceSpan) {
        self.kind = kind
        self.quantifier = quantifier
        self.span = span
    }
}

package struct SelectItem: Sendable, Equatable {
    package let kind: Kind
    @Uncompared package private(set) var span: SourceSpan

    package enum Kind: Sendable, Equatable {
        case expression(Expression, alias: Identifier?)
        /// `t.*`, `t.a.*`
        case allAttributes(of: Expression)
    }

    package init(_ kind: Kind, span: SourceSpan) {
        self.kind = kind
        self.span = span
    }
}

/// `LET e AS name`
package struct LetBinding: Sendable, Equatable {
    package let expression: Expression
    package let name: Identifier

    package init(expression: Expression, name: Identifier) {
        self.expression = expression
        self.name = name
    }
}

/// `GROUP [PARTIAL] BY keys [GROUP AS name]`, or `GROUP ALL [AS name]` with no keys.
package struct GroupBy: Sendable, Equatable {
    package let isPartial: Bool
    package let keys: [Key]
    /// The variable that holds the bag of the group's bindings.
    package let groupName: Identifier?

    package struct Key: Sendable, Equatable {
        package let expression: Expression
        package let alias: Identifier?

        package init(expression: Expression, alias: Identifier?) {
            self.expression = expression
            self.alias = alias
        }
    }

    package init(isPartial: Bool, keys: [Key], groupName: Identifier?) {
        self.isPartial = isPartial
        self.keys = keys
        self.groupName = groupName
    }
}
