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

extension Timestamp {
    static let secondsPerDay: Int64 = 86_400

    /// The seconds of the first and the last instant, in UTC.
    static let secondsRange =
        Int64(CalendarDate.dayNumberRange.lowerBound) * secondsPerDay...Int64(
            CalendarDate.dayNumberRange.upperBound + 1)
        * secondsPerDay - 1

    /// The instant some seconds after 1970-01-01T00:00Z. The precision is made fine enough to show
    /// the time of day.
    ///
    /// - Throws: `timeOverflow` if the year would leave -9999 … 99999, in UTC or at the offset.
    public init(
        seconds: Int64, nanoseconds: Int32 = 0, zone: Zone = .utc, precision: Precision = .second
    ) throws(ValueError) {
        let local = seconds.addingReportingOverflow(Int64(zone.offsetMinutes) * 60)
        guard !local.overflow, Timestamp.secondsRange.contains(seconds),
            Timestamp.secondsRange.contains(local.partialValue), (0..<1_000_000_000).contains(nanoseconds),
            TimeOfDay.offsetRange.contains(Int(zone.offsetMinutes))
        else { throw .timeOverflow }
        self.init(
            uncheckedSeconds: seconds, nanoseconds: nanoseconds, zone: zone,
            precision: max(precision, Precision(showing: local.partialValue, nanoseconds)))
    }

    /// What a clock and a calendar at the offset of `zone` show.
    ///
    /// - Throws: `timeOverflow`.
    public init(date: CalendarDate, time: TimeOfDay, zone: Zone, precision: Precision) throws(ValueError) {
        let local = Int64(date.daysSince1970) * Timestamp.secondsPerDay + time.nanoseconds / 1_000_000_000
        try self.init(
            seconds: local - Int64(zone.offsetMinutes) * 60, nanoseconds: Int32(time.nanoseconds % 1_000_000_000),
            zone: zone, precision: precision)
    }

    /// Microseconds since 1970-01-01T00:00Z as a timestamp of UTC; with six digits of a second, or none if they are zero.
    ///
    /// - Throws: `timeOverflow`.
    public init(microsecondsSince1970 microseconds: Int64) throws(ValueError) {
        let seconds = microseconds.floorDivided(by: 1_000_000)
        let rest = microseconds - seconds * 1_000_000
        try self.init(
            seconds: seconds, nanoseconds: Int32(rest * 1000),
            precision: rest == 0 ? .second : .fraction(digits: rest.isMultiple(of: 1000) ? 3 : 6))
    }

    /// Microseconds since 1970-01-01T00:00Z, rounded down.
    public var microsecondsSince1970: Int64 {
        seconds * 1_000_000 + Int64(nanoseconds) / 1000
    }
}

extension Timestamp.Precision {
    /// The coarsest precision that shows a time of day, given in seconds of any day.
    init(showing seconds: Int64, _ nanoseconds: Int32) {
        if nanoseconds != 0 {
            self = .fraction(digits: Int(FractionOfSecond.digits(Int(nanoseconds))))
        } else if !seconds.isMultiple(of: 60) {
            self = .second
        } else {
            self = seconds.isMultiple(of: Timestamp.secondsPerDay) ? .year : .minute
        }
    }
}

extension Timestamp.Zone {
    /// Minutes east of UTC; 0 where nothing is known.
    @inlinable
    public var offsetMinutes: Int16 {
        if case .offset(let minutes) = self { minutes } else { 0 }
    }
}

extension Timestamp: Comparable, Hashable {
    public static func == (left: Timestamp, right: Timestamp) -> Bool {
        left.seconds == right.seconds && left.nanoseconds == right.nanoseconds
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(seconds)
        hasher.combine(nanoseconds)
    }
}
