extension Query {
    /// The query without its condition, and the union of the rows for which the condition is true, false, and neither:
    /// the same rows. Nil if the rows do not stand for themselves, or there is no condition.
    var partitions: (whole: Query, parts: Query)? {
        guard case .select(var select) = body, let filter = select.filter, isPlain(select) else { return nil }
        var whole = self
        select.filter = nil
        whole.body = .select(select)
        let conditions = [
            filter, .operation(.boolean, "(NOT $0)", filter),
            .operation(.boolean, "(($0 IS NOT TRUE) AND ($0 IS NOT FALSE))", filter),
        ]
        let parts = conditions.map { condition in
            var part = select
            part.filter = condition
            return Query(body: .select(part), columns: columns)
        }
        let first = union(parts[0], parts[1])
        var all = union(first, parts[2])
        all.with = with
        return (whole, all)
    }

    private func union(_ left: Query, _ right: Query) -> Query {
        Query(body: .combination(.union, isAll: true, left, right), columns: columns)
    }

    private func isPlain(_ select: Select) -> Bool {
        order.isEmpty && limit == nil && offset == nil && !select.isDistinct && select.groups.isEmpty
            && select.having == nil && select.windows.isEmpty
            && !select.items.contains { $0.expression.hasAggregate || $0.expression.hasWindow }
    }

    /// The columns that the query orders its rows by before anything else: their values come in one order only.
    var orderedPlaces: [Int] {
        var places: [Int] = []
        for item in order {
            guard case .operation(let template, let operands) = item.expression.node, operands.isEmpty,
                let place = columns.firstIndex(where: { $0.name == template.hindsight })
            else { return places }
            places.append(place)
        }
        return places
    }
}
