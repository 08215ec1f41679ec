import HindsightKeyValue

/// Strings of JSON: checked in full while they are passed, so that decoding them later cannot fail.
extension JSONScanner {
    /// Passes the string that starts at `position`.
    mutating func scanString() throws(ValueError) -> JSONText {
        position += 1
        let start = position
        var hasEscapes = false
        while true {
            skipPlainBytes()
            guard position < bytes.count else { throw fault() }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return JSONText(start: start, end: position - 1, hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try skipEscape()
            case 0..<0x20: throw .invalidJSON(.controlCharacter, offset: position)
            case 0x80...: try skipMultibyteScalar()
            default: position += 1
            }
        }
    }

    /// Passes ASCII that stands for itself, eight bytes at a time; what remains are at most seven bytes of it.
    private mutating func skipPlainBytes() {
        let raw = RawSpan(_elements: bytes)
        while position + 8 <= bytes.count {
            let special = JSONScanner.specialBytes(raw.loadLittleEndian(UInt64.self, at: position))
            guard special == 0 else {
                position += special.trailingZeroBitCount / 8
                return
            }
            position += 8
        }
    }

    /// Marks, by their highest bits, bytes that are a quote, a backslash, a control character, or not ASCII.
    ///
    /// A byte below n borrows when n is subtracted from it; the xor makes the byte that is looked for zero ("Bit
    /// Twiddling Hacks", Anderson). A borrow can mark one byte too many, but only behind one that is marked rightly.
    private static func specialBytes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = (word ^ ones &* 0x22) &- ones
        let backslashes = (word ^ ones &* 0x5C) &- ones
        let controls = word &- ones &* 0x20
        return (quotes | backslashes | controls | word) & (ones &* 0x80)
    }

    /// Passes a backslash and what it escapes.
    private mutating func skipEscape() throws(ValueError) {
        let start = position
        position += 1
        guard position < bytes.count else { throw fault() }
        switch bytes[position] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"): try skipUnicodeEscape(start)
        default: throw .invalidJSON(.invalidEscape, offset: position)
        }
    }

    /// Passes `uXXXX`, and a second escape where the first one is the upper half of a surrogate pair.
    private mutating func skipUnicodeEscape(_ start: Int) throws(ValueError) {
        position += 1
        switch try skipHexadecimalUnit() {
        case 0xD800..<0xDC00:
            guard isAt("\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") else {
                throw position < bytes.count ? .invalidJSON(.loneSurrogate, offset: start) : fault()
            }
            position += 2
            guard case 0xDC00..<0xE000 = try skipHexadecimalUnit() else {
                throw .invalidJSON(.loneSurrogate, offset: start)
            }
        case 0xDC00..<0xE000: throw .invalidJSON(.loneSurrogate, offset: start)
        default: break
        }
    }

    private mutating func skipHexadecimalUnit() throws(ValueError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard position < bytes.count else { throw fault() }
            guard let digit = bytes[position].hexadecimalDigit else {
                throw .invalidJSON(.invalidEscape, offset: position)
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    /// Passes a scalar of two to four bytes (The Unicode Standard, table 3-7).
    private mutating func skipMultibyteScalar() throws(ValueError) {
        let count = UTF8Sequence.length(in: bytes, at: position)
        guard count > 0 else { throw .invalidJSON(.invalidUTF8, offset: position) }
        position += count
    }
}

extension JSONScanner {
    /// The string, its escapes resolved.
    package func string(_ text: JSONText) -> String {
        if text.hasEscapes {
            var decoded: [UInt8] = []
            append(text, to: &decoded)
            return String(decoding: decoded, as: UTF8.self)
        }
        guard let string = RawSpan(_elements: bytes).string(in: text.start..<text.end) else {
            preconditionFailure("a scanned string is UTF-8")
        }
        return string
    }

    /// Appends the string's UTF-8, its escapes resolved.
    package func append(_ text: JSONText, to buffer: inout [UInt8]) {
        var position = text.start
        buffer.reserveCapacity(buffer.count + text.byteCount)
        while position < text.end {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\\") {
                appendEscaped(&position, to: &buffer)
            } else {
                buffer.append(byte)
            }
        }
    }

    /// Appends what the escape after a backslash stands for.
    private func appendEscaped(_ position: inout Int, to buffer: inout [UInt8]) {
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"):
            var scalar = UInt32(hexadecimalUnit(&position))
            if scalar & 0xFC00 == 0xD800 {
                position += 2
                scalar = 0x10000 + (scalar & 0x3FF) << 10 + UInt32(hexadecimalUnit(&position)) & 0x3FF
            }
            UTF8Sequence.append(scalar, to: &buffer)
        default: buffer.append(byte)
        }
    }

    private func hexadecimalUnit(_ position: inout Int) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            unit = unit << 4 | UInt16(bytes[position].hexadecimalDigit ?? 0)
            position += 1
        }
        return unit
    }
}
