/// Takes the texts of dates, times, timestamps and intervals apart.
struct TimeTextReader: ~Escapable {
    let bytes: Span<UInt8>
    private(set) var position = 0

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    func isAt(_ character: Unicode.Scalar) -> Bool {
        position < bytes.count && bytes[position] == UInt8(ascii: character)
    }

    /// Steps over a character if it stands here.
    mutating func skip(ifAt character: Unicode.Scalar) -> Bool {
        guard isAt(character) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ character: Unicode.Scalar) throws(ValueError) {
        guard skip(ifAt: character) else { throw fault() }
    }

    func expectEnd() throws(ValueError) {
        guard isAtEnd else { throw fault() }
    }

    /// The error of a text that goes wrong here.
    func fault() -> ValueError { .invalidTime(offset: position) }

    /// Reads exactly `count` digits.
    mutating func digits(_ count: Int) throws(ValueError) -> Int {
        try digits(count...count).value
    }

    /// Reads as many digits as there are, which must be a number of them in `range`; at most 18.
    mutating func digits(_ range: ClosedRange<Int>) throws(ValueError) -> (value: Int, count: Int) {
        let start = position
        var value = 0
        while position < bytes.count, position - start < range.upperBound, let digit = bytes[position].decimalDigit {
            value = value * 10 + Int(digit)
            position += 1
        }
        guard position - start >= range.lowerBound else { throw fault() }
        return (value, position - start)
    }

    /// Reads two digits of a number below `limit`.
    mutating func twoDigits(below limit: Int) throws(ValueError) -> Int {
        let start = position
        let value = try digits(2)
        guard value < limit else { throw .invalidTime(offset: start) }
        return value
    }

    /// Reads the digits after a point: their nanoseconds, digits beyond the ninth being cut off, and how many count.
    mutating func fraction() throws(ValueError) -> (nanoseconds: Int, digits: Int) {
        let (value, count) = try digits(1...9)
        while position < bytes.count, bytes[position].decimalDigit != nil { position += 1 }
        return (value * Int(PowersOfTen.small[9 - count]), count)
    }

    /// Reads a year: four digits, or a sign and four or five.
    mutating func year() throws(ValueError) -> Int {
        if skip(ifAt: "-") { return -(try digits(4...5).value) }
        if skip(ifAt: "+") { return try digits(4...5).value }
        return try digits(4)
    }

    /// Reads what follows the year and the month of a date, `-DD`.
    mutating func day(year: Int, month: Int) throws(ValueError) -> CalendarDate {
        let start = position
        let day = try digits(2)
        guard let date = CalendarDate(year: year, month: month, day: day) else { throw .invalidTime(offset: start) }
        return date
    }

    /// Reads a month.
    mutating func month() throws(ValueError) -> Int {
        let start = position
        let month = try twoDigits(below: 13)
        guard month > 0 else { throw .invalidTime(offset: start) }
        return month
    }

    /// Reads `Z`, `+hh:mm`, or `-hh:mm` if one of them stands here.
    mutating func zone() throws(ValueError) -> Timestamp.Zone {
        if skip(ifAt: "Z") { return .utc }
        guard isAt("+") || isAt("-") else { return .none }
        let isNegative = isAt("-")
        position += 1
        let hours = try twoDigits(below: 24)
        try expect(":")
        let minutes = hours * 60 + (try twoDigits(below: 60))
        if isNegative && minutes == 0 { return .unknown }
        return .offset(minutes: Int16(isNegative ? -minutes : minutes))
    }
}
