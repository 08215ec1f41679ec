/// Nanoseconds and the digits that show them.
enum FractionOfSecond {
    /// The fewest digits after the point that show `nanoseconds` exactly, 0 to 9.
    static func digits(_ nanoseconds: Int) -> UInt8 {
        guard nanoseconds != 0 else { return 0 }
        var digits: UInt8 = 9
        var rest = nanoseconds
        while rest.isMultiple(of: 10) {
            rest /= 10
            digits -= 1
        }
        return digits
    }

    /// Appends a point and `digits` digits; nothing for 0 digits.
    static func append(_ nanoseconds: Int, digits: Int, to bytes: inout [UInt8]) {
        guard digits > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        bytes.appendDecimal(UInt64(nanoseconds) / PowersOfTen.small[9 - digits], width: digits)
    }

    /// Rounds half up to `digits` digits; the result may be a whole second.
    static func rounded(_ nanoseconds: Int, digits: Int) -> Int {
        let unit = Int(PowersOfTen.small[9 - min(max(digits, 0), 9)])
        return (nanoseconds + unit / 2) / unit * unit
    }
}
