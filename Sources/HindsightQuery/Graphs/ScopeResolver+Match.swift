import HindsightSyntax

extension ScopeResolver {
    func bindMatch(_ match: GraphMatch) throws(QueryError) -> MatchPlan {
        try GraphPatternBinder.bind(match, in: scope, statement)
    }
}
