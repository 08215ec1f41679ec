/// `graph MATCH pattern`: a bag with one struct for each place of the graph that fits the pattern.
package struct GraphMatch: Sendable, Equatable {
    package let graph: Expression
    package let pattern: GraphPattern

    package init(graph: Expression, pattern: GraphPattern) {
        self.graph = graph
        self.pattern = pattern
    }
}

/// Paths that are looked for together; variables that they share join them.
package struct GraphPattern: Sendable, Equatable {
    /// At least one.
    package let paths: [PathPattern]
    /// WHERE behind the last path: asked of each match as a whole.
    package let filter: Expression?

    package init(paths: [PathPattern], filter: Expression? = nil) {
        self.paths = paths
        self.filter = filter
    }
}

/// `[selector] [restrictor] [name =] part part …`
package struct PathPattern: Sendable, Equatable {
    /// Nil in a sub-pattern.
    package let selector: PathSelector?
    package let restrictor: PathRestrictor?
    /// The name of the whole path.
    package let variable: Identifier?
    /// At least one. Nodes side by side are one node, and between edges side by side stands any node.
    package let parts: [PathPart]
    @Uncompared package private(set) var span: SourceSpan

    package init(
        selector: PathSelector?, restrictor: PathRestrictor?, variable: Identifier?, parts: [PathPart],
        span: SourceSpan
    ) {
        self.selector = selector
        self.restrictor = restrictor
        self.variable = variable
        self.parts = parts
        self.span = span
    }
}

/// Which of the matching paths with the same two ends are kept.
package enum PathSelector: Sendable, Equatable {
    /// `ANY`, `ANY k`
    case any(Int?)
    /// `ANY SHORTEST`
    case anyShortest
    /// `ALL SHORTEST`
    case allShortest
    /// `SHORTEST k`: the k shortest paths.
    case shortest(Int)
    /// `SHORTEST k GROUP`: all paths of the k least lengths.
    case shortestGroups(Int)
}

/// What a path must not pass twice.
package enum PathRestrictor: String, Sendable, CaseIterable {
    /// Anything may be repeated.
    case walk = "WALK"
    /// No edge twice.
    case trail = "TRAIL"
    /// No node twice.
    case acyclic = "ACYCLIC"
    /// No node twice, but the last may be the first.
    case simple = "SIMPLE"
}

package indirect enum PathPart: Sendable, Equatable {
    case node(ElementPattern)
    case edge(EdgeDirection, ElementPattern, PathQuantifier?)
    case group(PathGroup, PathQuantifier?)
}

/// What a node or an edge must be: `x :Label WHERE …`, each part optional.
package struct ElementPattern: Sendable, Equatable {
    package let variable: Identifier?
    package let label: LabelExpression?
    package let filter: Expression?
    @Uncompared package private(set) var span: SourceSpan

    package init(variable: Identifier?, label: LabelExpression?, filter: Expression?, span: SourceSpan) {
        self.variable = variable
        self.label = label
        self.filter = filter
        self.span = span
    }

    /// Whether nothing is asked.
    package var isEmpty: Bool { variable == nil && label == nil && filter == nil }
}

/// Which way an edge is passed, by its sign without brackets.
package enum EdgeDirection: String, Sendable, CaseIterable {
    case right = "->"
    case left = "<-"
    case undirected = "~"
    case undirectedOrRight = "~>"
    case leftOrUndirected = "<~"
    case leftOrRight = "<->"
    case any = "-"
}

/// What the labels of a node or an edge must be.
package indirect enum LabelExpression: Sendable, Equatable {
    case name(Identifier)
    /// `%`: at least one label.
    case any
    case not(LabelExpression)
    /// At least two operands.
    case and([LabelExpression])
    /// At least two operands.
    case or([LabelExpression])
}

/// A part of a path in parentheses or brackets.
package struct PathGroup: Sendable, Equatable {
    package let path: PathPattern
    package let filter: Expression?

    package init(path: PathPattern, filter: Expression?) {
        self.path = path
        self.filter = filter
    }
}

/// How often a part may follow itself.
package struct PathQuantifier: Sendable, Equatable {
    package let least: Int
    /// Nil for no limit.
    package let most: Int?
    /// `?`: the part's variables stay single, and are NULL where it is left out.
    package let isOptional: Bool
    @Uncompared package private(set) var span: SourceSpan

    package init(least: Int, most: Int?, isOptional: Bool = false, span: SourceSpan) {
        self.least = least
        self.most = most
        self.isOptional = isOptional
        self.span = span
    }
}
