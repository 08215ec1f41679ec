import HindsightSyntax
import HindsightValues

/// What a SELECT or PIVOT gives for each row.
struct BoundOutput {
    let projector: Projector
    /// The names of the attributes, if they are fixed.
    let columns: [String]?
    /// The names that ORDER BY may use.
    let aliases: [(name: Identifier, value: BoundExpression)]
    /// PIVOT: the rows become one struct. The value of a row is then the list `[name, value]`.
    let isPivot: Bool
}

/// Binds the projection of a SELECT block.
struct OutputBinder {
    let statement: StatementBinder
    let scope: Scope
    let shape: RowShape
    let from: BoundFrom?

    func bind(_ block: SelectBlock) throws(QueryError) -> BoundOutput {
        switch block.projection.kind {
        case .value(let expression):
            let value = try statement.bind(expression, in: scope)
            return BoundOutput(projector: .value(value), columns: nil, aliases: [], isPivot: false)
        case .pivot(let value, let name):
            let pair = BoundExpression(
                .collection(.list, [try statement.bind(name, in: scope), try statement.bind(value, in: scope)]),
                at: block.projection.span)
            return BoundOutput(projector: .value(pair), columns: nil, aliases: [], isPivot: true)
        case .star:
            return try bindStar(at: block.projection.span)
        case .items(let items):
            return try bindItems(items, at: block.projection.span)
        }
    }

    // MARK: SELECT a, b AS c, t.*

    private func bindItems(_ items: [SelectItem], at span: SourceSpan) throws(QueryError) -> BoundOutput {
        var parts: [Projector.MergePart] = []
        var aliases: [(name: Identifier, value: BoundExpression)] = []
        var unnamed = 0
        for item in items {
            switch item.kind {
            case .allAttributes(let expression):
                unnamed += 1
                parts.append(.all(try statement.bind(expression, in: scope), otherwiseNamed: "_\(unnamed)"))
            case .expression(let expression, let alias):
                let value = try statement.bind(expression, in: scope)
                if alias == nil, expression.derivedName == nil { unnamed += 1 }
                let name = alias?.text ?? expression.derivedName ?? "_\(unnamed)"
                if let alias { aliases.append((alias, value)) }
                parts.append(.item(name, value))
            }
        }
        return output(parts, aliases, at: span)
    }

    private func output(
        _ parts: [Projector.MergePart], _ aliases: [(name: Identifier, value: BoundExpression)], at span: SourceSpan
    ) -> BoundOutput {
        var items: [(name: String, value: BoundExpression)] = []
        for case .item(let name, let value) in parts { items.append((name, value)) }
        guard items.count == parts.count else {
            return BoundOutput(projector: .merge(parts), columns: nil, aliases: aliases, isPivot: false)
        }
        let projector: Projector =
            switch shape {
            case .asWritten: .items(items)
            case .bareValue where items.count == 1: .value(items[0].value)
            case .bareValue: .items(items)
            case .valueList: .value(BoundExpression(.collection(.list, items.map(\.value)), at: span))
            }
        return BoundOutput(projector: projector, columns: items.map(\.name), aliases: aliases, isPivot: false)
    }

    // MARK: SELECT *

    private func bindStar(at span: SourceSpan) throws(QueryError) -> BoundOutput {
        if let grouping = scope.grouping { return groupedStar(grouping, at: span) }
        guard from != nil else {
            throw QueryError(.syntaxError, "SELECT * needs FROM", at: span)
        }
        var parts: [Projector.MergePart] = []
        var unnamed = 0
        for variable in scope.variables {
            switch variable.role {
            case .binding, .query: continue
            case .position:
                guard let name = variable.name else { continue }
                parts.append(.item(name.text, slotExpression(of: variable, at: span)))
            case .source:
                unnamed += 1
                parts.append(.all(slotExpression(of: variable, at: span), otherwiseNamed: "_\(unnamed)"))
            }
        }
        return BoundOutput(projector: .merge(parts), columns: nil, aliases: [], isPivot: false)
    }

    private func slotExpression(of variable: ScopeVariable, at span: SourceSpan) -> BoundExpression {
        switch variable.content {
        case .slot(let slot): BoundExpression(.slot(slot), at: span)
        case .expression(let expression): expression
        case .table(let table): BoundExpression(.slot(table.useItem(statement)), at: span)
        }
    }

    /// The keys of the groups, and the bag of GROUP AS.
    private func groupedStar(_ grouping: Grouping, at span: SourceSpan) -> BoundOutput {
        var parts: [Projector.MergePart] = []
        for key in grouping.keys {
            guard let name = key.name else { continue }
            parts.append(.item(name.text, BoundExpression(.slot(key.slot), at: span)))
        }
        if let group = grouping.group {
            parts.append(.item(group.name.text, BoundExpression(.slot(group.slot), at: span)))
        }
        return output(parts, [], at: span)
    }
}
