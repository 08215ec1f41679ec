import Testing

@testable import HindsightShell

/// A buffer whose cursor is written as `|`.
private func buffer(_ text: String) -> EditBuffer {
    let scalars = Array(text.unicodeScalars)
    let cursor = scalars.firstIndex(of: "|") ?? scalars.count
    return EditBuffer(scalars: scalars.filter { $0 != "|" }, cursor: cursor)
}

struct EditBufferTests {
    @Test func rowsEndAtLineBreaks() {
        let middle = buffer("ab\ncd|e\nfg")
        #expect(middle.rowStart == 3)
        #expect(middle.rowEnd == 6)
        #expect(buffer("|ab\ncd").rowEnd == 2)
        #expect(buffer("ab\n|").rowStart == 3)
        #expect(buffer("ab\n|").rowEnd == 3)
        #expect(buffer("|").rowStart == 0)
    }

    @Test func movesUpAndDownWithinTheRows() {
        #expect(buffer("abc\ndef|").placeAbove == 3)
        #expect(buffer("a\ndef|").placeAbove == 1)
        #expect(buffer("abc|\nd\nxyz").placeBelow == 5)
        #expect(buffer("ab|\n\nxyz").placeBelow == 3)
        #expect(buffer("ab\n|\nxyz").placeBelow == 4)
    }

    @Test func leavesTheRowsAtTheirEnds() {
        #expect(buffer("ab|c\ndef").placeAbove == nil)
        #expect(buffer("abc\nd|ef").placeBelow == nil)
    }

    @Test func stepsByCharacters() {
        #expect(buffer("Jo\u{301}|").previousCharacterLength == 2)
        #expect(buffer("|🇩🇪x").nextCharacterLength == 2)
        #expect(buffer("👩‍👩‍👧|").previousCharacterLength == 5)
        #expect(buffer("|").previousCharacterLength == 0)
        #expect(buffer("a|").nextCharacterLength == 0)
    }
}
