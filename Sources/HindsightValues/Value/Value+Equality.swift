/// Structural equality, by which values are grouped and told apart by DISTINCT: NULL equals NULL, MISSING equals
/// MISSING, and neither equals anything else. (The language's `=` has three answers and lives above.)
///
/// - Numbers are equal when their mathematical values are, over all kinds; a float counts as the decimal that
///   `Number.init(_: Double)` makes of it. NaN equals NaN, and -0 equals 0.
/// - Text is equal by its UTF-8 bytes; strings and symbols are one type, and so are lists and s-expressions.
/// - Bags are multisets, structures are multisets of pairs; a bag never equals a list.
/// - Timestamps are equal by instant, and a date is the midnight of UTC. Intervals are equal by length.
extension Value: Hashable {
    public static func == (left: Value, right: Value) -> Bool {
        left.isEqual(to: right)
    }

    /// - Complexity: linear in the size of the values; bags and structures in other orders are hashed.
    public func isEqual(to other: Value) -> Bool {
        switch (self, other) {
        case (.int(let left), .int(let right)): left == right
        case (.string(let left), .string(let right)), (.string(let left), .symbol(let right)),
            (.symbol(let left), .string(let right)), (.symbol(let left), .symbol(let right)):
            TextOrder.isEqual(left, right)
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null), (.missing, .missing): true
        case (.int, .decimal), (.int, .float), (.decimal, .int), (.decimal, .decimal), (.decimal, .float),
            (.float, .int), (.float, .decimal), (.float, .float):
            NumericOrder.compare(self, other) == 0
        case (.blob(let left), .blob(let right)), (.clob(let left), .clob(let right)): left == right
        case (.list(let left), .list(let right)), (.list(let left), .sexp(let right)),
            (.sexp(let left), .list(let right)), (.sexp(let left), .sexp(let right)):
            left == right
        case (.bag(let left), .bag(let right)): Multiset.isEqual(left, right)
        case (.structure(let left), .structure(let right)): left == right
        default: isEqualTime(to: other)
        }
    }

    private func isEqualTime(to other: Value) -> Bool {
        switch (self, other) {
        case (.timestamp(let left), .timestamp(let right)): left == right
        case (.date(let left), .date(let right)): left == right
        case (.date(let date), .timestamp(let timestamp)), (.timestamp(let timestamp), .date(let date)):
            Timestamp(midnightOf: date) == timestamp
        case (.time(let left), .time(let right)): left == right
        case (.interval(let left), .interval(let right)): left == right
        default: false
        }
    }

    /// Equal values hash alike, whatever their kinds; the numbers in the hash tell the groups of kinds apart.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .missing: hasher.combine(0)
        case .null: hasher.combine(1)
        case .bool(let bool):
            hasher.combine(2)
            hasher.combine(bool)
        case .int, .decimal, .float: NumericOrder.hash(self, into: &hasher)
        case .string(let text), .symbol(let text):
            hasher.combine(4)
            hasher.combine(text)  // normalises, so that more texts hash alike than are equal
        case .timestamp, .date, .time, .interval: hashTime(into: &hasher)
        case .blob(let bytes):
            hasher.combine(8)
            hasher.combine(bytes)
        case .clob(let bytes):
            hasher.combine(9)
            hasher.combine(bytes)
        case .list(let elements), .sexp(let elements):
            hasher.combine(10)
            hasher.combine(elements)
        case .bag(let elements):
            hasher.combine(11)
            Multiset.hash(elements, into: &hasher)
        case .structure(let structure):
            hasher.combine(12)
            hasher.combine(structure)
        }
    }

    private func hashTime(into hasher: inout Hasher) {
        switch self {
        case .timestamp(let timestamp):
            hasher.combine(5)
            hasher.combine(timestamp)
        case .date(let date):
            hasher.combine(5)
            hasher.combine(Timestamp(midnightOf: date))
        case .time(let time):
            hasher.combine(6)
            hasher.combine(time)
        case .interval(let interval):
            hasher.combine(7)
            hasher.combine(interval)
        default: break
        }
    }
}

extension Structure: Hashable {
    public static func == (left: Structure, right: Structure) -> Bool {
        Multiset.isEqual(left.fields, right.fields)
    }

    public func hash(into hasher: inout Hasher) {
        Multiset.hash(fields, into: &hasher)
    }
}

extension Structure.Field: Hashable {
    public static func == (left: Structure.Field, right: Structure.Field) -> Bool {
        TextOrder.isEqual(left.name, right.name) && left.value == right.value
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(value)
    }
}

/// Collections whose order does not count.
enum Multiset {
    /// Whether each element has its own partner in the other collection.
    static func isEqual<Element: Hashable>(_ left: [Element], _ right: [Element]) -> Bool {
        guard left.count == right.count else { return false }
        // Most often the order is the same; what comes before the first difference is paired already.
        guard let start = left.indices.first(where: { left[$0] != right[$0] }) else { return true }
        var counts: [Element: Int] = [:]
        for element in left[start...] { counts[element, default: 0] += 1 }
        for element in right[start...] {
            guard let count = counts[element], count > 0 else { return false }
            counts[element] = count - 1
        }
        return true
    }

    /// A hash in which the order does not show: the sum of the elements' own hashes.
    static func hash<Element: Hashable>(_ elements: [Element], into hasher: inout Hasher) {
        var sum = 0
        for element in elements {
            var own = Hasher()
            own.combine(element)
            sum &+= own.finalize()
        }
        hasher.combine(elements.count)
        hasher.combine(sum)
    }
}
