import HindsightSyntax
import HindsightValues
import Testing

struct IonReaderTests {
    private func value(_ text: String) throws -> Value {
        try IonReader.value(of: Array(text.utf8))
    }

    private func expect(_ table: [(String, Value)]) throws {
        for (text, expected) in table {
            let value = try value(text)
            #expect(Literal(value) == Literal(expected), "\(text): \(value)")
        }
    }

    @Test func scalars() throws {
        try expect([
            ("null", .null), ("null.struct", .null), ("true", .bool(true)), (" false ", .bool(false)),
            ("nan", .float(.nan)), ("+inf", .float(.infinity)), ("-inf", .float(-.infinity)), ("abc", .symbol("abc")),
            ("'a b'", .symbol("a b")), ("'it\\'s'", .symbol("it's")), ("$x_1", .symbol("$x_1")),
            ("ann::5", .int(5)), ("'a'::b::\"c\"", .string("c")), ("/* c */ 5 // d", .int(5)), ("''", .symbol("")),
        ])
    }

    @Test func numbers() throws {
        try expect([
            ("0", .int(0)), ("-17", .int(-17)), ("1_000", .int(1000)), ("0x1F", .int(31)), ("-0xff", .int(-255)),
            ("0b1_01", .int(5)), ("9223372036854775808", .decimal("9223372036854775808")),
            ("0xFFFFFFFFFFFFFFFF", .decimal("18446744073709551615")),
            ("1.50", .decimal("1.50")),
            ("1.", .decimal(Number(1))), ("1d3", .decimal("1E+3")),
            ("-1.5D-3", .decimal("-0.0015")),
            ("1e0", .float(1)), ("-5.25E2", .float(-525)), ("0e0", .float(0)), ("-0e0", .float(-0.0)),
        ])
        for text in ["01", "1__0", "1_", "1e", "0xG", "1.2.3", "1d400", "--1", "+5", "5a"] {
            #expect(throws: IonFault.self, "\(text)") { try value(text) }
        }
    }

    @Test func texts() throws {
        try expect([
            ("\"\"", .string("")), ("\"a\\\"b\\\\\\n\\x41\\u00fc\\U0001F600\"", .string("a\"b\\\nAü😀")),
            ("\"\\uD83D\\uDE00\"", .string("😀")), ("'''a''' '''b'''", .string("ab")), ("'''a\r\nb'''", .string("a\nb")),
            ("\"a\\\nb\"", .string("ab")), ("\"`\"", .string("`")),
        ])
        for text in ["\"a", "'a", "'''a''", "\"\\q\"", "\"\\uD83D\"", "\"\\u12\"", "\"a\nb\"", "\"a\" \"b\""] {
            #expect(throws: IonFault.self, "\(text)") { try value(text) }
        }
    }

    @Test func lobs() throws {
        try expect(
            [
                ("{{ aGk= }}", .blob(Array("hi".utf8))), ("{{}}", .blob([])),
                ("{{\"h\\x69\"}}", .clob(Array("hi".utf8))), ("{{ '''h''' '''i''' }}", .clob(Array("hi".utf8))),
            ])
        for text in ["{{aGk}}", "{{a}}", "{{aGk=", "{{ \"a\" }", "{{'a'}}", "{{*}}"] {
            #expect(throws: IonFault.self, "\(text)") { try value(text) }
        }
    }

    @Test func timestamps() throws {
        for text in [
            "2000T", "2000-01T", "2000-01-01", "2000-01-01T00:00Z", "2000-01-01T12:30:00.250+02:00",
            "2000-01-01T00:00:00-00:00",
        ] {
            #expect(try value(text).description.contains("2000"))
            guard case .timestamp(let timestamp) = try value(text) else {
                Issue.record("\(text) is no timestamp")
                continue
            }
            #expect(timestamp.description == text)
        }
        for text in ["2000-02-30", "2000-01-01T00:00", "2000-01-01T25:00Z", "0000-01-01", "2000-1-1"] {
            #expect(throws: IonFault.self, "\(text)") { try value(text) }
        }
    }

    @Test func collections() throws {
        try expect([
            ("[]", .list([])), ("[1, a, [2,],]", .list([.int(1), .symbol("a"), .list([.int(2)])])),
            ("(a + 1 (b))", .sexp([.symbol("a"), .symbol("+"), .int(1), .sexp([.symbol("b")])])), ("()", .sexp([])),
            (
                "{a: 1, 'b c': x::2, \"d\": null, '''e''': {},}",
                .structure(
                    Structure(fields: [
                        .init(name: "a", value: .int(1)), .init(name: "b c", value: .int(2)),
                        .init(name: "d", value: .null), .init(name: "e", value: .structure(Structure())),
                    ]))
            ),
        ])
        for text in ["[1", "[1 2]", "{a}", "{a:}", "{1: 2}", "(1", "[,]", "", "1 2", "null.foo", "+", "{a: 1 b: 2}"] {
            #expect(throws: IonFault.self, "\(text)") { try value(text) }
        }
    }

    @Test func nestingHasALimit() throws {
        let deep = String(repeating: "[", count: 150) + String(repeating: "]", count: 150)
        #expect(try value(deep).kind == .list)
        #expect(throws: IonFault.self) { try value(String(repeating: "[", count: 1_000_000)) }
        #expect(throws: IonFault.self) { try value(String(repeating: "a::", count: 1_000_000)) }
    }

    @Test func literalsPrintAsTheyWereRead() throws {
        try expectPrinted(
            [
                ("`[1, 2., \"a\", sym, null, {a: 1}]`", "`[1, 2., '''a''', 'sym', null, {'a': 1}]`"),
                ("`(a b)`", "`('a' 'b')`"),
                ("`1d5`", "1E+5"), ("`[1d5]`", "`[1d+5]`"), ("`1e0`", "`1.0e0`"), ("`\"it's\"`", "'it''s'"),
                ("`[\"it's `\"]`", nil),
            ].filter { $0.1 != nil })
    }

    @Test func faultsPointIntoTheLiteral() {
        #expect(
            fault("SELECT `[1, 01]`") == """
                1:13: error: this is no Ion number
                  1 | SELECT `[1, 01]`
                    |             ^
                """)
    }
}
