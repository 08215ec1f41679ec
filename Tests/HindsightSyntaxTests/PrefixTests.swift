import Foundation
import HindsightSyntax
import HindsightTestSupport
import Testing

/// Statements that are cut off anywhere: each prefix is a tree or an error in the text, and the prompt can ask for more.
struct PrefixTests {
    private static let scripts = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Scripts")

    /// Longer statements are cut around their tokens only, to keep the test short.
    private static let longestCutEverywhere = 120

    /// Each distinct statement of the golden scripts.
    private func statements() throws -> [[UInt8]] {
        var found: Set<[UInt8]> = []
        let files = try FileManager.default.subpathsOfDirectory(atPath: Self.scripts.path).filter {
            $0.hasSuffix(".pq")
        }
        for file in files {
            let text = try String(contentsOf: Self.scripts.appendingPathComponent(file), encoding: .utf8)
            let lines = text.split(separator: "\n").filter { !$0.hasPrefix("-->") && !$0.hasPrefix(".") }
            let bytes = Array(lines.joined(separator: "\n").utf8)
            var start = 0
            while let end = statementEnd(in: bytes.span, from: start) {
                found.insert(Array(bytes[start..<end]))
                start = end
            }
        }
        return found.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Where to cut: everywhere, or before, in and behind each token.
    private func cuts(of statement: [UInt8]) -> [Int] {
        if statement.count <= Self.longestCutEverywhere { return Array(0...statement.count) }
        var cuts: Set<Int> = []
        var lexer = Lexer(statement.span)
        while true {
            let token = lexer.next()
            guard token.kind != .endOfText else { return cuts.sorted() }
            let range = token.span.range
            cuts.formUnion([range.lowerBound, range.lowerBound + range.count / 2, range.upperBound])
        }
    }

    @Test func everyPrefixIsATreeOrAnError() throws {
        let seed = TestSeed.fresh
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        // A part of the statements each time, so that all have their turn.
        let statements = try statements().filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
        #expect(statements.count > 50)
        for statement in statements {
            for cut in cuts(of: statement) { checkBytes(Array(statement[..<cut])) }
        }
    }

    @Test(arguments: [
        "'", "\"", "`", "/*", "(", "[", "{", "<<", "{'a':", "f(", "SELECT '", "SELECT \"", "`'", "`\"", "`'''", "`{{",
        "`{{\"",
        "`{{'''", "`(", "`[", "`{", "`{a:", "`a::", "`/*", "`//", "1e", "1.5E+", ".", ":", "?", "@", "DATE '", "TIME '",
        "INTERVAL '", "TIMESTAMP '2026", "(g MATCH (", "(g MATCH -[", "(g MATCH (x:", "CASE", "CAST(", "WITH a AS (",
    ])
    func unfinishedTextIsAnErrorAndNotComplete(opening: String) {
        for text in [opening, "SELECT " + opening, opening + " ", opening + "\n", opening + "a", opening + "\u{2028}"] {
            checkBytes(Array(text.utf8))
            #expect(!isComplete(text), "\(text)")
        }
        #expect(faultCode(opening) != nil || opening == "?")
    }
}

/// Checks that a text ends in trees or in errors whose places lie in it.
func checkBytes(_ bytes: [UInt8], sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    let text = String(decoding: bytes, as: UTF8.self)
    _ = isComplete(text)
    do throws(SyntaxError) {
        var parser = try Parser(utf8: bytes)
        while try parser.nextStatement() != nil {}
    } catch {
        for diagnostic in error.diagnostics {
            if let span = diagnostic.span, span.range.upperBound > bytes.count {
                Issue.record("the place \(span.range) lies behind \(text)", sourceLocation: sourceLocation)
            }
            if DiagnosticRenderer(source: text).render(diagnostic).isEmpty {
                Issue.record("nothing is said about \(text)", sourceLocation: sourceLocation)
            }
        }
    }
}
