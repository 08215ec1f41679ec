import HindsightQuery
import Testing

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("SUBSTRIGN", "SUBSTRING"), ("lenght", "LENGTH"), ("uper", "UPPER"), ("xyzzy", nil),
    ])
    func findsTheNearestName(name: String, expected: String?) {
        #expect(Suggestion.closest(to: name, in: ["LENGTH", "SUBSTRING", "UPPER", "LOWER"]) == expected)
    }
}
