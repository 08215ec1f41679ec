import HindsightKeyValue
import HindsightTestSupport
import HindsightValues
import Testing

@Suite struct RowCodeTests {
    private func encode(_ values: [Value]) -> [UInt8] {
        var encoder = RowEncoder()
        for value in values { encoder.append(value) }
        return encoder.withBytes { $0.array }
    }

    private func decode(_ bytes: [UInt8], count: Int) throws -> [Value] {
        var offset = 0
        let span = bytes.rawSpan
        let values = try (0..<count).map { _ in try RowCode.value(at: &offset, in: span) }
        #expect(offset == bytes.count)
        return values
    }

    @Test func whatDocumentsRefuseIsKept() throws {
        let values: [Value] = [
            .missing, .list([.missing, .null]), .bag([]), .sexp([.symbol("a")]), ["": .missing, "a": 1],
            .structure(Structure([("a", 1), ("a", 2)])), .decimal("2.50"), .float(-0.0),
            .string(String(repeating: "é", count: 40_000)),
        ]
        let decoded = try decode(encode(values), count: values.count)
        #expect(decoded.map(\.description) == values.map(\.description))
        #expect(decoded.map(\.kind) == values.map(\.kind))
    }

    @Test func randomValuesComeBackAsTheyWere() throws {
        let seed = TestSeed.fresh
        var random = SeededGenerator(seed: seed)
        let values = (0..<2000).map { _ in RandomValue.make(depth: 3, using: &random) }
        let bytes = encode(values)
        let decoded = try decode(bytes, count: values.count)
        #expect(decoded == values, "seed \(seed)")
        #expect(decoded.map(\.kind) == values.map(\.kind), "seed \(seed)")
        // The code keeps precision, zone and scale, so that the same bytes are the same values.
        #expect(encode(decoded) == bytes, "seed \(seed)")
    }

    @Test func deepNestingIsKept() throws {
        let deep = (0..<60).reduce(Value.int(1)) { value, _ in .list([value]) }
        #expect(try decode(encode([deep]), count: 1) == [deep])
    }

    @Test func damagedBytesAreAnError() throws {
        let bytes = encode([["a": .list([1, "text", .missing])]])
        for count in bytes.indices {
            let start = Array(bytes[..<count])
            let span = start.rawSpan
            var offset = 0
            #expect(throws: ValueError.self) { _ = try RowCode.value(at: &offset, in: span) }
        }
    }
}
