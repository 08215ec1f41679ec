import HindsightValues

/// Why a value is no graph, in words.
struct GraphFault: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}

/// Reads a graph from the struct that stands for it:
///
///     {'nodes': [{'id': 'a', 'labels': ['Person'], 'payload': {'name': 'Ann'}}, …],
///      'edges': [{'from': 'a', 'to': 'b', 'labels': ['knows'], 'payload': …, 'directed': false}, …]}
///
/// Labels and payloads may be left out, and `labels` may be one text. An edge is directed unless it says otherwise. Nodes
/// and edges are lists or bags; other attributes are refused, so that a misspelt one is found.
struct GraphReader {
    private var numbers: [Value: Int32] = [:]

    /// The graph that a value stands for.
    ///
    /// - Throws: what is wrong with it, and where.
    static func graph(_ value: Value) throws(GraphFault) -> Graph {
        var reader = GraphReader()
        return try reader.read(value)
    }

    private mutating func read(_ value: Value) throws(GraphFault) -> Graph {
        guard case .structure(let structure) = value else {
            throw GraphFault("a graph is a struct with `nodes` and `edges`, not \(value.kindPhrase)")
        }
        try checkNames(structure, ["nodes", "edges"], "the graph")
        let nodeValues = try elements(structure, "nodes")
        let edgeValues = try elements(structure, "edges")
        guard max(nodeValues.count, edgeValues.count) < Int(Int32.max) else {
            throw GraphFault("the graph has too many nodes or edges")
        }
        var nodes: [Graph.Element] = []
        nodes.reserveCapacity(nodeValues.count)
        for (index, node) in nodeValues.enumerated() { nodes.append(try readNode(node, index)) }
        var edges: [Graph.Edge] = []
        edges.reserveCapacity(edgeValues.count)
        for (index, edge) in edgeValues.enumerated() { edges.append(try readEdge(edge, index)) }
        return Graph(nodes: nodes, edges: edges)
    }

    private func elements(_ structure: Structure, _ name: String) throws(GraphFault) -> [Value] {
        guard let value = structure[name], !value.isMissing else { throw GraphFault("the graph has no `\(name)`") }
        guard let elements = value.elements else {
            throw GraphFault("the graph's `\(name)` are a list, not \(value.kindPhrase)")
        }
        return elements
    }

    private mutating func readNode(_ value: Value, _ index: Int) throws(GraphFault) -> Graph.Element {
        let place = "node \(index + 1)"
        let structure = try structure(value, place)
        try checkNames(structure, ["id", "labels", "payload"], place)
        guard let id = structure["id"], !id.isAbsent else { throw GraphFault("\(place) has no `id`") }
        guard numbers.updateValue(Int32(index), forKey: id) == nil else {
            throw GraphFault("\(place) has the same id as another: \(id)")
        }
        return try element(structure, place)
    }

    private func readEdge(_ value: Value, _ index: Int) throws(GraphFault) -> Graph.Edge {
        let place = "edge \(index + 1)"
        let structure = try structure(value, place)
        try checkNames(structure, ["id", "labels", "payload", "from", "to", "directed"], place)
        let isDirected: Bool
        switch structure["directed"] {
        case .bool(let flag)?: isDirected = flag
        case nil, .missing?: isDirected = true
        case let other?: throw GraphFault("`directed` of \(place) is true or false, not \(other.kindPhrase)")
        }
        return Graph.Edge(
            element: try element(structure, place), from: try end(structure, "from", place),
            to: try end(structure, "to", place), isDirected: isDirected)
    }

    private func end(_ structure: Structure, _ name: String, _ place: String) throws(GraphFault) -> Int32 {
        guard let id = structure[name], !id.isAbsent else { throw GraphFault("\(place) has no `\(name)`") }
        guard let number = numbers[id] else { throw GraphFault("`\(name)` of \(place) names no node: \(id)") }
        return number
    }

    private func element(_ structure: Structure, _ place: String) throws(GraphFault) -> Graph.Element {
        var labels: [String] = []
        switch structure["labels"] {
        case nil, .missing?: break
        case let value?:
            for label in value.elements ?? [value] {
                guard let text = label.text else {
                    throw GraphFault("a label of \(place) is \(label.kindPhrase), not text")
                }
                labels.append(text)
            }
        }
        let payload = structure["payload"] ?? .null
        return Graph.Element(labels: labels, payload: payload.isMissing ? .null : payload)
    }

    private func structure(_ value: Value, _ place: String) throws(GraphFault) -> Structure {
        guard case .structure(let structure) = value else {
            throw GraphFault("\(place) is \(value.kindPhrase), not a struct")
        }
        return structure
    }

    private func checkNames(_ structure: Structure, _ names: [String], _ place: String) throws(GraphFault) {
        for field in structure.fields where !names.contains(where: { TextOrder.isEqual($0, field.name) }) {
            let list = names.map { "`\($0)`" }.joined(separator: ", ")
            throw GraphFault("\(place) has an attribute `\(field.name)`; there may be \(list)")
        }
    }
}
