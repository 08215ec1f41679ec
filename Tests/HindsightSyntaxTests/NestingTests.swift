import HindsightSyntax
import Testing

/// What nests has a limit, what chains has none; neither takes a deep stack.
struct NestingTests {
    @Test(arguments: ["(", "[", "<<", "{'a':", "f(", "CASE WHEN ", "NOT ", "- ", "SELECT * FROM (", "a[", "EXPLAIN "])
    func nestingHasALimit(opening: String) {
        #expect(faultCode(String(repeating: opening, count: 100_000)) == .statementTooDeep)
        let closing = ["(": ")", "[": "]", "<<": ">>", "f(": ")"][opening]
        guard let closing else { return }
        let deep = String(repeating: opening, count: 190) + "1" + String(repeating: closing, count: 190)
        #expect(faultCode(deep) == nil)
        let tooDeep = String(repeating: opening, count: 201) + "1" + String(repeating: closing, count: 201)
        #expect(faultCode(tooDeep) == .statementTooDeep)
    }

    @Test(arguments: [" = a", " IS NULL", " BETWEEN a AND a", " LIKE a", " OVERLAPS a", " IN a"])
    func stackedPredicatesHaveALimit(predicate: String) {
        #expect(faultCode("a" + String(repeating: predicate, count: 100)) == nil)
        #expect(faultCode("a" + String(repeating: predicate, count: 10_000)) == .statementTooDeep)
    }

    @Test func stackingWhileNestedHasOneLimit() {
        let level = "(a" + String(repeating: " = a", count: 100) + " = "
        #expect(faultCode(String(repeating: level, count: 150)) == .statementTooDeep)
    }

    @Test(arguments: [" AND a", " OR a", " + a", " - a", " * a", " || a", ".a", "[0]"])
    func chainsHaveNoLimit(link: String) throws {
        let text = "a" + String(repeating: link, count: 30_000)
        let statement = try Parser.statement(text)
        let printed = Printer.text(of: statement)
        #expect(printed == text)
        #expect(try Parser.statement(printed) == statement)
    }

    /// A plan stands on each of these parts, so that they are bounded over the whole statement.
    @Test(arguments: [
        ("SELECT * FROM a", " CROSS JOIN a"), ("SELECT * FROM a", " LEFT JOIN a ON b"), ("SELECT * FROM a", ", a"),
        ("a", " UNION a"), ("a", " INTERSECT a"), ("SELECT * FROM a LET b AS c", ", b AS c"),
        ("WITH a AS (b)", ", a AS (b)"),
    ])
    func partsOfQueriesHaveALimit(start: String, part: String) throws {
        func text(_ count: Int) -> String {
            start + String(repeating: part, count: count) + (start.hasPrefix("WITH") ? " SELECT 1" : "")
        }
        #expect(try printed(text(390)) == text(390))
        #expect(faultCode(text(401)) == .statementTooDeep)
        #expect(faultCode(text(5_000)) == .statementTooDeep)
    }

    @Test func graphPatternsNestToALimitAndChainWithoutOne() throws {
        for opening in ["(", "[", "(x:(!", "-[x WHERE (", "(:!", "(:("] {
            let text = "(g MATCH " + String(repeating: opening, count: 100_000)
            #expect(faultCode(text) != nil, "\(opening)")
        }
        #expect(faultCode("(g MATCH " + String(repeating: "(", count: 100_000)) == .statementTooDeep)
        #expect(faultCode("(g MATCH (:" + String(repeating: "(", count: 100_000)) == .statementTooDeep)
        let path = "(g MATCH (x)" + String(repeating: "->(y)", count: 20_000) + ")"
        #expect(try printed(path) == path)
        let labels = "(g MATCH (x:a" + String(repeating: "|a", count: 20_000) + "))"
        #expect(try printed(labels) == labels)
    }

    @Test func parenthesesInFromAreReadOnce() throws {
        let depth = 190
        let text =
            "SELECT * FROM " + String(repeating: "(", count: depth) + "a JOIN b ON c"
            + String(repeating: ")", count: depth)
        #expect(try printed(text) == text)
    }
}
