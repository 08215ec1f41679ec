import HindsightTestSupport

extension Generator {
    /// A block of SELECT, and the expressions besides its columns that it can be ordered by.
    mutating func select(
        depth: Int, outer: [Expression], kinds: [Kind]
    ) -> (query: Query, orderable: [Expression]) {
        let scope = sources(depth: depth, outer: outer)
        let visible = scope.columns + outer
        var select = Select(items: [], from: scope.sources)
        if !scope.sources.isEmpty, chance(60) { select.filter = condition(scope, visible, depth) }
        if chance(30) {
            grouped(&select, scope, outer, depth, kinds)
        } else {
            plain(&select, scope, visible, depth, kinds)
        }
        let columns = zip(select.items, kinds).map { Column(name: $0.name, kind: $1) }
        let isOrderable =
            !select.isDistinct && select.groups.isEmpty && !select.items.contains { $0.expression.hasAggregate }
        let orderable = isOrderable ? scope.columns.filter { !$0.isLiteral } : []
        return (Query(body: .select(select), columns: columns), orderable)
    }

    /// Now and then one of the shapes that a table can answer by its key.
    private mutating func condition(_ scope: FromScope, _ visible: [Expression], _ depth: Int) -> Expression {
        guard chance(40), let key = scope.keys.isEmpty ? nil : pick(scope.keys) else {
            return expression(.boolean, visible, depth)
        }
        var condition = keyCondition(key, visible)
        for other in scope.keys where chance(40) {
            condition = .operation(.boolean, "($0 AND $1)", condition, keyCondition(other, visible))
        }
        if chance(30) {
            condition = .operation(.boolean, "($0 AND $1)", condition, expression(.boolean, visible, depth - 1))
        }
        return condition
    }

    private mutating func keyCondition(_ key: Expression, _ visible: [Expression]) -> Expression {
        let value = chance(70) ? literal(key.kind) : leaf(key.kind, visible)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return inList(key, depth: 0, visible)
        case 1: return .operation(.boolean, "($0 BETWEEN $1 AND $2)", key, value, literal(key.kind))
        case 2 where key.kind == .text: return .operation(.boolean, "($0 LIKE 'a%')", key)
        case 3 where key.kind == .text: return Expression(.boolean, .operation(Templates.beginsWith, [key, value]))
        case 4: return .operation(.boolean, "($0 \(pick(["<", "<=", ">", ">="])) $1)", key, value)
        default: return .operation(.boolean, "($0 = $1)", key, value)
        }
    }

    private mutating func plain(
        _ select: inout Select, _ scope: FromScope, _ visible: [Expression], _ depth: Int, _ kinds: [Kind]
    ) {
        for kind in kinds {
            let isWindow = usesWindows && chance(15) && !scope.unique.isEmpty
            let value =
                isWindow
                ? windowCall(kind, scope, visible, depth, &select.windows) : expression(kind, visible, depth)
            select.items.append(SelectItem(expression: value, name: name("c")))
        }
        if !world.isMixed, chance(20) { select.isDistinct = true }
    }

    private mutating func grouped(
        _ select: inout Select, _ scope: FromScope, _ outer: [Expression], _ depth: Int, _ kinds: [Kind]
    ) {
        var leaves: [Expression] = []
        if !scope.columns.isEmpty {
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let column = pick(scope.columns)
                let key = chance(60) ? column : computedKey(column, scope.columns)
                select.groups.append(SelectItem(expression: key, name: name("g")))
                leaves.append(key)
            }
        }
        for kind in kinds {
            let value = groupedExpression(kind, leaves, scope.columns, depth)
            select.items.append(SelectItem(expression: value, name: name("c")))
        }
        // An aggregate makes the block a grouped one, if nothing else does.
        if select.groups.isEmpty, !select.items.contains(where: { $0.expression.hasAggregate }) {
            select.items[0].expression = aggregate(kinds[0], scope.columns, depth)
        }
        if chance(30) { select.having = groupedExpression(.boolean, leaves, scope.columns, depth) }
        if !world.isMixed, chance(15) { select.isDistinct = true }
    }

    /// A key that reads a column: a bare number would be the place of a column in SQLite.
    private mutating func computedKey(_ column: Expression, _ columns: [Expression]) -> Expression {
        switch column.kind {
        case .integer: .operation(.integer, "($0 % 2)", column)
        case .text: .operation(.text, "UPPER($0)", column)
        case .boolean: .operation(.boolean, "(NOT $0)", column)
        }
    }

    /// Over groups: the keys and aggregates take the place of columns.
    private mutating func groupedExpression(
        _ kind: Kind, _ leaves: [Expression], _ columns: [Expression], _ depth: Int
    ) -> Expression {
        var available = leaves
        for kind in Kind.allCases { available.append(aggregate(kind, columns, depth - 1)) }
        if chance(50) { return leaf(kind, available) }
        let held = budget
        budget = 0
        defer { budget = held }
        return expression(kind, available, min(depth, 2))
    }

    mutating func aggregate(_ kind: Kind, _ columns: [Expression], _ depth: Int) -> Expression {
        let template = pick(Templates.aggregates(of: kind))
        let held = budget
        budget = 0
        defer { budget = held }
        let operands = template.operands.map { operand in
            operand.isFixed ? literal(operand.kind) : expression(operand.kind, columns, max(0, depth - 2))
        }
        return Expression(kind, .aggregate(template.template, operands))
    }
}

extension Expression {
    var isLiteral: Bool {
        if case .literal = node { true } else { false }
    }

    /// Whether an aggregate of this query stands in the expression.
    var hasAggregate: Bool {
        switch node {
        case .aggregate: true
        case .operation(_, let operands), .subquery(_, let operands, _): operands.contains(where: \.hasAggregate)
        default: false
        }
    }
}
