import HindsightValues

extension TimeText {
    /// Reads the text of an interval with the fields of `qualifier`: `5`, `1-2`, `1 02:03:04.5`. The leading field may have
    /// as many digits as the qualifier gives it, the others are bounded like those of a clock; digits after the seconds
    /// beyond the qualifier's are cut off.
    package static func interval(
        _ text: String, qualifier: IntervalQualifier, isNegated: Bool = false
    ) throws(TimeTextFault) -> Interval {
        var reader = TimeTextReader(text)
        let hasMinus = reader.consume("-")
        if !hasMinus { _ = reader.consume("+") }
        var fields = IntervalFields()
        try fields.read(&reader, qualifier)
        try reader.expectEnd()
        guard let interval = fields.interval(isNegative: hasMinus != isNegated) else {
            throw reader.fault("the interval is out of range", from: 0)
        }
        return interval
    }
}

/// The numbers of an interval's fields while they are read.
private struct IntervalFields {
    private var values: [DatePart: Int64] = [:]
    private var nanoseconds: Int64 = 0

    private static let order: [DatePart] = [.year, .month, .day, .hour, .minute, .second]
    private static let defaultPrecision = 2
    private static let defaultFractionDigits = 6

    mutating func read(_ reader: inout TimeTextReader, _ qualifier: IntervalQualifier) throws(TimeTextFault) {
        let last = qualifier.last ?? qualifier.first
        for part in Self.order.drop(while: { $0 != qualifier.first }) {
            if part == qualifier.first {
                values[part] = try leading(&reader, digits: qualifier.precision ?? Self.defaultPrecision)
            } else {
                try separator(&reader, before: part)
                values[part] = try following(&reader, part)
            }
            if part == .second { try fraction(&reader, digits: qualifier.fractionDigits) }
            if part == last { return }
        }
    }

    private func leading(_ reader: inout TimeTextReader, digits: Int) throws(TimeTextFault) -> Int64 {
        let start = reader.position
        var value: Int64 = 0
        while let byte = reader.byte, byte.isASCIIDigit {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow, reader.position - start < digits else {
                throw reader.fault("the leading field has at most \(digits) digits", from: start)
            }
            value = tens + Int64(byte - UInt8(ascii: "0"))
            _ = try reader.digits(1, "")
        }
        guard reader.position > start else { throw reader.fault("expected digits") }
        return value
    }

    private func separator(_ reader: inout TimeTextReader, before part: DatePart) throws(TimeTextFault) {
        switch part {
        case .month: try reader.expect("-", "years and months are written `y-m`")
        case .hour: try reader.expect(" ", "days and hours are written `d hh`")
        default: try reader.expect(":", "hours, minutes and seconds are written `hh:mm:ss`")
        }
    }

    /// One or two digits within the field's bound.
    private func following(_ reader: inout TimeTextReader, _ part: DatePart) throws(TimeTextFault) -> Int64 {
        let start = reader.position
        var value = try reader.digits(1, "expected a number of \(part.rawValue)")
        if let byte = reader.byte, byte.isASCIIDigit { value = value * 10 + (try reader.digits(1, "")) }
        let limit = part == .month ? 11 : part == .hour ? 23 : 59
        guard value <= limit else { throw reader.fault("this field goes from 0 to \(limit)", from: start) }
        return Int64(value)
    }

    private mutating func fraction(_ reader: inout TimeTextReader, digits: Int?) throws(TimeTextFault) {
        guard reader.consume(".") else { return }
        let start = reader.position
        let fraction = try reader.fraction()
        guard reader.position - start <= 9 else {
            throw reader.fault("seconds have at most 9 digits after the point", from: start)
        }
        var unit: Int64 = 1
        for _ in (digits ?? Self.defaultFractionDigits)..<9 { unit *= 10 }
        nanoseconds = Int64(fraction.nanoseconds) / unit * unit
    }

    /// nil if the sum does not fit.
    func interval(isNegative: Bool) -> Interval? {
        if let years = values[.year] ?? (values[.month] == nil ? nil : 0) {
            let (months, overflow) = years.multipliedReportingOverflow(by: 12)
            let (sum, carry) = months.addingReportingOverflow(values[.month] ?? 0)
            return overflow || carry ? nil : .months(isNegative ? -sum : sum)
        }
        var seconds: Int64 = 0
        for (part, size) in [(DatePart.day, Int64(86_400)), (.hour, 3600), (.minute, 60), (.second, 1)] {
            let (product, overflow) = (values[part] ?? 0).multipliedReportingOverflow(by: size)
            let (sum, carry) = seconds.addingReportingOverflow(product)
            if overflow || carry { return nil }
            seconds = sum
        }
        return try? .seconds(isNegative ? -seconds : seconds, nanoseconds: isNegative ? -nanoseconds : nanoseconds)
    }
}
