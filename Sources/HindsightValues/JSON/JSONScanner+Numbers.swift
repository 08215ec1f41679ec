/// Numbers of JSON: `[-] (0 | [1-9] digits) [. digits] [(e | E) [+ | -] digits]`.
extension JSONScanner {
    mutating func scanNumber() throws(ValueError) -> JSONToken {
        let start = position
        let isNegative = isAt("-")
        if isNegative { position += 1 }
        let firstDigit = position
        var magnitude: UInt64 = 0
        while position < bytes.count, let digit = bytes[position].decimalDigit {
            magnitude = magnitude &* 10 &+ UInt64(digit)
            position += 1
        }
        let digits = position - firstDigit
        guard digits > 0, digits == 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
            throw numberFault(at: digits == 0 ? position : firstDigit + 1)
        }
        let isInteger = !(isAt(".") || isAt("e") || isAt("E"))
        // 18 digits cannot overflow.
        if isInteger && digits <= 18 { return .int(isNegative ? -Int64(magnitude) : Int64(magnitude)) }
        return try scanLongNumber(start: start, firstDigit: firstDigit, isNegative: isNegative, isInteger: isInteger)
    }

    /// Reads the digits once more, for a number with more than 18 of them, with a point, or with an exponent.
    private mutating func scanLongNumber(
        start: Int, firstDigit: Int, isNegative: Bool, isInteger: Bool
    ) throws(ValueError) -> JSONToken {
        position = firstDigit
        var digits = DigitAccumulator()
        digits.appendDigits(bytes, &position)
        if isAt(".") {
            position += 1
            let fraction = position
            digits.appendFraction(bytes, &position)
            guard position > fraction else { throw numberFault(at: position) }
        }
        let exponent = try scanExponent()
        let number = try digits.number(exponent: exponent, isNegative: isNegative, excessDigits: .refused)
        if isInteger, let integer = number.exactInt64 { return .int(integer) }
        return .decimal(number)
    }

    private mutating func scanExponent() throws(ValueError) -> Int {
        do {
            return try Number.parseExponent(bytes, &position)
        } catch .invalidNumber(let offset) {
            throw numberFault(at: offset)
        }
    }

    private func numberFault(at offset: Int) -> ValueError {
        .invalidJSON(offset < bytes.count ? .invalidNumber : .unexpectedEnd, offset: offset)
    }
}
