import HindsightTestSupport
import HindsightValues
import Testing

@Suite struct LiteralTests {
    private typealias Make = ValueEqualityTests

    @Test func valuesAsPartiQL() throws {
        let expectations: [(Value, String)] = [
            (.null, "NULL"), (.missing, "MISSING"), (true, "true"), (-7, "-7"),
            (.int(.min), "-9223372036854775808"),
            (.decimal("2.50"), "2.50"), (.decimal("5"), "5."), (.decimal("-1E+40"), "-1E+40"),
            (.float(1), "`1.0e0`"), (.float(1e-7), "`1e-07`"), (.float(1e300), "`1e+300`"), (.float(.nan), "`nan`"),
            (.float(.infinity), "`+inf`"), (.float(-.infinity), "`-inf`"), (.float(-0.0), "`-0.0e0`"),
            ("it's", "'it''s'"), ("", "''"), ("a\"\\\n", "'a\"\\\n'"),
            (.symbol("a'b`\\\n é"), #"`'a\'b\x60\\\x0a é'`"#),
            (.blob([0x68, 0x69, 0]), "`{{aGkA}}`"), (.clob([0x68, 0x22, 0xFF]), #"`{{"h\"\xff"}}`"#),
            (.date(Make.date("2026-05-01")), "DATE '2026-05-01'"),
            (.time(Make.time("12:30:00.250")), "TIME '12:30:00.250'"),
            (.time(Make.time("12:30:00+02:00")), "TIME WITH TIME ZONE '12:30:00+02:00'"),
            (.timestamp(Make.timestamp("2026-05-01T12:30:00Z")), "TIMESTAMP '2026-05-01 12:30:00+00:00'"),
            (.timestamp(Make.timestamp("2026-05-01T12:30:00.5")), "TIMESTAMP '2026-05-01 12:30:00.5'"),
            (.timestamp(Make.timestamp("2026-05-01T12:30")), "TIMESTAMP '2026-05-01 12:30:00'"),
            (.timestamp(Make.timestamp("2026-05-01T12:30Z")), "`2026-05-01T12:30Z`"),
            (.timestamp(Make.timestamp("2026-05-01T12:30:00-00:00")), "`2026-05-01T12:30:00-00:00`"),
            (.timestamp(Make.timestamp("2026T")), "`2026T`"),
            (.interval(.months(14)), "INTERVAL '1-02' YEAR TO MONTH"),
            ([1, "a", []], "[1, 'a', []]"), (.bag([1, .bag([])]), "<<1, <<>>>>"), (.sexp([1, 2]), "`(1 2)`"),
            (.sexp([.missing]), "SEXP(MISSING)"),
            (
                .sexp([
                    .null, true, .decimal("1E+40"), .decimal("5"), .float(2), "a\"'", .symbol("+"), ["x": [.blob([1])]],
                ]),
                #"`(null true 1d+40 5. 2.0e0 "a\"'" '+' {'x': [{{AQ==}}]})`"#
            ),
            (["a": 1, "it's": ["b": .null]], "{'a': 1, 'it''s': {'b': NULL}}"), ([:], "{}"),
        ]
        for (value, text) in expectations { #expect(value.description == text) }
    }

    @Test func everyRandomValueHasText() {
        var random = SeededGenerator(seed: 61)
        for _ in 0..<2000 {
            let text = RandomValue.make(depth: 3, using: &random).description
            #expect(!text.isEmpty)
        }
    }
}
