import HindsightSyntax
import Testing

struct LexerTests {
    /// The tokens of a text but for the last, each with its text.
    private func tokens(_ text: String) -> [(TokenKind, String)] {
        let bytes = Array(text.utf8)
        var lexer = Lexer(bytes.span)
        var result: [(TokenKind, String)] = []
        while true {
            let token = lexer.next()
            if token.kind == .endOfText { return result }
            result.append((token.kind, String(decoding: bytes[token.span.range], as: UTF8.self)))
        }
    }

    private func kinds(_ text: String) -> [TokenKind] { tokens(text).map(\.0) }

    @Test func wordsAreKeywordsOrNames() {
        #expect(
            kinds("SELECT select SeLeCt selects _a $b a1 größe \"Select\"") == [
                .keyword(.select), .keyword(.select), .keyword(.select), .identifier, .identifier, .identifier,
                .identifier, .identifier, .quotedIdentifier,
            ])
    }

    @Test(arguments: Keyword.allCases)
    func everyKeywordIsFound(keyword: Keyword) {
        #expect(kinds(keyword.rawValue) == [.keyword(keyword)])
        #expect(kinds(keyword.rawValue.lowercased()) == [.keyword(keyword)])
        #expect(kinds(keyword.rawValue + "x") != [.keyword(keyword)])
    }

    @Test func reservedWordsAreNoAliases() {
        for keyword in Keyword.allCases where keyword.isReserved { #expect(!keyword.isBareAlias) }
    }

    @Test func numbers() {
        for integer in ["0", "42", "00", "99999999999999999999"] { #expect(kinds(integer) == [.integerLiteral]) }
        for decimal in ["1.", ".5", "1.5", "1e9", "1E+9", "1.5e-3", ".5e1"] {
            #expect(kinds(decimal) == [.decimalLiteral])
        }
        #expect(kinds("1 .a") == [.integerLiteral, .dot, .identifier])
        #expect(kinds("12abc") == [.fault(.malformedNumber)])
        #expect(kinds("0x1F") == [.fault(.malformedNumber)])
        #expect(kinds("1_000") == [.fault(.malformedNumber)])
        #expect(kinds("1e+") == [.fault(.missingExponent)])
        #expect(kinds("1ex;") == [.fault(.missingExponent), .semicolon])
    }

    @Test func signs() {
        #expect(
            kinds("()[]{}<<>>,.;:?@+-*/%&||=") == [
                .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace, .leftBag,
                .rightBag, .comma, .dot, .semicolon, .colon, .question, .atSign, .plus, .minus, .star, .slash, .percent,
                .ampersand, .concatenate, .equal,
            ])
        #expect(
            kinds("== <> != < <= > >= ! |") == [
                .doubleEqual, .notEqual, .bangEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
                .bang, .verticalBar,
            ])
        #expect(kinds("<<<<>>>>") == [.leftBag, .leftBag, .rightBag, .rightBag])
    }

    @Test func quotes() {
        #expect(tokens("'it''s' 'a\nb' ''").map(\.1) == ["'it''s'", "'a\nb'", "''"])
        #expect(kinds("'a\\' c") == [.stringLiteral, .identifier])
        #expect(tokens("\"a\"\"b\" \"\"").map(\.1) == ["\"a\"\"b\"", "\"\""])
        #expect(kinds("'open") == [.fault(.unterminatedString)])
        #expect(kinds("'open''") == [.fault(.unterminatedString)])
        #expect(kinds("\"open") == [.fault(.unterminatedName)])
        #expect(kinds("`open") == [.fault(.unterminatedIon)])
        #expect(kinds("a /* open") == [.identifier, .fault(.unterminatedComment)])
    }

    @Test func ionLiteralsEndBehindTheirStringsAndComments() {
        for ion in [
            "`5`", "`\"a`b\"`", "`\"a\\\"`\"`", "`'a`b'`", "`'''a`b'''`", "`1 // `\n`", "`/* ` */ 1`", "`{{ aGk= }}`",
            "`{{ \"`\" }}`", "`{{ '''`''' }}`", "`{a: {b: \"}`\"}}`", "`{{ab//cd==}}`", "`(a / b)`",
        ] {
            #expect(tokens(ion + " x").map(\.1) == [ion, "x"])
        }
    }

    @Test func spaceAndComments() {
        #expect(kinds("a -- b\n c /* d */ e") == [.identifier, .identifier, .identifier])
        #expect(kinds("a--b") == [.identifier])
        #expect(kinds("/* /* */ a") == [.identifier])
        #expect(kinds("\u{FEFF}a\t\r\n\u{0B}\u{0C}c") == [.identifier, .identifier])
        #expect(kinds("").isEmpty)
    }

    @Test func charactersBeyondASCII() {
        #expect(kinds("naïve 名前 Ω1") == [.identifier, .identifier, .identifier])
        #expect(kinds("a\u{A0}c") == [.identifier, .fault(.strangeSpace), .identifier])
        #expect(kinds("‘a’") == [.fault(.curlyQuote), .identifier, .fault(.curlyQuote)])
        #expect(kinds("a → c") == [.identifier, .fault(.strangeCharacter), .identifier])
        #expect(kinds("😀") == [.fault(.strangeCharacter)])
    }

    @Test func spansCoverTheTokens() {
        let bytes = Array("  SELECT 'ü'".utf8)
        var lexer = Lexer(bytes.span)
        #expect(lexer.next() == Token(.keyword(.select), SourceSpan(start: 2, end: 8)))
        #expect(lexer.next() == Token(.stringLiteral, SourceSpan(start: 9, end: 13)))
        #expect(lexer.next() == Token(.endOfText, SourceSpan(start: 13, end: 13)))
        #expect(lexer.next() == Token(.endOfText, SourceSpan(start: 13, end: 13)))
    }
}
