import HindsightTestSupport

/// What a FROM clause offers.
struct FromScope {
    var sources: [Source] = []
    var columns: [Expression] = []
    /// Key attributes of tables.
    var keys: [Expression] = []
    /// Expressions that together differ in all rows; empty if such are not known.
    var unique: [Expression] = []

    fileprivate mutating func add(_ other: FromScope) {
        let isUnique = (sources.isEmpty || !unique.isEmpty) && !other.unique.isEmpty
        unique = isUnique ? unique + other.unique : []
        sources += other.sources
        columns += other.columns
        keys += other.keys
    }
}

extension Generator {
    mutating func sources(depth: Int, outer: [Expression]) -> FromScope {
        var scope = FromScope()
        if chance(4) { return scope }
        for _ in 0..<pick([1, 1, 1, 2, 2, 3]) {
            // A comma binds looser than JOIN in the one language, and as JOIN does in SQLite: that differs only where the
            // left side can be padded.
            let kinds = scope.sources.isEmpty ? JoinKind.allCases : [.inner, .left, .cross]
            var item = source(depth)
            if chance(15), let elements = elements(of: item.sources[0]) { item = joined(item, elements) }
            while chance(25) { item = joined(pick(kinds), item, source(depth), depth) }
            scope.add(item)
        }
        return scope
    }

    private mutating func joined(
        _ kind: JoinKind, _ left: FromScope, _ right: FromScope, _ depth: Int
    ) -> FromScope {
        var scope = left
        scope.add(right)
        let on = kind == .cross ? nil : joinCondition(left, right, depth)
        scope.sources = [.join(kind, left.sources[0], right.sources[0], on: on)]
        return scope
    }

    /// Mostly an equality between the sides, which can be joined by hash or by key.
    private mutating func joinCondition(_ left: FromScope, _ right: FromScope, _ depth: Int) -> Expression {
        let kind = pick(Kind.allCases)
        let columns = left.columns + right.columns
        let other = expression(.boolean, columns, min(depth, 2))
        let equality = Expression.operation(
            .boolean, "($0 = $1)", leaf(kind, left.columns), leaf(kind, right.columns))
        let condition =
            switch Int.random(in: 0..<10, using: &random) {
            case 0: other
            case 1, 2, 3: Expression.operation(.boolean, "($0 AND $1)", equality, other)
            default: equality
            }
        return condition.readsInAllParts ? condition : equality.readsInAllParts ? equality : meeting(left, right)
    }

    /// An equality of two columns, of any kinds.
    private mutating func meeting(_ left: FromScope, _ right: FromScope) -> Expression {
        .operation(.boolean, "(($0 IS NULL) = ($1 IS NULL))", pick(left.columns), pick(right.columns))
    }

    /// Elements of a list in the rows of a source to the left.
    private mutating func joined(_ left: FromScope, _ elements: FromScope) -> FromScope {
        let kind = pick([JoinKind.cross, .inner, .left])
        var scope = left
        scope.add(elements)
        scope.unique = []
        let on = kind == .cross ? nil : meeting(left, elements)
        scope.sources = [.join(kind, left.sources[0], elements.sources[0], on: on)]
        return scope
    }

    private mutating func elements(of source: Source) -> FromScope? {
        guard case .table(_, let alias) = source else { return nil }
        let (element, position) = (name("e"), name("o"))
        return FromScope(
            sources: [
                .elements(source: alias, column: world.tables[0].listColumn, name: element, position: position)
            ],
            columns: [
                Expression(.integer, .operation(Template(hindsight: element, sqlite: element + ".value"), [])),
                Expression(.integer, .operation(Template(hindsight: position, sqlite: element + ".key"), [])),
            ])
    }

    private mutating func source(_ depth: Int) -> FromScope {
        let alias = name("a")
        if !commons.isEmpty, chance(40) {
            let common = pick(commons)
            let columns = zip(common.query.columns, common.columns ?? common.query.columns.map(\.name))
                .map { Column(name: $1, kind: $0.kind) }
            return FromScope(sources: [.common(name: common.name, alias: alias)], columns: references(columns, alias))
        }
        if depth > 0, budget > 0, chance(20) {
            budget -= 1
            let inner = query(depth: depth - 1, outer: [], kinds: nil)
            return FromScope(sources: [.query(inner, alias: alias)], columns: references(inner.columns, alias))
        }
        return chance(8) ? rows(alias) : table(alias)
    }

    private mutating func table(_ alias: String) -> FromScope {
        let table = pick(world.tables)
        let columns = references(table.columns, alias)
        let keys = Array(columns.prefix(table.keyCount))
        return FromScope(
            sources: [.table(name: table.name, alias: alias)], columns: columns, keys: keys, unique: keys)
    }

    private mutating func rows(_ alias: String) -> FromScope {
        let columns = kinds(1...3).map { Column(name: name("c"), kind: $0) }
        var rows: [[Literal]] = []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            rows.append(columns.map { World.value($0.kind, isMixed: world.isMixed, using: &random) })
        }
        return FromScope(sources: [.rows(rows, columns, alias: alias)], columns: references(columns, alias))
    }

    private func references(_ columns: [Column], _ alias: String) -> [Expression] {
        columns.map { Expression($0.kind, .column(source: alias, name: $0.name)) }
    }
}
