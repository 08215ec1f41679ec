import HindsightTestSupport

extension Generator {
    /// An expression over the visible columns.
    mutating func expression(_ kind: Kind, _ visible: [Expression], _ depth: Int) -> Expression {
        if depth <= 0 || chance(30) { return leaf(kind, visible) }
        if budget > 0, chance(15) { return subquery(kind, visible, depth) }
        if kind == .boolean, chance(45) {
            return chance(75)
                ? comparison(visible, depth)
                : inList(expression(pick([.integer, .text]), visible, depth - 1), depth: depth, visible)
        }
        let row = pick(Templates.operations(of: kind))
        let operands = row.operands.map { operand in
            operand.isFixed ? literal(operand.kind) : expression(operand.kind, visible, depth - 1)
        }
        return Expression(kind, .operation(row.template, operands))
    }

    mutating func leaf(_ kind: Kind, _ visible: [Expression]) -> Expression {
        let fitting = visible.filter { $0.kind == kind }
        return fitting.isEmpty || chance(25) ? literal(kind) : pick(fitting)
    }

    mutating func literal(_ kind: Kind) -> Expression {
        if chance(8) { return Expression(kind, .literal(.null)) }
        return switch kind {
        case .integer: .integer(pick(World.integers))
        case .text: .text(pick(World.texts))
        case .boolean: Expression(.boolean, .literal(Template(chance(50) ? "TRUE" : "FALSE")))
        }
    }

    private mutating func comparison(_ visible: [Expression], _ depth: Int) -> Expression {
        // Booleans have no order in Hindsight's operators.
        let kind = pick(Kind.allCases)
        let operation = pick(kind == .boolean ? ["=", "<>"] : ["=", "=", "<>", "<", "<=", ">", ">="])
        return .operation(
            .boolean, "($0 \(operation) $1)", expression(kind, visible, depth - 1), expression(kind, visible, depth - 1)
        )
    }

    mutating func inList(_ operand: Expression, depth: Int, _ visible: [Expression]) -> Expression {
        let count = Int.random(in: 1...3, using: &random)
        let elements = (0..<count).map { _ in depth > 0 ? leaf(operand.kind, visible) : literal(operand.kind) }
        let places = (1...count).map { "$\($0)" }.joined(separator: ", ")
        let word = chance(25) ? "NOT IN" : "IN"
        let template = Template(
            hindsight: chance(30) ? "($0 \(word) [\(places)])" : "($0 \(word) (\(places)))",
            sqlite: "($0 \(word) (\(places)))")
        return Expression(.boolean, .operation(template, [operand] + elements))
    }

    // MARK: Subqueries

    private mutating func subquery(_ kind: Kind, _ visible: [Expression], _ depth: Int) -> Expression {
        budget -= 1
        // What is computed is no column to a subquery.
        let outer = visible.filter(\.isReference)
        if kind == .boolean, chance(40) {
            var query = query(depth: depth - 1, outer: outer, kinds: nil)
            // SQLite (3.40) forgets a DISTINCT inside EXISTS, and then skips too few rows.
            query.offset = nil
            return Expression(
                .boolean, .subquery(Template(chance(25) ? "(NOT EXISTS ($q))" : "EXISTS ($q)"), [], query))
        }
        if kind == .boolean, chance(60) {
            let operand = leaf(pick(Kind.allCases), visible)
            let query = query(depth: depth - 1, outer: outer, kinds: [operand.kind])
            return Expression(
                .boolean, .subquery(Template(chance(25) ? "($0 NOT IN ($q))" : "($0 IN ($q))"), [operand], query))
        }
        return Expression(kind, .subquery(Template("($q)"), [], singleValue(kind, outer, depth - 1)))
    }

    /// A query of at most one row: SQLite takes the first of several, Hindsight gives MISSING.
    private mutating func singleValue(_ kind: Kind, _ outer: [Expression], _ depth: Int) -> Query {
        if chance(50) {
            var inner = query(depth: depth, outer: outer, kinds: [kind])
            let column = Expression(kind, .operation(Template(inner.columns[0].name), []))
            inner.order = [orderItem(column)]
            inner.limit = 1
            inner.offset = nil
            return inner
        }
        let scope = sources(depth: depth, outer: outer)
        guard !scope.sources.isEmpty else { return query(depth: 0, outer: [], kinds: [kind]).firstRow }
        let name = name("c")
        let value = aggregate(kind, scope.columns, depth)
        let filter = chance(60) ? expression(.boolean, scope.columns + outer, depth) : nil
        let select = Select(
            items: [SelectItem(expression: value, name: name)], from: scope.sources, filter: filter)
        return Query(body: .select(select), columns: [Column(name: name, kind: kind)])
    }
}

extension Query {
    /// The first row by all columns.
    fileprivate var firstRow: Query {
        var query = self
        query.order = columns.map { OrderItem(expression: Expression($0.kind, .operation(Template($0.name), []))) }
        query.limit = 1
        query.offset = nil
        return query
    }
}

extension Expression {
    /// A column, or an element of an unnested list.
    var isReference: Bool {
        switch node {
        case .column: true
        case .operation(_, let operands): operands.isEmpty
        default: false
        }
    }
}
