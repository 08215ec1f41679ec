import Foundation
import Testing

/// `grammar/pq.ebnf`, read: the parser's rules as trees, the lexer's as text.
struct Grammar {
    /// What a rule's right side is made of.
    indirect enum Term: Equatable {
        /// `'WORD'` or `'+'`
        case quoted(String)
        /// The name of another rule.
        case rule(String)
        case sequence([Term])
        case choice([Term])
        case repeated(Term, atLeast: Int, atMost: Int)
    }

    /// The right sides of all rules as they are written, white space made single.
    let texts: [String: String]
    /// The rules in lower case, which the parser reads.
    let rules: [String: Term]

    static let mostRepetitions = 3

    init(_ text: String) throws {
        let withoutComments = text.replacing(/\/\*(.|\n)*?\*\//, with: "")
        var texts: [String: String] = [:]
        var name = ""
        for line in withoutComments.split(separator: "\n") {
            if let start = line.firstMatch(of: /^(\w+) ::= (.*)$/) {
                name = String(start.1)
                try #require(texts[name] == nil, "\(name) is defined twice")
                texts[name] = String(start.2)
            } else {
                texts[name]? += " " + line.trimmingCharacters(in: .whitespaces)
            }
        }
        self.texts = texts.mapValues(Self.normalized)
        rules = try texts.filter { $0.key.first?.isLowercase == true }.mapValues { try Self.term($0) }
    }

    static func normalized(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The tree of a right side.
    static func term(_ text: String) throws -> Term {
        var reader = TermReader(text)
        return try reader.read()
    }

    /// The words in quotes in all rules.
    var keywords: Set<String> {
        var words = rules.values.reduce(into: Set<String>()) { $0.formUnion($1.contents.quoted) }
        for match in (texts["RESERVED"] ?? "").matches(of: /'([A-Z_]+)'/) { words.insert(String(match.1)) }
        return words.filter { $0.first?.isLetter == true }
    }

    /// The rules that `name` leads to, itself included.
    func reachable(from name: String) -> Set<String> {
        var found: Set<String> = []
        var open = [name]
        while let next = open.popLast() {
            guard found.insert(next).inserted, let rule = rules[next] else { continue }
            open += rule.contents.rules
        }
        return found
    }
}

extension Grammar.Term {
    /// The words in quotes and the names of rules in this term.
    var contents: (quoted: Set<String>, rules: Set<String>) {
        switch self {
        case .quoted(let word): return ([word], [])
        case .rule(let name): return ([], [name])
        case .repeated(let term, _, _): return term.contents
        case .sequence(let terms), .choice(let terms):
            return terms.map(\.contents).reduce(into: ([], [])) {
                $0.quoted.formUnion($1.quoted)
                $0.rules.formUnion($1.rules)
            }
        }
    }
}

/// Reads the right side of a rule.
private struct TermReader {
    private var tokens: [Substring]

    init(_ text: String) {
        tokens = text.matches(of: /'[^']+'|\w+|[()|?*+]/).map { $0.output }
        tokens.reverse()
    }

    mutating func read() throws -> Grammar.Term {
        let term = try choice()
        try #require(tokens.isEmpty, "the rule goes on with \(tokens.last ?? "")")
        return term
    }

    private mutating func choice() throws -> Grammar.Term {
        var alternatives = [try sequence()]
        while tokens.last == "|" {
            tokens.removeLast()
            alternatives.append(try sequence())
        }
        return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
    }

    private mutating func sequence() throws -> Grammar.Term {
        var parts: [Grammar.Term] = []
        while let token = tokens.last, token != "|", token != ")" { parts.append(try repeated()) }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func repeated() throws -> Grammar.Term {
        let term = try single()
        guard let mark = tokens.last, ["?", "*", "+"].contains(mark) else { return term }
        tokens.removeLast()
        return .repeated(term, atLeast: mark == "+" ? 1 : 0, atMost: mark == "?" ? 1 : Grammar.mostRepetitions)
    }

    private mutating func single() throws -> Grammar.Term {
        let next = tokens.popLast()
        let token = try #require(next, "the rule ends too early")
        if token == "(" {
            let inner = try choice()
            let closing = tokens.popLast()
            try #require(closing == ")", "a parenthesis is not closed")
            return inner
        }
        if token.hasPrefix("'") { return .quoted(String(token.dropFirst().dropLast())) }
        return .rule(String(token))
    }
}
