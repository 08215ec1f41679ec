import Foundation
import Testing

@testable import HindsightShell

struct StatementFeedTests {
    /// What a feed cuts from pieces that arrive one by one, with nothing more waiting after each.
    private func statements(_ pieces: [String], end: Bool = true) throws -> [[String]] {
        let pipe = Pipe()
        var feed = StatementFeed(InputDescriptor(number: pipe.fileHandleForReading.fileDescriptor))
        var found: [[String]] = []
        for piece in pieces {
            try pipe.fileHandleForWriting.write(contentsOf: Data(piece.utf8))
            _ = try feed.readMore()
            found.append(drain(&feed))
        }
        guard end else { return found }
        try pipe.fileHandleForWriting.close()
        _ = try feed.readMore()
        found.append(drain(&feed))
        return found
    }

    private func drain(_ feed: inout StatementFeed) -> [String] {
        var texts: [String] = []
        while let unit = feed.next() { texts.append(unit.text) }
        return texts
    }

    @Test func endsAtSemicolons() throws {
        #expect(try statements(["SELECT 1; SELECT", " 2;SELECT 3"]) == [["SELECT 1"], ["SELECT 2"], ["SELECT 3"]])
    }

    @Test func endsWithTheLine() throws {
        #expect(try statements(["SELECT 1\n", "SELECT 2\n"], end: false) == [["SELECT 1"], ["SELECT 2"]])
    }

    @Test func takesSeveralLinesThatArriveTogether() throws {
        let text = "SELECT a\nFROM t\nWHERE a = 1\nSELECT 2\nSELECT b\nFROM u;\n"
        #expect(
            try statements([text], end: false) == [["SELECT a\nFROM t\nWHERE a = 1", "SELECT 2", "SELECT b\nFROM u"]])
    }

    @Test func waitsForTheRest() throws {
        #expect(try statements(["SELECT (1 +\n", "2)\n"], end: false) == [[], ["SELECT (1 +\n2)"]])
        #expect(try statements(["SELECT 'a\n", "b'\n"], end: false) == [[], ["SELECT 'a\nb'"]])
    }

    @Test func handsOverWhatIsWrong() throws {
        #expect(try statements(["SELCT 1\n"], end: false) == [["SELCT 1"]])
        #expect(try statements(["SELECT (1"]) == [[], ["SELECT (1"]])
    }

    @Test func takesCommandsByTheLine() throws {
        #expect(try statements([".clo", "ck\nSELECT 1;"], end: false) == [[], [".clock", "SELECT 1"]])
    }
}
