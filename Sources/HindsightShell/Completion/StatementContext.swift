import HindsightSyntax

/// What a statement under way says about the place of the cursor: which words stand before it, and which tables it reads.
struct StatementContext {
    /// A word of the statement: its kind and its text, without quotes.
    struct Word {
        let kind: TokenKind
        let text: String
        let range: Range<Int>

        func isKeyword(_ keyword: Keyword) -> Bool { kind == .keyword(keyword) }
    }

    /// The words before the one being typed.
    let before: [Word]
    /// The beginning of a word that the cursor stands behind; empty after a blank or a sign.
    let typed: String
    /// Tables that the whole statement names, with the name that its paths start with.
    let tables: [(name: String, alias: String)]

    /// - Parameters:
    ///   - text: the entry up to the cursor.
    ///   - rest: the entry from the cursor on.
    init(before text: String, after rest: String) {
        var words = Self.words(of: text)
        if let last = words.last, last.kind.isWord, last.range.upperBound == text.utf8.count {
            typed = last.text
            words.removeLast()
        } else {
            typed = ""
        }
        before = words
        tables = Self.tables(in: words + Self.words(of: rest))
    }

    /// The names before the cursor that end in dots: for `a.b.c|`, `a` and `b`.
    var path: [String] {
        var names: [String] = []
        var index = before.count - 1
        while index > 0, before[index].kind == .dot, before[index - 1].kind.isName || before[index - 1].kind.isWord {
            names.insert(before[index - 1].text, at: 0)
            index -= 2
        }
        return names
    }

    /// Whether the cursor stands behind the dot after a table's name: `FROM t.|`.
    var isAfterTableName: Bool {
        guard before.count >= 3, case .keyword(let keyword) = before[before.count - 3].kind else { return false }
        return keyword.isBeforeTable
    }

    /// Whether the name of a backup plan is to come: behind `DROP BACKUP PLAN`, and its IF EXISTS.
    var isBeforeBackupPlan: Bool {
        let words = before.filter { !$0.isKeyword(.if) && !$0.isKeyword(.exists) }
        return words.count == 3 && words.first?.isKeyword(.drop) == true && words.last?.isKeyword(.plan) == true
    }

    /// Whether a moment is to come: behind AS OF, `VERSIONS BETWEEN` and the like, `REVERT TABLE t TO`, `RESTORE … AT`.
    var isBeforeTime: Bool {
        guard let last = before.last, case .keyword(let keyword) = last.kind else { return false }
        let words = before.dropLast()
        switch keyword {
        case .of: return words.last?.isKeyword(.as) == true
        case .to: return before[0].isKeyword(.revert)
        case .at: return before[0].isKeyword(.restore)
        case .between: return isPeriod(words)
        case .and:
            guard let between = words.lastIndex(where: { $0.isKeyword(.between) }) else { return false }
            return words.count - between <= 3 && isPeriod(words[..<between])
        default: return false
        }
    }

    /// Whether BETWEEN behind these words takes moments.
    private func isPeriod(_ words: ArraySlice<Word>) -> Bool {
        guard let last = words.last else { return false }
        let isTimeline = words.count > 2 && words[0].isKeyword(.show) && words[1].isKeyword(.timeline)
        return last.isKeyword(.versions) || last.isKeyword(.changes) || isTimeline
    }

    /// The words of the last statement in `text`.
    private static func words(of text: String) -> [Word] {
        let bytes = Array(text.utf8)
        var lexer = Lexer(bytes.span)
        var words: [Word] = []
        var token = lexer.next()
        while token.kind != .endOfText {
            if token.kind == .semicolon {
                words.removeAll()
            } else {
                words.append(word(token, bytes))
            }
            token = lexer.next()
        }
        return words
    }

    private static func word(_ token: Token, _ bytes: [UInt8]) -> Word {
        var range = token.span.range
        let whole = range
        if token.kind == .quotedIdentifier { range = range.lowerBound + 1..<range.upperBound - 1 }
        return Word(kind: token.kind, text: String(decoding: bytes[range], as: UTF8.self), range: whole)
    }

    private static func tables(in words: [Word]) -> [(name: String, alias: String)] {
        words.indices.compactMap { index in
            guard case .keyword(let keyword) = words[index].kind, keyword.isBeforeTable else { return nil }
            guard index + 1 < words.count, words[index + 1].kind.isName else { return nil }
            let name = words[index + 1].text
            return (name, alias(in: words[(index + 2)...]) ?? name)
        }
    }

    /// The alias that follows a table: behind AS, bare, or behind an `AS OF` and its time.
    private static func alias(in words: ArraySlice<Word>) -> String? {
        var words = words
        if words.first?.isKeyword(.as) == true {
            words = words.dropFirst()
            if words.first?.isKeyword(.of) == true { return alias(in: words.dropFirst(2)) }
        }
        guard let word = words.first, word.kind == .identifier || word.kind == .quotedIdentifier else { return nil }
        return word.text
    }
}

extension Keyword {
    /// Whether the name of a table may follow.
    var isBeforeTable: Bool {
        switch self {
        case .from, .into, .update, .table, .join, .describe, .of: true
        default: false
        }
    }
}
