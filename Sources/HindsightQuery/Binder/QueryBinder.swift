import HindsightSyntax
import HindsightValues

/// What the rows of a query are wanted as.
enum RowShape {
    /// As the query says: mostly structs.
    case asWritten
    /// Of a SELECT list of one item the bare value.
    case bareValue
    /// Of a SELECT list the values as a list.
    case valueList
}

/// Binds and plans a query with all its clauses.
struct QueryBinder {
    let statement: StatementBinder

    /// - Parameter scope: the block around the query; nil for the statement itself.
    func bind(_ query: Query, in scope: Scope?, shape: RowShape = .asWritten) throws(QueryError) -> QueryPlan {
        guard let with = query.with else { return try bindBody(query, in: scope, shape: shape) }
        let inner = Scope(parent: scope)
        try WithBinder(queries: self).bind(with, in: inner)
        return try bindBody(query, in: inner, shape: shape)
    }

    /// Binds a subquery; it has slots of its own in the frame of the query around it.
    func bindSubquery(
        _ query: Query, as use: SubqueryUse, in scope: Scope, at span: SourceSpan
    ) throws(QueryError) -> BoundExpression {
        let isCoerced = use != .collection && query.body.isSQLSelect
        let shape: RowShape =
            if !isCoerced { .asWritten } else if use == .scalar { .bareValue } else { .valueList }
        let subquery = try PlannedSubquery(
            plan: reshaped(try bind(query, in: scope, shape: shape), of: query, to: shape),
            number: statement.makeSubqueryNumber(), compiler: statement.compiler)
        return BoundExpression(.subquery(subquery, isCoerced ? use : .collection), at: span)
    }

    /// A query in another shape, where it is no SELECT block, which takes the shape by itself.
    private func reshaped(_ plan: QueryPlan, of query: Query, to shape: RowShape) -> QueryPlan {
        if case .select = query.body { return plan }
        guard let names = plan.columns else { return plan }
        let row = BoundExpression(.slot(plan.resultSlot), at: plan.span)
        let values = names.map { name in
            BoundExpression(.path(row, [.attribute(name, isCaseSensitive: true, plan.span)]), at: plan.span)
        }
        let value: BoundExpression
        switch shape {
        case .asWritten: return plan
        case .bareValue:
            guard values.count == 1 else { return plan }
            value = values[0]
        case .valueList: value = BoundExpression(.collection(.list, values), at: plan.span)
        }
        let slot = statement.makeSlot()
        return QueryPlan(
            root: .project(plan.root, .value(value), slot: slot), resultSlot: slot, columns: names,
            isOrdered: plan.isOrdered, kind: plan.kind, span: plan.span)
    }

    private func bindBody(_ query: Query, in scope: Scope?, shape: RowShape) throws(QueryError) -> QueryPlan {
        switch query.body {
        case .select(let block):
            return try SelectBinder(statement: statement, block: block, query: query, shape: shape).bind(in: scope)
        case .expression(let expression) where query.orderBy.isEmpty && query.limit == nil && query.offset == nil:
            return try bindExpression(expression, in: scope)
        default:
            return try bindTail(of: query, over: try bindOperand(query.body, in: scope), in: scope)
        }
    }

    /// A query that is an expression: one value, not a row of it.
    private func bindExpression(_ expression: Expression, in scope: Scope?) throws(QueryError) -> QueryPlan {
        let scope = Scope(parent: scope)
        if case .subquery(let query) = expression.node { return try bind(query, in: scope.parent) }
        let value = try statement.expressionBinder(in: scope).bindCollection(expression)
        let slot = statement.makeSlot()
        return QueryPlan(
            root: .project(.singleRow, .value(value), slot: slot), resultSlot: slot, columns: nil, isOrdered: false,
            kind: .value, span: expression.span)
    }

    // MARK: Bodies

    func bindOperand(_ body: QueryBody, in scope: Scope?) throws(QueryError) -> QueryPlan {
        switch body {
        case .select(let block):
            let query = Query(body: body, span: block.span)
            return try SelectBinder(statement: statement, block: block, query: query, shape: .asWritten)
                .bind(in: scope)
        case .setOperation(let first, let terms):
            return try SetOperationBinder(queries: self).bind(first, terms, in: scope)
        case .values(let rows):
            return try bindRows(of: Expression(.bag(rows), span: rows.span), isOrdered: false, in: scope)
        case .table(let name):
            return try bindTable(name, in: scope)
        case .nested(let query):
            return try bind(query, in: scope)
        case .expression(let expression):
            let isOrdered: Bool = if case .list = expression.node { true } else { false }
            return try bindRows(of: expression, isOrdered: isOrdered, in: scope)
        }
    }

    /// The elements of a collection as rows.
    private func bindRows(
        of expression: Expression, isOrdered: Bool, in scope: Scope?
    ) throws(QueryError) -> QueryPlan {
        let value = try statement.expressionBinder(in: Scope(parent: scope)).bindCollection(expression)
        let slot = statement.makeSlot()
        let source = BoundValueSource(
            expression: value, isUnpivot: false, slot: slot, positionSlot: nil, name: "", span: expression.span)
        return QueryPlan(
            root: .valueScan(source), resultSlot: slot, columns: nil, isOrdered: isOrdered, kind: .rows,
            span: expression.span)
    }

    /// `TABLE t`, where the name may also be a variable's.
    private func bindTable(_ name: TableName, in scope: Scope?) throws(QueryError) -> QueryPlan {
        guard let (reference, schema) = try statement.catalog.find(name) else {
            let isVariable = statement.globals.keys.contains {
                name.parts[0].isSameName(as: Identifier($0, span: name.span))
            }
            guard isVariable else { throw try statement.catalog.unknown(name) }
            return try bindRows(of: Expression(naming: name), isOrdered: false, in: scope)
        }
        let variable = TableVariable(reference, schema, span: name.span, moment: nil)
        let slot = variable.useItem(statement)
        let scan = AccessPlanner(
            variable: variable, name: reference.text, dialect: statement.dialect, typing: statement.typing)
        return QueryPlan(
            root: scan.plan([]), resultSlot: slot, columns: nil, isOrdered: false, kind: .rows,
            span: name.span)
    }

    /// A query whose columns have other names.
    ///
    /// - Parameter names: none to leave it as it is.
    /// - Throws: `invalidArgument` if it is known to have another number of columns.
    func renamed(_ plan: QueryPlan, to names: [String], at span: SourceSpan) throws(QueryError) -> QueryPlan {
        if names.isEmpty { return plan }
        if let columns = plan.columns, columns.count != names.count {
            throw ColumnRenaming.mismatch(names.count, columns.count, at: span)
        }
        let slot = statement.makeSlot()
        let row = BoundExpression(.slot(plan.resultSlot), at: plan.span)
        let renaming = ColumnRenaming(names: names, current: plan.columns, span: span)
        return QueryPlan(
            root: .project(plan.root, .renamed(row, renaming), slot: slot), resultSlot: slot, columns: names,
            isOrdered: plan.isOrdered, kind: .rows, span: plan.span)
    }

    // MARK: ORDER BY, LIMIT and OFFSET over whole rows

    /// Applies the last clauses of a query that is no SELECT; names are attributes of its rows.
    func bindTail(of query: Query, over body: QueryPlan, in scope: Scope?) throws(QueryError) -> QueryPlan {
        var plan = body
        let inner = Scope(parent: scope)
        try inner.add(ScopeVariable(name: nil, role: .source, content: .slot(plan.resultSlot)))
        if let keys = try bindOrder(query.orderBy, in: inner) {
            plan.root = .sort(SortPlan(input: plan.root, keys: keys, limit: nil, span: query.orderBy.span))
        }
        if let limit = try bindLimit(query, in: scope) { plan.root = plan.root.limited(limit) }
        return QueryPlan(
            root: plan.root, resultSlot: plan.resultSlot, columns: plan.columns,
            isOrdered: plan.isOrdered || !query.orderBy.isEmpty, kind: plan.kind, span: query.span)
    }

    /// - Returns: nil without ORDER BY.
    func bindOrder(_ items: [OrderItem], in scope: Scope) throws(QueryError) -> [SortKeyPlan]? {
        if items.isEmpty { return nil }
        var keys: [SortKeyPlan] = []
        for item in items {
            let nullsFirst = item.nulls.map { $0 == .first } ?? item.isDescending
            keys.append(
                SortKeyPlan(
                    expression: try statement.bind(item.expression, in: scope), isDescending: item.isDescending,
                    nullsFirst: nullsFirst))
        }
        return keys
    }

    /// - Returns: nil without LIMIT and OFFSET.
    func bindLimit(_ query: Query, in scope: Scope?) throws(QueryError) -> LimitPlan? {
        if query.limit == nil, query.offset == nil { return nil }
        let outer = Scope(parent: scope)
        var limit: BoundExpression?
        var offset: BoundExpression?
        if let expression = query.limit { limit = try statement.bind(expression, in: outer) }
        if let expression = query.offset { offset = try statement.bind(expression, in: outer) }
        return LimitPlan(limit: limit, offset: offset)
    }
}

extension QueryBody {
    /// SELECT with a list of items, or SQL's set operators over such: it may stand for a single value.
    fileprivate var isSQLSelect: Bool {
        switch self {
        case .select(let block):
            if case .items = block.projection.kind { true } else { false }
        case .nested(let query): query.body.isSQLSelect
        case .setOperation(let first, let terms):
            first.isSQLSelect && terms.allSatisfy { !$0.isOuter && $0.operand.isSQLSelect }
        default: false
        }
    }
}

extension Expression {
    /// The variable or path that a table's name is in an expression.
    fileprivate init(naming name: TableName) {
        let root = Expression(.variable(Variable(name.parts[0])), span: name.parts[0].span)
        let steps = name.parts.dropFirst().map { PathStep(.attribute($0), span: $0.span) }
        self = steps.isEmpty ? root : Expression(.path(root: root, steps: steps), span: name.span)
    }
}

extension [Expression] {
    fileprivate var span: SourceSpan {
        reduce(self[0].span) { $0.union($1.span) }
    }
}

extension [OrderItem] {
    var span: SourceSpan {
        reduce(self[0].expression.span) { $0.union($1.expression.span) }
    }
}
