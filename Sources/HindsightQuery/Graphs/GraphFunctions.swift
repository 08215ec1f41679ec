import HindsightValues

/// Functions on graphs.
enum GraphFunctions {
    static let all: [Function] = [
        Function(
            "GRAPH", [.init("graph", .structure)],
            summary: "the struct of nodes and edges itself, after checking that MATCH can read it as a graph",
            example: .init(
                "CARDINALITY(GRAPH({'nodes': [{'id': 1}], 'edges': [{'from': 1, 'to': 1}]}).edges)", gives: "1"),
            body: .unary { (value) throws(EvaluationFailure) in
                do throws(GraphFault) {
                    _ = try GraphReader.graph(value)
                    return value
                } catch {
                    throw .failed(.invalidArgument, error.message)
                }
            })
    ]
}
