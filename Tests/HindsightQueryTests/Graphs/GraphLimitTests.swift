import HindsightSyntax
import HindsightValues
import Testing

@testable import HindsightQuery

/// Searches that are long or wide.
struct GraphLimitTests {
    private func harness(_ graph: SmallGraph, memoryLimit: Int = ExecutionContext.defaultMemoryLimit) -> QueryHarness {
        var options = SessionOptions(globals: ["g": graph.value])
        options.memoryLimit = memoryLimit
        return QueryHarness(options: options)
    }

    private func circle(_ count: Int) -> SmallGraph {
        let edges = (0..<count).map {
            SmallGraph.Edge(from: $0, to: ($0 + 1) % count, isDirected: true, label: "A")
        }
        return SmallGraph(nodeLabels: Array(repeating: "N", count: count), edges: edges)
    }

    private func complete(_ count: Int) -> SmallGraph {
        let edges = (0..<count).flatMap { from in
            (0..<count).map { SmallGraph.Edge(from: from, to: $0, isDirected: true, label: "A") }
        }
        return SmallGraph(nodeLabels: Array(repeating: "N", count: count), edges: edges)
    }

    @Test func longPathsTakeNoStack() throws {
        let harness = harness(circle(10))
        #expect(
            try harness.result("(g MATCH (x WHERE x = 0)->{20003}(y))") == ["<<{'x': 0, 'y': 3}>>"])
        let counted = "SELECT VALUE CARDINALITY(m.e) FROM g MATCH (x WHERE x = 0)-[e]->{20000}(y) AS m"
        #expect(try harness.result(counted) == ["20000"])
    }

    @Test func searchesKeepTheMemoryLimit() {
        let harness = harness(complete(8), memoryLimit: 1 << 20)
        #expect(harness.failure("(g MATCH ->{1,40})")?.code == .memoryLimit)
        #expect(harness.failure("(g MATCH SHORTEST 1000000 ()->+())")?.code == .memoryLimit)
    }

    /// However many walks there are, only as many are followed as a selector may choose.
    @Test func selectorsEndOnEveryGraph() throws {
        let harness = harness(complete(12))
        #expect(try harness.result("CARDINALITY((g MATCH ANY SHORTEST (x)->+(y)))") == ["144"])
        #expect(try harness.result("CARDINALITY((g MATCH ALL SHORTEST (x)->{2,}(y)))") == ["1728"])
        #expect(try harness.result("CARDINALITY((g MATCH SHORTEST 5 (x WHERE x = 0)->+(y)))") == ["60"])
    }

    /// The index of a graph that does not depend on the row is made once, and others anew.
    @Test func graphsOfRows() throws {
        let harness = harness(circle(3))
        #expect(
            try harness.bag("SELECT VALUE (g MATCH (x WHERE x = i))[*].x FROM [0, 2] AS i")
                == ["<<0>>", "<<2>>"])
        #expect(
            try harness.bag(
                """
                SELECT VALUE CARDINALITY((h MATCH (x))) FROM
                    [{'nodes': [], 'edges': []}, {'nodes': [{'id': 1}], 'edges': []}] AS h
                """) == ["0", "1"])
    }
}
