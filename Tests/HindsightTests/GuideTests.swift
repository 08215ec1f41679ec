import Foundation
import Hindsight
import HindsightTestSupport
import Testing

// The programs that the guide shows, word for word, which the last test checks.

/// The program of FirstHour.md.
private struct FirstHour {
    struct Track: Codable, Sendable, Equatable {
        var artist: String
        var title: String
        var price: Number?
    }

    func recover() throws -> [Track] {
        let db = try Database.inMemory()
        try db.execute("CREATE TABLE tracks (artist STRING PARTITION KEY, title STRING SORT KEY)")
        try db.enablePointInTimeRecovery(of: "tracks")

        let joga = Track(artist: "Björk", title: "Jóga", price: "1.29")
        let added = try db.write { try $0.insert(joga, into: "tracks") }

        // A value in the statement is bound as a parameter. It is never pasted into the text.
        let artist = "Björk"
        try db.execute("DELETE FROM tracks WHERE artist = \(artist)")

        // Every write says which commit it was, and every commit can be read again.
        guard let commit = added.commit else { return [] }
        let before = try db.at(.commit(commit)).query("SELECT * FROM tracks", as: Track.self)

        for change in try db.changes(in: "tracks", from: .commit(commit)) where change.kind == .deleted {
            print("lost:", change.key)
        }
        try db.restore("tracks", to: "tracks_restored", at: .commit(commit))
        return before
    }
}

/// The program of LookingBack.md.
private actor Follower {
    private let bookmark: URL
    private(set) var copy: [Structure: Structure] = [:]

    init(bookmark: URL) {
        self.bookmark = bookmark
    }

    func follow(_ db: Database) async throws {
        let kept = try? JSONDecoder().decode(ChangePosition.self, from: Data(contentsOf: bookmark))
        let changes = kept.map { db.changes(of: "Music", after: $0) } ?? db.changes(of: "Music", from: .earliest)
        for try await change in changes {
            copy[change.key] = change.newImage
            try JSONEncoder().encode(change.position).write(to: bookmark, options: .atomic)
        }
    }
}

struct GuideTests {
    @Test func theFirstHourGetsTheTrackBack() throws {
        #expect(try FirstHour().recover() == [FirstHour.Track(artist: "Björk", title: "Jóga", price: "1.29")])
    }

    @Test func theStartPageFindsWhatWasLost() throws {
        let lost = try startPage()
        #expect(lost.count == 1)
        #expect(lost[0]["Title"]?.description == "'Jóga'")
    }

    /// The program of the start page, on a file in memory.
    private func startPage() throws -> [Row] {
        let db = try Database.inMemory()
        try db.execute("CREATE TABLE Music (Artist STRING PARTITION KEY, Title STRING SORT KEY)")
        try db.enablePointInTimeRecovery(of: "Music")
        try db.execute("INSERT INTO Music VALUE {'Artist': 'Björk', 'Title': 'Jóga'}")
        try db.createRestorePoint("before")
        try db.execute("DELETE FROM Music")
        let lost = try db.at(.restorePoint("before")).query("SELECT * FROM Music")
        return lost
    }

    @Test func aCopyIsKeptUpToDateOverSeveralRuns() async throws {
        let directory = try TemporaryDirectory()
        let follower = Follower(bookmark: URL(fileURLWithPath: directory.file("bookmark")))
        let db = try Database.inMemory()
        try await db.execute("CREATE TABLE Music (Artist STRING PARTITION KEY) WITH (STREAM = ON)")
        for (run, artist) in ["Björk", "Nina Simone"].enumerated() {
            try await db.execute("INSERT INTO Music VALUE {'Artist': \(artist)}")
            let following = Task { try await follower.follow(db) }
            while await follower.copy.count <= run { try await Task.sleep(for: .milliseconds(1)) }
            following.cancel()
            await #expect(throws: CancellationError.self) { try await following.value }
            // The bookmark is written after the copy.
            #expect(FileManager.default.fileExists(atPath: directory.file("bookmark")))
        }
        #expect(await follower.copy.count == 2)
    }

    @Test(arguments: [
        (page: "FirstHour", heading: "# "), (page: "Hindsight", heading: "# "),
        (page: "LookingBack", heading: "This keeps a copy"),
    ])
    func thePageShowsThisProgram(page: String, heading: String) throws {
        let here = URL(fileURLWithPath: #filePath)
        let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let program = try lines(of: here)
        let shown = try lines(of: root.appendingPathComponent("Sources/Hindsight/Hindsight.docc/\(page).md"))
        let place = try #require(shown.firstIndex { $0.contains(heading) })
        let start = try #require(shown[place...].firstIndex(of: "```swift"))
        for line in shown[(start + 1)...].prefix(while: { $0 != "```" }) where !line.contains("Database(path:") {
            #expect(program.contains(line), "\(line)")
        }
    }

    private func lines(of file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
