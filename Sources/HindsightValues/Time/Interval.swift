/// A length of time of one of SQL's two families: months, or seconds. The families do not mix, because a month has no
/// fixed number of days.
///
/// Only the length counts: 12 months and one year are the same interval.
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

    @inlinable
    public static func months(_ months: Int64) -> Interval {
        Interval(uncheckedFamily: .yearMonth, amount: months, fraction: 0)
    }

    /// - Parameter nanoseconds: on top of the seconds, of any size and sign.
    /// - Throws: `timeOverflow`.
    public static func seconds(_ seconds: Int64, nanoseconds: Int64 = 0) throws(ValueError) -> Interval {
        let carry = nanoseconds.floorDivided(by: 1_000_000_000)
        let (sum, overflow) = seconds.addingReportingOverflow(carry)
        if overflow { throw .timeOverflow }
        return Interval(
            uncheckedFamily: .dayTime, amount: sum, fraction: Int32(nanoseconds - carry * 1_000_000_000))
    }

    /// All months; 0 for the other family.
    @inlinable
    public var totalMonths: Int64 { family == .yearMonth ? amount : 0 }

    /// All whole seconds, rounded down; 0 for the other family.
    @inlinable
    public var totalSeconds: Int64 { family == .dayTime ? amount : 0 }

    /// Nanoseconds after `totalSeconds`, 0 to 999,999,999.
    @inlinable
    public var nanoseconds: Int { Int(fraction) }

    public var isNegative: Bool { amount < 0 }
    public var isZero: Bool { amount == 0 && fraction == 0 }

    /// Whether both are of one family, so that they can be compared and added.
    @inlinable
    public func isComparable(to other: Interval) -> Bool { family == other.family }

    /// -1, 0, or 1. Months come before seconds.
    public static func compare(_ left: Interval, _ right: Interval) -> Int {
        let leftParts = (left.family == .yearMonth ? 0 : 1, left.amount, left.fraction)
        let rightParts = (right.family == .yearMonth ? 0 : 1, right.amount, right.fraction)
        return leftParts < rightParts ? -1 : leftParts == rightParts ? 0 : 1
    }
}
