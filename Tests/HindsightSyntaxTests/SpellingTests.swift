import Testing

@testable import HindsightSyntax

struct SpellingTests {
    @Test func distances() {
        func distance(_ left: String, _ right: String) -> Int {
            Spelling.distance(Array(left.unicodeScalars), Array(right.unicodeScalars))
        }
        #expect(distance("", "") == 0)
        #expect(distance("abc", "") == 3)
        #expect(distance("select", "selet") == 1)
        #expect(distance("form", "from") == 1)
        #expect(distance("kitten", "sitting") == 3)
        #expect(distance("ab", "ba") == 1)
    }

    @Test func suggestions() {
        let names = ["Music", "ProductCatalog", "Orders", "a"]
        #expect(Spelling.suggestion(for: "musik", among: names) == "Music")
        #expect(Spelling.suggestion(for: "ProductCatalogue", among: names) == "ProductCatalog")
        #expect(Spelling.suggestion(for: "Oredrs", among: names) == "Orders")
        #expect(Spelling.suggestion(for: "Bicycles", among: names) == nil)
        #expect(Spelling.suggestion(for: "b", among: names) == nil)
        #expect(Spelling.hint(for: "ORDER", among: names) == "did you mean `Orders`?")
    }
}
