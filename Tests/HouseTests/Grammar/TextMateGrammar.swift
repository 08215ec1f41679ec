import Foundation
import HindsightQuery
import HindsightShell
import HindsightSyntax

/// `grammar/pq.tmLanguage.json`: how editors colour statements and scripts. Its words are those of the keyword table, the
/// function table and the table of dot-commands; which keyword is a type or tells a time, `grammar/pq.ebnf` says.
struct TextMateGrammar {
    let grammar: Grammar

    func json() throws -> String {
        let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try JSONSerialization.data(withJSONObject: document, options: options), as: UTF8.self)
            + "\n"
    }

    private var document: [String: Any] {
        let parts = [
            "answers", "comments", "commands", "strings", "quotedNames", "ion", "parameters", "numbers", "time",
            "types",
            "constants", "functions", "keywords", "operators",
        ]
        return [
            "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
            "name": "pq", "scopeName": "source.pq", "fileTypes": ["pq"],
            "comment": "Made by Tests/HouseTests from the tables in the code: change those, then rewrite this file.",
            "patterns": parts.map { ["include": "#\($0)"] },
            "repository": repository,
        ]
    }

    private var repository: [String: Any] {
        let words = Words(grammar)
        return [
            "answers": match("markup.quote.answer.pq", #"^\s*-->.*$"#),
            "comments": patterns(
                match("comment.line.double-dash.pq", "--.*$"),
                span("comment.block.pq", #"/\*"#, #"\*/"#)),
            "commands": match(
                "meta.preprocessor.command.pq", "^[ \\t]*(?:\(alternatives(DotCommand.all.map(\.name))))(?![\\w$]).*$"),
            "strings": span(
                "string.quoted.single.pq", "'", "'(?!')", match("constant.character.escape.pq", "''")),
            "quotedNames": span(
                "variable.other.quoted.pq", "\"", "\"(?!\")", match("constant.character.escape.pq", "\"\"")),
            "ion": span(
                "string.other.ion.pq", "`", "`",
                span("string.quoted.triple.ion.pq", "'''", "'''", ionEscape),
                span("string.quoted.double.ion.pq", "\"", "\"", ionEscape),
                span("constant.other.symbol.ion.pq", "'", "'", ionEscape)),
            "parameters": match("variable.parameter.pq", #"\?|(?<![\w$:]):[A-Za-z_$][\w$]*"#),
            "numbers": match("constant.numeric.pq", #"(?<![\w$])(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?(?![\w$])"#),
            "time": patterns(
                match("keyword.other.time.pq", #"(?i)(?<![\w$.])AS\s+OF(?![\w$])"#),
                match("keyword.other.time.pq", whole(words.time))),
            "types": patterns(
                match("storage.type.pq", whole(words.types)),
                match(
                    "storage.type.pq",
                    #"(?i)(?<![\w$.])(?:"# + alternatives(words.letters)
                        + #")(?=\s+(?:PARTITION|HASH|SORT|RANGE)\s+KEY(?![\w$]))"#)),
            "constants": match("constant.language.pq", whole(words.constants)),
            "functions": match("support.function.pq", whole(words.functions, before: #"(?=\s*\()"#)),
            "keywords": patterns(
                match("keyword.control.pq", whole(words.reserved)), match("keyword.other.pq", whole(words.others))),
            "operators": match("keyword.operator.pq", #"<>|!=|<=|>=|<<|>>|\|\||[-+*/%&=<>]"#),
        ]
    }

    private var ionEscape: [String: Any] { match("constant.character.escape.ion.pq", #"\\."#) }

    // MARK: Pieces

    private func match(_ scope: String, _ expression: String) -> [String: Any] {
        ["name": scope, "match": expression]
    }

    private func span(_ scope: String, _ begin: String, _ end: String, _ inner: [String: Any]...) -> [String: Any] {
        let ends: [String: Any] = ["name": scope, "begin": begin, "end": end]
        return inner.isEmpty ? ends : ends.merging(["patterns": inner]) { first, _ in first }
    }

    private func patterns(_ patterns: [String: Any]...) -> [String: Any] { ["patterns": patterns] }

    /// Any of the words, in any case, where it is no part of a longer name and no member of a path.
    private func whole(_ words: [String], before next: String = #"(?![\w$])"#) -> String {
        #"(?i)(?<![\w$.])(?:"# + alternatives(words) + ")" + next
    }

    private func alternatives(_ words: [String]) -> String {
        words.map { NSRegularExpression.escapedPattern(for: $0) }.joined(separator: "|")
    }
}

/// The keywords by what they are for.
private struct Words {
    let time: [String]
    let types: [String]
    /// Types of one letter, which are names nearly everywhere.
    let letters: [String]
    let constants: [String]
    let functions: [String]
    let reserved: [String]
    let others: [String]

    init(_ grammar: Grammar) {
        func words(of rules: [String]) -> Set<String> {
            rules.reduce(into: []) { found, rule in
                found.formUnion(grammar.rules[rule]?.contents.quoted.filter { $0.first?.isLetter == true } ?? [])
            }
        }
        let reserved = Keyword.allCases.filter(\.isReserved).map(\.rawValue)
        let constants = Set(["NULL", "MISSING", "TRUE", "FALSE"])
        let types = words(of: [
            "dataType", "decimalType", "floatType", "textType", "timeType", "intervalType", "keyType", "dateLiteral",
            "timeLiteral", "timestampLiteral", "intervalLiteral",
        ]).subtracting(reserved)
        let time = words(of: ["timePoint", "period"]).subtracting(reserved)
        let calls = words(of: [
            "trim", "substring", "position", "overlay", "extract", "dateCall", "niladicCall", "cast",
        ])
        let functions = Set(
            FunctionTable.names + FunctionTable.all.flatMap(\.aliases) + AggregateKind.allCases.map(\.rawValue)
        )
        .union(calls).subtracting(reserved)
        self.time = time.sorted()
        self.types = types.filter { $0.utf8.count > 1 }.sorted()
        letters = types.filter { $0.utf8.count == 1 }.sorted()
        self.constants = constants.sorted()
        self.functions = functions.sorted()
        self.reserved = reserved.filter { !constants.contains($0) }
        others = Keyword.allCases.map(\.rawValue).filter {
            !reserved.contains($0) && !types.contains($0) && !time.contains($0)
        }
    }
}
