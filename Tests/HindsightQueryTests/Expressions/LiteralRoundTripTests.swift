import HindsightTestSupport
import HindsightValues
import Testing

/// What values print as PartiQL is read back as the same values.
@Suite struct LiteralRoundTripTests {
    @Test(arguments: [71, 72, 73] as [UInt64])
    func randomValuesComeBack(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<700 {
            let value = readable(RandomValue.make(depth: 3, using: &random))
            let text = value.description
            let again = try ConstantEvaluator().evaluate(text)
            #expect(again.isEqual(to: value), "seed \(seed): \(text) became \(again)")
            #expect(again.description == text, "seed \(seed)")
        }
    }

    /// The value without what has no literal: attributes that are MISSING, s-expressions of what is no Ion, and the least
    /// integer, whose digits alone are too large for one.
    private func readable(_ value: Value) -> Value {
        switch value {
        case .int(.min): .int(.min + 1)
        case .list(let elements): .list(elements.map(readable))
        case .bag(let elements): .bag(elements.map(readable))
        case .sexp(let elements): .list(elements.map(readable))
        case .structure(let structure):
            .structure(
                Structure(structure.fields.filter { !$0.value.isMissing }.map { ($0.name, readable($0.value)) }))
        default: value
        }
    }

    @Test func expressionsOfIonComeBack() throws {
        let value: Value = .sexp([
            .null, true, -5, .decimal("1E+40"), .decimal("5"), .float(-2), "a\"'`", .symbol("+"), ["x y": [.blob([1])]],
            .sexp([]), .clob([0, 255]), .timestamp(Timestamp("2026-05-01T12:30:00.25+02:00")!), .float(.nan),
        ])
        let again = try ConstantEvaluator().evaluate(value.description)
        #expect(again.isEqual(to: value))
        #expect(again.description == value.description)
    }
}
