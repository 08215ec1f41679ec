import HindsightValues

/// Code points, and texts that stand for octets.
extension StringFunctions {
    static let codes: [Function] = [
        Function(
            "CODEPOINT", aliases: ["ASCII", "UNICODE"], [.init("text", .text)],
            summary: "the number of the first code point; of an empty text 0",
            example: .init("CODEPOINT('é')", gives: "233"),
            body: .unary { (text) throws(EvaluationFailure) in
                .int(Int64(try string(text).unicodeScalars.first?.value ?? 0))
            }),
        Function(
            "CHR", [.init("codepoint", .int)], summary: "the text of one code point",
            example: .init("CHR(233)", gives: "'é'"),
            body: .unary { (code) throws(EvaluationFailure) in
                let code = try integer(code)
                guard let bits = UInt32(exactly: code), let scalar = Unicode.Scalar(bits) else {
                    throw .mismatch("there is no code point \(code)")
                }
                return .string(String(Character(scalar)))
            }),
        Function(
            "INITCAP", [.init("text", .text)],
            summary: "the text with the first letter of each word in upper case, all others in lower case",
            example: .init("INITCAP('hello wORLD')", gives: "'Hello World'"),
            body: .unary { (text) throws(EvaluationFailure) in .string(initialCapitals(try string(text))) }),
        Function(
            "TRANSLATE", [.init("text", .text), .init("from", .text), .init("to", .text)],
            summary: "the text with code points exchanged for those at the same place; those without are taken out",
            example: .init("TRANSLATE('12345', '143', 'ax')", gives: "'a2x5'"),
            body: .ternary { (text, from, to) throws(EvaluationFailure) in
                .string(translated(try string(text), from: try string(from), to: try string(to)))
            }),
    ]

    static let encodings: [Function] = [
        Function(
            "HEX", aliases: ["TO_HEX"], [.init("value", [.text, .binary, .int])],
            summary: "the octets of a text or binary value, or an integer, in hexadecimal digits",
            example: .init("HEX('Az')", gives: "'417A'"),
            body: .unary { (value) throws(EvaluationFailure) in
                if case .int(let number) = value {
                    return .string(String(UInt64(bitPattern: number), radix: 16, uppercase: true))
                }
                var digits: [UInt8] = []
                for octet in try octets(value) {
                    digits.append(hexDigits[Int(octet >> 4)])
                    digits.append(hexDigits[Int(octet & 15)])
                }
                return .string(String(decoding: digits, as: UTF8.self))
            }),
        Function(
            "UNHEX", aliases: ["FROM_HEX"], [.init("text", .text)],
            summary: "the binary value that hexadecimal digits stand for",
            example: .init("UNHEX('417A')", gives: "`{{QXo=}}`"),
            body: .unary { (text) throws(EvaluationFailure) in
                let text = try string(text)
                let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
                guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else {
                    throw .mismatch("the text '\(text.preview)' is not pairs of hexadecimal digits")
                }
                return .blob(
                    stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
            }),
        Function(
            "TO_BASE64", [.init("value", [.text, .binary])],
            summary: "the octets of a text or binary value in Base64",
            example: .init("TO_BASE64('hi')", gives: "'aGk='"),
            body: .unary { (value) throws(EvaluationFailure) in
                var text: [UInt8] = []
                Base64.append(try octets(value), to: &text)
                return .string(String(decoding: text, as: UTF8.self))
            }),
        Function(
            "FROM_BASE64", [.init("text", .text)], summary: "the binary value that a text in Base64 stands for",
            example: .init("FROM_BASE64('aGk=')", gives: "`{{aGk=}}`"),
            body: .unary { (text) throws(EvaluationFailure) in
                let text = try string(text)
                guard let octets = try? Base64.decode(text.utf8Span.span) else {
                    throw .mismatch("the text '\(text.preview)' is not Base64")
                }
                return .blob(octets)
            }),
        Function(
            "URL_ENCODE", [.init("text", .text)],
            summary: "the text with all but letters, digits and - . _ ~ as % and hexadecimal digits",
            example: .init("URL_ENCODE('a b/é')", gives: "'a%20b%2F%C3%A9'"),
            body: .unary { (text) throws(EvaluationFailure) in .string(percentEncoded(try string(text))) }),
        Function(
            "URL_DECODE", [.init("text", .text)], summary: "the text that URL_ENCODE was given",
            example: .init("URL_DECODE('a%20b%2F%C3%A9')", gives: "'a b/é'"),
            body: .unary { (text) throws(EvaluationFailure) in
                let text = try string(text)
                guard let decoded = percentDecoded(text) else {
                    throw .mismatch("the text '\(text.preview)' has a '%' without two digits, or is not UTF-8")
                }
                return .string(decoded)
            }),
        Function(
            "FROM_UTF8", [.init("value", .binary)], summary: "the text of a binary value in UTF-8",
            example: .init("FROM_UTF8(`{{aGk=}}`)", gives: "'hi'"),
            body: .unary { (value) throws(EvaluationFailure) in
                guard let text = String(validating: try octets(value), as: UTF8.self) else {
                    throw .mismatch("the binary value is no UTF-8 text")
                }
                return .string(text)
            }),
        Function(
            "TO_UTF8", [.init("text", .text)], summary: "the octets of a text in UTF-8",
            example: .init("TO_UTF8('hi')", gives: "`{{aGk=}}`"),
            body: .unary { (text) throws(EvaluationFailure) in .blob(try octets(text)) }),
    ]

    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    /// The octets of a binary value, or of a text in UTF-8.
    private static func octets(_ value: Value) throws(EvaluationFailure) -> [UInt8] {
        if let bytes = value.bytes { return bytes }
        return Array(try string(value).utf8)
    }

    /// A word is a run of letters and digits.
    private static func initialCapitals(_ text: String) -> String {
        var result = ""
        var isInWord = false
        for scalar in text.unicodeScalars {
            result += isInWord ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
            isInWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
        return result
    }

    private static func translated(_ text: String, from: String, to: String) -> String {
        let replacements = Array(to.unicodeScalars)
        var table: [Unicode.Scalar: Int] = [:]
        for (place, scalar) in from.unicodeScalars.enumerated() where table[scalar] == nil { table[scalar] = place }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard let place = table[scalar] else {
                result.append(scalar)
                continue
            }
            if place < replacements.count { result.append(replacements[place]) }
        }
        return String(result)
    }

    /// The unreserved characters of RFC 3986, section 2.3, stay.
    private static func percentEncoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if byte < 0x80,
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-._~".unicodeScalars.contains(scalar)
            {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func percentDecoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }),
                let low = rest.popFirst().flatMap({ Character(Unicode.Scalar($0)).hexDigitValue })
            else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
