/// What stands behind OVER.
package enum WindowReference: Sendable, Equatable {
    case named(Identifier)
    case inline(WindowDefinition)
}

/// `WINDOW name AS (…)`
package struct NamedWindow: Sendable, Equatable {
    package let name: Identifier
    package let definition: WindowDefinition

    package init(name: Identifier, definition: WindowDefinition) {
        self.name = name
        self.definition = definition
    }
}

/// `([base] [PARTITION BY …] [ORDER BY …] [frame])`
package struct WindowDefinition: Sendable, Equatable {
    package let base: Identifier?
    package let partition: [Expression]
    package let order: [OrderItem]
    package let frame: WindowFrame?
    /// With the parentheses.
    @Uncompared package private(set) var span: SourceSpan

    package init(
        base: Identifier?, partition: [Expression], order: [OrderItem], frame: WindowFrame?, span: SourceSpan
    ) {
        self.base = base
        self.partition = partition
        self.order = order
        self.frame = frame
        self.span = span
    }
}

/// Which rows around the current one a window function sees: `ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES`.
package struct WindowFrame: Sendable, Equatable {
    package let unit: Unit
    package let start: Bound
    /// Nil without BETWEEN: the current row.
    package let end: Bound?
    package let exclusion: Exclusion?
    @Uncompared package private(set) var span: SourceSpan

    package enum Unit: String, Sendable {
        /// Counts rows.
        case rows = "ROWS"
        /// Adds to and subtracts from the value of the ORDER BY key.
        case range = "RANGE"
        /// Counts groups of rows that ORDER BY does not tell apart.
        case groups = "GROUPS"
    }

    package enum Bound: Sendable, Equatable {
        case unboundedPreceding
        case preceding(Expression)
        case currentRow
        case following(Expression)
        case unboundedFollowing
    }

    package enum Exclusion: String, Sendable {
        case currentRow = "CURRENT ROW"
        case group = "GROUP"
        case ties = "TIES"
        case noOthers = "NO OTHERS"
    }

    package init(unit: Unit, start: Bound, end: Bound?, exclusion: Exclusion?, span: SourceSpan) {
        self.unit = unit
        self.start = start
        self.end = end
        self.exclusion = exclusion
        self.span = span
    }
}
