import HindsightTestSupport
import Testing

@testable import HindsightQuery

@Suite struct LikePatternTests {
    @Test(arguments: [
        ("", "", true), ("", "%", true), ("", "_", false), ("ABC", "ABC", true), ("ABC", "abc", false),
        ("ABC", "_B_", true), ("ABC", "____", false), ("ABC", "A%", true), ("ABC", "%C", true), ("ABC", "%B%", true),
        ("ABC", "%_%_%_%", true), ("ABC", "%_%_%_%_%", false), ("AAaBBbCCc", "A%Aa%c", true),
        ("AAaBBbCCc", "A%Aba%c", false), ("AAaBBbCCc", "%__b%C_%", true), ("abab", "%ab", true), ("aab", "a%ab", true),
        ("👩🏽", "__", true), ("👩🏽", "_", false), ("e\u{301}", "\u{e9}", false), ("%", "%%", true),
    ])
    func matches(text: String, pattern: String, expected: Bool) throws {
        #expect(try LikePattern(pattern, escape: nil).matches(text) == expected)
    }

    @Test(arguments: [
        ("100%", "100[%", true), ("100%", "1%[%", true), ("1000", "100[%", false), ("_", "[_[_", false),
        ("[", "[[", true), ("1_000%", "1[_000[%", true),
    ])
    func matchesEscaped(text: String, pattern: String, expected: Bool) throws {
        #expect(try LikePattern(pattern, escape: "[").matches(text) == expected)
    }

    @Test(arguments: [("a", "aa"), ("a", ""), ("a[", "["), ("[a", "[")])
    func refusesEscapes(pattern: String, escape: String) {
        #expect(throws: EvaluationFailure.self) { try LikePattern(pattern, escape: escape) }
    }

    /// Against a matcher that tries every way.
    @Test func agreesWithBacktracking() throws {
        let seed: UInt64 = 20_260_501
        print("seed", seed)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                "ab".randomElement(using: &generator) ?? "a"
            }
            let pattern = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                "ab_%".randomElement(using: &generator) ?? "a"
            }
            let expected = Self.matches(text[...], pattern[...])
            let found = try LikePattern(String(pattern), escape: nil).matches(String(text))
            #expect(found == expected, "\(String(text)) LIKE \(String(pattern))")
        }
    }

    private static func matches(_ text: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "%" {
            return (0...text.count).contains { matches(text.dropFirst($0), pattern.dropFirst()) }
        }
        guard let scalar = text.first, first == "_" || first == scalar else { return false }
        return matches(text.dropFirst(), pattern.dropFirst())
    }
}
