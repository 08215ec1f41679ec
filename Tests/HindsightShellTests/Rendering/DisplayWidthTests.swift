import HindsightSyntax
import Testing

@testable import HindsightShell

struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("Jóga", 4), ("Jo\u{301}ga", 4), ("坂本龍一", 8), ("🦆", 2), ("🇩🇪", 2), ("👩‍👩‍👧‍👦", 2), ("❤️", 2), ("❤", 1),
        ("ｱ", 1), ("Ａ", 2), ("한국어", 6), ("\u{1112}\u{1161}\u{11AB}", 2), ("a\u{200B}b", 2), ("├─┤", 3), ("…", 1),
        ("नमस्ते", 4), ("👍🏽", 2), ("1️⃣", 2), ("\u{1B}[1m", 3),
    ])
    func columnsOfText(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test(arguments: [("坂本龍一", 5, "坂本", 4), ("abc", 3, "abc", 3), ("Jo\u{301}ga", 2, "Jo\u{301}", 2), ("🦆", 1, "", 0)])
    func prefixesKeepWholeCharacters(text: String, columns: Int, prefix: String, width: Int) {
        let found = DisplayWidth.prefix(of: text, columns: columns)
        #expect(found.text.unicodeScalars.elementsEqual(prefix.unicodeScalars))
        #expect(found.width == width)
    }
}
