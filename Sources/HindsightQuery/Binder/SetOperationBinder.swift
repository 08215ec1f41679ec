import HindsightSyntax
import HindsightValues

/// Binds UNION, INTERSECT and EXCEPT. Without OUTER the operands are SQL's: rows of equally many columns, which take the
/// names of the first operand; with OUTER they are any values.
struct SetOperationBinder {
    let queries: QueryBinder

    func bind(_ first: QueryBody, _ terms: [SetTerm], in scope: Scope?) throws(QueryError) -> QueryPlan {
        var plan = try queries.bindOperand(first, in: scope)
        for term in terms { plan = try apply(term, to: plan, in: scope) }
        return plan
    }

    private func apply(_ term: SetTerm, to left: QueryPlan, in scope: Scope?) throws(QueryError) -> QueryPlan {
        if term.corresponding != nil {
            throw QueryError(.unsupported, "CORRESPONDING is not available yet", at: term.span)
        }
        let right = try queries.bindOperand(term.operand, in: scope)
        var renamed: [String]?
        if !term.isOuter, let names = left.columns, let others = right.columns {
            guard names.count == others.count else {
                throw QueryError(
                    .invalidArgument,
                    "\(term.operation.rawValue) needs operands of equally many columns, found \(names.count) and \(others.count)",
                    at: term.span, hint: "OUTER \(term.operation.rawValue) takes rows of any shape")
            }
            if !zip(names, others).allSatisfy({ $0.utf8.elementsEqual($1.utf8) }) { renamed = names }
        }
        let slot = queries.statement.makeSlot()
        let operation = SetOperationPlan(
            operation: term.operation, isDistinct: term.quantifier != .all, isOuter: term.isOuter, left: left,
            right: right, slot: slot, renamed: renamed, span: term.span)
        return QueryPlan(
            root: .setOperation(operation), resultSlot: slot, columns: left.columns, isOrdered: false, kind: .rows,
            span: left.span.union(right.span))
    }
}
