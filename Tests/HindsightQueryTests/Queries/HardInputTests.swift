import HindsightSyntax
import Testing

/// What is long is answered or refused by all layers, however long; nothing takes a deep stack.
struct HardInputTests {
    private static let length = 5_000

    @Test(arguments: [
        ("SELECT VALUE x", " AND x", " FROM [TRUE] AS x"), ("SELECT VALUE x", " OR x", " FROM [FALSE] AS x"),
        ("SELECT VALUE x", " + x", " FROM [1] AS x"), ("SELECT VALUE x", " || x", " FROM [''] AS x"),
        ("SELECT VALUE x", ".x", " FROM [1] AS x"), ("SELECT VALUE 5 IN (x", ", x", ") FROM [1] AS x"),
        ("[1", ", 1", "]"), ("<<1", ", 1", ">>"), ("COALESCE(NULL", ", NULL", ")"), ("`[1", ",1", "]`"),
        ("CASE WHEN FALSE THEN 1", " WHEN FALSE THEN 1", " END"), ("VALUES (1)", ", (1)", ""),
    ])
    func chainsAreAnswered(start: String, link: String, end: String) throws {
        let text = start + String(repeating: link, count: Self.length) + end
        #expect(try !QueryHarness().result(text).isEmpty)
    }

    /// As many parts as a query may have: the deepest plans that there are.
    @Test(arguments: [
        ("SELECT VALUE 1", " UNION SELECT VALUE 1"), ("SELECT VALUE 1", " INTERSECT SELECT VALUE 1"),
        ("SELECT VALUE 1 FROM [1] AS a", ", [1]"), ("SELECT VALUE 1 FROM [1] AS a", " CROSS JOIN [1]"),
        ("SELECT VALUE 1 FROM [1] AS a", " LEFT JOIN [1] ON TRUE"),
    ])
    func theDeepestPlansRun(start: String, part: String) throws {
        let text = start + String(repeating: part, count: Parser.maximumQueryParts - 1)
        #expect(try QueryHarness().result(text) == ["1"])
    }
}
