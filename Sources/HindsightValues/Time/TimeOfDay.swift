/// A time of day to the nanosecond, with or without an offset from UTC.
///
/// Equality, order and hashing look at the time in UTC, which is not wrapped round midnight: 00:30+01:00 is half an
/// hour before midnight. A time without time zone is read as UTC.
public struct TimeOfDay: Sendable {
    /// Nanoseconds since midnight as the clock on the wall shows it, below 86,400 seconds.
    public let nanoseconds: Int64
    /// Minutes east of UTC; nil for a time without time zone.
    public let offsetMinutes: Int16?
    /// Digits that are shown after the seconds, 0 to 9.
    public let fractionDigits: UInt8

    /// Puts parts together that are known to be in range.
    @inlinable
    init(uncheckedNanoseconds nanoseconds: Int64, offsetMinutes: Int16?, fractionDigits: UInt8) {
        self.nanoseconds = nanoseconds
        self.offsetMinutes = offsetMinutes
        self.fractionDigits = fractionDigits
    }
}

extension TimeOfDay {
    static let nanosecondsPerSecond: Int64 = 1_000_000_000
    static let nanosecondsPerDay: Int64 = 86_400 * nanosecondsPerSecond

    /// nil if a part is out of range: hours to 23, minutes and seconds to 59, offsets within 23:59.
    public init?(
        hour: Int, minute: Int, second: Int, nanosecond: Int = 0, offsetMinutes: Int? = nil, fractionDigits: Int = 0
    ) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
            (0..<1_000_000_000).contains(nanosecond), (0...9).contains(fractionDigits),
            TimeOfDay.offsetRange.contains(offsetMinutes ?? 0)
        else { return nil }
        let seconds = Int64(hour * 3600 + minute * 60 + second)
        self.init(
            uncheckedNanoseconds: seconds * TimeOfDay.nanosecondsPerSecond + Int64(nanosecond),
            offsetMinutes: offsetMinutes.map { Int16($0) }, fractionDigits: UInt8(fractionDigits))
    }

    /// Offsets from UTC in minutes.
    static let offsetRange = -1439...1439

    public var hour: Int { Int(nanoseconds / (3600 * TimeOfDay.nanosecondsPerSecond)) }
    public var minute: Int { Int(nanoseconds / (60 * TimeOfDay.nanosecondsPerSecond)) % 60 }
    public var second: Int { Int(nanoseconds / TimeOfDay.nanosecondsPerSecond) % 60 }
    public var nanosecond: Int { Int(nanoseconds % TimeOfDay.nanosecondsPerSecond) }

    /// Nanoseconds after the midnight of UTC; below zero or beyond a day near midnight.
    @inlinable
    public var nanosecondsInUTC: Int64 {
        nanoseconds - Int64(offsetMinutes ?? 0) * 60_000_000_000
    }

    /// The time rounded half up to `digits` digits of a second, and shown with that many. What is rounded up to midnight
    /// goes round to 00:00.
    public func rounded(toFractionDigits digits: Int) -> TimeOfDay {
        let rounded = FractionOfSecond.rounded(nanosecond, digits: digits)
        let sum = nanoseconds - Int64(nanosecond) + Int64(rounded)
        return TimeOfDay(
            uncheckedNanoseconds: sum % TimeOfDay.nanosecondsPerDay, offsetMinutes: offsetMinutes,
            fractionDigits: UInt8(min(max(digits, 0), 9)))
    }

    /// Moves the hands of the clock; they go round at midnight.
    public func adding(nanoseconds amount: Int64) -> TimeOfDay {
        let day = TimeOfDay.nanosecondsPerDay
        let sum = nanoseconds + amount % day
        let wrapped = sum < 0 ? sum + day : sum >= day ? sum - day : sum
        return TimeOfDay(
            uncheckedNanoseconds: wrapped, offsetMinutes: offsetMinutes,
            fractionDigits: max(fractionDigits, FractionOfSecond.digits(Int(wrapped % TimeOfDay.nanosecondsPerSecond))))
    }
}

extension TimeOfDay: Comparable, Hashable {
    public static func == (left: TimeOfDay, right: TimeOfDay) -> Bool {
        left.nanosecondsInUTC == right.nanosecondsInUTC
    }

    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
        left.nanosecondsInUTC < right.nanosecondsInUTC
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(nanosecondsInUTC)
    }
}
