extension KeyCode {
    /// Exponents (to the base 100) that the tag itself tells.
    static let exponentsInTag = 0...10

    /// Appends the number component of an integer.
    package static func append(_ integer: Int64, to key: inout [UInt8]) {
        guard integer != 0 else { return key.append(Tag.zero) }
        var digits = CentesimalDigits(scale: 0)
        digits.append(integer.magnitude)
        append(digits, isNegative: integer < 0, to: &key)
    }

    /// Appends the number component of a decimal number.
    static func append(_ number: Number, to key: inout [UInt8]) {
        guard !number.isZero else { return key.append(Tag.zero) }
        // An odd power of ten leaves the lowest decimal digit in the tens of the lowest digit to the base 100.
        let isOdd = number.exponent & 1 != 0
        var digits = CentesimalDigits(scale: number.exponent >> 1)
        var rest = number.coefficient
        if isOdd {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
            digits.append(digit: UInt8(truncatingIfNeeded: remainder) * 10)
            rest = quotient
        }
        digits.append(rest)
        append(digits, isNegative: number.isNegative, to: &key)
    }

    private static func append(_ digits: CentesimalDigits, isNegative: Bool, to key: inout [UInt8]) {
        let mask: UInt8 = isNegative ? 0xFF : 0
        let exponent = digits.exponent
        appendTag(exponent: exponent, isNegative: isNegative, to: &key)
        if !exponentsInTag.contains(exponent) {
            key.append(UInt8(truncatingIfNeeded: exponent < 0 ? exponent + 128 : exponent) ^ mask)
        }
        for position in stride(from: digits.count - 1, to: 0, by: -1) {
            key.append((2 * digits[position] + 1) ^ mask)
        }
        key.append((2 * digits[0]) ^ mask)
    }

    private static func appendTag(exponent: Int, isNegative: Bool, to key: inout [UInt8]) {
        let place = min(max(exponent, exponentsInTag.lowerBound - 1), exponentsInTag.upperBound + 1) + 2
        key.append(UInt8(truncatingIfNeeded: Int(Tag.zero) + (isNegative ? -place : place)))
    }
}

/// The digits of a number above zero to the base 100, gathered from the lowest up, without zeros at the low end.
struct CentesimalDigits {
    /// 38 decimal digits that straddle pairs, and no more, take 20.
    private var digits = InlineArray<20, UInt8>(repeating: 0)
    private(set) var count = 0
    /// The power of 100 by which the lowest digit counts.
    private var scale: Int

    init(scale: Int) {
        self.scale = scale
    }

    /// The number lies in 0.01 × 100^exponent … 1 × 100^exponent.
    var exponent: Int { scale + count }

    /// The digit at `position`, 0 being the lowest.
    subscript(position: Int) -> UInt8 { digits[position] }

    mutating func append(digit: UInt8) {
        if count == 0 && digit == 0 {
            scale += 1
        } else {
            digits[count] = digit
            count += 1
        }
    }

    /// Appends the digits of `integer`, up to its highest that is not zero.
    mutating func append(_ integer: UInt64) {
        var rest = integer
        while rest != 0 {
            let quotient = rest / 100
            append(digit: UInt8(truncatingIfNeeded: rest &- quotient &* 100))
            rest = quotient
        }
    }

    /// Appends the digits of `integer`, in limbs of nine digits that 64 bits hold.
    mutating func append(_ integer: UInt128) {
        var rest = integer
        while rest > UInt64.max {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 1_000_000_000_000_000_000)
            var limb = UInt64(truncatingIfNeeded: remainder)
            for _ in 0..<9 {
                append(digit: UInt8(truncatingIfNeeded: limb % 100))
                limb /= 100
            }
            rest = quotient
        }
        append(UInt64(truncatingIfNeeded: rest))
    }
}
