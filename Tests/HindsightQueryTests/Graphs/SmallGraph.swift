import HindsightSyntax
import HindsightValues

/// A graph that is small enough to try all ways through it. Node n holds n, edge e holds 100 + e.
struct SmallGraph {
    struct Edge {
        let from: Int
        let to: Int
        let isDirected: Bool
        let label: String
    }

    let nodeLabels: [String]
    let edges: [Edge]

    init(nodeLabels: [String], edges: [Edge]) {
        self.nodeLabels = nodeLabels
        self.edges = edges
    }

    static func random(using random: inout some RandomNumberGenerator) -> SmallGraph {
        let nodeCount = Int.random(in: 1...4, using: &random)
        let edges = (0..<Int.random(in: 0...5, using: &random)).map { _ in
            Edge(
                from: Int.random(in: 0..<nodeCount, using: &random), to: Int.random(in: 0..<nodeCount, using: &random),
                isDirected: Bool.random(using: &random), label: Bool.random(using: &random) ? "A" : "B")
        }
        return SmallGraph(
            nodeLabels: (0..<nodeCount).map { _ in Bool.random(using: &random) ? "A" : "B" }, edges: edges)
    }

    var value: Value {
        let nodes = nodeLabels.enumerated().map { number, label -> Value in
            ["id": .int(Int64(number)), "labels": .list([.string(label)]), "payload": .int(Int64(number))]
        }
        let edges = edges.enumerated().map { number, edge -> Value in
            [
                "from": .int(Int64(edge.from)), "to": .int(Int64(edge.to)), "directed": .bool(edge.isDirected),
                "labels": .list([.string(edge.label)]), "payload": .int(Int64(100 + number)),
            ]
        }
        return ["nodes": .list(nodes), "edges": .list(edges)]
    }

    /// Whether an edge leads from one node to the other if it is passed this way.
    func leads(_ number: Int, from: Int, to: Int, _ direction: EdgeDirection) -> Bool {
        let edge = edges[number]
        let isForth = edge.from == from && edge.to == to
        let isBack = edge.to == from && edge.from == to
        let mayBeUndirected = ["~", "~>", "<~", "-"].contains(direction.rawValue)
        guard edge.isDirected else { return mayBeUndirected && (isForth || isBack) }
        let mayGoRight = ["->", "~>", "<->", "-"].contains(direction.rawValue)
        let mayGoLeft = ["<-", "<~", "<->", "-"].contains(direction.rawValue)
        return (mayGoRight && isForth) || (mayGoLeft && isBack)
    }
}

/// A path as its nodes and the edges between them.
struct SmallPath {
    var nodes: [Int]
    var edges: [Int]

    func obeys(_ restrictor: PathRestrictor) -> Bool {
        switch restrictor {
        case .walk: true
        case .trail: Set(edges).count == edges.count
        case .acyclic: Set(nodes).count == nodes.count
        case .simple:
            Set(nodes).count == nodes.count
                || (nodes.first == nodes.last && Set(nodes.dropFirst()).count == nodes.count - 1)
        }
    }
}

extension SmallGraph {
    /// All paths whose edges go these ways: every combination of nodes and edges is tried.
    func paths(_ directions: [EdgeDirection]) -> [SmallPath] {
        var paths = nodeLabels.indices.map { SmallPath(nodes: [$0], edges: []) }
        for direction in directions {
            var longer: [SmallPath] = []
            for path in paths {
                for edge in edges.indices {
                    for node in nodeLabels.indices
                    where leads(edge, from: path.nodes[path.nodes.count - 1], to: node, direction) {
                        longer.append(SmallPath(nodes: path.nodes + [node], edges: path.edges + [edge]))
                    }
                }
            }
            paths = longer
        }
        return paths
    }
}
