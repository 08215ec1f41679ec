/// One of the sources between the commas of FROM, with the joins that hang on it, applied from the left.
package struct FromItem: Sendable, Equatable {
    package let source: FromSource
    package let joins: [Join]

    package init(source: FromSource, joins: [Join] = []) {
        self.source = source
        self.joins = joins
    }
}

package struct Join: Sendable, Equatable {
    package let side: Side
    package let source: FromSource
    /// The ON condition; nil for CROSS joins (`LEFT CROSS JOIN` too).
    package let condition: Expression?
    /// From the join's first word to the end of its condition.
    @Uncompared package private(set) var span: SourceSpan

    package enum Side: String, Sendable, CaseIterable {
        case inner = "INNER"
        case left = "LEFT"
        case right = "RIGHT"
        case full = "FULL"
    }

    package init(side: Side, source: FromSource, condition: Expression?, span: SourceSpan) {
        self.side = side
        self.source = source
        self.condition = condition
        self.span = span
    }
}

/// `source [AS OF time | VERSIONS BETWEEN a AND b] [AS x] [AT y] [BY z]`
package struct FromSource: Sendable, Equatable {
    package let kind: Kind
    package let period: Period?
    package let alias: Identifier?
    /// AT: the variable for the position of a list's element, or the name of an unpivoted attribute.
    package let position: Identifier?
    /// BY: the variable for the element's identity.
    package let identity: Identifier?
    @Uncompared package private(set) var span: SourceSpan

    package indirect enum Kind: Sendable, Equatable {
        /// A table if the expression is a path of names (`Expression.tableName`) that the catalog knows, else a value.
        case expression(Expression)
        /// `UNPIVOT e`
        case unpivot(Expression)
        /// `(a JOIN b ON …)`; it has no aliases of its own.
        case joined(FromItem)
        /// `DIFF TABLE t AS OF a WITH …`
        case difference(Difference)
    }

    /// Which past of a table is read.
    package enum Period: Sendable, Equatable {
        case asOf(TimePoint)
        case versions(from: TimePoint, to: TimePoint)
    }

    package init(
        _ kind: Kind, period: Period? = nil, alias: Identifier? = nil, position: Identifier? = nil,
        identity: Identifier? = nil, span: SourceSpan
    ) {
        self.kind = kind
        self.period = period
        self.alias = alias
        self.position = position
        self.identity = identity
        self.span = span
    }
}

/// A moment as it is written behind AS OF, AT, TO and BETWEEN.
package struct TimePoint: Sendable, Equatable {
    package let kind: Kind
    @Uncompared package private(set) var span: SourceSpan

    package enum Kind: Sendable, Equatable {
        case latest
        case earliest
        /// A single name, quoted or not.
        case restorePoint(Identifier)
        /// ISO 8601 text, an age as text (`'-10m'`), a timestamp, or seconds since 1970.
        case expression(Expression)
        /// `INTERVAL '10' MINUTE AGO`
        case ago(Expression)
    }

    package init(_ kind: Kind, span: SourceSpan) {
        self.kind = kind
        self.span = span
    }
}

extension Expression {
    /// The names, if this is a variable or a path of nothing but attribute names, without `@`: it may be a table's name.
    package var tableName: TableName? {
        switch node {
        case .variable(let variable) where !variable.isLocalFirst:
            return TableName([variable.name])
        case .path(let root, let steps):
            guard case .variable(let variable) = root.node, !variable.isLocalFirst else { return nil }
            var parts = [variable.name]
            for step in steps {
                guard case .attribute(let name) = step.kind else { return nil }
                parts.append(name)
            }
            return TableName(parts)
        default:
            return nil
        }
    }
}
