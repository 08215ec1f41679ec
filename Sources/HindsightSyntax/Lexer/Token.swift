/// A word, a literal or a sign of the language: what it is and which bytes it covers. Its text is copied only when asked
/// for.
package struct Token: Sendable, Equatable {
    package let kind: TokenKind
    package let span: SourceSpan

    package init(_ kind: TokenKind, _ span: SourceSpan) {
        self.kind = kind
        self.span = span
    }
}

package enum TokenKind: Sendable, Equatable {
    /// The end of the text.
    case endOfText
    case keyword(Keyword)
    /// A name without quotes that is no keyword.
    case identifier
    /// `"name"`
    case quotedIdentifier
    /// `'text'`
    case stringLiteral
    /// Digits alone.
    case integerLiteral
    /// Digits with a point or an exponent.
    case decimalLiteral
    /// Ion text in back-ticks.
    case ionLiteral
    case fault(LexicalFault)

    case leftParenthesis, rightParenthesis
    case leftBracket, rightBracket
    case leftBrace, rightBrace
    /// `<<` and `>>`
    case leftBag, rightBag
    case comma, dot, semicolon, colon, question, atSign
    case plus, minus, star, slash, percent, concatenate, ampersand
    case equal
    /// `==`: no operator of the language, but a habit worth a hint.
    case doubleEqual
    /// `<>`
    case notEqual
    /// `!=`
    case bangEqual
    case less, lessOrEqual, greater, greaterOrEqual
    /// Signs of graph patterns: `!`, `|` and `~`.
    case bang, verticalBar, tilde
}

/// Why some bytes are no token.
package enum LexicalFault: Sendable, Equatable {
    case unterminatedString
    case unterminatedName
    case unterminatedIon
    case unterminatedComment
    /// A number that runs into a name: `12abc`, `0x1F`, `1_000`.
    case malformedNumber
    /// An exponent without digits.
    case missingExponent
    /// A typographic quotation mark.
    case curlyQuote
    /// A space that is no ASCII space, from a web page or a word processor.
    case strangeSpace
    case strangeCharacter
}

extension TokenKind {
    /// Whether the token is a word that may be a name: not quoted, not reserved.
    package var isUnquotedName: Bool {
        switch self {
        case .identifier: true
        case .keyword(let keyword): !keyword.isReserved
        default: false
        }
    }

    /// Whether the token may be a name where one is expected.
    package var isName: Bool { self == .quotedIdentifier || isUnquotedName }

    /// Whether the token is spelt with letters: a keyword or an unquoted name.
    package var isWord: Bool {
        switch self {
        case .identifier, .keyword: true
        default: false
        }
    }
}

extension TokenKind: CustomStringConvertible {
    /// The kind in words: `keyword SELECT`, `identifier`, `sign`.
    package var description: String {
        switch self {
        case .keyword(let keyword): "keyword \(keyword.rawValue)"
        case .fault(let fault): "fault \(fault)"
        case .endOfText: "end of text"
        case .identifier: "identifier"
        case .quotedIdentifier: "quoted identifier"
        case .stringLiteral: "string"
        case .integerLiteral: "integer"
        case .decimalLiteral: "decimal"
        case .ionLiteral: "Ion literal"
        default: "sign"
        }
    }
}
