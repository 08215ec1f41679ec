import Foundation
import Hindsight
import HindsightTestSupport
import Testing

/// What the README says is run here: its statements by the shell, its program by the test below, whose text is the same.
struct ReadmeTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The first block of a language that holds `word`, line by line.
    private func block(_ language: String, with word: String) throws -> [String] {
        let readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
        let blocks = readme.components(separatedBy: "```\(language)\n").dropFirst()
        let found = try #require(
            blocks.compactMap { $0.components(separatedBy: "\n```").first }.first { $0.contains(word) })
        return found.components(separatedBy: "\n")
    }

    @Test func theStatementsRun() throws {
        let statements = try block("sql", with: "CREATE TABLE Music").joined(separator: "\n")
        let result = try BuiltProgram("pq").run(["--mode", "csv"], input: statements)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.hasSuffix("n\r\n3\r\n") || result.output.hasSuffix("n\n3\n"), "\(result.output)")
    }

    @Test func theCommandsAreThoseOfTheContinuousIntegration() throws {
        let readme = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
        let script = try String(contentsOf: Self.root.appendingPathComponent(".ci/run"), encoding: .utf8)
        #expect(readme.contains("\n.ci/install && swift test\n"))
        #expect(script.contains("\n.ci/install && swift test\n"))
    }

    @Test func theProgramIsTheOneBelow() throws {
        let source = try String(contentsOfFile: #filePath, encoding: .utf8)
        let begin = try #require(source.range(of: "        // README\n"))
        let end = try #require(source.range(of: "        // END\n"))
        let program = source[begin.upperBound..<end.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("        ") ? String($0.dropFirst(8)) : String($0) }
        let shown = try block("swift", with: "struct Track").map {
            $0.replacingOccurrences(of: "\"shop.hsdb\"", with: "path")
        }
        #expect(Array(shown.dropFirst(2)) == Array(program.dropLast()))
    }

    @Test func theProgramRuns() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("shop.hsdb")
        // README
        struct Track: Codable, Sendable {
            var artist: String, title: String, year: Int?
        }

        let db = try Database(path: path)
        try db.execute("CREATE TABLE tracks (artist STRING PARTITION KEY, title STRING SORT KEY)")
        try db.enablePointInTimeRecovery(of: "tracks")

        let added = try db.write { try $0.insert(Track(artist: "Björk", title: "Jóga", year: 1997), into: "tracks") }
        let artist = "Björk"
        let tracks = try db.query("SELECT * FROM tracks WHERE artist = \(artist)", as: Track.self)  // bound, not pasted

        try db.execute("DELETE FROM tracks WHERE artist = \(artist)")
        let before = try db.at(.version(added.commit!.version)).query("SELECT * FROM tracks", as: Track.self)
        // END
        #expect(tracks.map(\.title) == ["Jóga"])
        #expect(before.map(\.year) == [1997])
    }
}
