import HindsightSyntax
import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightQuery

/// MATCH on small random graphs against an enumeration of all paths.
struct GraphMatchTests {
    private static let rounds = 150

    private func matches(_ graph: SmallGraph, _ pattern: String) throws -> [String] {
        let harness = QueryHarness(options: SessionOptions(globals: ["g": graph.value]))
        guard case .value(.bag(let rows)) = try harness.session.execute("(g MATCH \(pattern))") else { return [] }
        return rows.map(\.description).sorted()
    }

    private func row(_ fields: [(String, Int)]) -> String {
        var row = Structure()
        for (name, number) in fields { row.append(name, .int(Int64(number))) }
        return Value.structure(row).description
    }

    private func edge(_ direction: EdgeDirection, _ inside: String) -> String {
        let signs =
            switch direction {
            case .right: ("-", "->")
            case .left: ("<-", "-")
            case .undirected: ("~", "~")
            case .undirectedOrRight: ("~", "~>")
            case .leftOrUndirected: ("<~", "~")
            case .leftOrRight: ("<-", "->")
            case .any: ("-", "-")
            }
        return "\(signs.0)[\(inside)]\(signs.1)"
    }

    /// Fixed lengths, every kind of edge, every restrictor, labels, and nodes that come again.
    @Test func pathsOfFixedLength() throws {
        let seed = TestSeed.fresh
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for _ in 0..<Self.rounds {
            let graph = SmallGraph.random(using: &random)
            let directions = (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in
                EdgeDirection.allCases.randomElement(using: &random)
            }
            let restrictor = PathRestrictor.allCases.randomElement(using: &random) ?? .walk
            let names = (0...directions.count).map { _ in Int.random(in: 0...3, using: &random) }
            let label = Bool.random(using: &random) ? "A" : nil
            var pattern = "\(restrictor.rawValue) (n\(names[0])\(label.map { ":\($0)" } ?? ""))"
            for (index, direction) in directions.enumerated() {
                pattern += edge(direction, "e\(index)") + "(n\(names[index + 1]))"
            }
            let expected = graph.paths(directions).filter { path in
                path.obeys(restrictor) && label.map { graph.nodeLabels[path.nodes[0]] == $0 } ?? true
                    && names.indices.allSatisfy { one in
                        names.indices.allSatisfy { names[one] != names[$0] || path.nodes[one] == path.nodes[$0] }
                    }
            }.map { path in
                var fields = [("n\(names[0])", path.nodes[0])]
                for index in directions.indices {
                    fields.append(("e\(index)", 100 + path.edges[index]))
                    if names.firstIndex(of: names[index + 1]) == index + 1 {
                        fields.append(("n\(names[index + 1])", path.nodes[index + 1]))
                    }
                }
                return row(fields)
            }
            #expect(try matches(graph, pattern) == expected.sorted(), "\(pattern) \(graph)")
        }
    }

    /// `{m,n}` is the union of its lengths, and the same as two quantifiers in a row that add up to it.
    @Test func quantifiers() throws {
        let seed = TestSeed.fresh
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for _ in 0..<Self.rounds {
            let graph = SmallGraph.random(using: &random)
            let direction = EdgeDirection.allCases.randomElement(using: &random) ?? .right
            let restrictor = PathRestrictor.allCases.randomElement(using: &random) ?? .walk
            let least = Int.random(in: 0...2, using: &random)
            let paths = (least...least + 2).flatMap { length in
                graph.paths(Array(repeating: direction, count: length)).filter { $0.obeys(restrictor) }
            }
            let pattern = "\(restrictor.rawValue) (x)\(edge(direction, "e")){\(least),\(least + 2)}(y)"
            let expected = paths.map { path in
                let edges = path.edges.map { String(100 + $0) }.joined(separator: ", ")
                return "{'x': \(path.nodes[0]), 'e': [\(edges)], 'y': \(path.nodes[path.nodes.count - 1])}"
            }
            #expect(try matches(graph, pattern) == expected.sorted(), "\(pattern) \(graph)")
            let split =
                "\(restrictor.rawValue) (x)\(edge(direction, "")){\(least),\(least + 1)}\(edge(direction, ""))?(y)"
            let ends = paths.map { row([("x", $0.nodes[0]), ("y", $0.nodes[$0.nodes.count - 1])]) }
            #expect(try matches(graph, split) == ends.sorted(), "\(split) \(graph)")
        }
    }

    /// A restrictor bounds `*` and `+`: no path is longer than the graph has edges or nodes.
    @Test func unboundedQuantifiers() throws {
        let seed = TestSeed.fresh
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for _ in 0..<Self.rounds {
            let graph = SmallGraph.random(using: &random)
            let direction = EdgeDirection.allCases.randomElement(using: &random) ?? .right
            let restrictor = [PathRestrictor.trail, .acyclic, .simple].randomElement(using: &random) ?? .trail
            var expected: [String] = []
            for length in 0...5 {
                for path in graph.paths(Array(repeating: direction, count: length)) where path.obeys(restrictor) {
                    expected.append(row([("x", path.nodes[0]), ("y", path.nodes[path.nodes.count - 1])]))
                }
            }
            let pattern = "\(restrictor.rawValue) (x)\(edge(direction, ""))*(y)"
            #expect(try matches(graph, pattern) == expected.sorted(), "\(pattern) \(graph)")
        }
    }

    /// Selectors against all paths up to a length that holds the shortest ones.
    @Test func selectors() throws {
        let seed = TestSeed.fresh
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for _ in 0..<Self.rounds {
            let graph = SmallGraph.random(using: &random)
            let direction = EdgeDirection.allCases.randomElement(using: &random) ?? .right
            let all = (1...5).flatMap { graph.paths(Array(repeating: direction, count: $0)) }
            let groups = Dictionary(grouping: all) { [$0.nodes[0], $0.nodes[$0.nodes.count - 1]] }
            let rest = "(x)\(edge(direction, "e"))+(y)"
            let shortest = groups.values.flatMap { paths in
                paths.filter { $0.edges.count == paths[0].edges.count }
            }.map { path in
                let edges = path.edges.map { String(100 + $0) }.joined(separator: ", ")
                return "{'x': \(path.nodes[0]), 'e': [\(edges)], 'y': \(path.nodes[path.nodes.count - 1])}"
            }
            #expect(try matches(graph, "ALL SHORTEST " + rest) == shortest.sorted(), "\(rest) \(graph)")
            let any = try matches(graph, "ANY SHORTEST " + rest)
            #expect(any.count == groups.count && Set(any).isSubset(of: shortest), "\(rest) \(graph)")
            #expect(try matches(graph, "ANY " + rest).count == groups.count)
            let two = try matches(graph, "SHORTEST 2 GROUP (x)\(edge(direction, ""))+(y)")
            let counts = groups.values.map { paths in
                let lengths = Set(paths.map(\.edges.count)).sorted().prefix(2)
                return lengths.count < 2 ? nil : paths.count { lengths.contains($0.edges.count) }
            }
            // Where only one length turned up within the bound, longer paths may follow.
            if !counts.contains(nil) { #expect(two.count == counts.reduce(0) { $0 + ($1 ?? 0) }, "\(rest) \(graph)") }
        }
    }
}
