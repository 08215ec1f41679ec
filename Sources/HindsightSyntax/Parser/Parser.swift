/// Reads statements from text: recursive descent, one method a rule of `grammar/pq.ebnf` and of the same name, the rule
/// quoted in its comment.
///
/// Knows no tables and no functions: every name parses, and what it stands for is for the binder to say. Statements that
/// later layers do not carry out are parsed all the same, so that they can be refused at their place.
///
/// Bounds: what nests in the text is at most `maximumNesting` deep, and so is what stacks up without brackets (`NOT NOT …`,
/// `a = b = c …`), so that neither parsing nor walking the tree takes a deep stack. What chains (`AND`, `+`, path steps)
/// is read in loops into arrays and has no bound; sources, joins, set operations and their like, each of which a plan puts
/// on top of the one before, are counted.
package struct Parser {
    /// How deep brackets, subqueries and stacked operators may nest.
    package static let maximumNesting = 200
    /// How many sources, joins, set operations, and bindings of LET and WITH one statement may have.
    package static let maximumQueryParts = 400

    let source: [UInt8]
    /// The current statement's tokens, as far as they were needed.
    var tokens: ContiguousArray<Token> = []
    /// The current token; always a valid index of `tokens`.
    var index = 0
    /// Where the lexer goes on.
    private var lexerPosition = 0
    /// Whether the last token of `tokens` is the statement's `;` or the end of the text.
    private var isStatementCut = false

    var depth = 0
    /// Operators stacked on one another without brackets, over the whole statement.
    var stackedOperators = 0
    /// Sources, joins, set operations and bindings over the whole statement.
    private var queryParts = 0
    var parameters = ParameterList()

    /// Reads from a string.
    package init(_ text: String) throws(SyntaxError) {
        try self.init(validated: Array(text.utf8))
    }

    /// Reads from bytes, as a script file holds them.
    ///
    /// - Throws: `invalidUTF8` with the place of the first byte that is no UTF-8; `statementTooLong` for more than 2 GiB.
    package init(utf8 bytes: [UInt8]) throws(SyntaxError) {
        if let offset = Self.firstInvalidByte(bytes) {
            throw SyntaxError(
                Diagnostic(
                    .invalidUTF8, "the text is not UTF-8: byte 0x\(String(bytes[offset], radix: 16, uppercase: true))",
                    span: SourceSpan(offset..<offset + 1)))
        }
        try self.init(validated: bytes)
    }

    private init(validated bytes: [UInt8]) throws(SyntaxError) {
        guard bytes.count < Int(Int32.max) else {
            throw SyntaxError(Diagnostic(.statementTooLong, "the text is longer than 2 GiB"))
        }
        source = bytes
        refill()
    }

    private static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
        do {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    // MARK: Tokens

    /// Tokens that are read ahead at once.
    private static let batchSize = 256

    /// Reads on, up to the statement's end; adds at least one token.
    private mutating func refill() {
        let source = source
        var lexer = Lexer(source.span, from: lexerPosition)
        for _ in 0..<Self.batchSize {
            let token = lexer.next()
            tokens.append(token)
            isStatementCut = token.kind == .semicolon || token.kind == .endOfText
            if isStatementCut { break }
        }
        lexerPosition = lexer.position
    }

    /// Drops the tokens of the statement before and starts with the one after its `;`.
    mutating func startStatement() {
        if tokens[index].kind == .semicolon { index += 1 }
        tokens.removeSubrange(0..<index)
        index = 0
        depth = 0
        stackedOperators = 0
        queryParts = 0
        parameters = ParameterList()
        if tokens.isEmpty { refill() }
    }

    var token: Token { tokens[index] }

    var kind: TokenKind { tokens[index].kind }

    /// The token `distance` after the current one; the statement's `;` or the end of the text behind that.
    mutating func peek(_ distance: Int) -> TokenKind {
        while index + distance >= tokens.count {
            if isStatementCut { return tokens[tokens.count - 1].kind }
            refill()
        }
        return tokens[index + distance].kind
    }

    mutating func peek(_ distance: Int, is keyword: Keyword) -> Bool {
        peek(distance) == .keyword(keyword)
    }

    /// Goes to the next token; stays at the statement's `;` or the end of the text.
    mutating func advance() {
        if index + 1 == tokens.count {
            if isStatementCut { return }
            refill()
        }
        index += 1
    }

    func at(_ wanted: TokenKind) -> Bool { kind == wanted }

    func at(_ keyword: Keyword) -> Bool { kind == .keyword(keyword) }

    mutating func consume(_ wanted: TokenKind) -> Bool {
        guard kind == wanted else { return false }
        advance()
        return true
    }

    mutating func consume(_ keyword: Keyword) -> Bool { consume(.keyword(keyword)) }

    mutating func expect(_ wanted: TokenKind, _ description: String) throws(SyntaxError) {
        guard consume(wanted) else { throw unexpected(description) }
    }

    mutating func expect(_ keyword: Keyword) throws(SyntaxError) {
        guard consume(keyword) else { throw unexpected("`\(keyword.rawValue)`") }
    }

    var isAtStatementEnd: Bool { kind == .semicolon || kind == .endOfText }

    // MARK: Spans and text

    /// From `start` to the end of the token before the current one.
    func span(from start: SourceSpan) -> SourceSpan {
        let end = index > 0 ? tokens[index - 1].span.end : start.end
        return SourceSpan(start: start.start, end: max(start.start, end))
    }

    func text(_ span: SourceSpan) -> String {
        String(decoding: source[span.range], as: UTF8.self)
    }

    // MARK: Bounds

    /// Counts one level of nesting; `leave` undoes it.
    mutating func enter() throws(SyntaxError) {
        guard depth < Self.maximumNesting else { throw tooDeep(token.span) }
        depth += 1
    }

    mutating func leave() {
        depth -= 1
    }

    /// Counts an operator that is applied to the result of another without brackets between them.
    mutating func stackOperator(at span: SourceSpan) throws(SyntaxError) {
        guard stackedOperators < Self.maximumNesting else { throw tooDeep(span) }
        stackedOperators += 1
    }

    /// Counts a part of a query that its plan puts on top of the parts before.
    mutating func countQueryPart() throws(SyntaxError) {
        guard queryParts < Self.maximumQueryParts else {
            throw SyntaxError(
                Diagnostic(
                    .statementTooDeep,
                    "the statement has more than \(Self.maximumQueryParts) sources, joins, set operations and bindings",
                    span: token.span, hint: "put the values into a table or a bag"))
        }
        queryParts += 1
    }

    private func tooDeep(_ span: SourceSpan) -> SyntaxError {
        SyntaxError(
            Diagnostic(
                .statementTooDeep, "the statement is nested more than \(Self.maximumNesting) levels deep", span: span))
    }
}

/// Checks that a loop of the parser goes on: one that does not would never end.
struct LoopProgress {
    private var lastIndex = -1

    /// True while the parser moves; a loop that stands still is a broken invariant.
    mutating func moves(to index: Int) -> Bool {
        precondition(index > lastIndex, "each round of a parser's loop consumes a token")
        lastIndex = index
        return true
    }
}
