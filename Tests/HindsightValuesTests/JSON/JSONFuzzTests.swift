import HindsightTestSupport
import HindsightValues
import Testing

/// Readers given bytes that nobody meant: each must give a value or an error, and what they accept must come back.
@Suite struct JSONFuzzTests {
    private static let seeds: [String] = [
        #"{"a":[1,2.5,-3e10,true,false,null],"b":{"c":"text \u00e9 \ud83d\udca9 é","d":[]}}"#,
        #"{"Id":{"N":"101"},"T":{"SS":["a","b"]},"M":{"M":{"x":{"L":[{"B":"aGk="},{"NULL":true}]}}}}"#,
        #"[[[[[["deep"]]]]],12345678901234567890123456789012345678,1E-130,""]"#,
    ]

    /// Reads bytes in every way; what is accepted as JSON must come back from its own text.
    private func read(_ bytes: [UInt8]) throws {
        if let value = try? Value(json: bytes) {
            #expect(try Value(json: value.json).isEqual(to: value))
        }
        if let value = try? Value(dynamoDBJSON: bytes) {
            #expect(try Value(dynamoDBJSON: value.dynamoDBJSON).isEqual(to: value))
        }
        _ = try? Structure(dynamoDBItem: bytes)
        _ = try? Number.parse(bytes.span)
        _ = try? Base64.decode(bytes.span)
    }

    @Test(arguments: [51, 52, 53] as [UInt64])
    func mutatedTextsAreHarmless(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<3000 {
            var bytes = Array(Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &random)].utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, using: &random) }
            try read(bytes)
        }
    }

    @Test(arguments: [54, 55] as [UInt64])
    func randomBytesAreHarmless(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet =
            Array(#"{}[]":,\u0123456789abcdefE+-.truefalsn "#.utf8) + [0, 0x1F, 0x80, 0xC3, 0xA9, 0xED, 0xFF]
        for _ in 0..<5000 {
            let count = Int.random(in: 0...24, using: &random)
            try read((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
        }
    }

    @Test func everyPrefixIsAnError() throws {
        for seed in Self.seeds {
            let bytes = Array(seed.utf8)
            for count in 0..<bytes.count {
                #expect(throws: ValueError.self) { try Value(json: Array(bytes[..<count])) }
            }
        }
    }

    @Test(arguments: [56] as [UInt64])
    func randomTimeTextsAreHarmless(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("0123456789-+:.TZ 019".utf8)
        for _ in 0..<5000 {
            let start = Int.random(in: 0...1, using: &random) == 0 ? "2026-05-01T12:30:00" : ""
            let tail = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            let text = start + String(decoding: tail, as: UTF8.self)
            if let timestamp = Timestamp(text) { #expect(Timestamp(timestamp.description) == timestamp) }
            if let date = CalendarDate(text) { #expect(CalendarDate(date.description) == date) }
            if let time = TimeOfDay(text) { #expect(TimeOfDay(time.description) == time) }
            _ = try? Interval.parse(text, from: .day, to: .second)
        }
    }

    private func mutate(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
        case 3: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: index)
        default: bytes.removeSubrange(index..<min(index + 8, bytes.count))
        }
    }
}
