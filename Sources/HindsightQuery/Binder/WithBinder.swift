import HindsightSyntax
import HindsightValues

/// Binds the queries of WITH. Each is a value that is computed where it is first used, and once if it reads nothing of
/// the queries around it.
struct WithBinder {
    let queries: QueryBinder

    private var statement: StatementBinder { queries.statement }

    /// - Parameter scope: takes the names of the queries, each visible to those behind it.
    func bind(_ with: WithClause, in scope: Scope) throws(QueryError) {
        for item in with.items {
            let plan = try plan(item, isRecursive: with.isRecursive, in: scope)
            let subquery = try PlannedSubquery(
                plan: plan, number: statement.makeSubqueryNumber(), compiler: statement.compiler)
            let value = BoundExpression(.subquery(subquery, .collection), at: item.query.span)
            try scope.add(ScopeVariable(name: item.name, role: .query, content: .expression(value)))
        }
    }

    private func plan(
        _ item: WithClause.Item, isRecursive: Bool, in scope: Scope
    ) throws(QueryError) -> QueryPlan {
        try checkNames(item.columns)
        if isRecursive, let plan = try RecursionBinder(queries: queries, item: item).bind(in: scope) { return plan }
        return try queries.renamed(
            try queries.bind(item.query, in: scope), to: item.columns.map(\.text), at: item.columns.span)
    }

    private func checkNames(_ columns: [Identifier]) throws(QueryError) {
        for (index, column) in columns.enumerated()
        where columns[..<index].contains(where: { TextOrder.isEqual($0.text, column.text) }) {
            throw QueryError(.duplicateName, "the column '\(column.text)' is named twice", at: column.span)
        }
    }
}

/// Binds a query of WITH RECURSIVE that reads itself: `base UNION [ALL] step …` (SQL:1999). The base gives the first
/// rows; a step runs with the rows of the round before under the query's name, until a round gives none.
struct RecursionBinder {
    let queries: QueryBinder
    let item: WithClause.Item

    private var statement: StatementBinder { queries.statement }

    /// - Returns: nil if the query does not read itself.
    func bind(in scope: Scope) throws(QueryError) -> QueryPlan? {
        guard case .setOperation(let first, let terms) = item.query.body, item.query.with == nil else { return nil }
        let rowsSlot = statement.makeSlot()
        let inner = Scope(parent: scope)
        try inner.add(ScopeVariable(name: item.name, role: .query, content: .slot(rowsSlot)))
        var base = try queries.bindOperand(first, in: inner)
        guard !base.root.readSlots.contains(rowsSlot) else {
            throw QueryError(
                .invalidArgument, "the first part of the recursive query '\(item.name.text)' reads the query itself",
                at: base.span, hint: "it gives the rows to start from")
        }
        var operands: [QueryPlan] = []
        for term in terms { operands.append(try queries.bindOperand(term.operand, in: inner)) }
        guard let start = operands.firstIndex(where: { $0.root.readSlots.contains(rowsSlot) }) else { return nil }
        try check(terms[start...])
        let operations = SetOperationBinder(queries: queries)
        for index in 0..<start { base = try operations.apply(terms[index], to: base, operands[index]) }
        base = try queries.renamed(base, to: item.columns.map(\.text), at: item.columns.span)
        var steps: [QueryPlan] = []
        for index in start..<terms.count {
            steps.append(try queries.renamed(operands[index], to: base.columns ?? [], at: terms[index].span))
        }
        let recursion = RecursionPlan(
            name: item.name.text, base: base, steps: steps, rowsSlot: rowsSlot, slot: statement.makeSlot(),
            isDistinct: terms[start].quantifier != .all, span: item.query.span)
        let plan = QueryPlan(
            root: .recursion(recursion), resultSlot: recursion.slot, columns: base.columns, isOrdered: false,
            kind: .rows, span: item.query.span)
        return try queries.bindTail(of: item.query, over: plan, in: scope)
    }

    private func check(_ terms: ArraySlice<SetTerm>) throws(QueryError) {
        for term in terms {
            guard term.operation == .union, !term.isOuter, term.corresponding == nil else {
                throw QueryError(
                    .unsupported, "a recursive query goes on with UNION or UNION ALL only", at: term.span)
            }
            guard (term.quantifier == .all) == (terms[terms.startIndex].quantifier == .all) else {
                throw QueryError(
                    .unsupported, "the steps of a recursive query are all joined by UNION, or all by UNION ALL",
                    at: term.span)
            }
        }
    }
}

extension [Identifier] {
    /// From the first name to the last.
    fileprivate var span: SourceSpan {
        reduce(first?.span ?? SourceSpan(0..<0)) { $0.union($1.span) }
    }
}
