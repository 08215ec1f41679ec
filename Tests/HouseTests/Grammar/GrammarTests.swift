import HindsightSyntax
import HindsightTestSupport
import Testing

/// Holds `grammar/pq.ebnf`, the lexer's keywords and the parser together.
struct GrammarTests {
    private let grammar: Grammar

    init() throws {
        grammar = try Grammar(Repository.text("grammar/pq.ebnf"))
    }

    private func parserSources() throws -> String {
        try Repository.files(under: "Sources/HindsightSyntax/Parser", ending: ".swift")
            .map { try Repository.text($0) }.joined(separator: "\n")
    }

    @Test func keywordsAreTheLexers() {
        let table = Set(Keyword.allCases.map(\.rawValue))
        #expect(grammar.keywords.subtracting(table).sorted() == [])
        #expect(table.subtracting(grammar.keywords).sorted() == [])
    }

    @Test func reservedWordsAreTheLexers() throws {
        let text = try #require(grammar.texts["RESERVED"])
        let words = text.matches(of: /'([A-Z_]+)'/).map { String($0.1) }
        #expect(words == Keyword.allCases.filter(\.isReserved).map(\.rawValue))
    }

    @Test func everyRuleIsDefinedAndReached() {
        let reached = grammar.reachable(from: "script")
        #expect(Set(grammar.rules.keys).subtracting(reached).sorted() == [])
        #expect(reached.filter { grammar.texts[$0] == nil }.sorted() == [])
    }

    @Test func everyRuleHasItsMethod() throws {
        let sources = try parserSources()
        for rule in grammar.rules.keys.sorted() {
            #expect(sources.contains("func \(rule)(") || sources.contains("func `\(rule)`("), "\(rule)")
        }
    }

    @Test func rulesAreQuotedInTheCommentsOfTheirMethods() throws {
        var quoted: [String: String] = [:]
        var name: String?
        for line in try parserSources().split(separator: "\n") {
            let line = line.trimmingPrefix(while: \.isWhitespace)
            if let start = line.firstMatch(of: /^\/\/\/     (\w+) ::= (.*)$/) {
                name = String(start.1)
                quoted[String(start.1)] = String(start.2)
            } else if let current = name, let next = line.firstMatch(of: /^\/\/\/      +(.*)$/) {
                quoted[current]? += " " + next.1
            } else {
                name = nil
            }
        }
        #expect(quoted.keys.sorted() == grammar.rules.keys.sorted())
        for (rule, text) in quoted {
            #expect(Grammar.normalized(text) == grammar.texts[rule], "\(rule)")
        }
    }

    @Test(arguments: [2, 3, 5, 8, 12, 20] as [Int])
    func sentencesAreRead(depth: Int) {
        let seed = TestSeed.fresh
        print("seed \(seed)")
        var generator = SentenceGenerator(grammar, seed: seed)
        for _ in 0..<400 {
            check(generator.sentence(of: "statement", depth: depth))
        }
    }

    /// Every rule gets its share, however rarely statements lead to it.
    @Test func sentencesThroughEachRuleAreRead() {
        let seed = TestSeed.fresh
        print("seed \(seed)")
        var generator = SentenceGenerator(grammar, seed: seed)
        let rules = grammar.rules.keys.filter { $0 != "script" }.sorted()
        for rule in rules {
            for round in 0..<8 { check(generator.sentence(of: "statement", depth: 1 + round, through: rule)) }
        }
        #expect(Set(rules).subtracting(generator.reached).sorted() == [])
    }

    /// Graph patterns, which few statements lead to.
    @Test func sentencesOfGraphPatternsAreRead() {
        let seed = TestSeed.fresh
        print("seed \(seed)")
        var generator = SentenceGenerator(grammar, seed: seed)
        for round in 0..<400 {
            check("( g \(generator.sentence(of: "graphMatch", depth: 3 + round % 10)) )")
            check("SELECT * FROM g \(generator.sentence(of: "sourceMatch", depth: 3 + round % 10)) x1")
        }
    }

    /// The parser accepts the sentence, and what is printed of it reads back as the same tree.
    private func check(_ sentence: String) {
        do throws(SyntaxError) {
            let statement = try Parser.statement(sentence)
            let text = Printer.text(of: statement)
            let again = try Parser.statement(text)
            #expect(again == statement, "\(sentence)\n\(text)")
        } catch {
            Issue.record("\(error.diagnostics[0].message): \(sentence)")
        }
    }
}
