/// A time of day to the nanosecond, with or without an offset from UTC.
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
