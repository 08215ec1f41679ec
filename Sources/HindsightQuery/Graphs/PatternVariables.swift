import HindsightSyntax
import HindsightValues

/// Finds the variables of a graph pattern, before anything that reads them is bound.
///
/// A name that occurs several times is one variable, which joins its places. That works only for places of one kind, and
/// within one quantifier: a variable that a quantifier repeats stands for a list to all that is outside.
struct PatternVariables {
    struct Declaration {
        let name: Identifier
        let kind: PatternVariable.Kind
        let loops: [Int]
    }

    private(set) var declarations: [Declaration] = []
    private var loopCount = 0

    init(_ pattern: GraphPattern) throws(QueryError) {
        for path in pattern.paths { try add(path, []) }
    }

    private mutating func add(_ path: PathPattern, _ loops: [Int]) throws(QueryError) {
        if let name = path.variable { try declare(name, .path, loops) }
        for part in path.parts {
            switch part {
            case .node(let element):
                try add(element, .node, loops)
            case .edge(_, let element, let quantifier):
                try add(element, .edge, inside(quantifier, loops))
            case .group(let group, let quantifier):
                try add(group.path, inside(quantifier, loops))
            }
        }
    }

    /// Loops are numbered in the order in which they begin.
    private mutating func inside(_ quantifier: PathQuantifier?, _ loops: [Int]) -> [Int] {
        guard let quantifier, !quantifier.isOptional else { return loops }
        loopCount += 1
        return loops + [loopCount - 1]
    }

    private mutating func add(
        _ element: ElementPattern, _ kind: PatternVariable.Kind, _ loops: [Int]
    ) throws(QueryError) {
        if let name = element.variable { try declare(name, kind, loops) }
    }

    private mutating func declare(
        _ name: Identifier, _ kind: PatternVariable.Kind, _ loops: [Int]
    ) throws(QueryError) {
        guard let known = declarations.first(where: { TextOrder.isEqual($0.name.text, name.text) }) else {
            declarations.append(Declaration(name: name, kind: kind, loops: loops))
            return
        }
        guard known.kind == kind, kind != .path else {
            throw QueryError(
                .duplicateName, "'\(name.text)' already names \(known.kind.phrase) of the pattern", at: name.span,
                hint: "give one of them another name")
        }
        guard known.loops == loops else {
            throw QueryError(
                .invalidPattern, "'\(name.text)' is named inside a quantifier and outside of it", at: name.span,
                hint: "give one of them another name: inside it is a list of all repetitions")
        }
    }
}

extension PatternVariable.Kind {
    fileprivate var phrase: String {
        switch self {
        case .node: "a node"
        case .edge: "an edge"
        case .path: "a path"
        }
    }
}
