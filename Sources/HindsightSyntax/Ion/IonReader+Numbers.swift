import HindsightValues

/// Numbers and timestamps.
extension IonReader {
    mutating func numberOrTimestamp() throws(IonFault) -> Value {
        let start = position
        while let byte, byte.isIonNumeric { position += 1 }
        let token = bytes[start..<position]
        return isTimestamp(token) ? .timestamp(try timestamp(token)) : try number(token)
    }

    /// Four digits, then `-` or `T`.
    private func isTimestamp(_ token: ArraySlice<UInt8>) -> Bool {
        guard let mark = token.dropFirst(4).first, token.prefix(4).allSatisfy(\.isASCIIDigit) else { return false }
        return mark == UInt8(ascii: "-") || mark == UInt8(ascii: "T")
    }

    // MARK: Numbers

    private func number(_ token: ArraySlice<UInt8>) throws(IonFault) -> Value {
        let isNegative = token.first == UInt8(ascii: "-")
        let digits = isNegative ? token.dropFirst() : token
        if let radix = radix(digits) { return try integer(digits.dropFirst(2), radix: radix, isNegative: isNegative) }
        guard hasSoundUnderscores(digits), hasSoundStart(digits) else {
            throw fault("this is no Ion number", at: token.startIndex)
        }
        let text = token.filter { $0 != UInt8(ascii: "_") }
        if text.contains(where: { $0 & 0xDF == UInt8(ascii: "E") }) {
            guard let float = Double(String(decoding: text, as: UTF8.self)) else {
                throw fault("this is no Ion number", at: token.startIndex)
            }
            return .float(float)
        }
        let isDecimal = text.contains { $0 == UInt8(ascii: ".") || $0 & 0xDF == UInt8(ascii: "D") }
        if !isDecimal, let integer = Int64(String(decoding: text, as: UTF8.self)) { return .int(integer) }
        return .decimal(try decimal(text, at: token.startIndex))
    }

    private func radix(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.first == UInt8(ascii: "0"), let mark = digits.dropFirst().first else { return nil }
        return mark & 0xDF == UInt8(ascii: "X") ? 16 : mark & 0xDF == UInt8(ascii: "B") ? 2 : nil
    }

    /// Each underscore between two digits.
    private func hasSoundUnderscores(_ digits: ArraySlice<UInt8>) -> Bool {
        digits.indices.allSatisfy { index in
            digits[index] != UInt8(ascii: "_")
                || (index > digits.startIndex && index + 1 < digits.endIndex && digits[index - 1].isHexadecimal
                    && digits[index + 1].isHexadecimal)
        }
    }

    /// No zero before another digit.
    private func hasSoundStart(_ digits: ArraySlice<UInt8>) -> Bool {
        guard digits.first == UInt8(ascii: "0"), let second = digits.dropFirst().first else { return true }
        return !second.isASCIIDigit && second != UInt8(ascii: "_")
    }

    /// Hexadecimal and binary integers; those beyond 64 bits, up to 126, as decimals.
    private func integer(_ digits: ArraySlice<UInt8>, radix: Int, isNegative: Bool) throws(IonFault) -> Value {
        let text = String(decoding: digits.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
        guard hasSoundUnderscores(digits), text.first != "+", text.first != "-",
            let magnitude = UInt128(text, radix: radix)
        else { throw fault("this is no Ion integer of up to 38 digits", at: digits.startIndex) }
        let decimal = (isNegative ? "-" : "") + String(magnitude)
        if let integer = Int64(decimal) { return .int(integer) }
        return .decimal(try self.decimal(Array(decimal.utf8), at: digits.startIndex))
    }

    private func decimal(_ text: [UInt8], at offset: Int) throws(IonFault) -> Number {
        let text = text.map { $0 & 0xDF == UInt8(ascii: "D") ? UInt8(ascii: "e") : $0 }
        do throws(ValueError) {
            return try Number.parse(text.span, excessDigits: .rounded)
        } catch {
            switch error {
            case .numberOverflow: throw fault("the number is larger than 9.99…E+125", at: offset)
            case .numberUnderflow: throw fault("the number is smaller than 1E-130", at: offset)
            default: throw fault("this is no Ion number", at: offset)
            }
        }
    }

    // MARK: Timestamps

    /// `2000T`, `2000-01T`, `2000-01-01`, `2000-01-01T`, `2000-01-01T00:00Z` and finer. A time of day has an offset.
    private func timestamp(_ token: ArraySlice<UInt8>) throws(IonFault) -> Timestamp {
        let text = String(decoding: token, as: UTF8.self)
        do throws(ValueError) {
            let timestamp = try Timestamp.parse(text)
            guard timestamp.zone != .none else { throw .invalidTime(offset: token.count) }
            guard timestamp.date.year > 0 else { throw .invalidTime(offset: 0) }
            return timestamp
        } catch {
            var offset = token.startIndex
            if case .invalidTime(let place) = error { offset += min(place, token.count - 1) }
            throw fault("there is no such Ion timestamp: they are written `YYYY-MM-DDThh:mm:ssZ`", at: offset)
        }
    }
}

extension UInt8 {
    /// What may stand in a number or a timestamp.
    fileprivate var isIonNumeric: Bool {
        isNamePart || self == UInt8(ascii: ".") || self == UInt8(ascii: "-") || self == UInt8(ascii: "+")
            || self == UInt8(ascii: ":")
    }

    fileprivate var isHexadecimal: Bool {
        isASCIIDigit || ((self & 0xDF) >= UInt8(ascii: "A") && (self & 0xDF) <= UInt8(ascii: "F"))
    }
}
