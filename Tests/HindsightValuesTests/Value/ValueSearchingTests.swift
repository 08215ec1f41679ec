import HindsightTestSupport
import HindsightValues
import Testing

/// The words by which values are looked up and sorted, against equality and order themselves.
@Suite struct ValueSearchingTests {
    private func values(_ random: inout SeededGenerator) -> [Value] {
        let texts = ["", "a", "a\u{0}", "a\u{0}\u{0}", "abcdefg", "abcdefgh", "abcdefgi", "abcdefg\u{0}", "é"]
        let numbers: [Value] = [
            .int(1 << 48), .int(1 << 48 + 1), .int(1 << 53), .int(1 << 53 + 1), .int(.max), .int(.max - 1),
            .decimal("1.0"), .float(1), .decimal("1.00000000000000000001"), .float(-0.0), .int(0),
        ]
        return (0..<300).map { _ in RandomValue.make(depth: 1, using: &random) } + texts.map(Value.string)
            + texts.map(Value.symbol) + numbers
    }

    @Test func equalValuesHashAlike() {
        let seed = TestSeed.fresh
        var random = SeededGenerator(seed: seed)
        let values = values(&random)
        for left in values {
            for right in values where left == right {
                #expect(left.quickHash == right.quickHash, "\(left), \(right), seed \(seed)")
            }
        }
    }

    @Test func prefixesAreOrderedLikeTheirValues() {
        let seed = TestSeed.fresh
        var random = SeededGenerator(seed: seed)
        let values = values(&random).filter { !$0.isAbsent }
        let prefixes = values.map { $0.orderPrefix() }
        for (left, leftPrefix) in zip(values, prefixes) {
            #expect(leftPrefix.word > OrderPrefix.first && leftPrefix.word < OrderPrefix.last)
            for (right, rightPrefix) in zip(values, prefixes) {
                let order = Value.compare(left, right)
                if leftPrefix.word < rightPrefix.word { #expect(order < 0, "\(left), \(right), seed \(seed)") }
                if leftPrefix.word == rightPrefix.word, leftPrefix.isExact, rightPrefix.isExact {
                    #expect(order == 0, "\(left), \(right), seed \(seed)")
                }
            }
        }
    }
}
