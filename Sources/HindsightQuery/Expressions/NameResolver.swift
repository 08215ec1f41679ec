import HindsightSyntax
import HindsightValues

/// What the expression binder asks of the query around an expression: names, parameters, subqueries, aggregates.
/// The query binder implements it with its scopes.
package protocol NameResolver {
    /// Resolves a variable, together with as many of the path steps after it as belong to the name (`a.b` may be one
    /// global name; a resolver may also keep a slot for a whole path).
    ///
    /// - Returns: the expression, and how many steps it stands for.
    /// - Throws: `unknownName` or `ambiguousName`.
    func resolve(_ variable: Variable, steps: [BoundStep]) throws(QueryError) -> (
        expression: BoundExpression, consumedSteps: Int
    )

    /// Gives a parameter its number.
    func resolveParameter(_ parameter: Parameter, at span: SourceSpan) throws(QueryError) -> Int

    /// Binds and plans a subquery for a place of this use. A scalar or row is made of SQL's SELECT alone: SELECT VALUE,
    /// PIVOT and other queries stay what they are.
    func bindSubquery(_ query: Query, as use: SubqueryUse, at span: SourceSpan) throws(QueryError) -> BoundExpression

    /// Gives an aggregate call the slot of its result.
    ///
    /// - Throws: `misplacedAggregate` where there is no group to aggregate over.
    func bindAggregate(_ call: AggregateCall) throws(QueryError) -> BoundExpression

    /// What an expression as a whole stands for, if the query around it has computed it already: a key of GROUP BY.
    func substitution(for expression: Expression) throws(QueryError) -> BoundExpression?

    /// Binds the pattern of a match; the graph is bound by itself.
    func bindMatch(_ match: GraphMatch) throws(QueryError) -> MatchPlan

    /// Gives a call with OVER the slot of its result.
    func bindWindowCall(
        _ call: FunctionCall, over window: WindowReference, at span: SourceSpan
    ) throws(QueryError) -> BoundExpression
}

extension NameResolver {
    package func bindMatch(_ match: GraphMatch) throws(QueryError) -> MatchPlan {
        throw QueryError(.unsupported, "MATCH is not allowed here", at: match.graph.span)
    }

    package func substitution(for expression: Expression) throws(QueryError) -> BoundExpression? { nil }

    package func bindWindowCall(
        _ call: FunctionCall, over window: WindowReference, at span: SourceSpan
    ) throws(QueryError) -> BoundExpression {
        throw QueryError(.misplacedWindow, "there are no rows here that a window could look at", at: span)
    }
}

/// A call of a SQL aggregate function.
package struct AggregateCall: Sendable {
    package var kind: AggregateKind
    package var isDistinct: Bool
    /// nil for COUNT(*).
    package var argument: Expression?
    package var span: SourceSpan

    package init(kind: AggregateKind, isDistinct: Bool, argument: Expression?, span: SourceSpan) {
        self.kind = kind
        self.isDistinct = isDistinct
        self.argument = argument
        self.span = span
    }
}
