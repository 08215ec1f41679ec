import HindsightSyntax
import HindsightValues

/// Binds one SELECT block with the ORDER BY, LIMIT and OFFSET behind it, clause by clause in the order of evaluation, and
/// plans it.
struct SelectBinder {
    let statement: StatementBinder
    let block: SelectBlock
    /// The query whose body the block is.
    let query: Query
    let shape: RowShape

    func bind(in outer: Scope?) throws(QueryError) -> QueryPlan {
        try refuseLaterClauses()
        let scope = Scope(parent: outer)
        scope.windows = .refused(.clause("FROM"))
        let from = try FromBinder(statement: statement, scope: scope).bind(block.from)
        scope.windows = .refused(.clause("LET"))
        let computed = try bindLet(in: scope)
        var conditions: [BoundExpression] = []
        scope.windows = .refused(.clause("WHERE"))
        if let filter = block.filter { conditions = try statement.bind(filter, in: scope).conjuncts }
        scope.windows = .refused(.clause("GROUP BY"))
        let group = try GroupBinder(statement: statement, scope: scope).bind(block, query)
        scope.windows = .refused(.clause("HAVING"))
        let having = try bindHaving(in: scope)
        let windows = try WindowCollection(block.windows, names: scope.names)
        scope.windows = .open(windows)
        let exclusion = try ExclusionBinder(statement: statement, scope: scope).bind(block.exclude)
        let output = try scope.withNames(exclusion.names) { () throws(QueryError) in
            try OutputBinder(statement: statement, scope: scope, shape: shape, from: from).bind(block)
        }
        scope.aliases = output.aliases
        let order = try QueryBinder(statement: statement).bindOrder(query.orderBy, in: scope)
        scope.aliases = []
        let limit = try QueryBinder(statement: statement).bindLimit(query, in: outer)

        var assembler = SelectAssembler(statement: statement, span: block.span)
        assembler.addSources(from, computed, conditions)
        if let group { assembler.addGroup(group.finished(scope.aggregation)) }
        if let having { assembler.addFilter(having.conjuncts) }
        assembler.addWindows(windows.groups)
        assembler.addComputed(exclusion.computed)
        return assembler.finish(
            output, isDistinct: block.projection.quantifier == .distinct, order: order, orderSpan: query.orderBy,
            limit: limit)
    }

    private func refuseLaterClauses() throws(QueryError) {
        if let group = block.groupBy, group.isPartial {
            let span = group.keys.first?.expression.span ?? block.span
            throw QueryError(
                .unsupported, "GROUP PARTIAL BY is a word of PartiQL without a meaning that it defines", at: span,
                hint: "write GROUP BY")
        }
    }

    private func bindLet(in scope: Scope) throws(QueryError) -> [ComputedSlot] {
        var computed: [ComputedSlot] = []
        for binding in block.letBindings {
            let expression = try statement.bind(binding.expression, in: scope)
            let slot = statement.makeSlot()
            computed.append(ComputedSlot(slot: slot, expression: expression, name: binding.name.text))
            try scope.add(ScopeVariable(name: binding.name, role: .binding, content: .slot(slot)))
        }
        return computed
    }

    private func bindHaving(in scope: Scope) throws(QueryError) -> BoundExpression? {
        guard let having = block.having else { return nil }
        return try statement.bind(having, in: scope)
    }
}
