/// What is said when the text is not what the grammar expects.
extension Parser {
    /// The error of finding the current token where `description` should stand.
    func unexpected(_ description: String, hint: String? = nil) -> SyntaxError {
        unexpected(description, found: token, hint: hint)
    }

    func unexpected(_ description: String, found token: Token, hint: String? = nil) -> SyntaxError {
        if case .fault(let fault) = token.kind { return SyntaxError(diagnostic(of: fault, token.span)) }
        return SyntaxError(
            Diagnostic(
                .syntaxError, "expected \(description), found \(found(token))", span: token.span,
                hint: hint ?? habitHint(token)))
    }

    /// The error of a statement that is complete before the current token.
    func unexpectedTail() -> SyntaxError {
        if case .fault(let fault) = kind { return SyntaxError(diagnostic(of: fault, token.span)) }
        return SyntaxError(
            Diagnostic(
                .syntaxError, "unexpected \(found(token)) after a complete statement", span: token.span,
                hint: habitHint(token)))
    }

    /// A token as a message names it; long ones shortened.
    private func found(_ token: Token) -> String {
        switch token.kind {
        case .endOfText: return "the end of the text"
        case .semicolon: return "the end of the statement"
        case .keyword(let keyword): return "`\(keyword.rawValue)`"
        default:
            let text = text(token.span)
            return text.unicodeScalars.count > 40 ? "`\(String(text.unicodeScalars.prefix(37)))…`" : "`\(text)`"
        }
    }

    // MARK: Lexical faults

    private func diagnostic(of fault: LexicalFault, _ span: SourceSpan) -> Diagnostic {
        switch fault {
        case .unterminatedString:
            unterminated("the text", "'", span)
        case .unterminatedName:
            unterminated("the quoted name", "\"", span)
        case .unterminatedIon:
            unterminated("the Ion literal", "`", span)
        case .unterminatedComment:
            unterminated("the comment", "*/", span)
        case .malformedNumber:
            Diagnostic(
                .invalidLiteral, "`\(text(span))` is neither a number nor a name", span: span,
                hint: numberHint(text(span)))
        case .missingExponent:
            Diagnostic(.invalidLiteral, "the number's exponent has no digits", span: span)
        case .curlyQuote:
            Diagnostic(
                .invalidCharacter, "unexpected typographic quotation mark", span: span,
                hint: "quote text with ' and names with \"")
        case .strangeSpace:
            Diagnostic(
                .invalidCharacter, "unexpected character \(codePoint(span)): it looks like a space, but is none",
                span: span, hint: "replace it by a space")
        case .strangeCharacter:
            Diagnostic(.invalidCharacter, "unexpected character \(codePoint(span))", span: span)
        }
    }

    private func unterminated(_ what: String, _ mark: String, _ span: SourceSpan) -> Diagnostic {
        let opening = SourceSpan(start: span.start, end: min(span.start + 1, span.end))
        return Diagnostic(
            .unterminatedText, "\(what) that starts here has no closing `\(mark)`", span: opening,
            hint: mark == "'" && hasBackslashQuote ? "a quotation mark in a text is doubled: 'it''s'" : nil)
    }

    /// Whether some text before ends in a backslash: somebody meant to escape its quotation mark.
    private var hasBackslashQuote: Bool {
        tokens[0...index].contains { token in
            token.kind == .stringLiteral && token.span.end > 2 && source[Int(token.span.end) - 2] == UInt8(ascii: "\\")
        }
    }

    private func numberHint(_ text: String) -> String {
        if text.lowercased().hasPrefix("0x") || text.lowercased().hasPrefix("0b") {
            return "write it as an Ion literal: `\(text)`"
        }
        if text.contains("_") { return "digits are written without `_`" }
        return "a name that starts with a digit is quoted: \"\(text)\""
    }

    private func codePoint(_ span: SourceSpan) -> String {
        guard let scalar = text(span).unicodeScalars.first else { return "" }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return scalar.properties.isWhitespace || scalar.value < 0x20 ? code : "`\(scalar)` (\(code))"
    }

    // MARK: Hints

    static let starHint = "`*` stands alone; name the source instead: `SELECT t.*, …`"

    /// What somebody may have meant who wrote this token where it has no place.
    private func habitHint(_ token: Token) -> String? {
        if isAfterBackslash(token) { return "a quotation mark in a text is doubled: 'it''s'" }
        switch token.kind {
        case .doubleEqual:
            return "equality is written with one `=`"
        case .comma where index > 1 && tokens[index - 1].kind == .star:
            return Self.starHint
        case .comma where index > 1 && tokens[index - 2].kind == .keyword(.limit):
            return "write `LIMIT count OFFSET start`"
        case .keyword(let keyword) where keyword.isReserved && (isAfterName || isUsedAsName):
            return "`\(keyword.rawValue)` is a reserved word; to use it as a name, write \"\(text(token.span))\""
        case .keyword(let keyword) where keyword.startsOnlyStatements:
            return "is a `;` missing before it?"
        default:
            return foreignHint
        }
    }

    /// Whether the token is a word right behind a text that ends in a backslash.
    private func isAfterBackslash(_ token: Token) -> Bool {
        guard index > 0, token.kind.isWord, tokens[index - 1].kind == .stringLiteral else { return false }
        let end = Int(tokens[index - 1].span.end)
        return end == Int(token.span.start) && source[end - 2] == UInt8(ascii: "\\")
    }

    /// Whether the token before asks for a name.
    private var isAfterName: Bool {
        guard index > 0 else { return false }
        switch tokens[index - 1].kind {
        case .keyword(.as), .keyword(.into), .keyword(.table), .keyword(.update): return true
        default: return false
        }
    }

    /// Whether the token after goes on as if the current one were a value.
    private var isUsedAsName: Bool {
        guard index + 1 < tokens.count else { return false }
        switch tokens[index + 1].kind {
        case .comma, .dot, .equal, .notEqual, .less, .greater, .rightParenthesis, .keyword(.from), .keyword(.as),
            .keyword(.and), .keyword(.or), .keyword(.is), .keyword(.asc), .keyword(.desc):
            return true
        default:
            return false
        }
    }

    /// How a word of other databases at the fault, or right before it, is spelt here.
    private var foreignHint: String? {
        for position in [index, index - 1] where position >= 0 && tokens[position].kind == .identifier {
            if let hint = Self.foreignWords[text(tokens[position].span).uppercased()] { return hint }
        }
        return nil
    }

    private static let foreignWords = [
        "PRIMARY": "write `PARTITION KEY`, and `SORT KEY` for a second attribute",
        "START": "write `BEGIN`",
        "ABORT": "write `ROLLBACK`",
        "TOP": "write `LIMIT n` at the end of the query",
        "FETCH": "write `LIMIT n`",
        "TRUNCATE": "write `DELETE FROM table`",
        "ILIKE": "write `LOWER(text) LIKE pattern`",
        "USING": "write `ON left.name = right.name`",
        "NATURAL": "write `JOIN … ON` with a condition",
        "PITR": "write `POINT_IN_TIME_RECOVERY`",
    ]

    /// Refuses a dash right behind a name where no operator may stand: a name with a dash must be quoted.
    func refuseDash(after parts: [Identifier]) throws(SyntaxError) {
        guard at(.minus), let last = parts.last, !last.isQuoted, token.span.start == last.span.end else { return }
        var end = Int(token.span.end)
        while end < source.count, source[end].isNamePart || source[end] == UInt8(ascii: "-") { end += 1 }
        let span = SourceSpan(Int(last.span.start)..<end)
        throw SyntaxError(
            Diagnostic(
                .syntaxError, "a name with a dash must be quoted", span: span, hint: "write \"\(text(span))\""))
    }

    /// The error with a guess at a mistyped keyword: the statement's first word, or a word right before the fault.
    func improved(_ error: SyntaxError) -> SyntaxError {
        var diagnostic = error.diagnostics[0]
        guard diagnostic.code == .syntaxError, diagnostic.hint == nil, !tokens.isEmpty else { return error }
        if let hint = startHint {
            diagnostic.message = "unknown statement `\(text(tokens[0].span))`"
            diagnostic.span = tokens[0].span
            diagnostic.hint = hint
        } else {
            diagnostic.hint = keywordHint
        }
        return SyntaxError(diagnostic)
    }

    private var startHint: String? {
        guard tokens[0].kind == .identifier, index > 0 else { return nil }
        return Spelling.hint(for: text(tokens[0].span), among: Self.statementWords)
    }

    /// The words that statements start with.
    private static let statementWords = [
        "SELECT", "INSERT", "UPSERT", "REPLACE", "UPDATE", "DELETE", "FROM", "WITH", "CREATE", "ALTER", "DROP",
        "UNDROP", "RENAME", "RESTORE", "REVERT", "DIFF", "EXPORT", "IMPORT", "BEGIN", "COMMIT", "ROLLBACK", "EXPLAIN",
        "VERIFY", "VACUUM", "ATTACH", "DETACH", "SHOW", "DESCRIBE", "SET", "VALUES", "TABLE", "PIVOT",
    ]

    /// The current token, or the one before it, read as a mistyped keyword.
    private var keywordHint: String? {
        for position in [index, index - 1] where position > 0 && tokens[position].kind == .identifier {
            let word = text(tokens[position].span)
            if word.utf8.count > 2, let hint = Spelling.hint(for: word, among: Self.clauseWords) { return hint }
        }
        return nil
    }

    /// The words that clauses start with and that stand between the parts of statements.
    private static let clauseWords = [
        "FROM", "WHERE", "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "UNION", "INTERSECT", "EXCEPT", "JOIN",
        "INNER", "LEFT", "RIGHT", "CROSS", "RETURNING", "REMOVE", "EXCLUDE", "WINDOW", "BETWEEN", "LIKE", "ESCAPE",
        "VALUE", "VALUES", "INTO", "TABLE", "INDEX", "BACKUP", "RESTORE", "POINT", "PARTITION", "SORT", "STRING",
        "NUMBER", "BINARY", "LATEST", "EARLIEST", "VERSIONS", "DISTINCT", "GROUP", "ORDER", "AND", "NOT", "TABLES",
        "INDEXES", "BACKUPS", "RESTORES", "POINTS", "RECOVERY", "EXPORTS", "COMMITS", "CHANGES", "TRANSACTION",
    ]

    /// The error of a word that is no type.
    func unknownType() -> SyntaxError {
        guard kind == .identifier else { return unexpected("a type") }
        let word = text(token.span)
        return SyntaxError(
            Diagnostic(
                .unknownType, "there is no type `\(word)`", span: token.span,
                hint: Spelling.hint(for: word, among: Self.typeWords)))
    }

    private static let typeWords = [
        "BOOL", "INT", "INTEGER", "BIGINT", "SMALLINT", "DECIMAL", "NUMERIC", "NUMBER", "FLOAT", "REAL",
        "DOUBLE PRECISION", "STRING", "VARCHAR", "CHAR", "SYMBOL", "CLOB", "BLOB", "BINARY", "DATE", "TIME",
        "TIMESTAMP",
        "INTERVAL", "LIST", "BAG", "SEXP", "STRUCT", "TUPLE", "MAP", "NULL", "MISSING", "ANY",
    ]
}

extension Keyword {
    /// Whether a statement that goes on with this word was meant to have ended before it.
    fileprivate var startsOnlyStatements: Bool {
        switch self {
        case .select, .insert, .upsert, .delete, .create, .alter, .drop, .undrop, .rename, .restore, .revert, .export,
            .import, .begin, .commit, .rollback, .explain, .show, .describe, .attach, .detach, .vacuum, .verify:
            true
        default:
            false
        }
    }
}
