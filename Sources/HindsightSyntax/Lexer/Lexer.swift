/// Cuts UTF-8 text into tokens, one a call. Space and comments stand between tokens.
///
/// Knows no grammar but that of tokens: which words are names is for the parser to say. Every call that does not give
/// `.endOfText` moves on by at least one byte, whatever the bytes are.
package struct Lexer: ~Escapable {
    private let source: Span<UInt8>
    /// Where the next token, or the space before it, starts.
    package private(set) var position: Int

    @_lifetime(copy source)
    package init(_ source: Span<UInt8>, from position: Int = 0) {
        self.source = source
        self.position = position
    }

    /// The next token; at the end of the text `.endOfText`, again and again.
    package mutating func next() -> Token {
        if let fault = skipSpace() { return fault }
        let start = position
        guard start < source.count else { return Token(.endOfText, SourceSpan(start..<start)) }
        let kind = scan(source[start])
        return Token(kind, SourceSpan(start..<position))
    }

    private func byte(at index: Int) -> UInt8? {
        index < source.count ? source[index] : nil
    }

    private func byte(at index: Int, is wanted: Unicode.Scalar) -> Bool {
        index < source.count && source[index] == UInt8(ascii: wanted)
    }

    // MARK: Space

    /// Skips space, `-- …` and `/* … */`; the token of a comment without end, or nil.
    private mutating func skipSpace() -> Token? {
        while position < source.count {
            switch source[position] {
            case UInt8(ascii: " "), 0x09...0x0D:
                position += 1
            case UInt8(ascii: "-") where byte(at: position + 1, is: "-"):
                skipLine()
            case UInt8(ascii: "/") where byte(at: position + 1, is: "*"):
                let start = position
                guard skipComment() else {
                    return Token(.fault(.unterminatedComment), SourceSpan(start..<position))
                }
            case 0xEF where position == 0 && byte(at: 1) == 0xBB && byte(at: 2) == 0xBF:
                position += 3  // a byte order mark
            default:
                return nil
            }
        }
        return nil
    }

    private mutating func skipLine() {
        while position < source.count, source[position] != UInt8(ascii: "\n") { position += 1 }
    }

    private mutating func skipComment() -> Bool {
        position += 2
        while position < source.count {
            if source[position] == UInt8(ascii: "*"), byte(at: position + 1, is: "/") {
                position += 2
                return true
            }
            position += 1
        }
        return false
    }

    // MARK: Tokens

    private mutating func scan(_ first: UInt8) -> TokenKind {
        switch first {
        case _ where first.isNameStart:
            return scanWord()
        case _ where first.isASCIIDigit:
            return scanNumber()
        case UInt8(ascii: "."):
            if let next = byte(at: position + 1), next.isASCIIDigit { return scanNumber() }
            return take(1, .dot)
        case UInt8(ascii: "'"):
            return scanQuoted(first, .stringLiteral, unterminated: .unterminatedString)
        case UInt8(ascii: "\""):
            return scanQuoted(first, .quotedIdentifier, unterminated: .unterminatedName)
        case UInt8(ascii: "`"):
            return scanIon()
        case 0x80...0xFF:
            return scanBeyondASCII()
        default:
            return scanSign(first)
        }
    }

    private mutating func take(_ count: Int, _ kind: TokenKind) -> TokenKind {
        position += count
        return kind
    }

    private mutating func scanSign(_ first: UInt8) -> TokenKind {
        switch first {
        case UInt8(ascii: "("): take(1, .leftParenthesis)
        case UInt8(ascii: ")"): take(1, .rightParenthesis)
        case UInt8(ascii: "["): take(1, .leftBracket)
        case UInt8(ascii: "]"): take(1, .rightBracket)
        case UInt8(ascii: "{"): take(1, .leftBrace)
        case UInt8(ascii: "}"): take(1, .rightBrace)
        case UInt8(ascii: ","): take(1, .comma)
        case UInt8(ascii: ";"): take(1, .semicolon)
        case UInt8(ascii: ":"): take(1, .colon)
        case UInt8(ascii: "?"): take(1, .question)
        case UInt8(ascii: "@"): take(1, .atSign)
        case UInt8(ascii: "+"): take(1, .plus)
        case UInt8(ascii: "-"): take(1, .minus)
        case UInt8(ascii: "*"): take(1, .star)
        case UInt8(ascii: "/"): take(1, .slash)
        case UInt8(ascii: "%"): take(1, .percent)
        case UInt8(ascii: "&"): take(1, .ampersand)
        case UInt8(ascii: "|") where byte(at: position + 1, is: "|"): take(2, .concatenate)
        case UInt8(ascii: "|"): take(1, .verticalBar)
        case UInt8(ascii: "~"): take(1, .tilde)
        case UInt8(ascii: "=") where byte(at: position + 1, is: "="): take(2, .doubleEqual)
        case UInt8(ascii: "="): take(1, .equal)
        case UInt8(ascii: "!") where byte(at: position + 1, is: "="): take(2, .bangEqual)
        case UInt8(ascii: "!"): take(1, .bang)
        case UInt8(ascii: "<") where byte(at: position + 1, is: "<"): take(2, .leftBag)
        case UInt8(ascii: "<") where byte(at: position + 1, is: "="): take(2, .lessOrEqual)
        case UInt8(ascii: "<") where byte(at: position + 1, is: ">"): take(2, .notEqual)
        case UInt8(ascii: "<"): take(1, .less)
        case UInt8(ascii: ">") where byte(at: position + 1, is: ">"): take(2, .rightBag)
        case UInt8(ascii: ">") where byte(at: position + 1, is: "="): take(2, .greaterOrEqual)
        case UInt8(ascii: ">"): take(1, .greater)
        default: take(1, .fault(.strangeCharacter))
        }
    }

    private mutating func scanWord() -> TokenKind {
        let start = position
        while position < source.count, source[position].isNamePart { position += 1 }
        if position < source.count, source[position] >= 0x80, skipLetters() { return .identifier }
        guard let keyword = KeywordTable.shared.keyword(source.extracting(start..<position)) else {
            return .identifier
        }
        return .keyword(keyword)
    }

    /// `12`, `1.5`, `1.`, `.5`, `1e9`, `1.5E-3`.
    private mutating func scanNumber() -> TokenKind {
        var kind = TokenKind.integerLiteral
        skipDigits()
        if byte(at: position, is: ".") {
            kind = .decimalLiteral
            position += 1
            skipDigits()
        }
        if byte(at: position, is: "e") || byte(at: position, is: "E") {
            kind = .decimalLiteral
            position += 1
            if byte(at: position, is: "+") || byte(at: position, is: "-") { position += 1 }
            guard let digit = byte(at: position), digit.isASCIIDigit else {
                skipNameParts()
                return .fault(.missingExponent)
            }
            skipDigits()
        }
        guard let next = byte(at: position), next.isNameStart else { return kind }
        skipNameParts()
        return .fault(.malformedNumber)
    }

    private mutating func skipDigits() {
        while position < source.count, source[position].isASCIIDigit { position += 1 }
    }

    private mutating func skipNameParts() {
        while position < source.count, source[position].isNamePart { position += 1 }
    }

    /// Text in quotes; a doubled quote inside stands for one. There are no escapes.
    private mutating func scanQuoted(
        _ quote: UInt8, _ kind: TokenKind, unterminated fault: LexicalFault
    ) -> TokenKind {
        position += 1
        while position < source.count {
            if source[position] == quote {
                if byte(at: position + 1) != quote { return take(1, kind) }
                position += 1
            }
            position += 1
        }
        return .fault(fault)
    }

    private mutating func scanIon() -> TokenKind {
        guard let end = IonText.end(in: source, from: position + 1) else {
            position = source.count
            return .fault(.unterminatedIon)
        }
        position = end + 1
        return .ionLiteral
    }

    // MARK: Beyond ASCII

    private mutating func scanBeyondASCII() -> TokenKind {
        let (scalar, length) = scalar(at: position)
        position += length
        switch scalar {
        case "\u{2018}", "\u{2019}", "\u{201A}", "\u{201C}", "\u{201D}", "\u{201E}", "\u{AB}", "\u{BB}":
            return .fault(.curlyQuote)
        case _ where scalar.properties.isWhitespace || scalar == "\u{200B}" || scalar == "\u{FEFF}":
            return .fault(.strangeSpace)
        case _ where scalar.properties.isXIDStart:
            _ = skipLetters()
            return .identifier
        default:
            return .fault(.strangeCharacter)
        }
    }

    /// Skips what goes on in a name, ASCII or not; false if nothing does.
    private mutating func skipLetters() -> Bool {
        let start = position
        while position < source.count {
            if source[position] < 0x80 {
                guard source[position].isNamePart else { break }
                position += 1
            } else {
                let (scalar, length) = scalar(at: position)
                guard scalar.properties.isXIDContinue else { break }
                position += length
            }
        }
        return position > start
    }

    /// The scalar whose UTF-8 starts at `index`, and its bytes; U+FFFD and one byte for what is no UTF-8.
    private func scalar(at index: Int) -> (Unicode.Scalar, length: Int) {
        let first = UInt32(source[index])
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard first >= 0xC2, first <= 0xF4, index + length <= source.count else { return ("\u{FFFD}", 1) }
        var code = first & (0x7F >> UInt32(length))
        for offset in 1..<length {
            let next = source[index + offset]
            guard next & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
            code = code << 6 | UInt32(next & 0x3F)
        }
        guard let scalar = Unicode.Scalar(code) else { return ("\u{FFFD}", 1) }
        return (scalar, length)
    }
}
