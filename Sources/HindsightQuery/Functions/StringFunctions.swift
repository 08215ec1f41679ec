import HindsightValues

/// Functions on text.
enum StringFunctions {
    static let all = lengths + cases + parts + pieces + searches + builders + joins + codes + encodings

    private static let text = Function.Parameter("text", .text)

    private static let lengths: [Function] = [
        Function(
            "CHAR_LENGTH", aliases: ["CHARACTER_LENGTH", "LENGTH"], [text], refusesLiterals: true,
            summary: "the number of code points", example: .init("CHAR_LENGTH('naïve')", gives: "5"),
            body: .unary { (value) throws(EvaluationFailure) in .int(Int64(try string(value).codePointCount)) }),
        Function(
            "OCTET_LENGTH", [.init("text", [.text, .binary])],
            summary: "the number of bytes, of text in UTF-8", example: .init("OCTET_LENGTH('naïve')", gives: "6"),
            body: .unary { (value) throws(EvaluationFailure) in .int(Int64(try byteCount(value))) }),
        Function(
            "BIT_LENGTH", [.init("text", [.text, .binary])],
            summary: "the number of bits, of text in UTF-8", example: .init("BIT_LENGTH('abc')", gives: "24"),
            body: .unary { (value) throws(EvaluationFailure) in .int(Int64(try byteCount(value)) * 8) }),
    ]

    private static let cases: [Function] = [
        Function(
            "LOWER", [text], refusesLiterals: true, summary: "the text in lower case, in any script",
            example: .init("LOWER('ÉTÉ')", gives: "'été'"),
            body: .unary { (value) throws(EvaluationFailure) in .string(try string(value).inLowerCase) }),
        Function(
            "UPPER", [text], refusesLiterals: true, summary: "the text in upper case, in any script; it may get longer",
            example: .init("UPPER('straße')", gives: "'STRASSE'"),
            body: .unary { (value) throws(EvaluationFailure) in .string(try string(value).inUpperCase) }),
        Function(
            "REVERSE", [text], summary: "the code points in reverse order",
            example: .init("REVERSE('abc')", gives: "'cba'"),
            body: .unary { (value) throws(EvaluationFailure) in
                var reversed = String.UnicodeScalarView()
                reversed.append(contentsOf: try string(value).unicodeScalars.reversed())
                return .string(String(reversed))
            }),
    ]

    private static let parts: [Function] = [
        Function(
            "SUBSTRING", aliases: ["SUBSTR"], [text, .init("start", .int), .init("length", .int)],
            arity: .optional(1), refusesLiterals: true,
            summary: "the part from a place (counted from 1) on; also SUBSTRING(text FROM start FOR length)",
            example: .init("SUBSTRING('hindsight', 5, 5)", gives: "'sight'"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                let count = arguments.count > 2 ? try integer(arguments[2]) : nil
                if let count, count < 0 { throw .mismatch("the length of a substring is negative: \(count)") }
                return .string(try string(arguments[0]).codePoints(from: try integer(arguments[1]), count: count))
            }),
        trim("TRIM", aliases: ["BTRIM"], leading: true, trailing: true, "at both ends", "TRIM('  fog ')", "'fog'"),
        trim("LTRIM", leading: true, trailing: false, "at the beginning", "LTRIM('  fog ')", "'fog '"),
        trim("RTRIM", leading: false, trailing: true, "at the end", "RTRIM('  fog ')", "'  fog'"),
        Function(
            "OVERLAY", [text, .init("replacement", .text), .init("start", .int), .init("length", .int)],
            arity: .optional(1),
            summary: "the text with a part replaced; also OVERLAY(text PLACING replacement FROM start FOR length)",
            example: .init("OVERLAY('Tuesday' PLACING 'Thurs' FROM 1 FOR 4)", gives: "'Thursday'"),
            body: .variadic { (arguments) throws(EvaluationFailure) in try overlay(arguments) }),
        Function(
            "SPLIT", [text, .init("separator", .text)], summary: "the list of the texts between separators",
            example: .init("SPLIT('a,b,c', ',')", gives: "['a', 'b', 'c']"),
            body: .binary { (text, separator) throws(EvaluationFailure) in
                .list(try string(text).split(at: try string(separator)).map { .string($0) })
            }),
    ]

    private static let searches: [Function] = [
        Function(
            "POSITION", [.init("part", .text), .init("text", .text)],
            summary: "the place where the part first occurs, counted from 1, or 0; also POSITION(part IN text)",
            example: .init("POSITION('sight' IN 'hindsight')", gives: "5"),
            body: .binary { (part, text) throws(EvaluationFailure) in
                position(of: try string(part), in: try string(text))
            }),
        Function(
            "STRPOS", aliases: ["INSTR"], [text, .init("part", .text)],
            summary: "the place where the part first occurs, counted from 1, or 0",
            example: .init("STRPOS('hindsight', 'sight')", gives: "5"),
            body: .binary { (text, part) throws(EvaluationFailure) in
                position(of: try string(part), in: try string(text))
            }),
        Function(
            "BEGINS_WITH", aliases: ["STARTS_WITH"],
            [.init("value", [.text, .binary]), .init("prefix", [.text, .binary])],
            summary: "whether a text or binary value begins with another",
            example: .init("begins_with('hindsight', 'hind')", gives: "true"),
            body: .binary { (value, prefix) throws(EvaluationFailure) in
                try affix(value, prefix, ofText: { $0.hasBytePrefix($1) }, ofBytes: { $0.starts(with: $1) })
            }),
        Function(
            "ENDS_WITH", [.init("value", [.text, .binary]), .init("suffix", [.text, .binary])],
            summary: "whether a text or binary value ends with another",
            example: .init("ENDS_WITH('hindsight', 'sight')", gives: "true"),
            body: .binary { (value, suffix) throws(EvaluationFailure) in
                try affix(
                    value, suffix, ofText: { $0.hasByteSuffix($1) },
                    ofBytes: { $0.count >= $1.count && $0.suffix($1.count).elementsEqual($1) })
            }),
        Function(
            "CONTAINS", [.init("value", [.text, .collection]), .init("part", .any)],
            summary: "whether a text has a part, or a collection an element",
            example: .init("contains('hindsight', 'dsi')", gives: "true"),
            body: .binary { (value, part) throws(EvaluationFailure) in
                if let elements = value.elements { return .bool(elements.contains { $0.isEqual(to: part) }) }
                guard let part = part.text else { return .bool(false) }
                return .bool(try string(value).firstByteOffset(of: part) != nil)
            }),
    ]

    private static let builders: [Function] = [
        Function(
            "CONCAT", [text], arity: .repeating, summary: "the texts one after another, as || does",
            example: .init("CONCAT('hind', 'sight')", gives: "'hindsight'"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                var result = ""
                for argument in arguments {
                    result += try string(argument)
                    try checkLength(bytes: result.utf8.count, times: 1)
                }
                return .string(result)
            }),
        Function(
            "REPLACE", aliases: ["TEXT_REPLACE"], [text, .init("search", .text), .init("replacement", .text)],
            summary: "the text with each occurrence of a part replaced",
            example: .init("REPLACE('a-b-c', '-', '+')", gives: "'a+b+c'"),
            body: .ternary { (text, search, replacement) throws(EvaluationFailure) in
                let (text, search) = (try string(text), try string(search))
                let replacement = try string(replacement)
                if replacement.utf8.count > search.utf8.count {
                    try checkLength(bytes: replacement.utf8.count, times: Int64(text.occurrenceCount(of: search)))
                }
                return .string(text.replacingOccurrences(of: search, with: replacement))
            }),
        Function(
            "REPEAT", [text, .init("count", .int)], summary: "the text so many times",
            example: .init("REPEAT('ab', 3)", gives: "'ababab'"),
            body: .binary { (text, count) throws(EvaluationFailure) in
                let text = try string(text)
                let count = max(0, try integer(count))
                try checkLength(bytes: text.utf8.count, times: count)
                return .string(String(repeating: text, count: Int(count)))
            }),
        pad(
            "LPAD", atStart: true, "the text filled up at its beginning, or cut, to a length", "LPAD('7', 3, '0')",
            "'007'"),
        pad("RPAD", atStart: false, "the text filled up at its end, or cut, to a length", "RPAD('7', 3, '.')", "'7..'"),
    ]

    /// The most bytes that one function may build: 64 MiB.
    static let longestText = 64 << 20

    static func checkLength(bytes: Int, times count: Int64) throws(EvaluationFailure) {
        let (product, overflows) = Int64(bytes).multipliedReportingOverflow(by: count)
        if overflows || product > Int64(longestText) {
            throw .failed(.limitExceeded, "the text would be longer than \(longestText) bytes")
        }
    }

    private static func trim(
        _ name: String, aliases: [String] = [], leading: Bool, trailing: Bool, _ place: String, _ call: String,
        _ result: String
    ) -> Function {
        Function(
            name, aliases: aliases, [text, .init("characters", .text)], arity: .optional(1), refusesLiterals: true,
            summary: "the text without spaces, or without given characters, \(place)",
            example: .init(call, gives: result),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                let characters = arguments.count > 1 ? try string(arguments[1]) : " "
                return .string(try string(arguments[0]).trimmed(characters, leading: leading, trailing: trailing))
            })
    }

    private static func pad(
        _ name: String, atStart: Bool, _ summary: String, _ call: String, _ result: String
    ) -> Function {
        Function(
            name, [text, .init("length", .int), .init("fill", .text)], arity: .optional(1),
            summary: summary, example: .init(call, gives: result),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                let text = try string(arguments[0])
                let fill = arguments.count > 2 ? try string(arguments[2]) : " "
                let length = max(0, try integer(arguments[1]))
                let missing = length - Int64(text.codePointCount)
                guard missing > 0, !fill.isEmpty else { return .string(text.codePoints(from: 1, count: length)) }
                try checkLength(bytes: 4, times: length)
                let times = Int(missing) / fill.codePointCount + 1
                try checkLength(bytes: fill.utf8.count, times: Int64(times))
                let padding = String(repeating: fill, count: times).codePoints(from: 1, count: missing)
                return .string(atStart ? padding + text : text + padding)
            })
    }

    private static func position(of part: String, in text: String) -> Value {
        guard let offset = text.firstByteOffset(of: part) else { return .int(0) }
        return .int(Int64(text.slice(0..<offset).codePointCount) + 1)
    }

    private static func overlay(_ arguments: [Value]) throws(EvaluationFailure) -> Value {
        let text = try string(arguments[0])
        let replacement = try string(arguments[1])
        let start = try integer(arguments[2])
        let length = arguments.count > 3 ? try integer(arguments[3]) : Int64(replacement.codePointCount)
        let (end, overflows) = start.addingReportingOverflow(max(0, length))
        let rest = overflows ? "" : text.codePoints(from: max(end, 1))
        return .string(text.codePoints(from: 1, count: max(0, start - 1)) + replacement + rest)
    }

    private static func byteCount(_ value: Value) throws(EvaluationFailure) -> Int {
        if let bytes = value.bytes { return bytes.count }
        return try string(value).utf8.count
    }

    /// Compares two texts or two binary values; a text and a binary value are a mismatch.
    private static func affix(
        _ value: Value, _ affix: Value, ofText: (String, String) -> Bool, ofBytes: ([UInt8], [UInt8]) -> Bool
    ) throws(EvaluationFailure) -> Value {
        if let text = value.text, let part = affix.text { return .bool(ofText(text, part)) }
        if let bytes = value.bytes, let part = affix.bytes { return .bool(ofBytes(bytes, part)) }
        throw .mismatch("expected two strings or two binary values, found \(value.kindPhrase) and \(affix.kindPhrase)")
    }
}
