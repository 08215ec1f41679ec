import Testing

@testable import HindsightShell

struct LineDifferenceTests {
    @Test func isEmptyForEqualTexts() {
        #expect(LineDifference.draw(expected: "a\nb\n", actual: "a\nb\n") == "")
    }

    @Test func showsChangesWithTheirSurroundings() {
        let old = (1...12).map { "line \($0)" }
        var new = old
        new[5] = "changed"
        new.insert("added", at: 7)
        #expect(
            LineDifference.draw(expected: old.joined(separator: "\n"), actual: new.joined(separator: "\n")) == """
                @@ line 3 @@
                 line 3
                 line 4
                 line 5
                -line 6
                +changed
                 line 7
                +added
                 line 8
                 line 9
                 line 10

                """)
    }

    @Test func showsDistantChangesApart() {
        let old = (1...30).map(String.init)
        let new = old.filter { $0 != "2" && $0 != "29" }
        let text = LineDifference.draw(expected: old.joined(separator: "\n"), actual: new.joined(separator: "\n"))
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("@@") } == ["@@ line 1 @@", "@@ line 26 @@"])
        #expect(text.contains("\n-2\n"))
        #expect(text.contains("\n-29\n"))
    }

    @Test func showsWhatIsAddedAtTheEnd() {
        #expect(LineDifference.draw(expected: "a", actual: "a\nb") == "@@ line 1 @@\n a\n+b\n")
    }
}
