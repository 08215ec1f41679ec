import HindsightTestSupport

/// Makes random queries over the tables of a world.
struct Generator {
    var random: SeededGenerator
    let world: World
    /// Whether window functions are used.
    let usesWindows: Bool
    /// Numbers aliases, so that no name ever hides another.
    private var names = 0
    /// How many more queries may be nested in the one being made.
    var budget = 0
    /// The queries of WITH that can be named.
    var commons: [CommonTable] = []

    init(random: SeededGenerator, world: World, usesWindows: Bool) {
        self.random = random
        self.world = world
        self.usesWindows = usesWindows
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
        guard chance(40) else { return CommonTable(name: name("w"), columns: nil, query: made) }
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
        let right = query(depth: depth - 1, outer: outer, kinds: kinds)
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
