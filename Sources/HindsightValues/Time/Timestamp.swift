/// A point in time to the nanosecond, with the precision and the offset in which it was written.
///
/// Equality, order and hashing look at the instant alone; a timestamp without time zone or of unknown offset is read as
/// UTC.
public struct Timestamp: Sendable {
    /// What is known about the offset from UTC.
    public enum Zone: Sendable, Hashable {
        /// A TIMESTAMP WITHOUT TIME ZONE.
        case none
        /// UTC is known and the local offset is not: Ion's `-00:00`.
        case unknown
        /// Minutes east of UTC, within a day.
        case offset(minutes: Int16)

        @inlinable public static var utc: Zone { .offset(minutes: 0) }
    }

    /// How finely the timestamp was written: a year, a month, a day, a minute, a second, or digits of a second.
    public struct Precision: Sendable, Hashable, Comparable {
        /// 0 year, 1 month, 2 day, 3 minute, 4 second, 4 + n for n digits of a second.
        @usableFromInline let rank: UInt8

        @inlinable
        init(rank: UInt8) {
            self.rank = rank
        }

        public static let year = Precision(rank: 0)
        public static let month = Precision(rank: 1)
        public static let day = Precision(rank: 2)
        public static let minute = Precision(rank: 3)
        public static let second = Precision(rank: 4)

        /// `digits` digits of a second, 0 to 9.
        @inlinable
        public static func fraction(digits: Int) -> Precision {
            Precision(rank: 4 + UInt8(min(max(digits, 0), 9)))
        }

        /// Digits after the seconds, 0 for coarser precisions.
        @inlinable
        public var fractionDigits: Int { max(0, Int(rank) - 4) }

        @inlinable
        public static func < (left: Precision, right: Precision) -> Bool {
            left.rank < right.rank
        }
    }

    /// Whole seconds since 1970-01-01T00:00Z, rounded down.
    public let seconds: Int64
    /// Nanoseconds after `seconds`, 0 to 999,999,999.
    public let nanoseconds: Int32
    public let zone: Zone
    public let precision: Precision

    /// Puts parts together that are known to be in range.
    @inlinable
    init(uncheckedSeconds seconds: Int64, nanoseconds: Int32, zone: Zone, precision: Precision) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
        self.zone = zone
        self.precision = precision
    }
}
