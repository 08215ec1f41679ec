import Testing

@testable import HindsightQuery

@Suite struct PlanCacheTests {
    @Test func knowsATextAgain() throws {
        let session = QueryHarness().session
        let text = "SELECT VALUE 1"
        #expect(try session.prepare(text) === session.prepare(text))
        // Canonically equivalent, but other bytes.
        #expect(try session.prepare("'\u{E9}'") !== session.prepare("'e\u{301}'"))
    }

    @Test func forgetsLongTexts() throws {
        let session = QueryHarness().session
        let text = "SELECT VALUE '" + String(repeating: "x", count: 1 << 16) + "'"
        #expect(try session.prepare(text) !== session.prepare(text))
    }
}
