import HindsightValues

/// `value IS type`.
extension TypeDescriptor {
    /// Whether a value is of the type. Lengths, digits and ranges count; a time or timestamp with a zone is one without
    /// asking for it. Absent values are of no type but their own and ANY.
    package func includes(_ value: Value) -> Bool {
        switch (self, value) {
        case (.any, _): true
        case (.missing, .missing), (.null, .null), (.bool, .bool), (.symbol, .symbol), (.date, .date), (.list, .list),
            (.bag, .bag), (.sexp, .sexp), (.structure, .structure), (.blob, .blob), (.clob, .clob), (.float, .float),
            (.string, .string), (.number, .int), (.number, .decimal), (.number, .float), (.interval(nil), .interval):
            true
        case (.integer(let bits), .int(let number)): TypeDescriptor.range(ofBits: bits).contains(number)
        case (.decimal(nil, _), .decimal): true
        case (.decimal(let precision?, let scale), .decimal(let number)):
            TypeDescriptor.fits(number, precision: precision, scale: scale)
        case (.characters(let length, let isFixed), .string(let text)):
            isFixed ? text.codePointCount == length : text.codePointCount <= length
        case (.time(let precision, let hasZone), .time(let time)):
            (time.offsetMinutes != nil || !hasZone) && TypeDescriptor.fits(Int64(time.nanosecond), digits: precision)
        case (.timestamp(let precision, let hasZone), .timestamp(let timestamp)):
            (timestamp.zone != .none || !hasZone)
                && TypeDescriptor.fits(Int64(timestamp.nanoseconds), digits: precision)
        case (.interval(let type?), .interval(let interval)): type.isMonths == (interval.family == .yearMonth)
        default: false
        }
    }

    /// The integers of so many bits.
    static func range(ofBits bits: Int) -> ClosedRange<Int64> {
        let most = Int64.max >> (64 - bits)
        return (-most - 1)...most
    }

    /// Whether a decimal has at most `scale` digits after the point as it is written, and exactly `precision - scale`
    /// before it, where a single digit, be it 0, is always granted. That a shorter number is of another type is how the
    /// conformance cases have it.
    private static func fits(_ number: Number, precision: Int, scale: Int) -> Bool {
        guard -number.exponent <= scale else { return false }
        let integerDigits = number.isZero ? 1 : max(1, number.adjustedExponent + 1)
        return integerDigits == max(1, precision - scale)
    }

    /// Whether nanoseconds are written with so many digits of a second.
    private static func fits(_ nanoseconds: Int64, digits: Int?) -> Bool {
        guard let digits, digits < 9 else { return true }
        return nanoseconds.isMultiple(of: (digits..<9).reduce(1) { unit, _ in unit * 10 })
    }
}

extension IntervalType {
    /// Whether it is of years and months, not of days to seconds.
    var isMonths: Bool { leading == .year || leading == .month }
}
