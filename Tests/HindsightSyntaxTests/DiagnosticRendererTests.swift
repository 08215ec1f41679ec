import HindsightSyntax
import Testing

struct DiagnosticRendererTests {
    private func draw(
        _ source: String, _ range: Range<Int>, fileName: String? = nil, notes: [Diagnostic.Note] = [], width: Int = 100
    ) -> String {
        DiagnosticRenderer(source: source, fileName: fileName, maximumWidth: width)
            .render(Diagnostic(.syntaxError, "wrong", span: SourceSpan(range), notes: notes))
    }

    @Test func filesLinesAndColumns() {
        let source = (1...9).map { "line \($0)\r\n" }.joined() + "größe = 5\n"
        #expect(
            draw(source, 82..<83, fileName: "a.pq") == """
                a.pq:10:9: error: wrong
                  10 | größe = 5
                     |         ^
                """)
        #expect(draw(source, 5..<6) == "1:6: error: wrong\n  1 | line 1\n    |      ^")
    }

    @Test func withoutAPlace() {
        let renderer = DiagnosticRenderer(source: "x", fileName: "a.pq")
        #expect(renderer.render(Diagnostic(.diskFull, "no room")) == "a.pq: error: no room")
        let warning = Diagnostic(.syntaxError, "odd", severity: .warning, hint: "be even")
        #expect(DiagnosticRenderer(source: "").render(warning) == "warning: odd\n    = hint: be even")
    }

    @Test func tabsAndWideCharacters() {
        #expect(draw("\tab\tc", 4..<5) == "1:5: error: wrong\n  1 |     ab  c\n    |         ^")
        #expect(draw("名前 = 'x'", 9..<12) == "1:6: error: wrong\n  1 | 名前 = 'x'\n    |        ^~~")
        #expect(draw("名前 x", 0..<6) == "1:1: error: wrong\n  1 | 名前 x\n    | ^~~~")
        #expect(draw("👍🏽 x", 9..<10) == "1:3: error: wrong\n  1 | 👍🏽 x\n    |    ^")
        #expect(draw("e\u{301} x", 4..<5) == "1:3: error: wrong\n  1 | e\u{301} x\n    |   ^")
    }

    @Test func controlCharactersHaveNoEffect() {
        #expect(draw("a\u{1B}[31mb", 6..<7) == "1:7: error: wrong\n  1 | a␛[31mb\n    |       ^")
        #expect(draw("a\u{202E}b", 4..<5).contains("a\u{FFFD}b"))
    }

    @Test func severalLinesAndEnds() {
        #expect(draw("abc\ndef", 1..<6) == "1:2: error: wrong\n  1 | abc\n    |  ^~")
        #expect(draw("abc", 3..<3) == "1:4: error: wrong\n  1 | abc\n    |    ^")
        #expect(draw("abc\n", 4..<4) == "2:1: error: wrong\n  2 | \n    | ^")
        #expect(draw("", 0..<0) == "1:1: error: wrong\n  1 | \n    | ^")
        #expect(draw("abc", 50..<60) == "1:4: error: wrong\n  1 | abc\n    |    ^")
    }

    @Test func longLinesAreShortened() {
        let long = String(repeating: "a", count: 200) + "XY" + String(repeating: "b", count: 200)
        #expect(
            draw(long, 200..<202, width: 40) == """
                1:201: error: wrong
                  1 | …aaaaaaaaaaaaaaaaaXYbbbbbbbbbbbbbbbbb…
                    |                   ^~
                """)
        let lines = draw(long, 0..<400, width: 40).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 46 || $0.hasPrefix("1:") })
        #expect(draw(long, 400..<402, width: 40).contains("bb\n"))
    }

    @Test func notesHaveTheirOwnPlaces() {
        #expect(
            draw("a\nb", 0..<1, notes: [.init("first here", span: SourceSpan(2..<3)), .init("by the way")]) == """
                1:1: error: wrong
                  1 | a
                    | ^
                2:1: note: first here
                  2 | b
                    | ^
                    = note: by the way
                """)
    }

    @Test func spansMoveIntoALongerText() {
        let diagnostic = Diagnostic(
            .syntaxError, "wrong", span: SourceSpan(1..<2), notes: [.init("n", span: SourceSpan(0..<1))])
        #expect(diagnostic.shifted(by: 10).span == SourceSpan(11..<12))
        #expect(diagnostic.shifted(by: 10).notes[0].span == SourceSpan(10..<11))
    }
}
