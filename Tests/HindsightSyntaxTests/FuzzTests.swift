import HindsightSyntax
import HindsightTestSupport
import Testing

/// Random texts end in a tree or in an error, and what is a tree prints as text that reads back.
struct FuzzTests {
    private func generator() -> SeededGenerator {
        let seed = TestSeed.fresh
        print("seed \(seed)")
        return SeededGenerator(seed: seed)
    }

    private func check(_ text: String) {
        let script = Parser.script(text)
        for statement in script.statements {
            let printed = Printer.text(of: statement)
            let again = try? Parser.statement(printed)
            #expect(again == statement, "\(text)\n\(printed)")
        }
        let renderer = DiagnosticRenderer(source: text)
        for diagnostic in script.diagnostics {
            #expect(!renderer.render(diagnostic).isEmpty)
            if let span = diagnostic.span { #expect(span.range.upperBound <= text.utf8.count, "\(text)") }
        }
        _ = isComplete(text)
    }

    @Test func randomBytes() {
        var random = generator()
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0..<80, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            check(String(decoding: bytes, as: UTF8.self))
            var lexer = Lexer(bytes.span)
            var last = -1
            while lexer.next().kind != .endOfText {
                #expect(lexer.position > last)
                last = lexer.position
            }
        }
    }

    @Test func randomPrintableCharacters() {
        var random = generator()
        let characters = Array("ab1 .,;:?@+-*/%&|=<>!()[]{}'\"`\n\\$_€")
        for _ in 0..<3000 {
            let count = Int.random(in: 0..<40, using: &random)
            check(String((0..<count).map { _ in characters[Int.random(in: 0..<characters.count, using: &random)] }))
        }
    }

    @Test func randomTokens() {
        var random = generator()
        let words =
            Keyword.allCases.map(\.rawValue) + [
                "a", "b", "\"q\"", "'text'", "1", "2.5", "`5`", "(", ")", "[", "]", "{", "}", "<<", ">>", ",", ".", ":",
                "?", "=", "<", ">", "<>", "+", "-", "*", "/", "||", ";", "@", ":p",
            ]
        for _ in 0..<6000 {
            let count = Int.random(in: 1..<14, using: &random)
            check(
                (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &random)] }.joined(separator: " "))
        }
    }

    /// Sound statements with a token left out, doubled, or replaced.
    @Test func brokenStatements() {
        var random = generator()
        let statements = [
            "SELECT a , b AS c FROM t AS OF LATEST x , x . y z WHERE a = 1 AND NOT b IN ( 1 , 2 ) ORDER BY a DESC LIMIT 1",
            "INSERT INTO t ( a , b ) VALUES ( 1 , 'x' ) ON CONFLICT DO NOTHING RETURNING ALL OLD *",
            "UPDATE t SET a . b [ 0 ] = { 'c' : << 1 >> } REMOVE d WHERE k = ? RETURNING MODIFIED NEW *",
            "CREATE TABLE IF NOT EXISTS t ( a STRING PARTITION KEY , b NUMBER SORT KEY ) WITH ( x = ON )",
            "RESTORE TABLE t TO u AT NOW ( ) - INTERVAL '10' MINUTE WITH INDEXES ( i ) WITH ( x = 1 )",
            "SELECT * FROM ( a JOIN ( b CROSS JOIN c ) ON d ) , UNPIVOT e AS f AT g LET h AS i GROUP BY j AS k GROUP AS l",
            "WITH a AS ( SELECT CASE WHEN b THEN c ELSE d END ) a UNION ALL ( TABLE e ) OUTER INTERSECT VALUES ( 1 )",
            "SELECT TRIM ( LEADING 'x' FROM a ) , CAST ( b AS DECIMAL ( 5 , 2 ) ) , RANK ( ) OVER ( PARTITION BY c )",
        ].map { $0.split(separator: " ").map(String.init) }
        for _ in 0..<4000 {
            var words = statements[Int.random(in: 0..<statements.count, using: &random)]
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let place = Int.random(in: 0..<words.count, using: &random)
                let other = words[Int.random(in: 0..<words.count, using: &random)]
                switch Int.random(in: 0..<3, using: &random) {
                case 0: words.remove(at: place)
                case 1: words.insert(other, at: place)
                default: words[place] = other
                }
            }
            check(words.joined(separator: " "))
        }
    }

    @Test func randomIon() {
        var random = generator()
        let characters = Array("{}[]()\"'\\`0123456789abnulx.:-+_/*,= \nTZ")
        for _ in 0..<5000 {
            let count = Int.random(in: 0..<24, using: &random)
            let text = String((0..<count).map { _ in characters[Int.random(in: 0..<characters.count, using: &random)] })
            _ = try? IonReader.value(of: Array(text.utf8))
        }
    }
}
