/// Intervals added to intervals and to points in time, and scaled by numbers. Everything throws `timeOverflow` where the
/// result leaves its range, and `typeMismatch` where the families do not fit.
extension Interval {
    public var negated: Interval {
        get throws(ValueError) { try multiplied(by: -1) }
    }

    /// Without the sign, as ABS gives it.
    public var magnitude: Interval {
        get throws(ValueError) { isNegative ? try negated : self }
    }

    public func adding(_ other: Interval) throws(ValueError) -> Interval {
        guard family == other.family else { throw .typeMismatch }
        let (sum, overflow) = amount.addingReportingOverflow(other.amount)
        if overflow { throw .timeOverflow }
        guard family == .dayTime else { return .months(sum) }
        return try .seconds(sum, nanoseconds: Int64(fraction) + Int64(other.fraction))
    }

    public func subtracting(_ other: Interval) throws(ValueError) -> Interval {
        try adding(try other.negated)
    }

    public func multiplied(by factor: Int64) throws(ValueError) -> Interval {
        let (product, overflow) = amount.multipliedReportingOverflow(by: factor)
        if overflow { throw .timeOverflow }
        guard family == .dayTime else { return .months(product) }
        // A fraction of at most 10^9 times 64 bits takes 94 bits; its seconds fit again.
        let nanoseconds = Int128(fraction) * Int128(factor)
        let carry = nanoseconds.floorDivided(by: 1_000_000_000)
        let (sum, sumOverflow) = product.addingReportingOverflow(Int64(carry))
        if sumOverflow { throw .timeOverflow }
        return try .seconds(sum, nanoseconds: Int64(nanoseconds - carry * 1_000_000_000))
    }

    /// Truncates towards zero: months to whole months, seconds to nanoseconds.
    ///
    /// - Throws: `divisionByZero`, `timeOverflow`.
    public func divided(by divisor: Int64) throws(ValueError) -> Interval {
        if divisor == 0 { throw .divisionByZero }
        guard family == .dayTime else {
            let (quotient, overflow) = amount.dividedReportingOverflow(by: divisor)
            if overflow { throw .timeOverflow }
            return .months(quotient)
        }
        return try Interval(totalNanoseconds: totalNanoseconds / Int128(divisor))
    }

    /// Seconds and fraction in one integer.
    var totalNanoseconds: Int128 {
        Int128(totalSeconds) * 1_000_000_000 + Int128(fraction)
    }

    init(totalNanoseconds total: Int128) throws(ValueError) {
        let whole = total.floorDivided(by: 1_000_000_000)
        guard let seconds = Int64(exactly: whole) else { throw .timeOverflow }
        self = try .seconds(seconds, nanoseconds: Int64(total - whole * 1_000_000_000))
    }
}

extension Timestamp {
    public func adding(_ interval: Interval) throws(ValueError) -> Timestamp {
        switch interval.family {
        case .yearMonth:
            guard let months = Int(exactly: interval.totalMonths) else { throw .timeOverflow }
            return try adding(months: months)
        case .dayTime: return try adding(seconds: interval.amount, nanoseconds: interval.fraction)
        }
    }

    public func subtracting(_ interval: Interval) throws(ValueError) -> Timestamp {
        try adding(try interval.negated)
    }

    /// The time from `earlier` to this timestamp.
    public func interval(since earlier: Timestamp) throws(ValueError) -> Interval {
        try .seconds(seconds - earlier.seconds, nanoseconds: Int64(nanoseconds) - Int64(earlier.nanoseconds))
    }
}

extension CalendarDate {
    /// Adds months, or whole days; what is left of a day is cut off.
    public func adding(_ interval: Interval) throws(ValueError) -> CalendarDate {
        switch interval.family {
        case .yearMonth: try adding(months: Int(interval.totalMonths))
        case .dayTime: try adding(days: Int(interval.totalSeconds / Timestamp.secondsPerDay))
        }
    }

    public func subtracting(_ interval: Interval) throws(ValueError) -> CalendarDate {
        try adding(try interval.negated)
    }
}

extension TimeOfDay {
    /// Moves the hands of the clock; they go round at midnight.
    ///
    /// - Throws: `typeMismatch` for months.
    public func adding(_ interval: Interval) throws(ValueError) -> TimeOfDay {
        guard interval.family == .dayTime else { throw .typeMismatch }
        let withinDay = interval.totalNanoseconds % Int128(TimeOfDay.nanosecondsPerDay)
        return adding(nanoseconds: Int64(withinDay))
    }

    public func subtracting(_ interval: Interval) throws(ValueError) -> TimeOfDay {
        try adding(try interval.negated)
    }
}
