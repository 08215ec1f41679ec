import HindsightSyntax
import HindsightValues

extension ExpressionCompiler {
    /// `graph MATCH pattern`: a bag of structs. An absent graph gives itself; a value that is no graph is a mismatch.
    func compileMatch(_ graph: BoundExpression, _ plan: MatchPlan, at span: SourceSpan) throws(QueryError) -> Part {
        var conditions: [PredicateEvaluator] = []
        for condition in plan.conditions { conditions.append(try compilePredicate(condition.expression)) }
        let tests = conditions
        let value = try compile(graph)
        let site = site(graph.span)
        // Without slots the graph is the same for all rows: its index is made once.
        let isFixed = graph.slots.isEmpty
        return .computed { (frame) throws(QueryError) in
            let index: Graph
            if isFixed, let known = frame.context.graphs[ObjectIdentifier(plan)] {
                index = known
            } else {
                let value = try value(&frame)
                if value.isAbsent { return value }
                do throws(GraphFault) {
                    index = try GraphReader.graph(value)
                } catch {
                    return try site.mismatch(error.message)
                }
                if isFixed { try frame.context.keep(index, for: plan) }
            }
            var search = GraphSearch(plan, conditions: tests, graph: index, span: span)
            return .bag(try search.matches(&frame))
        }
    }
}
