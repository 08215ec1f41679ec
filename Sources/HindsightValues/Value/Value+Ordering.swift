/// The total order of ORDER BY, MIN and MAX (PartiQL specification, "ORDER BY clause"):
///
///     bool < numbers (NaN first) < dates < times < timestamps < intervals < text < LOBs
///          < lists and s-expressions < structures < bags < absent values
///
/// Lists are compared element by element; structures as lists of their attributes sorted by name and then by value; bags
/// as lists of their sorted elements. NULL and MISSING tie at the top, where the caller places them; inside collections
/// NULL stands before MISSING, so that only equal collections tie.
extension Value {
    /// -1, 0, or 1. Values that are equal tie; only dates and timestamps that are equal are ordered by their kind.
    public static func compare(_ left: Value, _ right: Value) -> Int {
        if left.isAbsent && right.isAbsent { return 0 }
        return compareNested(left, right)
    }

    private static func compareNested(_ left: Value, _ right: Value) -> Int {
        let leftRank = left.rank
        let rightRank = right.rank
        if leftRank != rightRank { return leftRank.rawValue < rightRank.rawValue ? -1 : 1 }
        return compareOfOneRank(left, right)
    }

    private static func compareOfOneRank(_ left: Value, _ right: Value) -> Int {
        switch (left, right) {
        case (.bool(let left), .bool(let right)): left == right ? 0 : left ? 1 : -1
        case (.string(let left), .string(let right)), (.string(let left), .symbol(let right)),
            (.symbol(let left), .string(let right)), (.symbol(let left), .symbol(let right)):
            TextOrder.compare(left, right)
        case (.date(let left), .date(let right)): order(left, right)
        case (.time(let left), .time(let right)): order(left, right)
        case (.timestamp(let left), .timestamp(let right)): order(left, right)
        case (.interval(let left), .interval(let right)): Interval.compare(left, right)
        case (.blob(let left), .blob(let right)), (.clob(let left), .clob(let right)): TextOrder.compare(left, right)
        case (.blob(let left), .clob(let right)): compareLobs(left, right, otherwise: -1)
        case (.clob(let left), .blob(let right)): compareLobs(left, right, otherwise: 1)
        case (.list(let left), .list(let right)), (.list(let left), .sexp(let right)),
            (.sexp(let left), .list(let right)), (.sexp(let left), .sexp(let right)):
            compareElements(left, right)
        case (.structure(let left), .structure(let right)): compareFields(left.sortedFields, right.sortedFields)
        case (.bag(let left), .bag(let right)): compareElements(sorted(left), sorted(right))
        case (.null, .null), (.missing, .missing): 0
        default: NumericOrder.compare(left, right)
        }
    }

    private static func order<Element: Comparable>(_ left: Element, _ right: Element) -> Int {
        left < right ? -1 : left == right ? 0 : 1
    }

    /// Octets of different types: by octets first, so that a tie there does not make them equal.
    private static func compareLobs(_ left: [UInt8], _ right: [UInt8], otherwise: Int) -> Int {
        let order = TextOrder.compare(left, right)
        return order != 0 ? order : otherwise
    }

    private static func compareElements(_ left: [Value], _ right: [Value]) -> Int {
        for (left, right) in zip(left, right) {
            let order = compareNested(left, right)
            if order != 0 { return order }
        }
        return (left.count - right.count).signum()
    }

    private static func compareFields(_ left: [Structure.Field], _ right: [Structure.Field]) -> Int {
        for (left, right) in zip(left, right) {
            let order = compareField(left, right)
            if order != 0 { return order }
        }
        return (left.count - right.count).signum()
    }

    fileprivate static func compareField(_ left: Structure.Field, _ right: Structure.Field) -> Int {
        let order = TextOrder.compare(left.name, right.name)
        return order != 0 ? order : compareNested(left.value, right.value)
    }

    private static func sorted(_ elements: [Value]) -> [Value] {
        elements.sorted { compareNested($0, $1) < 0 }
    }
}

extension Structure {
    fileprivate var sortedFields: [Field] {
        fields.sorted { Value.compareField($0, $1) < 0 }
    }
}

extension Value {
    /// Where the kinds stand in the total order.
    private enum Rank: UInt8 {
        case bool, number, date, time, timestamp, interval, text, lob, list, structure, bag, null, missing
    }

    private var rank: Rank {
        switch self {
        case .bool: .bool
        case .int, .decimal, .float: .number
        case .date: .date
        case .time: .time
        case .timestamp: .timestamp
        case .interval: .interval
        case .string, .symbol: .text
        case .blob, .clob: .lob
        case .list, .sexp: .list
        case .structure: .structure
        case .bag: .bag
        case .null: .null
        case .missing: .missing
        }
    }

    /// What `<` and its siblings compare: -1, 0, or 1 for two booleans, numbers, texts, LOBs, times, intervals of one
    /// family, or points in time (a date is the midnight of UTC there); nil for anything else.
    @inlinable
    public static func comparable(_ left: Value, _ right: Value) -> Int? {
        if case (.int(let left), .int(let right)) = (left, right) {
            return left < right ? -1 : left == right ? 0 : 1
        }
        return comparableOfAnyKind(left, right)
    }

    @usableFromInline
    static func comparableOfAnyKind(_ left: Value, _ right: Value) -> Int? {
        switch (left, right) {
        case (.date(let date), .timestamp(let timestamp)): return order(Timestamp(midnightOf: date), timestamp)
        case (.timestamp(let timestamp), .date(let date)): return order(timestamp, Timestamp(midnightOf: date))
        case (.interval(let left), .interval(let right)):
            return left.isComparable(to: right) ? Interval.compare(left, right) : nil
        default:
            let rank = left.rank
            guard rank == right.rank, rank.rawValue <= Rank.lob.rawValue else { return nil }
            return compareOfOneRank(left, right)
        }
    }
}
