import HindsightValues

/// A graph made ready for searching: nodes and edges by number, and for each node the edges at it.
///
/// The data model of PartiQL's RFC 0025: nodes and edges have labels and hold any value as payload; an edge has a
/// direction or none; several edges may join the same two nodes, and an edge may lead back to its node.
final class Graph: Sendable {
    struct Element: Sendable {
        let labels: [String]
        /// NULL if there is none.
        let payload: Value
    }

    struct Edge: Sendable {
        let element: Element
        /// The numbers of the nodes; for an edge without direction in the order in which they were written.
        let from: Int32
        let to: Int32
        let isDirected: Bool
    }

    /// An edge as it looks from one of its nodes.
    struct Step: Sendable {
        let edge: Int32
        let node: Int32
        let sense: Sense
    }

    /// Which way a step passes its edge.
    struct Sense: OptionSet, Sendable {
        let rawValue: UInt8

        static let right = Sense(rawValue: 1)
        static let left = Sense(rawValue: 2)
        static let undirected = Sense(rawValue: 4)
    }

    let nodes: [Element]
    let edges: [Edge]
    /// All nodes' steps one after the other, each node's in the order of the edges.
    private let steps: [Step]
    /// Where a node's steps start; one more entry at the end.
    private let starts: [Int]

    /// - Complexity: O(nodes + edges).
    init(nodes: [Element], edges: [Edge]) {
        self.nodes = nodes
        self.edges = edges
        var starts = [Int](repeating: 0, count: nodes.count + 1)
        for edge in edges {
            starts[Int(edge.from) + 1] += 1
            starts[Int(edge.to) + 1] += edge.from == edge.to ? 0 : 1
        }
        for node in nodes.indices { starts[node + 1] += starts[node] }
        self.starts = starts
        var next = starts
        var steps = [Step](repeating: Step(edge: 0, node: 0, sense: []), count: starts[nodes.count])
        for (number, edge) in edges.enumerated() {
            for step in edge.steps(Int32(number)) {
                let node = step.node == edge.to ? edge.from : edge.to
                steps[next[Int(node)]] = step
                next[Int(node)] += 1
            }
        }
        self.steps = steps
    }

    /// The ways to go on from a node. An edge that leads back to its node is one step, whichever way it is passed.
    func steps(at node: Int32) -> ArraySlice<Step> {
        steps[starts[Int(node)]..<starts[Int(node) + 1]]
    }

    /// What the index holds in memory beside the payloads, in bytes.
    var byteCount: Int {
        nodes.count * (MemoryLayout<Element>.stride + MemoryLayout<Int>.stride)
            + edges.count * (MemoryLayout<Edge>.stride + 2 * MemoryLayout<Step>.stride)
    }
}

extension Graph.Edge {
    /// The step from each end to the other.
    fileprivate func steps(_ number: Int32) -> [Graph.Step] {
        if from == to {
            return [Graph.Step(edge: number, node: to, sense: isDirected ? [.right, .left] : .undirected)]
        }
        return [
            Graph.Step(edge: number, node: to, sense: isDirected ? .right : .undirected),
            Graph.Step(edge: number, node: from, sense: isDirected ? .left : .undirected),
        ]
    }
}
