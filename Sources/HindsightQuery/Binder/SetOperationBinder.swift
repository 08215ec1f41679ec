import HindsightSyntax
import HindsightValues

/// Binds UNION, INTERSECT and EXCEPT. Without OUTER the operands are SQL's: rows of equally many columns, which take the
/// names of the first operand; with OUTER they are any values; with CORRESPONDING, rows of the columns that it names.
struct SetOperationBinder {
    let queries: QueryBinder

    func bind(_ first: QueryBody, _ terms: [SetTerm], in scope: Scope?) throws(QueryError) -> QueryPlan {
        var plan = try queries.bindOperand(first, in: scope)
        for term in terms { plan = try apply(term, to: plan, try queries.bindOperand(term.operand, in: scope)) }
        return plan
    }

    /// One operation whose operands are bound.
    func apply(_ term: SetTerm, to left: QueryPlan, _ right: QueryPlan) throws(QueryError) -> QueryPlan {
        var (left, right) = (left, right)
        if let corresponding = term.corresponding {
            let names = try names(corresponding, left, right, at: term.span)
            (left, right) = (projected(left, to: names), projected(right, to: names))
        }
        var renaming: ColumnRenaming?
        if !term.isOuter, let names = left.columns, let others = right.columns {
            guard names.count == others.count else {
                throw QueryError(
                    .invalidArgument,
                    "\(term.operation.rawValue) needs operands of equally many columns, found \(names.count) and \(others.count)",
                    at: term.span, hint: "OUTER \(term.operation.rawValue) takes rows of any shape")
            }
            if !zip(names, others).allSatisfy({ $0.utf8.elementsEqual($1.utf8) }) {
                renaming = ColumnRenaming(names: names, current: others, span: term.span)
            }
        }
        let slot = queries.statement.makeSlot()
        let operation = SetOperationPlan(
            operation: term.operation, isDistinct: term.quantifier != .all, isOuter: term.isOuter, left: left,
            right: right, slot: slot, renaming: renaming, span: term.span)
        return QueryPlan(
            root: .setOperation(operation), resultSlot: slot, columns: left.columns, isOrdered: false, kind: .rows,
            span: left.span.union(right.span))
    }

    // MARK: CORRESPONDING

    /// The columns of CORRESPONDING: those of BY, or those that both operands have.
    private func names(
        _ corresponding: SetTerm.Corresponding, _ left: QueryPlan, _ right: QueryPlan, at span: SourceSpan
    ) throws(QueryError) -> [Identifier] {
        guard corresponding.columns.isEmpty else { return corresponding.columns }
        guard let names = left.columns, let others = right.columns else {
            throw QueryError(
                .invalidArgument, "the columns of an operand of CORRESPONDING are not known", at: span,
                hint: "name the common columns: CORRESPONDING BY (a, b)")
        }
        let common = names.filter { name in others.contains { $0.utf8.elementsEqual(name.utf8) } }
        guard !common.isEmpty else {
            throw QueryError(.invalidArgument, "the operands of CORRESPONDING have no common columns", at: span)
        }
        return common.map { Identifier($0, isQuoted: true, span: span) }
    }

    /// A query with these columns of its rows only.
    private func projected(_ plan: QueryPlan, to names: [Identifier]) -> QueryPlan {
        let row = BoundExpression(.slot(plan.resultSlot), at: plan.span)
        let foldsCase = queries.statement.dialect.foldsAttributeCase
        let items = names.map { name in
            let step = BoundStep.attribute(name.text, isCaseSensitive: name.isQuoted || !foldsCase, name.span)
            return (name: name.text, value: BoundExpression(.path(row, [step]), at: name.span))
        }
        let slot = queries.statement.makeSlot()
        return QueryPlan(
            root: .project(plan.root, .items(items), slot: slot), resultSlot: slot, columns: names.map(\.text),
            isOrdered: false, kind: .rows, span: plan.span)
    }
}
