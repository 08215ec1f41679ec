import HindsightValues

/// Reads dates, times, timestamps and intervals as SQL writes them. The one place that does, for literals and for casts.
package enum TimeText {
    /// What the words behind TIME or TIMESTAMP say about an offset.
    package enum ZoneRule: Sendable {
        /// Nothing: an offset in the text makes the value one with time zone.
        case asWritten
        /// WITH TIME ZONE: without an offset in the text it is UTC.
        case required
        /// WITHOUT TIME ZONE: an offset is a fault.
        case refused
    }

    /// Reads `YYYY-MM-DD`.
    package static func date(_ text: String) throws(TimeTextFault) -> CalendarDate {
        var reader = TimeTextReader(text)
        let date = try reader.date()
        try reader.expectEnd()
        return date
    }

    /// Reads `hh:mm:ss[.fraction][offset]`.
    ///
    /// - Parameter fractionDigits: rounds to that many digits; nil keeps up to nine as written.
    package static func time(
        _ text: String, fractionDigits: Int? = nil, zone rule: ZoneRule = .asWritten
    ) throws(TimeTextFault) -> TimeOfDay {
        var reader = TimeTextReader(text)
        let clock = try reader.clock()
        let offset = try reader.offset(rule)
        try reader.expectEnd()
        let digits = fractionDigits ?? clock.fractionDigits
        guard let time = clock.timeOfDay(offsetMinutes: offset, fractionDigits: digits) else {
            throw reader.fault("the time is out of range", from: 0)
        }
        return time.adding(nanoseconds: Int64(clock.correction(toDigits: digits)))
    }

    /// Reads `YYYY-MM-DD hh:mm:ss[.fraction][offset]`, with a space or a `T` in the middle.
    package static func timestamp(
        _ text: String, fractionDigits: Int? = nil, zone rule: ZoneRule = .asWritten
    ) throws(TimeTextFault) -> Timestamp {
        var reader = TimeTextReader(text)
        let date = try reader.date()
        try reader.expectSeparator()
        let clock = try reader.clock()
        let offset = try reader.offset(rule)
        try reader.expectEnd()
        return try reader.timestamp(date, clock, offset: offset, fractionDigits: fractionDigits)
    }

    /// Reads what ISO 8601 and people write for a moment: a date alone (its midnight), or a date and a time to the minute
    /// or finer, with or without an offset. Without one it is UTC.
    package static func moment(_ text: String) throws(TimeTextFault) -> Timestamp {
        var reader = TimeTextReader(text)
        let date = try reader.date()
        if reader.isAtEnd { return try reader.timestamp(date, Clock(), offset: 0, fractionDigits: nil) }
        try reader.expectSeparator()
        let clock = try reader.clock(needsSeconds: false)
        let offset = try reader.offset(.required)
        try reader.expectEnd()
        return try reader.timestamp(date, clock, offset: offset, fractionDigits: nil)
    }
}

/// What is wrong with a text that should be a time, and with which of its bytes.
package struct TimeTextFault: Error, Equatable {
    package let message: String
    package let range: Range<Int>

    package init(_ message: String, range: Range<Int>) {
        self.message = message
        self.range = range
    }
}

/// The hands of a clock as read, with nine digits of a second.
struct Clock {
    var hour = 0
    var minute = 0
    var second = 0
    var nanosecond = 0
    /// Digits that were written after the point, at most nine.
    var fractionDigits = 0

    /// The time with the fraction cut to `fractionDigits`; nil if a part is out of range.
    func timeOfDay(offsetMinutes: Int?, fractionDigits: Int) -> TimeOfDay? {
        TimeOfDay(
            hour: hour, minute: minute, second: second,
            nanosecond: nanosecond - nanosecond % Self.unit(fractionDigits), offsetMinutes: offsetMinutes,
            fractionDigits: fractionDigits)
    }

    /// The nanoseconds that rounding half up adds to the cut fraction.
    func correction(toDigits digits: Int) -> Int {
        let unit = Self.unit(digits)
        return 2 * (nanosecond % unit) >= unit && unit > 1 ? unit : 0
    }

    /// Nanoseconds of the last of `digits` places.
    private static func unit(_ digits: Int) -> Int {
        var unit = 1
        for _ in min(digits, 9)..<9 { unit *= 10 }
        return unit
    }
}
