import HindsightSyntax
import HindsightValues

/// Binds a FROM clause from left to right; each source sees the variables of those before it.
struct FromBinder {
    let statement: StatementBinder
    let scope: Scope

    /// - Returns: nil without FROM.
    func bind(_ items: [FromItem]) throws(QueryError) -> BoundFrom? {
        var bound: BoundFrom?
        for item in items {
            let next = try bind(item)
            if let left = bound {
                bound = .join(.inner, left, next, condition: nil, span: item.source.span)
            } else {
                bound = next
            }
        }
        return bound
    }

    private func bind(_ item: FromItem) throws(QueryError) -> BoundFrom {
        var bound = try bind(item.source)
        for join in item.joins {
            let right = try bind(join.source)
            if join.side == .right || join.side == .full, !right.readSlots.isDisjoint(with: bound.slots) {
                throw QueryError(
                    .unsupported, "the right side of a \(join.side.rawValue) JOIN cannot use variables of the left",
                    at: join.source.span,
                    hint: "INNER, LEFT and CROSS JOIN, and the comma, have a right side for each row of the left")
            }
            var condition: BoundExpression?
            if let written = join.condition { condition = try statement.bind(written, in: scope) }
            bound = .join(join.side, bound, right, condition: condition, span: join.span)
        }
        return bound
    }

    private func bind(_ source: FromSource) throws(QueryError) -> BoundFrom {
        if let identity = source.identity {
            throw QueryError(
                .unsupported, "FROM has no BY: rows have no identity beside their values", at: identity.span,
                hint: "the key attributes tell items apart, and AT gives the place in a list")
        }
        switch source.kind {
        case .joined(let item):
            return try bind(item)
        case .difference(let difference):
            let value = try DifferenceBinder(statement, in: scope).bind(difference, at: source.span)
            return try bindValue(source, value, name: source.alias, isUnpivot: false)
        case .unpivot(let expression):
            return try bindValue(source, expression, isUnpivot: true)
        case .expression(let expression):
            if let table = try findTable(expression) { return try bindTable(source, expression, table) }
            return try bindValue(source, expression, isUnpivot: false)
        }
    }

    /// A table's name wins over a variable of the same name, unless that is written with `@` or is a query of WITH. A name that is neither is an
    /// error: taken as an attribute of the sources before it, a misspelt table would give rows of MISSING.
    private func findTable(
        _ expression: Expression
    ) throws(QueryError) -> (reference: TableReference, schema: TableSchema)? {
        guard let name = expression.tableName, !isQuery(name.parts[0]) else { return nil }
        // A path into a variable of the same FROM comes before an index.
        let isPath = name.parts.count == 2 && !isSystem(name) && isKnown(name.parts[0])
        if !isPath, let found = try statement.catalog.find(name) { return found }
        if isKnown(name.parts[0]) { return nil }
        throw try statement.catalog.unknown(name)
    }

    /// Whether a name is that of a WITH query, and not of a variable further in.
    private func isQuery(_ name: Identifier) -> Bool {
        var current: Scope? = scope
        while let block = current {
            if let match = block.matches(name).first { return match.role == .query }
            current = block.parent
        }
        return false
    }

    private func isSystem(_ name: TableName) -> Bool {
        name.parts[0].text.uppercased() == Catalog.systemSchema
    }

    private func isKnown(_ name: Identifier) -> Bool {
        var current: Scope? = scope
        while let block = current {
            if !block.matches(name).isEmpty || block.grouping?.slot(named: name) != nil { return true }
            current = block.parent
        }
        return statement.globals.keys.contains { Identifier($0, span: name.span).isSameName(as: name) }
    }

    private func bindTable(
        _ source: FromSource, _ expression: Expression, _ table: (reference: TableReference, schema: TableSchema)
    ) throws(QueryError) -> BoundFrom {
        if let position = source.position {
            throw QueryError(
                .invalidTarget, "a table has no positions: AT needs a list", at: position.span)
        }
        var moment: BoundMoment?
        var end: BoundMoment?
        switch source.period {
        case .asOf(let point): moment = try statement.bind(point, in: scope)
        case .versions(let from, let to):
            moment = try statement.bind(from, in: scope)
            end = try statement.bind(to, in: scope)
            if table.reference.index != nil {
                throw QueryError(
                    .unsupported, "'\(table.reference.text)' is an index, which shows no versions", at: expression.span,
                    hint: "read those of \(table.reference.name)")
            }
        case nil: break
        }
        if moment != nil, table.reference.isSystem {
            throw QueryError(.unsupported, "'\(table.reference.text)' has no past", at: source.span)
        }
        let variable = TableVariable(table.reference, table.schema, span: expression.span, moment: moment, end: end)
        let name = source.alias ?? expression.tableName.map { $0.parts[$0.parts.count - 1] }
        try scope.add(ScopeVariable(name: name, role: .source, content: .table(variable)))
        return .table(variable, name: name?.text ?? table.reference.text)
    }

    private func bindValue(
        _ source: FromSource, _ expression: Expression, isUnpivot: Bool
    ) throws(QueryError) -> BoundFrom {
        if let period = source.period {
            let span: SourceSpan =
                switch period {
                case .asOf(let point), .versions(let point, _): point.span
                }
            throw QueryError(.invalidTarget, "only a table can be read as of another time", at: span)
        }
        scope.isBindingSource = true
        defer { scope.isBindingSource = false }
        let bound = try statement.expressionBinder(in: scope).bindCollection(expression)
        let derived = expression.derivedName.map { Identifier($0, span: expression.span) }
        return try bindValue(source, bound, name: source.alias ?? derived, isUnpivot: isUnpivot)
    }

    private func bindValue(
        _ source: FromSource, _ value: BoundExpression, name: Identifier?, isUnpivot: Bool
    ) throws(QueryError) -> BoundFrom {
        let slot = statement.makeSlot()
        try scope.add(ScopeVariable(name: name, role: .source, content: .slot(slot)))
        var positionSlot: Int?
        if let position = source.position {
            let number = statement.makeSlot()
            positionSlot = number
            try scope.add(ScopeVariable(name: position, role: .position, content: .slot(number)))
        }
        return .value(
            BoundValueSource(
                expression: value, isUnpivot: isUnpivot, slot: slot, positionSlot: positionSlot,
                name: name?.text ?? "", span: value.span))
    }
}
