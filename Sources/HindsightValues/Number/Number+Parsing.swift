/// Reading numbers from ASCII text.
///
///     number   = [ "+" | "-" ] ( digits [ "." [ digits ] ] | "." digits ) [ exponent ]
///     exponent = ( "e" | "E" ) [ "+" | "-" ] digits
extension Number {
    /// What happens to more than 38 significant digits. Trailing zeros are not significant.
    public enum ExcessDigits: Sendable {
        /// They are an error: stored numbers are exact.
        case refused
        /// They are rounded half to even: what PartiQL does with literals.
        case rounded
    }

    /// Reads the whole of `text`.
    ///
    /// - Throws: `invalidNumber` with the offset of the first byte that does not belong, `numberTooPrecise`,
    ///   `numberOverflow`, `numberUnderflow`.
    public static func parse(_ text: String, excessDigits: ExcessDigits = .refused) throws(ValueError) -> Number {
        var text = text
        text.makeContiguousUTF8()
        return try parse(text.utf8.span, excessDigits: excessDigits)
    }

    /// Reads the whole of `bytes`.
    ///
    /// - Throws: `invalidNumber` with the offset of the first byte that does not belong, `numberTooPrecise`,
    ///   `numberOverflow`, `numberUnderflow`.
    public static func parse(
        _ bytes: Span<UInt8>, excessDigits: ExcessDigits = .refused
    ) throws(ValueError) -> Number {
        var digits = DigitAccumulator()
        var position = 0
        let isNegative = skipSign(bytes, &position)
        let start = position
        digits.appendDigits(bytes, &position)
        var written = position - start
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            let fraction = position
            digits.appendFraction(bytes, &position)
            written += position - fraction
        }
        guard written > 0 else { throw .invalidNumber(offset: position) }
        let exponent = try parseExponent(bytes, &position)
        guard position == bytes.count else { throw .invalidNumber(offset: position) }
        return try digits.number(exponent: exponent, isNegative: isNegative, excessDigits: excessDigits)
    }

    /// Skips one sign and says whether it was a minus.
    private static func skipSign(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
        guard position < bytes.count else { return false }
        let byte = bytes[position]
        guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") else { return false }
        position += 1
        return byte == UInt8(ascii: "-")
    }

    /// Reads an exponent part if one stands at `position`, else gives 0.
    static func parseExponent(_ bytes: Span<UInt8>, _ position: inout Int) throws(ValueError) -> Int {
        guard position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") else { return 0 }
        position += 1
        let isNegative = skipSign(bytes, &position)
        let start = position
        var exponent = 0
        while position < bytes.count, let digit = bytes[position].decimalDigit {
            // Anything this large is out of range whatever the digits are, so it need not be exact.
            exponent = min(exponent * 10 + Int(digit), 1 << 48)
            position += 1
        }
        guard position > start else { throw .invalidNumber(offset: position) }
        return isNegative ? -exponent : exponent
    }
}

/// Collects the digits of one number: 38 of them count, and of the rest whether they are zeros.
struct DigitAccumulator {
    /// Full blocks of 19 digits.
    private var blocks: UInt128 = 0
    /// The block that is being filled.
    private var block: UInt64 = 0
    /// Digits kept, without leading zeros.
    private var kept = 0
    private var exponent = 0
    private var hasDropped = false
    private var firstDropped: UInt8 = 0
    private var droppedMore = false

    /// Takes the digits before the point.
    mutating func appendDigits(_ bytes: Span<UInt8>, _ position: inout Int) {
        while position < bytes.count, let digit = bytes[position].decimalDigit {
            if !append(digit) { exponent += 1 }
            position += 1
        }
    }

    /// Takes the digits after the point.
    mutating func appendFraction(_ bytes: Span<UInt8>, _ position: inout Int) {
        while position < bytes.count, let digit = bytes[position].decimalDigit {
            if append(digit) { exponent -= 1 }
            position += 1
        }
    }

    /// Takes one digit, and says whether it got a place.
    private mutating func append(_ digit: UInt8) -> Bool {
        if kept == Number.maximumDigits {
            drop(digit)
            return false
        }
        block = block * 10 + UInt64(digit)
        if kept == 0 && digit == 0 { return true }  // a leading zero moves the point and takes no place
        kept += 1
        if kept == 19 {
            blocks = UInt128(block)
            block = 0
        }
        return true
    }

    private mutating func drop(_ digit: UInt8) {
        if !hasDropped {
            hasDropped = true
            firstDropped = digit
        } else if digit != 0 {
            droppedMore = true
        }
    }

    private var coefficient: UInt128 {
        kept < 19 ? UInt128(block) : blocks * PowersOfTen.power(kept - 19) + UInt128(block)
    }

    /// The number that the digits make.
    func number(
        exponent written: Int, isNegative: Bool, excessDigits: Number.ExcessDigits
    ) throws(ValueError) -> Number {
        guard firstDropped != 0 || droppedMore else {
            return try Number.checked(coefficient, exponent: exponent + written, isNegative: isNegative)
        }
        if excessDigits == .refused { throw .numberTooPrecise }
        let isOdd = coefficient & 1 == 1
        let roundsUp = firstDropped > 5 || (firstDropped == 5 && (droppedMore || isOdd))
        return try Number.checkedAfterRounding(
            roundsUp ? coefficient + 1 : coefficient, exponent: exponent + written, isNegative: isNegative)
    }
}

extension UInt8 {
    /// The value of an ASCII digit.
    @inline(__always)
    var decimalDigit: UInt8? {
        let value = self &- UInt8(ascii: "0")
        return value < 10 ? value : nil
    }
}
