import HindsightValues

/// Strings, quoted symbols and lobs.
extension IonReader {
    /// What stands between the quotation marks that start here, escapes resolved.
    mutating func shortText() throws(IonFault) -> String {
        let start = position
        let quote = bytes[position]
        position += 1
        var text: [UInt8] = []
        while true {
            guard let byte, byte != UInt8(ascii: "\n") else { throw fault("the Ion text has no end", at: start) }
            if byte == quote { break }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &text, isClob: false)
            } else {
                text.append(byte)
                position += 1
            }
        }
        position += 1
        return String(decoding: text, as: UTF8.self)
    }

    /// `'''a''' '''b'''`: the segments that follow one another, joined.
    mutating func longText() throws(IonFault) -> String {
        var text: [UInt8] = []
        try longSegments(into: &text, isClob: false)
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func longSegments(into text: inout [UInt8], isClob: Bool) throws(IonFault) {
        while isAtTripleQuote {
            let start = position
            position += 3
            while !isAtTripleQuote {
                guard let byte else { throw fault("the Ion text has no end", at: start) }
                if byte == UInt8(ascii: "\\") {
                    try escape(into: &text, isClob: isClob)
                } else {
                    // Line ends are one character, however they are written.
                    if !(byte == UInt8(ascii: "\r") && at("\n", 1)) { text.append(byte) }
                    position += 1
                }
            }
            position += 3
            let end = position
            try skipSpace()
            if !isAtTripleQuote { position = end }
        }
    }

    private var isAtTripleQuote: Bool { at("'") && at("'", 1) && at("'", 2) }

    // MARK: Escapes

    private mutating func escape(into text: inout [UInt8], isClob: Bool) throws(IonFault) {
        let start = position
        position += 1
        guard let code = byte else { throw fault("the Ion text has no end", at: start) }
        position += 1
        switch code {
        case UInt8(ascii: "a"): text.append(0x07)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "v"): text.append(0x0B)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "0"): text.append(0x00)
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "?"):
            text.append(code)
        case UInt8(ascii: "\n"): break
        case UInt8(ascii: "\r"): if at("\n") { position += 1 }
        case UInt8(ascii: "x") where isClob: text.append(UInt8(truncatingIfNeeded: try hexadecimal(2)))
        case UInt8(ascii: "x"): try append(try hexadecimal(2), to: &text, start)
        case UInt8(ascii: "u") where !isClob: try append(try scalarCode(), to: &text, start)
        case UInt8(ascii: "U") where !isClob: try append(try hexadecimal(8), to: &text, start)
        default: throw fault("there is no such escape in Ion", at: start)
        }
    }

    private mutating func hexadecimal(_ digits: Int) throws(IonFault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = byte.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
                throw fault("expected \(digits) hexadecimal digits in the escape")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    /// Four digits, or two times four that form a surrogate pair.
    private mutating func scalarCode() throws(IonFault) -> UInt32 {
        let high = try hexadecimal(4)
        guard (0xD800..<0xDC00).contains(high), at("\\"), at("u", 1) else { return high }
        position += 2
        let low = try hexadecimal(4)
        guard (0xDC00..<0xE000).contains(low) else { throw fault("half of a surrogate pair in the escape") }
        return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
    }

    private func append(_ code: UInt32, to text: inout [UInt8], _ start: Int) throws(IonFault) {
        guard let scalar = Unicode.Scalar(code) else { throw fault("the escape is no Unicode scalar", at: start) }
        text += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    // MARK: Lobs

    /// `{{ base64 }}`, `{{ "clob" }}` or `{{ '''clob''' }}`.
    mutating func lob() throws(IonFault) -> Value {
        let start = position
        position += 2
        skipWhite()
        let value: Value
        if at("\"") || at("'") {
            value = .clob(try clob())
        } else {
            value = .blob(try blob(start))
        }
        skipWhite()
        guard at("}"), at("}", 1) else { throw fault("the Ion blob or clob has no end", at: start) }
        position += 2
        return value
    }

    private mutating func skipWhite() {
        while let byte, byte <= UInt8(ascii: " ") { position += 1 }
    }

    private mutating func clob() throws(IonFault) -> [UInt8] {
        var text: [UInt8] = []
        if at("'") {
            guard isAtTripleQuote else { throw fault("a clob is written in \" or '''") }
            try longSegments(into: &text, isClob: true)
            return text
        }
        let start = position
        position += 1
        while !at("\"") {
            guard let byte else { throw fault("the Ion text has no end", at: start) }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &text, isClob: true)
            } else {
                text.append(byte)
                position += 1
            }
        }
        position += 1
        return text
    }

    /// Base 64 in which white space does not count.
    private mutating func blob(_ start: Int) throws(IonFault) -> [UInt8] {
        let first = position
        while let byte, byte != UInt8(ascii: "}") { position += 1 }
        let digits = bytes[first..<position].filter { $0 > UInt8(ascii: " ") }
        do throws(ValueError) {
            return try Base64.decode(digits.span)
        } catch {
            throw fault("the blob is not base 64", at: start)
        }
    }
}
