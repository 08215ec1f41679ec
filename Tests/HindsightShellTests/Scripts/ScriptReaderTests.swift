import Testing

@testable import HindsightShell

private func units(_ text: String) -> [String] {
    var reader = ScriptReader(text)
    var units: [String] = []
    while let unit = reader.next() {
        units.append(unit.text)
    }
    return units
}

struct ScriptReaderTests {
    @Test func cutsAtSemicolons() {
        #expect(units("SELECT 1; SELECT 2;\n\nSELECT\n 3") == ["SELECT 1", "SELECT 2", "SELECT\n 3"])
        #expect(units(";;SELECT 1;;") == ["SELECT 1"])
        #expect(units(" \n-- nothing\n/* ; */") == [])
    }

    @Test func looksIntoNoTextAndNoComment() {
        #expect(
            units("SELECT 'a;b', \"c;d\", `{x: 1;}`; SELECT 2") == ["SELECT 'a;b', \"c;d\", `{x: 1;}`", "SELECT 2"])
        #expect(
            units("SELECT 1 -- one; two\n + 1; SELECT /* ; */ 2;") == [
                "SELECT 1 -- one; two\n + 1", "SELECT /* ; */ 2",
            ])
        #expect(units("SELECT 'it''s; fine';") == ["SELECT 'it''s; fine'"])
    }

    @Test func takesCommandsByTheLine() {
        #expect(units(".mode csv\nSELECT 1;\n  .quit  \nSELECT 2") == [".mode csv", "SELECT 1", ".quit", "SELECT 2"])
        #expect(units("SELECT a\n.b\n;") == ["SELECT a\n.b"])
        #expect(units(".help; x\r\n.quit") == [".help; x", ".quit"])
    }

    @Test func givesAnUnterminatedTextToTheParser() {
        #expect(units("SELECT 1; SELECT 'open; SELECT 2;") == ["SELECT 1", "SELECT 'open; SELECT 2;"])
    }

    @Test func saysWhereUnitsStand() throws {
        var reader = ScriptReader("-- ö\nSELECT 1 ; .x")
        let next = reader.next()
        let unit = try #require(next)
        #expect(unit.range == 6..<14)
        #expect(unit.end == 16)
    }
}
