/// What a clock and a calendar at the timestamp's offset show, and steps in time.
extension Timestamp {
    /// The date at the timestamp's offset.
    public var date: CalendarDate {
        CalendarDate(uncheckedDaysSince1970: Int(localSeconds.floorDivided(by: Timestamp.secondsPerDay)))
    }

    /// The time of day at the timestamp's offset, with that offset.
    public var timeOfDay: TimeOfDay {
        let day = localSeconds.floorDivided(by: Timestamp.secondsPerDay)
        let second = localSeconds - day * Timestamp.secondsPerDay
        let offset: Int16? = if case .offset(let minutes) = zone { minutes } else { nil }
        return TimeOfDay(
            uncheckedNanoseconds: second * TimeOfDay.nanosecondsPerSecond + Int64(nanoseconds), offsetMinutes: offset,
            fractionDigits: UInt8(precision.fractionDigits))
    }

    private var localSeconds: Int64 { seconds + Int64(zone.offsetMinutes) * 60 }

    /// Midnight of a date, in a timestamp without time zone.
    public init(midnightOf date: CalendarDate) {
        self.init(
            uncheckedSeconds: Int64(date.daysSince1970) * Timestamp.secondsPerDay, nanoseconds: 0, zone: .none,
            precision: .day)
    }

    /// The same instant seen at another offset.
    ///
    /// - Throws: `timeOverflow`.
    public func at(_ zone: Zone) throws(ValueError) -> Timestamp {
        try Timestamp(seconds: seconds, nanoseconds: nanoseconds, zone: zone, precision: precision)
    }

    /// A later instant, or an earlier one, shown to the second at least.
    ///
    /// - Parameter nanoseconds: 0 to 999,999,999, on top of `seconds`.
    /// - Throws: `timeOverflow`.
    public func adding(seconds amount: Int64, nanoseconds fraction: Int32 = 0) throws(ValueError) -> Timestamp {
        guard (0..<1_000_000_000).contains(fraction) else { throw .timeOverflow }
        var carry = nanoseconds + fraction
        var whole = amount
        if carry >= 1_000_000_000 {
            carry -= 1_000_000_000
            whole = try whole.adding(1)
        }
        let (sum, overflow) = seconds.addingReportingOverflow(whole)
        if overflow { throw .timeOverflow }
        return try Timestamp(seconds: sum, nanoseconds: carry, zone: zone, precision: max(precision, .second))
    }

    /// The same time some months later; the last day of the month where there is no such day.
    ///
    /// - Throws: `timeOverflow`.
    public func adding(months: Int) throws(ValueError) -> Timestamp {
        try Timestamp(date: try date.adding(months: months), time: timeOfDay, zone: zone, precision: precision)
    }

    /// The timestamp rounded half up to `digits` digits of a second, and shown with that many.
    ///
    /// - Throws: `timeOverflow`.
    public func rounded(toFractionDigits digits: Int) throws(ValueError) -> Timestamp {
        let rounded = FractionOfSecond.rounded(Int(nanoseconds), digits: digits)
        let carry = rounded == 1_000_000_000
        return try Timestamp(
            seconds: carry ? seconds + 1 : seconds, nanoseconds: carry ? 0 : Int32(rounded), zone: zone,
            precision: .fraction(digits: digits))
    }
}

extension Int64 {
    /// - Throws: `timeOverflow`.
    fileprivate func adding(_ other: Int64) throws(ValueError) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        if overflow { throw .timeOverflow }
        return sum
    }
}
