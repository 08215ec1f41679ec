import Foundation
import Hindsight

/// A statement that is no attack on anything but a parser's patience: very deep, very long, or never ending.
struct HardInput {
    let name: String
    let text: String

    /// All of them; `size` is the number of terms of a chain, and a tenth of the bytes of what nests.
    static func all(size: Int) -> [HardInput] {
        nested(size) + chains(size) + columns(size) + collections(size) + unfinished(size) + odd(size)
    }

    private static func nested(_ size: Int) -> [HardInput] {
        let openings = [
            "(", "[", "<<", "{'a':", "f(", "CASE WHEN ", "NOT ", "- ", "SELECT * FROM (", "a[", "EXISTS(", "`[", "`{a:",
            "`(", "`a::", "WITH a AS (", "CAST(", "((SELECT ", "a = ", "EXPLAIN ",
        ]
        return openings.map { opening in
            HardInput(
                name: "nested \(opening)", text: repeated(opening, max(1, 10 * size / opening.utf8.count)))
        }
    }

    private static func chains(_ size: Int) -> [HardInput] {
        let links = [
            ("TRUE", " AND TRUE"), ("FALSE", " OR FALSE"), ("x", " AND x"), ("1", "+1"), ("1", "-x"), ("1", "*1"),
            ("''", "||''"), ("''", "||x"), ("1", "&1"), ("x", ".x"), ("x", "[0]"), ("1", " = 1"),
            ("1", " UNION ALL SELECT 1"),
            ("SELECT 1", " UNION SELECT 1"), ("SELECT 1", " INTERSECT SELECT 1"), ("SELECT VALUE 1 FROM [1]", ", [1]"),
            ("SELECT VALUE 1 FROM [1] AS a", " CROSS JOIN [1]"), ("SELECT VALUE 1 FROM [1] AS a", " JOIN [1] ON TRUE"),
            ("SELECT VALUE 1 FROM [1] AS a LET 1 AS b", ", 1 AS b"), ("SELECT 1 AS a", ", 1 AS a"),
            ("SELECT VALUE 1 FROM [1] AS a ORDER BY a", ", a"),
            ("SELECT 1 AS a FROM [1] AS a GROUP BY 1 AS b", ", 1 AS b"),
            ("VALUES (1)", ", (1)"), ("CASE", " WHEN FALSE THEN 1"),
        ]
        return links.map { first, link in
            let end = first == "CASE" ? " END" : ""
            return HardInput(name: "chain of \(link)", text: first + repeated(link, size) + end)
        }
    }

    /// What creates the table that `columns` reads.
    static let setUp = [
        "CREATE TABLE hard (a NUMBER PARTITION KEY)",
        "INSERT INTO hard <<{'a': 1, 'b': TRUE, 's': 't', 'x': {'x': {'x': 1}}, 'l': [[[1]]]}, {'a': 2, 'b': FALSE, 's': ''}>>",
    ]

    /// Chains that no constant folding shortens: over the columns of a table.
    private static func columns(_ size: Int) -> [HardInput] {
        let outputs = [
            ("t.b", " AND t.b"), ("t.b", " OR t.b"), ("t.a", " + t.a"), ("t.a", " - t.a"), ("t.s", " || t.s"),
            ("t.x", ".x"), ("t.l", "[0]"), ("t.x", "['x']"),
        ]
        let filters = [
            ("t.b", " AND t.b"), ("t.b", " OR t.b"), ("t.a = 1", " OR t.a = 2"), ("t.a = 1", " AND t.a = 1"),
            ("t.a > 1", " AND t.a < 3"), ("t.b", " AND t.s LIKE '%t'"),
        ]
        let lists = [
            ("t.a IN (0", ", t.a + 1", ")"), ("COALESCE(t.c", ", t.c", ")"), ("[t.a", ", t.a", "]"),
            ("<<t.a", ", t.a", ">>"), ("CASE", " WHEN t.c THEN t.a", " END"), ("{'a': t.a", ", 'a': t.a", "}"),
        ]
        return outputs.map { first, link in
            HardInput(
                name: "columns\(link)", text: "SELECT VALUE \(first)" + repeated(link, size) + " FROM hard AS t")
        }
            + filters.map { first, link in
                HardInput(
                    name: "filter\(link)",
                    text: "SELECT VALUE t.a FROM hard AS t WHERE \(first)" + repeated(link, size))
            }
            + lists.map { first, link, end in
                HardInput(
                    name: "columns\(link)\(end)",
                    text: "SELECT VALUE \(first)" + repeated(link, size) + "\(end) FROM hard AS t")
            }
    }

    private static func collections(_ size: Int) -> [HardInput] {
        [
            HardInput(name: "list", text: "[1" + repeated(",1", size) + "]"),
            HardInput(name: "bag", text: "<<1" + repeated(",1", size) + ">>"),
            HardInput(name: "struct", text: "{'a':1" + repeated(",'a':1", size) + "}"),
            HardInput(name: "IN list", text: "5 IN (1" + repeated(",1", size) + ")"),
            HardInput(
                name: "IN list of variables", text: "SELECT VALUE 5 IN (x" + repeated(",x", size) + ") FROM [1] AS x"),
            HardInput(name: "arguments", text: "COALESCE(NULL" + repeated(",NULL", size) + ")"),
            HardInput(name: "Ion list", text: "`[1" + repeated(",1", size) + "]`"),
            HardInput(name: "parameters", text: "[?" + repeated(",?", size) + "]"),
            HardInput(
                name: "named parameters", text: "[:a" + (0..<min(size, 100_000)).map { ",:a\($0)" }.joined() + "]"),
        ]
    }

    private static func unfinished(_ size: Int) -> [HardInput] {
        ["'", "\"", "`", "/*", "`'", "`\"", "`{{", "SELECT '"].map { opening in
            HardInput(name: "unfinished \(opening)", text: opening + repeated("a", 10 * size))
        }
    }

    private static func odd(_ size: Int) -> [HardInput] {
        [
            HardInput(name: "semicolons", text: repeated(";", size)),
            HardInput(name: "empty statements of a script", text: repeated("1;", size)),
            HardInput(name: "faulty statements of a script", text: repeated("a b c;", size)),
            HardInput(name: "NULs", text: repeated("\0", 10 * size)),
            HardInput(name: "CRLF", text: repeated("\r\n", 5 * size) + "1"),
            HardInput(name: "comments", text: repeated("--\n", 3 * size) + "1"),
            HardInput(name: "a long name", text: repeated("n", 10 * size)),
            HardInput(name: "a long text", text: "'" + repeated("n", 10 * size) + "'"),
            HardInput(name: "doubled quotes", text: "'" + repeated("''", 5 * size) + "'"),
            HardInput(name: "a long integer", text: repeated("9", 10 * size)),
            HardInput(name: "a long Ion integer", text: "`0x" + repeated("9", 10 * size) + "`"),
            HardInput(name: "a long fraction", text: "0." + repeated("9", 10 * size)),
            HardInput(name: "quotation marks", text: repeated("'", 10 * size + 1)),
            HardInput(name: "back-ticks", text: repeated("`", 10 * size + 1)),
            HardInput(name: "angle brackets", text: repeated("<", 10 * size)),
            HardInput(
                name: "LIKE of wildcards", text: "'" + repeated("a", 2_000) + "' LIKE '" + repeated("%a", 1_000) + "b'"),
        ]
    }

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
}

extension Arena {
    /// The seconds that each hard input takes to be answered or refused, by statement and as a script.
    func hardInputs(into report: inout Report) throws {
        let database = try Database.inMemory()
        for statement in HardInput.setUp { try database.execute(Statement(statement)) }
        for input in HardInput.all(size: configuration.count) {
            var end = "answered"
            let time = seconds {
                do {
                    try database.withResult(of: Statement(input.text)) { result in
                        if case .rows(let rows) = result { while try rows.next() != nil {} }
                    }
                } catch {
                    end = (error as? DatabaseError)?.code.rawValue ?? "\(error)"
                }
                _ = try? Statement.script(input.text)
            }
            report.facts["hard input: \(input.name), s (\(end))"] = time
            if !configuration.jsonOnly {
                print("\(input.name): \(end) in \(time) s")
                fflush(nil)
            }
        }
    }
}
