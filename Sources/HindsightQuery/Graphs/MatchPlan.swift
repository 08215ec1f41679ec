import HindsightSyntax

/// A graph pattern ready to be searched for: a program for each path, as a regular expression's, over registers that hold
/// the pattern's variables.
package final class MatchPlan: Sendable {
    /// What finds all matches.
    let program: [SearchStep]
    /// The paths with a selector; each is found by itself, then joined with the others.
    let selections: [PathSelection]
    let conditions: [MatchCondition]
    /// In the order of their first place in the pattern.
    let variables: [PatternVariable]
    let registerCount: Int
    /// The slots that conditions read beside those of the pattern's variables.
    let outerSlots: [Int]
    /// Where the pattern and its paths stand, for EXPLAIN.
    let graphSpan: SourceSpan
    let pathSpans: [SourceSpan]
    let filterSpan: SourceSpan?

    init(
        program: [SearchStep], selections: [PathSelection], conditions: [MatchCondition], variables: [PatternVariable],
        registerCount: Int, match: GraphMatch
    ) {
        self.program = program
        self.selections = selections
        self.conditions = conditions
        self.variables = variables
        self.registerCount = registerCount
        let own = Set(variables.map(\.slot))
        outerSlots = conditions.reduce(into: Set<Int>()) { $0.formUnion($1.expression.slots) }.subtracting(own).sorted()
        graphSpan = match.graph.span
        pathSpans = match.pattern.paths.map(\.span)
        filterSpan = match.pattern.filter?.span
    }
}

/// A name for a node, an edge or a path.
struct PatternVariable: Sendable {
    enum Kind: String, Sendable {
        case node
        case edge
        case path
    }

    let name: String
    let kind: Kind
    /// What conditions read it from.
    let slot: Int
    /// What the search holds it in.
    let register: Int
    /// The quantifiers around it, from the outside in. If there are any, it stands for a list.
    let loops: [Int]

    var isGroup: Bool { !loops.isEmpty }
}

/// A WHERE of the pattern.
struct MatchCondition: Sendable {
    struct Read: Sendable {
        /// The variable's number.
        let variable: Int
        /// Whether the condition sees all elements of the variable, as it stands outside of its quantifier.
        let isGroup: Bool
        /// The register that says where the elements of the current repetition start; nil for all.
        let since: Int?
    }

    let expression: BoundExpression
    let reads: [Read]
}

/// One step of the search for a path.
enum SearchStep: Sendable {
    /// Chooses the path's first node; the one in the register, if that is set.
    case start(register: Int?)
    /// The current node must be this.
    case node(ElementTest)
    /// Goes along an edge.
    case edge(EdgeTest)
    case check(condition: Int)
    /// Notes in the register how long the path is where a restrictor begins to hold.
    case openScope(register: Int)
    case startLoop(register: Int)
    /// Goes on with a further repetition, or at `exit`.
    case loop(LoopTest)
    /// Collects the repetition's variables and goes back to the loop.
    case endIteration(LoopTest, head: Int, variables: [Int])
    /// Goes on, or at `exit`.
    case optional(exit: Int)
    /// A path is complete. Where quantifiers can make the same path in several ways, it counts once.
    case endPath(isAmbiguous: Bool)
    /// Goes on with each path of a selection that fits the variables.
    case selection(Int)
    case accept
}

struct ElementTest: Sendable {
    /// Nil without a variable.
    let register: Int?
    let label: LabelExpression?
}

struct EdgeTest: Sendable {
    let element: ElementTest
    let senses: Graph.Sense
    /// The restrictors that hold here.
    let scopes: [RestrictorScope]
}

struct RestrictorScope: Sendable {
    let restrictor: PathRestrictor
    /// Where `openScope` noted the start.
    let register: Int
}

struct LoopTest: Sendable {
    /// Holds how many repetitions there were; not more than matters.
    let counter: Int
    /// Holds how many elements had been collected when the current repetition began.
    let mark: Int
    let least: Int32
    /// Nil for no limit.
    let most: Int32?
    var exit: Int
}

/// A path with a selector.
struct PathSelection: Sendable {
    let selector: PathSelector
    let program: [SearchStep]
    /// The numbers of the path's variables.
    let variables: [Int]
    /// The registers that tell apart states from which different paths lead on.
    let keyRegisters: [Int]
    /// Whether a condition reads lists of elements: then no state is like another.
    let readsGroups: Bool
    let isAmbiguous: Bool
}

extension EdgeDirection {
    /// The ways in which an edge may be passed.
    var senses: Graph.Sense {
        switch self {
        case .right: .right
        case .left: .left
        case .undirected: .undirected
        case .undirectedOrRight: [.undirected, .right]
        case .leftOrUndirected: [.left, .undirected]
        case .leftOrRight: [.left, .right]
        case .any: [.left, .undirected, .right]
        }
    }
}
