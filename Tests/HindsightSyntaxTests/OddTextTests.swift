import HindsightSyntax
import HindsightValues
import Testing

/// Texts that are odd by their bytes: bad escapes, bad UTF-8, control characters, enormous tokens.
struct OddTextTests {
    private func ion(_ text: String) -> Value? { try? IonReader.value(of: Array(text.utf8)) }

    @Test(arguments: [
        "\\uD83D", "\\uDE00", "\\uD83Dx", "\\uD83D\\n", "\\uD83D\\u0041", "\\uD83D\\uD83D", "\\uDE00\\uD83D",
        "\\U0000D83D",
        "\\U00110000", "\\UFFFFFFFF", "\\u12", "\\u", "\\U0001F60", "\\uGGGG", "\\x", "\\x1", "\\xZZ", "\\q", "\\8",
        "\\",
        "\\u+123", "\\x-1", "\\U-0000001",
    ])
    func badEscapesAreRefused(escape: String) {
        for quoted in ["\"\(escape)\"", "'\(escape)'", "'''\(escape)'''", "{{\"\(escape)\"}}"] {
            #expect(ion(quoted) == nil, "\(quoted)")
            checkBytes(Array("SELECT `\(quoted)`".utf8))
        }
    }

    @Test func escapesReachTheirLimits() {
        #expect(ion("\"\\uD7FF\\uE000\\U0010FFFF\\uDBFF\\uDFFF\"") == "\u{D7FF}\u{E000}\u{10FFFF}\u{10FFFF}")
        #expect(ion("\"\\0\\x00\\u0000\"") == "\0\0\0")
    }

    /// Over-long forms, surrogates, too large code points, truncated and stray bytes.
    @Test(
        arguments: [
            [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xF0, 0x80, 0x80, 0x80],
            [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFF], [0xFE], [0x80],
            [0xC3],
            [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC3, 0x28],
        ] as [[UInt8]])
    func badUTF8IsRefusedWithItsPlace(bytes: [UInt8]) {
        for quote in ["", "'", "\"", "`", "`\"", "--", "/*"] {
            let text = Array("SELECT é".utf8) + Array(quote.utf8) + bytes + Array(String(quote.reversed()).utf8)
            do throws(SyntaxError) {
                _ = try Parser(utf8: text)
                Issue.record("\(text) is accepted")
            } catch {
                #expect(error.diagnostics[0].code == .invalidUTF8)
                #expect(error.diagnostics[0].span?.range.lowerBound == 9 + quote.utf8.count)
            }
            // The lexer alone, as the prompt uses it, takes any bytes.
            var lexer = Lexer(text.span)
            var last = -1
            while lexer.next().kind != .endOfText {
                #expect(lexer.position > last)
                last = lexer.position
            }
        }
    }

    @Test func byteOrderMarksStandAtTheStartOnly() throws {
        #expect(try printed("\u{FEFF}SELECT 1") == "SELECT 1")
        #expect(faultCode("\u{FEFF}\u{FEFF}SELECT 1") == .invalidCharacter)
        #expect(faultCode("SELECT \u{FEFF}1") == .invalidCharacter)
        #expect(try printed("'\u{FEFF}'") == "'\u{FEFF}'")
        #expect(isComplete("\u{FEFF}SELECT 1;"))
    }

    @Test func lineEndsOfAllKindsAreSpace() throws {
        for end in ["\n", "\r\n", "\r", "\u{B}", "\u{C}", "\t"] {
            #expect(try printed("SELECT\(end)1\(end)") == "SELECT 1", "\(end.debugDescription)")
            #expect(isComplete("SELECT\(end)1;\(end)"))
            #expect(try printed("'a\(end)b'") == "'a\(end)b'")
        }
        #expect(try printed("-- a comment\r\nSELECT 1") == "SELECT 1")
        for separator in ["\u{2028}", "\u{2029}", "\u{85}", "\u{A0}", "\0"] {
            #expect(faultCode("SELECT\(separator)1") == .invalidCharacter, "\(separator.debugDescription)")
            #expect(try printed("'a\(separator)b'") == "'a\(separator)b'")
            #expect(try printed("\"a\(separator)b\"") == "\"a\(separator)b\"")
            #expect(try printed("SELECT 1 -- \(separator)\n") == "SELECT 1")
        }
    }

    @Test func enormousTokensAreReadOrRefused() throws {
        let long = String(repeating: "n", count: 100_000)
        for text in [long, "\"\(long)\"", "'\(long)'", "SELECT \(long).\(long)", "`\(long)`", "`\"\(long)\"`"] {
            checkBytes(Array(text.utf8))
        }
        let digits = String(repeating: "9", count: 20_000)
        for text in [
            digits, "0.\(digits)", "1e\(digits)", "1e-\(digits)", "`0x\(digits)`", "`1d\(digits)`", "`1e\(digits)`",
        ] {
            let code = faultCode(text)
            #expect(code == nil || code == .invalidLiteral || code == .invalidIon || code == .numberOutOfRange)
            checkBytes(Array(text.utf8))
        }
    }
}
