import HindsightValues

/// A position in a text of digits and signs, and the parts of dates and times that can be read from there.
struct TimeTextReader {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    init(_ bytes: [UInt8], from position: Int) {
        self.bytes = bytes
        self.position = position
    }

    var isAtEnd: Bool { position >= bytes.count }

    var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    func at(_ scalar: Unicode.Scalar) -> Bool { byte == UInt8(ascii: scalar) }

    mutating func consume(_ scalar: Unicode.Scalar) -> Bool {
        guard at(scalar) else { return false }
        position += 1
        return true
    }

    // MARK: Faults

    /// A fault of the bytes from `start` to the position, or of the byte at the position.
    func fault(_ message: String, from start: Int? = nil) -> TimeTextFault {
        let start = start ?? position
        return TimeTextFault(message, range: start..<max(position, start + 1))
    }

    mutating func expect(_ scalar: Unicode.Scalar, _ shape: String) throws(TimeTextFault) {
        guard consume(scalar) else { throw fault("expected `\(scalar)`: \(shape)") }
    }

    func expectEnd() throws(TimeTextFault) {
        guard isAtEnd else { throw TimeTextFault("unexpected text behind the time", range: position..<bytes.count) }
    }

    mutating func expectSeparator() throws(TimeTextFault) {
        guard consume("T") || consume("t") || consume(" ") else {
            throw fault("expected a time of day as `hh:mm:ss` behind the date")
        }
    }

    // MARK: Digits

    /// Exactly `count` digits.
    mutating func digits(_ count: Int, _ shape: String) throws(TimeTextFault) -> Int {
        var value = 0
        for _ in 0..<count {
            guard let digit = byte, digit.isASCIIDigit else { throw fault("expected a digit: \(shape)") }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
            position += 1
        }
        return value
    }

    /// Exactly `count` digits whose value lies in `range`.
    mutating func digits(
        _ count: Int, _ shape: String, in range: ClosedRange<Int>, _ name: String
    ) throws(TimeTextFault) -> Int {
        let start = position
        let value = try digits(count, shape)
        guard range.contains(value) else {
            throw fault("the \(name) goes from \(range.lowerBound) to \(range.upperBound)", from: start)
        }
        return value
    }

    /// All digits that follow, as nanoseconds; those behind the ninth are cut off.
    mutating func fraction() throws(TimeTextFault) -> (nanoseconds: Int, digits: Int) {
        var value = 0
        var count = 0
        guard let first = byte, first.isASCIIDigit else { throw fault("expected digits after the point") }
        while let digit = byte, digit.isASCIIDigit {
            if count < 9 { value = value * 10 + Int(digit - UInt8(ascii: "0")) }
            count += 1
            position += 1
        }
        let written = min(count, 9)
        for _ in written..<9 { value *= 10 }
        return (value, written)
    }

    // MARK: Parts

    static let dateShape = "a date is written `YYYY-MM-DD`"
    static let timeShape = "a time is written `hh:mm:ss`"

    mutating func date() throws(TimeTextFault) -> CalendarDate {
        let start = position
        let year = try digits(4, Self.dateShape)
        try expect("-", Self.dateShape)
        let month = try digits(2, Self.dateShape, in: 1...12, "month")
        try expect("-", Self.dateShape)
        let day = try digits(2, Self.dateShape, in: 1...31, "day")
        guard let date = CalendarDate(year: year, month: month, day: day) else {
            throw fault("that month has \(CalendarDate.dayCount(year: year, month: month)) days", from: start)
        }
        return date
    }

    mutating func clock(needsSeconds: Bool = true) throws(TimeTextFault) -> Clock {
        var clock = Clock()
        clock.hour = try digits(2, Self.timeShape, in: 0...23, "hour")
        try expect(":", Self.timeShape)
        clock.minute = try digits(2, Self.timeShape, in: 0...59, "minute")
        guard needsSeconds || at(":") else { return clock }
        try expect(":", Self.timeShape)
        clock.second = try digits(2, Self.timeShape, in: 0...59, "second")
        if consume(".") { (clock.nanosecond, clock.fractionDigits) = try fraction() }
        return clock
    }

    /// `Z`, `+hh:mm` or `-hh:mm` in minutes east of UTC; nil where there is none.
    mutating func offset() throws(TimeTextFault) -> Int? {
        if consume("Z") || consume("z") { return 0 }
        guard at("+") || at("-") else { return nil }
        let isWest = at("-")
        position += 1
        let shape = "an offset is written `+hh:mm`"
        let hours = try digits(2, shape, in: 0...23, "offset's hour")
        try expect(":", shape)
        let minutes = hours * 60 + (try digits(2, shape, in: 0...59, "offset's minute"))
        return isWest ? -minutes : minutes
    }

    mutating func offset(_ rule: TimeText.ZoneRule) throws(TimeTextFault) -> Int? {
        let start = position
        let offset = try offset()
        if offset != nil, rule == .refused { throw fault("a value WITHOUT TIME ZONE has no offset", from: start) }
        return rule == .required ? offset ?? 0 : offset
    }

    /// The instant that these parts show.
    func timestamp(
        _ date: CalendarDate, _ clock: Clock, offset: Int?, fractionDigits: Int?
    ) throws(TimeTextFault) -> Timestamp {
        guard let time = clock.timeOfDay(offsetMinutes: nil, fractionDigits: 9) else {
            throw fault("the time is out of range", from: 0)
        }
        let zone: Timestamp.Zone = offset.map { .offset(minutes: Int16($0)) } ?? .none
        do throws(ValueError) {
            let timestamp = try Timestamp(
                date: date, time: time, zone: zone, precision: .fraction(digits: clock.fractionDigits))
            guard let fractionDigits else { return timestamp }
            return try timestamp.rounded(toFractionDigits: fractionDigits)
        } catch {
            throw fault("the time is out of range", from: 0)
        }
    }
}
