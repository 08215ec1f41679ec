/// Times of day as text: `12:30:00`, `12:30:00.250`, `12:30:00+02:00`.
extension TimeOfDay: CustomStringConvertible, LosslessStringConvertible {
    /// Reads the whole of `text`. Seconds must be there; digits beyond the ninth of a second are cut off.
    ///
    /// - Throws: `invalidTime`.
    public static func parse(_ text: String) throws(ValueError) -> TimeOfDay {
        var text = text
        text.makeContiguousUTF8()
        var reader = TimeTextReader(text.utf8.span)
        let time = try reader.timeOfDay(isSecondOptional: false)
        let zone = try reader.zone()
        try reader.expectEnd()
        return TimeOfDay(
            uncheckedNanoseconds: time.nanoseconds, offsetMinutes: zone == .none ? nil : zone.offsetMinutes,
            fractionDigits: UInt8(time.precision.fractionDigits))
    }

    /// Reads a time; nil where `parse` throws.
    public init?(_ text: String) {
        guard let time = try? TimeOfDay.parse(text) else { return nil }
        self = time
    }

    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of `description`.
    public func append(to bytes: inout [UInt8]) {
        appendClock(to: &bytes, hasSeconds: true)
        if let offsetMinutes { Timestamp.Zone.append(offsetMinutes: offsetMinutes, to: &bytes) }
    }

    /// Appends hours, minutes, and seconds with their fraction, without the offset.
    func appendClock(to bytes: inout [UInt8], hasSeconds: Bool) {
        bytes.appendDecimal(UInt64(hour), width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendDecimal(UInt64(minute), width: 2)
        guard hasSeconds else { return }
        bytes.append(UInt8(ascii: ":"))
        bytes.appendDecimal(UInt64(second), width: 2)
        FractionOfSecond.append(nanosecond, digits: Int(fractionDigits), to: &bytes)
    }
}

extension Timestamp.Zone {
    /// Appends `+hh:mm` or `-hh:mm`.
    static func append(offsetMinutes: Int16, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: offsetMinutes < 0 ? "-" : "+"))
        let magnitude = UInt64(offsetMinutes.magnitude)
        bytes.appendDecimal(magnitude / 60, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendDecimal(magnitude % 60, width: 2)
    }
}

extension TimeTextReader {
    /// Reads `hh:mm:ss[.digits]`, or `hh:mm` where that is allowed; with the precision that was written.
    mutating func timeOfDay(
        isSecondOptional: Bool
    ) throws(ValueError) -> (nanoseconds: Int64, precision: Timestamp.Precision) {
        let hour = try twoDigits(below: 24)
        try expect(":")
        var seconds = hour * 3600 + (try twoDigits(below: 60)) * 60
        if isSecondOptional && !isAt(":") { return (Int64(seconds) * 1_000_000_000, .minute) }
        try expect(":")
        seconds += try twoDigits(below: 60)
        guard skip(ifAt: ".") else { return (Int64(seconds) * 1_000_000_000, .second) }
        let (nanoseconds, digits) = try fraction()
        return (Int64(seconds) * 1_000_000_000 + Int64(nanoseconds), .fraction(digits: digits))
    }
}
