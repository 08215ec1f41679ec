import HindsightTestSupport

/// Makes random queries over the tables of a world.
struct Generator {
    var random: SeededGenerator
    let world: World
    static let hasWindows = false
    /// Numbers aliases, so that no name ever hides another.
    private var names = 0
    /// How many more queries may be nested in the one being made.
    var budget = 0
    /// The queries of WITH that can be named.
    var commons: [CommonTable] = []

    init(random: SeededGenerator, world: World) {
        self.random = random
        self.world = world
    }

    mutating func query() -> Query {
        budget = Int.random(in: 0...4, using: &random)
        commons = []
        var with: [CommonTable] = []
        while chance(12), with.count < 2 {
            let table = common()
            with.append(table)
            commons.append(table)
        }
        var query = query(depth: 3, outer: [], kinds: nil)
        query.with = with
        return query
    }

    // MARK: Choices

    mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }

    mutating func pick<T>(_ values: [T]) -> T {
        World.pick(values, using: &random)
    }

    mutating func name(_ prefix: String) -> String {
        names += 1
        return prefix + "\(names)"
    }

    mutating func kinds(_ range: ClosedRange<Int>) -> [Kind] {
        (0..<Int.random(in: range, using: &random)).map { _ in pick(Kind.allCases) }
    }

    // MARK: Queries

    private mutating func common() -> CommonTable {
        let made = query(depth: 2, outer: [], kinds: nil)
        guard Generator.hasWindows, chance(40) else { return CommonTable(name: name("w"), columns: nil, query: made) }
        return CommonTable(name: name("w"), columns: made.columns.map { _ in name("c") }, query: made)
    }

    /// - Parameter kinds: what the columns must be; nil if that is free.
    mutating func query(depth: Int, outer: [Expression], kinds wanted: [Kind]?) -> Query {
        let kinds = wanted ?? self.kinds(1...3)
        if depth > 0, !world.isMixed, chance(15) { return combination(depth: depth, outer: outer, kinds: kinds) }
        var made = select(depth: depth, outer: outer, kinds: kinds)
        addOrder(&made.query, made.orderable)
        return made.query
    }

    private mutating func combination(depth: Int, outer: [Expression], kinds: [Kind]) -> Query {
        let left = query(depth: depth - 1, outer: outer, kinds: kinds)
        var right = query(depth: depth - 1, outer: outer, kinds: kinds)
        // Columns meet by name in the one language and by place in the other.
        right = right.renamed(left.columns.map(\.name))
        let operation = pick(SetOperator.allCases)
        var query = Query(
            body: .combination(operation, isAll: operation == .union && chance(50), left, right),
            columns: left.columns)
        addOrder(&query, [])
        return query
    }

    /// A LIMIT is given only where the whole row is ordered: without that, any rows would be right.
    private mutating func addOrder(_ query: inout Query, _ orderable: [Expression]) {
        guard chance(40) else { return }
        let outputs = query.columns.map { Expression($0.kind, .operation(Template($0.name), [])) }
        let others = chance(30) && !orderable.isEmpty ? [pick(orderable)] : []
        query.order = (others + outputs.shuffled(using: &random)).map { orderItem($0) }
        if chance(50) { query.limit = Int.random(in: 0...4, using: &random) }
        if chance(25) { query.offset = Int.random(in: 0...3, using: &random) }
    }

    mutating func orderItem(_ expression: Expression) -> OrderItem {
        OrderItem(
            expression: expression, isDescending: chance(40), nullsFirst: chance(50), isExplicit: chance(50))
    }
}

extension Query {
    /// The query with other names for its columns; a query around it gives them.
    fileprivate func renamed(_ names: [String]) -> Query {
        let alias = "r" + (names.first ?? "")
        let items = zip(columns, names).map { column, name in
            SelectItem(expression: Expression(column.kind, .column(source: alias, name: column.name)), name: name)
        }
        let select = Select(items: items, from: [.query(self, alias: alias)])
        return Query(
            body: .select(select), columns: zip(columns, names).map { Column(name: $1, kind: $0.kind) })
    }
}
