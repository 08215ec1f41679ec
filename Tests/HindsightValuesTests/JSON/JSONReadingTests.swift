import HindsightValues
import Testing

@Suite struct JSONReadingTests {
    @Test func valuesOfEveryKind() throws {
        let expectations: [(String, Value)] = [
            ("null", .null), ("true", true), ("false", false), (" \t\n\r 1 ", 1), ("-0", 0), ("-12", -12),
            ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .decimal("9223372036854775808")), ("1.50", .decimal("1.50")),
            ("1e2", .decimal("1E+2")), ("1E-130", .decimal("1E-130")), ("-0.0", .decimal("0.0")),
            ("12345678901234567890123456789012345678", .decimal("12345678901234567890123456789012345678")),
            ("\"\"", ""), ("\"a\"", "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\u0041\u00e9\u20AC\ud83d\udca9\u0000""#, "Aé€💩\u{0}"), ("\"é€💩\"", "é€💩"),
            ("\"plain text of more than eight bytes\"", "plain text of more than eight bytes"),
            ("[]", []), ("{}", [:]), ("[1,[2,[]],{}]", [1, [2, []], [:]]),
            (#"{"a":1,"b":{"c":[true,null]}}"#, ["a": 1, "b": ["c": [true, .null]]]), (#"{"":0}"#, ["": 0]),
            (#"{"a":1,"a":2}"#, ["a": 1, "a": 2]),
        ]
        for (text, value) in expectations {
            let read = try Value(json: text)
            #expect(read.isEqual(to: value), "\(text)")
            #expect(read.kind == value.kind, "\(text)")
        }
    }

    @Test func numbersKeepTheirScale() throws {
        #expect(try Value(json: "[2.50, 1e3, 0.10]").description == "[2.50, 1E+3, 0.10]")
    }

    @Test func textsAreNotNormalised() throws {
        let read = try Value(json: "\"e\u{301}\"")
        #expect(read.isEqual(to: .string("e\u{301}")))
        #expect(!read.isEqual(to: .string("é")))
    }

    @Test(arguments: [
        ("", JSONFault.unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("nul", .unexpectedEnd, 3),
        ("nulL", .unexpectedByte, 3), ("truefalse", .trailingContent, 4), ("1 2", .trailingContent, 2),
        ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), ("[1,]", .unexpectedByte, 3),
        ("[,1]", .unexpectedByte, 1),
        ("[1 2]", .unexpectedByte, 3), ("]", .unexpectedByte, 0), ("{", .unexpectedEnd, 1),
        ("{1:2}", .unexpectedByte, 1),
        (#"{"a"}"#, .unexpectedByte, 4), (#"{"a":}"#, .unexpectedByte, 5), (#"{"a":1,}"#, .unexpectedByte, 7),
        (#"{"a":1"#, .unexpectedEnd, 6), (#"{"a":1]"#, .unexpectedByte, 6), ("[1}", .unexpectedByte, 2),
        ("01", .invalidNumber, 1), ("-", .unexpectedEnd, 1), ("-a", .invalidNumber, 1), ("1.", .unexpectedEnd, 2),
        ("1.e", .invalidNumber, 2), ("1e", .unexpectedEnd, 2), ("1e+x", .invalidNumber, 3), (".5", .unexpectedByte, 0),
        ("+1", .unexpectedByte, 0), ("0x1", .trailingContent, 1), ("NaN", .unexpectedByte, 0),
        ("-00", .invalidNumber, 2),
        ("\"", .unexpectedEnd, 1), ("\"a", .unexpectedEnd, 2), ("\"abcdefghijkl", .unexpectedEnd, 13),
        ("\"\n\"", .controlCharacter, 1), ("\"abcdefgh\u{1}\"", .controlCharacter, 9), (#""\"#, .unexpectedEnd, 2),
        (#""\x""#, .invalidEscape, 2), (#""\u12"#, .unexpectedEnd, 5), (#""\u12g4""#, .invalidEscape, 5),
        (#""\ud800""#, .loneSurrogate, 1), (#""\ud800\n""#, .loneSurrogate, 1), (#""\ud800\u0041""#, .loneSurrogate, 1),
        (#""\udc00""#, .loneSurrogate, 1), (#""ab\ud83d"#, .unexpectedEnd, 9), ("'a'", .unexpectedByte, 0),
        ("\u{FEFF}1", .unexpectedByte, 0), ("// 1", .unexpectedByte, 0), ("1\u{0}", .trailingContent, 1),
    ])
    func refusesWhatIsNotJSON(text: String, fault: JSONFault, offset: Int) {
        #expect(throws: ValueError.invalidJSON(fault, offset: offset)) { try Value(json: text) }
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3], [0xE2, 0x82], [0xFF], [0xE2, 0x28, 0xA1],
        ] as [[UInt8]])
    func refusesWhatIsNotUTF8(sequence: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        #expect(throws: ValueError.invalidJSON(.invalidUTF8, offset: 3)) {
            try Value(json: [quote, 0x61, 0x62] + sequence + [quote])
        }
    }

    @Test func numbersOutOfRangeAreTheirOwnErrors() {
        #expect(throws: ValueError.numberTooPrecise) { try Value(json: String(repeating: "1", count: 39)) }
        #expect(throws: ValueError.numberOverflow) { try Value(json: "1e126") }
        #expect(throws: ValueError.numberUnderflow) { try Value(json: "1e-131") }
    }

    @Test func nestingHasALimit() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try Value(json: nested(100)) }
        #expect(throws: ValueError.nestingTooDeep(limit: 100)) { try Value(json: nested(101)) }
        #expect(throws: ValueError.nestingTooDeep(limit: 100)) {
            try Value(json: String(repeating: "[", count: 1_000_000))
        }
        let deep = String(repeating: #"{"a":"#, count: 100) + "1" + String(repeating: "}", count: 100)
        #expect(throws: Never.self) { try Value(json: deep) }
    }

    @Test func tokensComeWithTheirPlaces() throws {
        let bytes = Array(#"{"a": [1, "x\n"]} {}"#.utf8)
        var scanner = JSONScanner(bytes.span)
        var words: [String] = []
        repeat {
            switch try scanner.next() {
            case .beginObject: words.append("{\(scanner.tokenStart)")
            case .endObject: words.append("}\(scanner.tokenStart)")
            case .beginArray: words.append("[\(scanner.tokenStart)")
            case .endArray: words.append("]\(scanner.tokenStart)")
            case .name(let name): words.append("\(scanner.string(name))@\(name.start)")
            case .string(let text): words.append("\(scanner.string(text))@\(text.start)")
            case .int(let integer): words.append("\(integer)@\(scanner.tokenStart)")
            default: words.append("?")
            }
        } while scanner.depth > 0
        #expect(words == ["{0", "a@2", "[6", "1@7", "x\n@11", "]15", "}16"])
        #expect(scanner.position == 17)
        var second = JSONScanner(bytes.span, from: scanner.position)
        guard case .beginObject = try second.next() else {
            Issue.record("the second value begins with an object")
            return
        }
    }
}
