import HindsightSyntax
import HindsightValues

/// Binds GROUP BY and sets the scope up so that the clauses after it see keys and aggregates only.
struct GroupBinder {
    let statement: StatementBinder
    let scope: Scope

    /// - Returns: nil if the block neither groups nor aggregates.
    func bind(_ block: SelectBlock, _ query: Query) throws(QueryError) -> BoundGroup? {
        guard block.groupBy != nil || block.having != nil || aggregates(block, query) else { return nil }
        var keys: [(expression: BoundExpression, slot: Int)] = []
        var groupingKeys: [Grouping.Key] = []
        var unnamed = 0
        for key in block.groupBy?.keys ?? [] {
            let expression = selectItem(namedBy: key.expression, in: block) ?? key.expression
            let bound = try bindKey(expression, alias: key.alias)
            let slot = statement.makeSlot()
            keys.append((bound, slot))
            if key.alias == nil, key.expression.groupName == nil { unnamed += 1 }
            groupingKeys.append(
                Grouping.Key(
                    expression: expression, name: name(of: key, unnamed: unnamed),
                    reference: reference(to: expression), slot: slot))
        }
        var group: (slot: Int, variables: [(name: String, slot: Int)])?
        if block.groupBy?.groupName != nil { group = (statement.makeSlot(), groupVariables()) }
        scope.grouping = Grouping(
            keys: groupingKeys, group: group.flatMap { group in block.groupBy?.groupName.map { ($0, group.slot) } })
        scope.aggregation = Aggregation()
        let isWhole = block.groupBy.map(\.keys.isEmpty) ?? true
        return BoundGroup(keys: keys, group: group, isWhole: isWhole, span: block.span)
    }

    private func aggregates(_ block: SelectBlock, _ query: Query) -> Bool {
        if query.orderBy.contains(where: \.expression.containsAggregate) { return true }
        if block.windows.contains(where: \.definition.containsAggregate) { return true }
        switch block.projection.kind {
        case .items(let items):
            return items.contains { item in
                switch item.kind {
                case .expression(let expression, _), .allAttributes(let expression): expression.containsAggregate
                }
            }
        case .value(let expression): return expression.containsAggregate
        case .pivot(let value, let name): return value.containsAggregate || name.containsAggregate
        case .star: return false
        }
    }

    /// The expression of a SELECT item, if a key is nothing but its alias: `SELECT a || b AS c … GROUP BY c`. An alias
    /// that hides an attribute which its own expression reads (`UPPER(c) AS c`) does not count.
    private func selectItem(namedBy key: Expression, in block: SelectBlock) -> Expression? {
        guard case .variable(let variable) = key.node, scope.matches(variable.name).isEmpty,
            case .items(let items) = block.projection.kind
        else { return nil }
        for item in items {
            guard case .expression(let expression, let alias?) = item.kind, alias.isSameName(as: variable.name),
                !expression.containsAggregate, !expression.mentions(variable.name)
            else { continue }
            return expression
        }
        return nil
    }

    private func bindKey(_ expression: Expression, alias: Identifier?) throws(QueryError) -> BoundExpression {
        if alias == nil, case .literal(let literal) = expression.node, case .int = literal.value {
            throw QueryError(
                .invalidGrouping, "an integer is no key of GROUP BY", at: expression.span,
                hint: "GROUP BY takes expressions, not positions in the SELECT list")
        }
        return try statement.bind(expression, in: scope)
    }

    private func name(of key: GroupBy.Key, unnamed: Int) -> Identifier? {
        key.alias ?? Identifier(key.expression.groupName ?? "_\(unnamed)", span: key.expression.span)
    }

    /// The variable and fixed steps that a key is, so that the same path is known again however it is written.
    private func reference(to expression: Expression) -> Reference? {
        guard let (variable, written) = expression.variableAndSteps else { return nil }
        guard let bound = try? statement.expressionBinder(in: scope).bindSteps(written) else { return nil }
        let steps = ItemPath.Step.fixedPrefix(of: bound)
        guard steps.count == written.count else { return nil }
        if let match = scope.matches(variable.name).first { return Reference(variable: match, steps: steps) }
        guard scope.sources.count == 1, let source = scope.sources.first else { return nil }
        let isCaseSensitive = variable.name.isQuoted || !statement.dialect.foldsAttributeCase
        return Reference(
            variable: source, steps: [.attribute(variable.name.text, isCaseSensitive: isCaseSensitive)] + steps)
    }

    /// What a binding's struct in the bag of GROUP AS is made of.
    private func groupVariables() -> [(name: String, slot: Int)] {
        scope.variables.compactMap { variable in
            guard let name = variable.name else { return nil }
            switch variable.content {
            case .slot(let slot): return (name.text, slot)
            case .table(let table): return (name.text, table.useItem(statement))
            case .expression: return nil
            }
        }
    }
}

/// A GROUP BY whose aggregates are still being collected.
struct BoundGroup {
    let keys: [(expression: BoundExpression, slot: Int)]
    let group: (slot: Int, variables: [(name: String, slot: Int)])?
    let isWhole: Bool
    let span: SourceSpan

    /// The plan above `input`, once all clauses are bound.
    func finished(_ aggregation: Aggregation?) -> (PlanNode) -> PlanNode {
        let aggregates = (aggregation?.calls ?? []).map { call in
            AggregatePlan(
                kind: call.kind, isDistinct: call.isDistinct, argument: call.argument, slot: call.slot,
                span: call.span)
        }
        return { input in
            .group(
                GroupPlan(
                    input: input, keys: keys, aggregates: aggregates, group: group, isWhole: isWhole, span: span))
        }
    }
}
