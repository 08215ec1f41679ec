import Testing

@testable import HindsightShell

struct CompletionsTests {
    private func actions(_ typed: String, _ candidates: [String]) -> [EditAction] {
        Completions(typed: typed, candidates: candidates.map { .init($0) }).actions
    }

    @Test func putsTheOnlyCandidateIn() {
        #expect(actions("sel", ["SELECT"]) == [.deleteBackward(3), .insert("SELECT ")])
        #expect(actions("", ["Music"]) == [.insert("Music ")])
    }

    @Test func goesAsFarAsCandidatesAgree() {
        #expect(actions("Pro", ["ProductCatalog", "ProductReviews"]) == [.deleteBackward(3), .insert("Product")])
    }

    @Test func listsWhatDiffers() {
        #expect(actions("S", ["SELECT", "SET"]) == [.deleteBackward(1), .insert("SE")])
        #expect(actions("SE", ["SELECT", "SET"]) == [.printBelow("SELECT  SET\n")])
    }

    @Test func beepsForNothing() {
        #expect(actions("x", []) == [.beep])
    }

    @Test func setsNamesInColumns() {
        #expect(Completions.columns(["a", "bb", "ccc", "d", "e"], width: 12) == "a    d\nbb   e\nccc\n")
        #expect(Completions.columns(["坂本", "b"], width: 20) == "坂本  b\n")
    }
}
