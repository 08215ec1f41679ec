// What a smaller query can be: each part left out, or replaced by a part of itself. Not all of them make sense; those that
// do not are refused by an engine, and by that by the shrinker.

extension Query {
    var reductions: [Query] {
        var smaller: [Query] = []
        func add(_ change: (inout Query) -> Void) {
            var query = self
            change(&query)
            smaller.append(query)
        }
        for index in with.indices { add { $0.with.remove(at: index) } }
        if !order.isEmpty { add { ($0.order, $0.limit, $0.offset) = ([], nil, nil) } }
        if limit != nil { add { $0.limit = nil } }
        if offset != nil { add { $0.offset = nil } }
        // Below a limit, the whole row stays ordered.
        if limit == nil, offset == nil {
            for index in order.indices { add { $0.order.remove(at: index) } }
        }
        smaller += bodyReductions
        for (index, table) in with.enumerated() {
            for inner in table.query.reductions where inner.columns.count == table.query.columns.count {
                add { $0.with[index].query = inner }
            }
        }
        for (index, item) in order.enumerated() {
            for inner in item.expression.reductions { add { $0.order[index].expression = inner } }
        }
        return smaller
    }

    private var bodyReductions: [Query] {
        switch body {
        case .combination(let operation, let isAll, let left, let right):
            func combined(_ left: Query, _ right: Query) -> Query {
                var query = self
                query.columns = left.columns
                query.body = .combination(operation, isAll: isAll, left, right)
                return query
            }
            return [left, right]
                + left.reductions.map { combined($0, right) } + right.reductions.map { combined(left, $0) }
        case .select(let select):
            return select.reductions.map { smaller in
                var query = self
                query.body = .select(smaller)
                query.columns = columns.filter { column in smaller.items.contains { $0.name == column.name } }
                return query
            }
        }
    }
}

extension Query {
    /// Whether the query gives one row at most, and always the same one.
    fileprivate var isSingle: Bool {
        if limit == 1, !order.isEmpty { return true }
        guard case .select(let select) = body else { return false }
        return select.groups.isEmpty && select.items.contains { $0.expression.hasAggregate }
    }
}

extension Select {
    fileprivate var reductions: [Select] {
        var smaller: [Select] = []
        func add(_ change: (inout Select) -> Void) {
            var select = self
            change(&select)
            smaller.append(select)
        }
        if filter != nil { add { $0.filter = nil } }
        if having != nil { add { $0.having = nil } }
        if isDistinct { add { $0.isDistinct = false } }
        for index in groups.indices { add { $0.groups.remove(at: index) } }
        for index in windows.indices { add { $0.windows.remove(at: index) } }
        if items.count > 1 {
            for index in items.indices { add { $0.items.remove(at: index) } }
        }
        if from.count > 1 {
            for index in from.indices { add { $0.from.remove(at: index) } }
        }
        for (index, source) in from.enumerated() {
            for inner in source.reductions { add { $0.from[index] = inner } }
        }
        for inner in filter?.reductions ?? [] { add { $0.filter = inner } }
        for inner in having?.reductions ?? [] { add { $0.having = inner } }
        for (index, item) in items.enumerated() {
            for inner in item.expression.reductions { add { $0.items[index].expression = inner } }
        }
        for (index, item) in groups.enumerated() {
            for inner in item.expression.reductions where !inner.isLiteral {
                add { $0.groups[index].expression = inner }
            }
        }
        return smaller
    }
}

extension Source {
    fileprivate var reductions: [Source] {
        switch self {
        case .table, .common, .elements: []
        case .query(let query, let alias): query.reductions.map { .query($0, alias: alias) }
        case .rows(let rows, let columns, let alias):
            rows.count < 2
                ? []
                : rows.indices.map { index in
                    var fewer = rows
                    fewer.remove(at: index)
                    return .rows(fewer, columns, alias: alias)
                }
        case .join(let kind, let left, let right, let on):
            [left, right] + left.reductions.map { .join(kind, $0, right, on: on) }
                + right.reductions.map { .join(kind, left, $0, on: on) }
                + (on?.reductions ?? []).filter(\.readsInAllParts).map { .join(kind, left, right, on: $0) }
        }
    }
}

extension Expression {
    var reductions: [Expression] {
        if isLiteral { return [] }
        var smaller = simplest
        for child in operands where child.kind == kind && !child.hasAggregate { smaller.append(child) }
        for (index, child) in operands.enumerated() {
            for inner in child.reductions { smaller.append(replacing(index, by: inner)) }
        }
        if case .subquery(let template, let operands, let query) = node {
            // A single value stays one: of several rows, SQLite takes the first, Hindsight none.
            let isSingle = kind != .boolean || !template.hindsight.contains("EXISTS") && operands.isEmpty
            smaller += query.reductions
                .filter { $0.columns.count == query.columns.count && (!isSingle || $0.isSingle) }
                .map { Expression(kind, .subquery(template, operands, $0)) }
        }
        return smaller
    }

    private var simplest: [Expression] {
        let null = Expression(kind, .literal(.null))
        return switch kind {
        case .integer: [null, .integer(0), .integer(1)]
        case .text: [null, .text("a")]
        case .boolean:
            [null, Expression(.boolean, .literal(Template("TRUE"))), Expression(.boolean, .literal(Template("FALSE")))]
        }
    }

    /// Whether each part of a conjunction reads a column: SQLite (3.40) loses the condition of an inner join that reads
    /// none if a RIGHT or FULL JOIN follows.
    var readsInAllParts: Bool {
        if case .operation(let template, let operands) = node, template.hindsight == "($0 AND $1)" {
            return operands.allSatisfy(\.readsInAllParts)
        }
        return reads
    }

    private var reads: Bool {
        isReference || operands.contains(where: \.reads)
    }

    private var operands: [Expression] {
        switch node {
        case .column, .literal: []
        case .operation(_, let operands), .aggregate(_, let operands), .subquery(_, let operands, _): operands
        case .window(let call): call.arguments
        }
    }

    private func replacing(_ index: Int, by operand: Expression) -> Expression {
        var operands = operands
        operands[index] = operand
        switch node {
        case .column, .literal: return self
        case .operation(let template, _): return Expression(kind, .operation(template, operands))
        case .aggregate(let template, _): return Expression(kind, .aggregate(template, operands))
        case .subquery(let template, _, let query): return Expression(kind, .subquery(template, operands, query))
        case .window(var call):
            call.arguments = operands
            return Expression(kind, .window(call))
        }
    }

    /// Whether a window function stands in the expression.
    var hasWindow: Bool {
        if case .window = node { return true }
        return operands.contains(where: \.hasWindow)
    }
}
