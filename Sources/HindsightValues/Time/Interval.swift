/// A length of time of one of SQL's two families: months, or seconds. The families do not mix, because a month has no
/// fixed number of days.
public struct Interval: Sendable, Hashable {
    public enum Family: Sendable, Hashable {
        case yearMonth
        case dayTime
    }

    /// Months or whole seconds (rounded down), by family.
    @usableFromInline let amount: Int64
    /// Nanoseconds after the whole seconds, 0 to 999,999,999; 0 for months.
    @usableFromInline let fraction: Int32
    public let family: Family

    /// Puts parts together that are known to be in range.
    @inlinable
    init(uncheckedFamily family: Family, amount: Int64, fraction: Int32) {
        self.family = family
        self.amount = amount
        self.fraction = fraction
    }
}
