import HindsightKeyValue
import HindsightTestSupport
import Testing

@testable import HindsightValues

@Suite struct KeyCodeTests {
    private func key(_ components: Value...) throws -> [UInt8] { try KeyCode.encode(components) }

    /// All byte strings over the bytes that matter, up to a length of 3.
    private func allBinaries() -> [[UInt8]] {
        var all: [[UInt8]] = [[]]
        var longest: [[UInt8]] = [[]]
        for _ in 0..<3 {
            longest = longest.flatMap { start in [0x00, 0x01, 0x02, 0x61, 0xFF].map { start + [$0] } }
            all += longest
        }
        return all
    }

    @Test func bytesAreAsDrawn() throws {
        #expect(try key(.null) == [0x05])
        #expect(try key(.bool(false), .bool(true)) == [0x06, 0x07])
        #expect(try key(.string("a\0b\u{1}")) == [0x40, 0x61, 1, 1, 0x62, 1, 2, 0])
        #expect(try key(.symbol("é")) == [0x40, 0xC3, 0xA9, 0])
        #expect(try key(.blob([0, 1, 255])) == [0x48, 1, 1, 1, 2, 255, 0])
        #expect(try key(.string("abc"), .int(42)) == [0x40, 0x61, 0x62, 0x63, 0, 0x20, 84])
        let time = Timestamp(
            uncheckedSeconds: -1, nanoseconds: 500_000_000, zone: .utc, precision: .fraction(digits: 1))
        #expect(
            try key(.timestamp(time))
                == [0x30, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x1D, 0xCD, 0x65, 0x00])
    }

    @Test func valuesWithoutAKeyCodeAreRefused() {
        for value in [Value.missing, .clob([]), .list([]), .bag([]), .sexp([]), .structure(Structure())] {
            #expect(throws: ValueError.notAKey(value.kind)) { try key(value) }
        }
    }

    @Test func allSmallBinariesAreInOrder() throws {
        let all = allBinaries()
        let keys = try all.map { try key(.blob($0)) }
        for (left, leftKey) in zip(all, keys) {
            for (right, rightKey) in zip(all, keys) {
                // A plain `if` around the expectation: there are 24,336 pairs.
                if KeyCodeOrder.compare(leftKey, rightKey) != KeyCodeOrder.compare(left, right)
                    || left != right && rightKey.starts(with: leftKey)
                {
                    Issue.record("\(left), \(right)")
                }
            }
        }
    }

    /// A component is not the beginning of another one, whatever the kinds.
    @Test func noComponentBeginsAnother() throws {
        let components: [Value] =
            [.null, .bool(false), .bool(true)]
            + [-10_000, -101, -100, -99, -1, 0, 1, 99, 100, 101, 10_000].map(Value.int)
            + ["1E-130", "0.01", "0.5", "1.5", "1E+30", "9E+125"].map { .decimal(Number($0) ?? .zero) }
            + ["", "a", "a\0", "a\u{1}", "aa"].map(Value.string) + [[], [0], [1], [0, 0]].map(Value.blob)
        let keys = try components.map { try key($0) }
        for (index, left) in keys.enumerated() {
            for (other, right) in keys.enumerated() {
                #expect(
                    KeyCodeOrder.compare(left, right) == KeyCodeOrder.compare(components[index], components[other]))
                if index != other { #expect(!right.starts(with: left)) }
            }
        }
    }

    @Test func randomKeysOfSeveralComponentsAreInOrder() throws {
        let seed = TestSeed.fresh
        print("KeyCodeTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let keys = (0..<150).map { _ in randomKey(using: &generator) }
        let coded = try keys.map { try KeyCode.encode($0) }
        for (left, leftCode) in zip(keys, coded) {
            for (right, rightCode) in zip(keys, coded) {
                if KeyCodeOrder.compare(leftCode, rightCode) != KeyCodeOrder.compare(left, right) {
                    Issue.record("\(left), \(right), seed \(seed)")
                }
            }
        }
    }

    @Test func randomKeysComeBack() throws {
        let seed = TestSeed.fresh
        print("KeyCodeTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let key = randomKey(using: &generator)
            let decoded = try KeyCodeOrder.decode(try KeyCode.encode(key))
            #expect(KeyCodeOrder.compare(decoded, key) == 0, "\(key), seed \(seed)")
        }
    }

    private func randomKey(using generator: inout SeededGenerator) -> [Value] {
        (0..<Int.random(in: 1...3, using: &generator)).map { _ in
            switch Int.random(in: 0..<9, using: &generator) {
            case 0: .null
            case 1: .bool(Bool.random(using: &generator))
            case 2, 3: .int(Int64.random(in: -300...300, using: &generator))
            case 4: .decimal(RandomValues.number(using: &generator))
            case 5, 6: .string(RandomValues.text(upTo: 4, using: &generator))
            case 7:
                .timestamp(
                    Timestamp(
                        uncheckedSeconds: Int64.random(in: -2...2, using: &generator),
                        nanoseconds: Int32.random(in: 0...2, using: &generator), zone: .utc, precision: .second))
            default: .blob(RandomValues.bytes(upTo: 4, using: &generator))
            }
        }
    }

    // MARK: Bytes that are no keys

    @Test(
        arguments: [
            ([0x00], 0), ([0xFF], 0), ([0x05, 0x08], 1), ([0x40], 1), ([0x40, 0x61], 2), ([0x40, 0x01], 2),
            ([0x40, 0x01, 0x03, 0x00], 2), ([0x40, 0xFF, 0x00], 1), ([0x40, 0xED, 0xA0, 0x80, 0x00], 1), ([0x20], 1),
            ([0x20, 0], 0), ([0x20, 1], 0), ([0x20, 3, 0], 0), ([0x20, 201], 0), ([0x20, 3, 200], 0),
            ([0x1E, 10, 2], 1),
            ([0x2A, 10, 2], 1), ([0x2A, 64, 2], 1), ([0x30, 0, 0], 3),
            ([0x30, 0x80, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0], 9),
            ([0x20] + Array(repeating: 3, count: 20) + [2], 0), ([0x20] + Array(repeating: 199, count: 19) + [198], 0),
        ] as [([UInt8], Int)])
    func brokenBytesAreRefused(bytes: [UInt8], offset: Int) {
        #expect(throws: ValueError.corruptKey(offset: offset)) { try KeyCodeOrder.decode(bytes) }
    }

    /// Any bytes decode or throw, and what decodes is coded as it was: no key has two forms.
    @Test func randomBytesAreHarmless() throws {
        let seed = TestSeed.fresh
        print("KeyCodeTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            var bytes = RandomValues.bytes(upTo: 12, using: &generator)
            let tags: [UInt8] = [0x10, 0x1C, 0x1E, 0x20, 0x2A, 0x30, 0x40, 0x48]
            bytes.insert(tags.randomElement(using: &generator) ?? 0x40, at: 0)
            _ = words(bytes)
            guard let decoded = try? KeyCodeOrder.decode(bytes) else { continue }
            #expect(try KeyCode.encode(decoded) == bytes, "\(bytes), seed \(seed)")
        }
    }

    // MARK: Words

    private func words(_ key: [UInt8]) -> String { KeyCode.describe(key.rawSpan) }

    @Test func keysReadAsWords() throws {
        #expect(words(try key(.string("abc"), .int(42))) == "\"abc\"/42")
        #expect(words(try key(.string("a\"\\\n\0é"))) == #""a\"\\\u{a}\u{0}é""#)
        #expect(words(try key(.blob([0, 255]), .null, .bool(true))) == "x'00ff'/NULL/true")
        #expect(words(try key(.timestamp(Timestamp(seconds: 0)))) == "TIMESTAMP '1970-01-01 00:00:00+00:00'")
        #expect(words(try key(.decimal(Number.parse("-2.50")))) == "-2.5")
        #expect(words([]).isEmpty)
        #expect(words([0x40, 0x61, 0x00, 0xEE, 0x01]) == "\"a\"/?ee01")
        let long = try KeyCode.storedKey(key(.string("p"), .string(String(repeating: "x", count: 600))))
        let cut = words(long)
        #expect(cut.hasPrefix("\"p\"/…#"))
        #expect(cut.utf8.count == "\"p\"/…#".utf8.count + 32)
    }
}
