import Foundation
import Hindsight
import HindsightTestSupport
import Testing

private struct Track: Codable, Equatable, Sendable {
    var artist: String
    var title: String
    var year: Int?
}

struct DatabaseTests {
    private func database(clock: AdjustableClock? = nil) throws -> Database {
        let db = try Database.inMemory(options: .init(clock: clock?.now))
        try db.execute("CREATE TABLE tracks (artist STRING PARTITION KEY, title STRING SORT KEY)")
        try db.enablePointInTimeRecovery(of: "tracks")
        return db
    }

    private let joga = Track(artist: "Björk", title: "Jóga", year: 1997)
    private let sinnerman = Track(artist: "Nina Simone", title: "Sinnerman", year: nil)

    @Test func itemsComeBackAsTheirType() throws {
        let db = try database()
        try db.write {
            try $0.insert(joga, into: "tracks")
            try $0.insert(sinnerman, into: "tracks")
        }
        let artist = "Björk"
        #expect(try db.query("SELECT * FROM tracks WHERE artist = \(artist)", as: Track.self) == [joga])
        #expect(try db.query("SELECT * FROM tracks ORDER BY artist", as: Track.self) == [joga, sinnerman])
        let row = try #require(try db.first("SELECT t.title, t.\"year\" FROM tracks AS t WHERE t.artist = \(artist)"))
        let (title, year) = try row.values(as: (String, Int?).self)
        #expect(title == "Jóga")
        #expect(year == 1997)
    }

    @Test func aThrowUndoesTheWholeWrite() throws {
        struct Refusal: Error {}
        let db = try database()
        #expect(throws: Refusal.self) {
            try db.write {
                try $0.insert(joga, into: "tracks")
                throw Refusal()
            }
        }
        #expect(try db.query("SELECT * FROM tracks").isEmpty)
    }

    @Test func aFailedStatementUndoesItselfAlone() throws {
        let db = try database()
        try db.write { transaction in
            try transaction.insert(joga, into: "tracks")
            #expect(throws: DatabaseError.self) { try transaction.insert(joga, into: "tracks") }
            try transaction.insert(sinnerman, into: "tracks")
        }
        #expect(try db.query("SELECT * FROM tracks").count == 2)
    }

    @Test func writesInsideAWriteAreSeenThere() throws {
        let db = try database()
        let count = try db.write { transaction in
            try transaction.insert(joga, into: "tracks")
            return try transaction.query("SELECT * FROM tracks").count
        }
        #expect(count.value == 1)
        #expect(count.commit != nil)
    }

    @Test func aWriteInsideAWriteIsRefused() throws {
        let db = try database()
        try db.write { transaction in
            try transaction.insert(joga, into: "tracks")
            let error = #expect(throws: DatabaseError.self) { try db.execute("DELETE FROM tracks") }
            #expect(error?.code == .transactionState)
        }
        #expect(try db.query("SELECT * FROM tracks").count == 1)
    }

    @Test func thePastIsReadLikeThePresent() throws {
        let db = try database()
        let added = try db.write { try $0.insert(joga, into: "tracks") }
        let commit = try #require(added.commit)
        try db.execute("DELETE FROM tracks WHERE artist = \(joga.artist)")
        #expect(try db.query("SELECT * FROM tracks", as: Track.self).isEmpty)
        #expect(try db.at(.commit(commit)).query("SELECT * FROM tracks", as: Track.self) == [joga])
        #expect(throws: DatabaseError.self) { try db.at(.commit(commit)).query("DELETE FROM tracks") }
    }

    @Test func restoreMakesATableOfThen() throws {
        let db = try database()
        let commit = try #require(try db.write { try $0.insert(joga, into: "tracks") }.commit)
        try db.execute("UPDATE tracks SET \"year\" = 2000 WHERE artist = \(joga.artist) AND title = \(joga.title)")
        let report = try db.restore("tracks", to: "then", at: .commit(commit))
        #expect(report.source == "tracks" && report.itemCount == 1 && report.commit != nil)
        #expect(report.notCarriedOver.map(\.name) == ["POINT_IN_TIME_RECOVERY"])
        #expect(try db.query("SELECT * FROM \"then\"", as: Track.self) == [joga])
        #expect(try db.query("SELECT VALUE t.\"year\" FROM tracks AS t").first?.value == .int(2000))
        #expect(try db.tableNames() == ["then", "tracks"])
    }

    @Test func backupsOutliveTheirTable() throws {
        let db = try database()
        try db.write { try $0.insert(joga, into: "tracks") }
        try db.createBackup("friday", of: "tracks")
        try db.execute("DELETE FROM tracks")
        try db.execute("DROP TABLE tracks")
        #expect(try db.restore(backup: "friday", of: "tracks", to: "then").backup == "friday")
        #expect(try db.query("SELECT * FROM \"then\"", as: Track.self) == [joga])
        try db.undropTable("tracks")
        #expect(try db.query("SELECT * FROM tracks", as: Track.self).isEmpty)
        try db.undropTable("tracks", as: "tracks again")
        #expect(try db.tableNames() == ["then", "tracks", "tracks again"])
        try db.dropBackup("friday")
        #expect(throws: DatabaseError.self) { try db.restore(backup: "friday", of: "tracks", to: "again") }
    }

    @Test func revertGoesBackInPlace() throws {
        let clock = AdjustableClock(microsecondsSince1970: 1_777_636_800_000_000)
        let db = try database(clock: clock)
        let start = try #require(try db.write { try $0.insert(joga, into: "tracks") }.commit)
        clock.advance(seconds: 10)
        try db.execute("CREATE RESTORE POINT \"a point\"")
        for moment in [
            Moment.commit(start), .version(start.version), .microseconds(start.microsecondsSince1970 + 1),
            .time(Date(timeIntervalSince1970: 1_777_636_805)), .restorePoint("a point"),
        ] {
            try db.execute("DELETE FROM tracks")
            try db.write { try $0.insert(sinnerman, into: "tracks") }
            #expect(try db.revert("tracks", to: moment).changed == 2)
            #expect(try db.query("SELECT * FROM tracks", as: Track.self) == [joga])
        }
        #expect(try db.revert("tracks", to: .latest).commit == nil)
        #expect(throws: DatabaseError.self) { try db.revert("tracks", to: .restorePoint("nowhere")) }
    }

    @Test func historyTellsWhatAnItemWas() throws {
        let clock = AdjustableClock(microsecondsSince1970: 1_777_636_800_000_000)
        let db = try database(clock: clock)
        try db.write { try $0.insert(joga, into: "tracks") }
        clock.advance(seconds: 10)
        let update = try db.execute("UPDATE tracks SET \"year\" = 2000 WHERE artist = \(joga.artist)").commit
        try db.write { try $0.insert(sinnerman, into: "tracks") }
        try db.execute("DELETE FROM tracks WHERE artist = \(joga.artist)")
        let history = try db.history(of: "tracks", key: joga.artist, joga.title)
        #expect(history.map(\.change) == [.inserted, .updated, .deleted])
        #expect(history.map { $0.item["year"] } == [.int(1997), .int(2000), nil])
        #expect(history[1].version == update?.version && history[1].begin == update?.time)
        #expect(history[0].end == history[1].begin && history[2].end == nil)
        #expect(try db.history(of: "tracks", key: joga.artist, to: .version(history[1].version)).count == 2)
        #expect(try db.history(of: "tracks").count == 4)
        #expect(throws: DatabaseError.self) { try db.history(of: "tracks", key: 1, 2, 3) }
        #expect(throws: DatabaseError.self) { try db.history(of: "nothing") }
        let timeline = try db.timeline(of: "tracks")
        #expect(timeline.reduce(0) { $0 + $1.inserts } == 2)
        #expect(timeline.reduce(0) { $0 + $1.updates } == 1)
        #expect(timeline.reduce(0) { $0 + $1.deletes } == 1)
    }

    @Test func changesTellBeforeAndAfter() throws {
        let db = try database()
        let start = try db.latestVersion()
        try db.write { try $0.insert(joga, into: "tracks") }
        let middle = try db.latestVersion()
        try db.execute("UPDATE tracks SET \"year\" = 2000 WHERE artist = \(joga.artist) AND title = \(joga.title)")
        try db.write { try $0.insert(sinnerman, into: "tracks") }
        #expect(try db.changes(in: "tracks", from: .version(start)).map(\.kind) == [.inserted, .inserted])
        let later = try db.changes(in: "tracks", from: .version(middle))
        #expect(later.map(\.kind) == [.updated, .inserted])
        #expect(later[0].before?["year"] == .int(1997))
        #expect(later[0].after?["year"] == .int(2000))
        #expect(later[0].key["title"] == .string("Jóga"))
    }

    @Test func statementsAreBoundManyTimes() throws {
        let db = try database()
        let insertion = try db.prepare("INSERT INTO tracks VALUE {'artist': ?, 'title': ?, 'year': ?}")
        try db.write { transaction in
            for year in 1990..<2000 { try transaction.execute(insertion.bind("a", "t\(year)", year)) }
        }
        let later = try db.prepare(
            "SELECT VALUE t.title FROM tracks AS t WHERE t.artist = :artist AND t.\"year\" >= :from")
        let titles = try db.query(later.bind(named: ["artist": "a", "from": 1998]))
        #expect(titles.map(\.value) == [.string("t1998"), .string("t1999")])
    }

    @Test func errorsPointIntoTheStatement() throws {
        let db = try database()
        let error = try #require(throws: DatabaseError.self) { try db.query("SELECT * FROM trakcs") }
        #expect(error.code == .unknownTable)
        #expect(error.exceptionName == "ResourceNotFoundException")
        #expect(error.statement == "SELECT * FROM trakcs")
        #expect(error.diagnostics[0].span != nil)
        #expect(error.hint?.contains("tracks") == true)
    }

    @Test func aFileIsReopenedWithItsPast() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("shop.hsdb")
        let version: UInt64
        do {
            let db = try Database(path: path)
            try db.execute("CREATE TABLE t (id NUMBER PARTITION KEY) WITH (POINT_IN_TIME_RECOVERY = ON)")
            try db.execute("INSERT INTO t VALUE {'id': 1, 'a': 'old'}")
            version = try db.latestVersion()
            try db.execute("UPDATE t SET a = 'new' WHERE id = 1")
        }
        let db = try Database(path: path, options: .init(isReadOnly: true))
        #expect(try db.query("SELECT VALUE x.a FROM t AS x").map(\.value) == [.string("new")])
        #expect(try db.at(.version(version)).query("SELECT VALUE x.a FROM t AS x").map(\.value) == [.string("old")])
        let error = #expect(throws: DatabaseError.self) { try db.execute("DELETE FROM t") }
        #expect(error?.code == .readOnly)
    }

    @Test func aClockOfOnesOwnTimesTheCommits() throws {
        let clock = AdjustableClock(microsecondsSince1970: 1_777_636_800_000_000)
        let db = try Database.inMemory(options: .init(clock: clock.now))
        try db.execute("CREATE TABLE t (id NUMBER PARTITION KEY) WITH (POINT_IN_TIME_RECOVERY = ON)")
        clock.advance(seconds: 60)
        let outcome = try db.execute("INSERT INTO t VALUE {'id': 1}")
        #expect(outcome.commit?.microsecondsSince1970 == 1_777_636_860_000_000)
        clock.advance(seconds: 60)
        try db.execute("DELETE FROM t")
        let past = db.at(.time(Date(timeIntervalSince1970: 1_777_636_860)))
        #expect(try past.query("SELECT * FROM t").count == 1)
    }
}

struct AsyncDatabaseTests {
    @Test func asyncCallsDoTheSame() async throws {
        let db = try Database.inMemory()
        try await db.execute("CREATE TABLE t (id NUMBER PARTITION KEY)")
        try await db.write { transaction in
            for id in 0..<200 { try transaction.execute("INSERT INTO t VALUE {'id': \(id)}") }
        }
        let count = try await db.read { try $0.query("SELECT * FROM t").count }
        #expect(count == 200)
        var ids: Set<Int> = []
        for try await row in db.stream("SELECT t.id FROM t AS t") {
            ids.insert(try row.decode(Dictionary<String, Int>.self)["id"] ?? -1)
        }
        #expect(ids == Set(0..<200))
    }

    @Test func manyReadersAndWritersAtOnce() async throws {
        let db = try Database.inMemory()
        try await db.execute("CREATE TABLE counters (id NUMBER PARTITION KEY)")
        try await db.execute("INSERT INTO counters VALUE {'id': 1, 'n': 0}")
        try await withThrowingTaskGroup { group in
            for _ in 0..<20 {
                group.addTask { _ = try await db.execute("UPDATE counters SET n = n + 1 WHERE id = 1") }
                group.addTask { _ = try await db.query("SELECT * FROM counters") }
            }
            try await group.waitForAll()
        }
        let value = try await db.read { try $0.first("SELECT VALUE c.n FROM counters AS c")?.value }
        #expect(value == .int(20))
    }
}
