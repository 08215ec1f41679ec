/// Dates as text: `2026-05-01`; years beyond four digits and below zero with a sign (`+10000-01-01`, `-0044-03-15`).
extension CalendarDate: CustomStringConvertible, LosslessStringConvertible {
    /// Reads the whole of `text`.
    ///
    /// - Throws: `invalidTime`.
    public static func parse(_ text: String) throws(ValueError) -> CalendarDate {
        var text = text
        text.makeContiguousUTF8()
        var reader = TimeTextReader(text.utf8.span)
        let year = try reader.year()
        try reader.expect("-")
        let month = try reader.month()
        try reader.expect("-")
        let date = try reader.day(year: year, month: month)
        try reader.expectEnd()
        return date
    }

    /// Reads a date; nil where `parse` throws.
    public init?(_ text: String) {
        guard let date = try? CalendarDate.parse(text) else { return nil }
        self = date
    }

    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of `description`.
    public func append(to bytes: inout [UInt8]) {
        appendYear(to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDecimal(UInt64(month), width: 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.appendDecimal(UInt64(day), width: 2)
    }

    func appendYear(to bytes: inout [UInt8]) {
        if year < 0 { bytes.append(UInt8(ascii: "-")) }
        if year > 9999 { bytes.append(UInt8(ascii: "+")) }
        bytes.appendDecimal(UInt64(year.magnitude), width: 4)
    }
}
