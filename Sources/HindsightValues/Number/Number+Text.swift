/// Numbers as ASCII text.
extension Number: CustomStringConvertible, LosslessStringConvertible {
    /// Plain digits (`-12.50`, `0.000012`), or scientific notation where that would take more zeros than a reader counts
    /// (`1.5E+40`, `1E-9`): the rule of the General Decimal Arithmetic specification, "to-scientific-string".
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads a number; nil where `parse` throws.
    public init?(_ text: String) {
        guard let number = try? Number.parse(text) else { return nil }
        self = number
    }

    /// Appends the text of `description`.
    public func append(to bytes: inout [UInt8]) {
        let adjusted = adjustedExponent
        if exponent <= 0 && adjusted >= -6 {
            appendPlain(to: &bytes)
        } else {
            appendScientific(to: &bytes)
        }
    }

    /// Appends all digits without an exponent, up to 169 characters.
    public func appendPlain(to bytes: inout [UInt8]) {
        if isNegative { bytes.append(UInt8(ascii: "-")) }
        if exponent >= 0 {
            appendDigits(to: &bytes)
            if !isZero { bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: exponent)) }
            return
        }
        let leadingZeros = -exponent - digitCount
        if leadingZeros >= 0 {
            bytes.append(UInt8(ascii: "0"))
            bytes.append(UInt8(ascii: "."))
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: leadingZeros))
            appendDigits(to: &bytes)
        } else {
            appendDigits(to: &bytes)
            bytes.insert(UInt8(ascii: "."), at: bytes.count + exponent)
        }
    }

    /// Appends one digit before the point, and an exponent.
    public func appendScientific(to bytes: inout [UInt8]) {
        if isNegative { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        appendDigits(to: &bytes)
        let adjusted = exponent + bytes.count - start - 1
        if bytes.count - start > 1 { bytes.insert(UInt8(ascii: "."), at: start + 1) }
        bytes.append(UInt8(ascii: "E"))
        bytes.append(UInt8(ascii: adjusted < 0 ? "-" : "+"))
        bytes.appendDecimal(UInt64(adjusted.magnitude))
    }

    /// Appends the digits of the coefficient, without sign and point.
    public func appendDigits(to bytes: inout [UInt8]) {
        guard high != 0 else { return bytes.appendDecimal(low) }
        let (upper, lower) = coefficient.quotientAndRemainder(dividingBy: PowersOfTen.power(19))
        // 38 digits are two blocks of 19.
        bytes.appendDecimal(UInt64(truncatingIfNeeded: upper))
        bytes.appendDecimal(UInt64(truncatingIfNeeded: lower), width: 19)
    }
}

extension [UInt8] {
    /// Appends the decimal digits of an integer, filled with zeros on the left up to `width`.
    mutating func appendDecimal(_ value: UInt64, width: Int = 1) {
        let digits = Swift.max(width, PowersOfTen.digitCount(value))
        append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digits))
        var rest = value
        var position = count - 1
        while rest != 0 {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            self[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit)
            rest = quotient
            position -= 1
        }
    }

    /// Appends the decimal digits of a signed integer.
    mutating func appendDecimal(_ value: Int64) {
        if value < 0 { append(UInt8(ascii: "-")) }
        appendDecimal(value.magnitude)
    }
}
