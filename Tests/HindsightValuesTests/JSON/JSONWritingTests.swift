import HindsightTestSupport
import HindsightValues
import Testing

@Suite struct JSONWritingTests {
    private typealias Make = ValueEqualityTests

    @Test func valuesOfEveryKind() throws {
        let expectations: [(Value, String)] = [
            (.null, "null"), (.missing, "null"), (true, "true"), (.int(.min), "-9223372036854775808"),
            (.decimal("2.50"), "2.50"), (.decimal("1E+40"), "1E+40"), (.float(0.5), "0.5"), (.float(1e300), "1e+300"),
            (.float(.nan), "null"), (.float(-.infinity), "null"), ("a\"\\\n\u{1}é", #""a\"\\\n\u0001é""#),
            (.symbol("s"), "\"s\""), (.blob([0x68, 0x69]), "\"aGk=\""), (.clob([0x68, 0xE9]), "\"hé\""),
            (.date(Make.date("2026-05-01")), "\"2026-05-01\""),
            (.time(Make.time("12:30:00.5+02:00")), "\"12:30:00.5+02:00\""),
            (.timestamp(Make.timestamp("2026-05-01T12:30:00Z")), "\"2026-05-01T12:30:00Z\""),
            (.interval(.months(14)), "\"P1Y2M\""),
            ([1, .missing], "[1,null]"), (.bag([1]), "[1]"), (.sexp([]), "[]"),
            (["a": .missing, "b": .null, "b": 2], #"{"b":null,"b":2}"#), ([:], "{}"), (["a": .missing], "{}"),
        ]
        for (value, text) in expectations { #expect(value.json == text) }
    }

    @Test func whatJSONHasComesBack() throws {
        var random = SeededGenerator(seed: 41)
        for _ in 0..<2000 {
            let value = jsonOnly(RandomValue.make(depth: 3, using: &random))
            let again = try Value(json: value.json)
            #expect(again.isEqual(to: value), "\(value)")
            #expect(again.json == value.json)
        }
    }

    /// The value with everything replaced that JSON has no form for.
    private func jsonOnly(_ value: Value) -> Value {
        switch value {
        case .null, .bool, .int, .decimal, .string: value
        case .list(let elements), .bag(let elements), .sexp(let elements): .list(elements.map(jsonOnly))
        case .structure(let structure):
            .structure(Structure(structure.fields.map { ($0.name, jsonOnly($0.value)) }))
        default: .string(value.description)
        }
    }
}
