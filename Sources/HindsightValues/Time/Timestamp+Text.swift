/// Timestamps as text, in Ion's and ISO 8601's form:
///
///     2026T  2026-05T  2026-05-01  2026-05-01T12:30Z  2026-05-01T12:30:00.250+02:00  2026-05-01T12:30:00-00:00
///
/// An offset of `-00:00` is an unknown one, as is that of a date or less; a time of day with no offset is a timestamp
/// without time zone.
extension Timestamp: CustomStringConvertible, LosslessStringConvertible {
    /// Reads the whole of `text`. A blank may stand for the `T`, and one may stand before the offset, as in SQL; digits
    /// beyond the ninth of a second are cut off.
    ///
    /// - Throws: `invalidTime`, `timeOverflow`.
    public static func parse(_ text: String) throws(ValueError) -> Timestamp {
        var text = text
        text.makeContiguousUTF8()
        var reader = TimeTextReader(text.utf8.span)
        let timestamp = try reader.timestamp()
        try reader.expectEnd()
        return timestamp
    }

    /// Reads a timestamp; nil where `parse` throws.
    public init?(_ text: String) {
        guard let timestamp = try? Timestamp.parse(text) else { return nil }
        self = timestamp
    }

    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of `description`.
    public func append(to bytes: inout [UInt8]) {
        // Ion has no offset without a time of day, so that one which moves the instant asks for the time.
        let shown = zone.offsetMinutes == 0 ? precision : max(precision, .minute)
        switch shown {
        case .year:
            date.appendYear(to: &bytes)
            bytes.append(UInt8(ascii: "T"))
        case .month:
            let date = date
            date.appendYear(to: &bytes)
            bytes.append(UInt8(ascii: "-"))
            bytes.appendDecimal(UInt64(date.month), width: 2)
            bytes.append(UInt8(ascii: "T"))
        case .day: date.append(to: &bytes)
        default:
            appendDateAndTime(to: &bytes, separator: "T", hasSeconds: shown > .minute)
            zone.append(to: &bytes)
        }
    }

    /// Appends date and time of day without the offset.
    func appendDateAndTime(to bytes: inout [UInt8], separator: Unicode.Scalar, hasSeconds: Bool) {
        date.append(to: &bytes)
        bytes.append(UInt8(ascii: separator))
        timeOfDay.appendClock(to: &bytes, hasSeconds: hasSeconds)
    }
}

extension Timestamp.Zone {
    /// Appends `Z`, `-00:00`, `+hh:mm`, `-hh:mm`, or nothing.
    fileprivate func append(to bytes: inout [UInt8]) {
        switch self {
        case .none: break
        case .unknown: bytes.append(ascii: "-00:00")
        case .offset(0): bytes.append(UInt8(ascii: "Z"))
        case .offset(let minutes): Timestamp.Zone.append(offsetMinutes: minutes, to: &bytes)
        }
    }
}

extension TimeTextReader {
    /// Reads as much of a timestamp as there is.
    mutating func timestamp() throws(ValueError) -> Timestamp {
        let year = try year()
        if skip(ifAt: "T") { return try midnight(year: year, month: 1, precision: .year) }
        try expect("-")
        let month = try month()
        if skip(ifAt: "T") { return try midnight(year: year, month: month, precision: .month) }
        try expect("-")
        let date = try day(year: year, month: month)
        guard skip(ifAt: "T") || skip(ifAt: " ") else {
            return try Timestamp(date: date, time: TimeOfDay.midnight, zone: .unknown, precision: .day)
        }
        if isAtEnd { return try Timestamp(date: date, time: TimeOfDay.midnight, zone: .unknown, precision: .day) }
        let (nanoseconds, precision) = try timeOfDay(isSecondOptional: true)
        _ = skip(ifAt: " ")
        let time = TimeOfDay(uncheckedNanoseconds: nanoseconds, offsetMinutes: nil, fractionDigits: 0)
        return try Timestamp(date: date, time: time, zone: try zone(), precision: precision)
    }

    private func midnight(
        year: Int, month: Int, precision: Timestamp.Precision
    ) throws(ValueError) -> Timestamp {
        guard let date = CalendarDate(year: year, month: month, day: 1) else { throw fault() }
        return try Timestamp(date: date, time: TimeOfDay.midnight, zone: .unknown, precision: precision)
    }
}

extension TimeOfDay {
    /// 00:00:00 without time zone.
    public static let midnight = TimeOfDay(uncheckedNanoseconds: 0, offsetMinutes: nil, fractionDigits: 0)
}
