import HindsightTestSupport

/// Makes random sentences of a grammar: the tokens of a rule, a space between each two.
struct SentenceGenerator {
    private let grammar: Grammar
    private var random: SeededGenerator
    /// How many rules deep the shortest sentence of each rule goes.
    private let heights: [String: Int]
    /// The rules that sentences have gone through.
    private(set) var reached: Set<String> = []
    /// The rules that name each rule and are expanded.
    private let users: [String: [String]]
    private var ways: [String: Way] = [:]

    /// Rules of the lexer, and rules whose text says more than the grammar can, by example.
    private static let samples: [String: [String]] = [
        "NAME": ["n1", "Artist", "n_2", "$n3", "größe"],
        "BARE_ALIAS": ["x1", "x2"],
        "QUOTED_NAME": ["\"a b\"", "\"select\"", "\"\"", "\"q\"\"q\"", "\"Year\""],
        "RESERVED": ["SELECT", "table", "Order", "NULL"],
        "STRING": ["'text'", "''", "'it''s'", "'ünï ☃'"],
        "INTEGER": ["0", "3", "9"],
        "NUMBER": ["0", "42", "2.50", ".5", "5.", "1e9", "1.5E-3", "9223372036854775808"],
        "ION": ["`5`", "`null.int`", "`{a: [1, 2d3, \"x`y\"]}`", "`2000-01T`", "`{{aGk=}}`", "`(a + 'b c')`", "`1e0`"],
        "parameter": ["?", ":p1", ":select"],
        "dateLiteral": ["DATE '2026-05-01'", "date '0000-01-01'"],
        "timeLiteral": ["TIME '12:30:00'", "TIME (2) '23:59:59.999'", "TIME WITH TIME ZONE '01:02:03-08:00'"],
        "timestampLiteral": [
            "TIMESTAMP '2026-05-01 12:30:00'", "TIMESTAMP (3) WITH TIME ZONE '2026-05-01 12:30:00.1239+02:00'",
            "TIMESTAMP WITHOUT TIME ZONE '2026-05-01 12:30:00.5'",
        ],
        "intervalLiteral": [
            "INTERVAL '5' DAY", "INTERVAL - '1-2' YEAR TO MONTH", "INTERVAL '100 01:02:03.4' DAY (3) TO SECOND",
            "INTERVAL '1.123456789' SECOND (2, 9)",
        ],
    ]

    init(_ grammar: Grammar, seed: UInt64) {
        self.grammar = grammar
        random = SeededGenerator(seed: seed)
        heights = Self.heights(of: grammar)
        var users: [String: [String]] = [:]
        for (name, rule) in grammar.rules where Self.samples[name] == nil {
            for used in rule.contents.rules { users[used, default: []].append(name) }
        }
        self.users = users
    }

    /// Words after which only the shortest ways are taken.
    private static let longSentence = 120

    /// A sentence of `rule`; beyond `depth` rules the shortest ways are taken.
    ///
    /// - Parameter goal: a rule that the sentence has to go through, if `rule` leads to it.
    mutating func sentence(of rule: String, depth: Int, through goal: String? = nil) -> String {
        var words: [String] = []
        expand(.rule(rule), depth: depth, toward: goal.map { way(to: $0) }, into: &words)
        return words.joined(separator: " ")
    }

    private mutating func way(to goal: String) -> Way {
        if let known = ways[goal] { return known }
        let way = Way(to: goal, in: users)
        ways[goal] = way
        return way
    }

    private mutating func expand(
        _ term: Grammar.Term, depth wanted: Int, toward way: Way?, into words: inout [String]
    ) {
        let depth = words.count < Self.longSentence ? wanted : 0
        switch term {
        case .quoted(let word):
            words.append(Int.random(in: 0..<4, using: &random) == 0 ? word.lowercased() : word)
        case .rule(let name):
            expandRule(name, depth: depth, toward: way?.goal == name ? nil : way, into: &words)
        case .sequence(let parts):
            let leading = way?.shortest(parts)
            for (index, part) in parts.enumerated() {
                expand(part, depth: depth, toward: index == leading ? way : nil, into: &words)
            }
        case .choice(let alternatives):
            if let way, let leading = way.shortest(alternatives) {
                expand(alternatives[leading], depth: depth, toward: way, into: &words)
            } else {
                expand(pick(alternatives, depth: depth), depth: depth, toward: nil, into: &words)
            }
        case .repeated(let part, let least, let most):
            var count = depth > 0 ? Int.random(in: least...most, using: &random) : least
            let isLeading = way?.shortest([part]) != nil
            if isLeading { count = max(count, 1) }
            for index in 0..<count {
                expand(part, depth: depth - 1, toward: isLeading && index == 0 ? way : nil, into: &words)
            }
        }
    }

    private mutating func expandRule(_ name: String, depth: Int, toward way: Way?, into words: inout [String]) {
        reached.insert(name)
        if let samples = Self.samples[name] {
            words.append(samples.randomElement(using: &random) ?? "")
        } else if name == "selectItem" {
            expandSelectItem(depth: depth - 1, toward: way, into: &words)
        } else if let rule = grammar.rules[name] {
            expand(rule, depth: depth - 1, toward: way, into: &words)
        }
    }

    /// Without an alias an item must not end in a wildcard, which the grammar cannot say.
    private mutating func expandSelectItem(depth: Int, toward way: Way?, into words: inout [String]) {
        guard way != nil || Int.random(in: 0..<4, using: &random) > 0 else {
            words.append("n1.n2.*")
            return
        }
        expand(.rule("expression"), depth: depth, toward: way, into: &words)
        words.append("AS")
        expand(.rule("name"), depth: depth, toward: nil, into: &words)
    }

    private mutating func pick(_ alternatives: [Grammar.Term], depth: Int) -> Grammar.Term {
        let fitting = alternatives.filter { Self.height($0, heights) <= depth }
        if let one = fitting.randomElement(using: &random) { return one }
        return alternatives.min { Self.height($0, heights) < Self.height($1, heights) } ?? alternatives[0]
    }

    // MARK: Heights

    private static let endless = 10_000

    private static func heights(of grammar: Grammar) -> [String: Int] {
        var heights = grammar.rules.mapValues { _ in endless }
        for name in samples.keys { heights[name] = 0 }
        var isChanged = true
        while isChanged {
            isChanged = false
            for (name, rule) in grammar.rules where samples[name] == nil {
                let height = min(endless, height(rule, heights) + 1)
                if height < heights[name] ?? endless {
                    heights[name] = height
                    isChanged = true
                }
            }
        }
        return heights
    }

    private static func height(_ term: Grammar.Term, _ heights: [String: Int]) -> Int {
        switch term {
        case .quoted: 0
        case .rule(let name): heights[name] ?? endless
        case .sequence(let parts): parts.map { height($0, heights) }.max() ?? 0
        case .choice(let alternatives): alternatives.map { height($0, heights) }.min() ?? endless
        case .repeated(let part, let least, _): least == 0 ? 0 : height(part, heights)
        }
    }
}

/// How many rules lie between any term and a goal.
private struct Way {
    let goal: String
    private var distances: [String: Int]

    private static let endless = 10_000

    init(to goal: String, in users: [String: [String]]) {
        self.goal = goal
        distances = [goal: 0]
        var open = [goal][...]
        while let next = open.popFirst(), let distance = distances[next] {
            for user in users[next] ?? [] where distances[user] == nil {
                distances[user] = distance + 1
                open.append(user)
            }
        }
    }

    private func distance(of term: Grammar.Term) -> Int {
        term.contents.rules.map { distances[$0] ?? Self.endless }.min() ?? Self.endless
    }

    /// The index of the term that leads to the goal soonest; nil if none does.
    func shortest(_ terms: [Grammar.Term]) -> Int? {
        let best = terms.indices.min { distance(of: terms[$0]) < distance(of: terms[$1]) }
        return best.flatMap { distance(of: terms[$0]) < Self.endless ? $0 : nil }
    }
}
