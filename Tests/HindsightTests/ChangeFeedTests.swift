import Foundation
import Hindsight
import HindsightTestSupport
import Testing

/// Changes as they are committed: what comes, from where on, and how it ends.
struct ChangeFeedTests {
    private func database(clock: AdjustableClock? = nil) throws -> Database {
        let db = try Database.inMemory(options: .init(clock: clock?.now))
        try db.execute("CREATE TABLE Music (Id NUMBER PARTITION KEY) WITH (POINT_IN_TIME_RECOVERY = ON)")
        return db
    }

    /// The next changes of a sequence; ends early if that does.
    private func next(_ count: Int, of changes: ChangeSequence) async throws -> [ChangeEvent] {
        var events: [ChangeEvent] = []
        for try await event in changes {
            events.append(event)
            if events.count == count { break }
        }
        return events
    }

    private func words(_ events: [ChangeEvent]) -> [String] {
        events.map { event in
            let images = [event.oldImage, event.newImage].map { $0.map { Value.structure($0).description } ?? "-" }
            return "\(event.operation.rawValue) \(images.joined(separator: " → "))"
        }
    }

    // MARK: What comes

    @Test func everyChangeComesInTheOrderOfCommits() async throws {
        let db = try database()
        let changes = db.changes(of: "Music")
        try await db.execute("INSERT INTO Music VALUE {'Id': 2, 'n': 1}")
        try await db.execute("UPDATE Music SET n = 2 WHERE Id = 2")
        try await db.write { transaction in
            try transaction.execute("INSERT INTO Music VALUE {'Id': 3}")
            try transaction.execute("UPDATE Music SET n = 3 WHERE Id = 2")
            try transaction.execute("INSERT INTO Music VALUE {'Id': 1}")
            try transaction.execute("UPDATE Music SET n = 4 WHERE Id = 3")
        }
        try await db.execute("DELETE FROM Music WHERE Id = 2")
        let events = try await next(6, of: changes)
        #expect(
            words(events) == [
                "INSERT - → {'Id': 2, 'n': 1}", "MODIFY {'Id': 2, 'n': 1} → {'Id': 2, 'n': 2}",
                "INSERT - → {'Id': 3, 'n': 4}", "MODIFY {'Id': 2, 'n': 2} → {'Id': 2, 'n': 3}",
                "INSERT - → {'Id': 1}", "REMOVE {'Id': 2, 'n': 3} → -",
            ])
        #expect(events.map(\.commit.version) == [2, 3, 4, 4, 4, 5])
        #expect(events.map(\.sequence) == [0, 0, 0, 1, 2, 0])
        #expect(events.allSatisfy { $0.table == "Music" })
        #expect(events.map { $0.key["Id"] } == [.int(2), .int(2), .int(3), .int(2), .int(1), .int(2)])
    }

    @Test func whatATransactionTakesBackIsNoChange() async throws {
        let db = try database()
        let changes = db.changes(of: "Music")
        try await db.write { transaction in
            try transaction.execute("INSERT INTO Music VALUE {'Id': 1}")
            try transaction.execute("DELETE FROM Music WHERE Id = 1")
        }
        try await db.execute("INSERT INTO Music VALUE {'Id': 2}")
        try await db.execute("UPDATE Music SET n = 1 WHERE Id = 2")
        try await db.execute("UPDATE Music SET n = 1 WHERE Id = 2")
        try await db.execute("DELETE FROM Music")
        #expect(try await next(3, of: changes).map(\.operation) == [.insert, .modify, .remove])
    }

    @Test(arguments: ChangeView.allCases)
    func theViewChoosesTheImages(_ view: ChangeView) async throws {
        let db = try database()
        try await db.execute("ALTER TABLE Music SET (STREAM = ON, STREAM_VIEW_TYPE = \(view.rawValue))")
        let changes = db.changes(of: "Music")
        try await db.execute("INSERT INTO Music VALUE {'Id': 1}")
        try await db.execute("REPLACE INTO Music VALUE {'Id': 1, 'n': 2}")
        let event = try #require(try await next(2, of: changes).last)
        #expect((event.oldImage != nil) == [.oldImage, .newAndOldImages].contains(view))
        #expect((event.newImage != nil) == [.newImage, .newAndOldImages].contains(view))
        let all = try #require(
            try await next(2, of: db.changes(of: "Music", from: .earliest, view: .newAndOldImages)).last)
        #expect(all.oldImage != nil && all.newImage != nil)
    }

    @Test func imagesBecomeTypes() async throws {
        struct Track: Decodable, Equatable {
            let id: Int
            enum CodingKeys: String, CodingKey { case id = "Id" }
        }
        let db = try database()
        let changes = db.changes(of: "Music")
        try await db.execute("INSERT INTO Music VALUE {'Id': 1}")
        let event = try #require(try await next(1, of: changes).first)
        #expect(try event.newItem(as: Track.self) == Track(id: 1))
        #expect(try event.oldItem(as: Track.self) == nil)
    }

    /// Applied to an empty table, the changes make the table as it is.
    @Test func changesAppliedInOrderMakeTheTable() async throws {
        let seed = TestSeed.fresh
        let db = try database()
        try writeAtRandom(to: db, seed)
        var items: [Value: Structure] = [:]
        for try await event in db.changes(of: "Music", from: .earliest) {
            let id = try #require(event.key["Id"])
            #expect(items[id] == event.oldImage, "seed \(seed)")
            items[id] = event.newImage
            if id == .int(99) { break }
        }
        let stored = try await db.query("SELECT VALUE m FROM Music AS m").map(\.value)
        #expect(Set(items.values.map(Value.structure)) == Set(stored))
    }

    private func writeAtRandom(to db: Database, _ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for count in 0..<200 {
            try db.write { transaction in
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    let id = Int.random(in: 1...12, using: &generator)
                    if Int.random(in: 0..<3, using: &generator) == 0 {
                        try transaction.execute("DELETE FROM Music WHERE Id = \(id)")
                    } else {
                        try transaction.put(["Id": id, "n": count], into: "Music")
                    }
                }
            }
        }
        try db.execute("INSERT INTO Music VALUE {'Id': 99}")
    }

    // MARK: Where it begins

    @Test func itBeginsAtAMoment() async throws {
        let clock = AdjustableClock(microsecondsSince1970: 1_000_000_000)
        let db = try database(clock: clock)
        for id in 1...4 {
            clock.advance(seconds: 10)
            try await db.execute("INSERT INTO Music VALUE {'Id': \(id)}")
            if id == 2 { try db.createRestorePoint("middle") }
        }
        func ids(_ count: Int, from moment: Moment) async throws -> [Value?] {
            try await next(count, of: db.changes(of: "Music", from: moment)).map { $0.key["Id"] }
        }
        #expect(try await ids(4, from: .earliest) == [.int(1), .int(2), .int(3), .int(4)])
        #expect(try await ids(2, from: .version(3)) == [.int(3), .int(4)])
        #expect(try await ids(2, from: .restorePoint("middle")) == [.int(3), .int(4)])
        // A commit at the very time is among them.
        #expect(try await ids(2, from: .microseconds(1_030_000_000)) == [.int(3), .int(4)])
        #expect(try await ids(1, from: .microseconds(1_030_000_001)) == [.int(4)])
    }

    @Test func momentsThatAreNoneAreErrors() async throws {
        let db = try database()
        await expect(.unknownTable, db.changes(of: "Musik"))
        await expect(.unknownRestorePoint, db.changes(of: "Music", from: .restorePoint("none")))
        await expect(.restoreTimeOutOfWindow, db.changes(of: "Music", from: .version(99)))
        await expect(.restoreTimeOutOfWindow, db.changes(of: "Music", from: .time(.distantFuture)))
    }

    private func expect(_ code: DiagnosticCode, _ changes: ChangeSequence) async {
        let error = await #expect(throws: DatabaseError.self) { _ = try await next(1, of: changes) }
        #expect(error?.code == code)
    }

    @Test func aTableWithoutALogIsAnError() async throws {
        let db = try Database.inMemory()
        try await db.execute("CREATE TABLE Plain (Id NUMBER PARTITION KEY)")
        let error = await #expect(throws: DatabaseError.self) { _ = try await next(1, of: db.changes(of: "Plain")) }
        #expect(error?.code == .pointInTimeRecoveryOff)
        #expect(error?.exceptionName == "PointInTimeRecoveryUnavailableException")
        #expect(error?.hint?.contains("STREAM = ON") == true)
    }

    // MARK: Going on

    @Test func aPositionLeadsOnAfterARestartInTheMiddleOfACommit() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("feed.hsdb")
        var read: [Value?] = []
        var token = Data()
        do {
            let db = try Database(path: path)
            try await db.execute("CREATE TABLE Music (Id NUMBER PARTITION KEY) WITH (STREAM = ON)")
            try await db.write { transaction in
                for id in 1...300 { try transaction.put(["Id": id], into: "Music") }
            }
            let events = try await next(130, of: db.changes(of: "Music", from: .earliest))
            read = events.map { $0.key["Id"] }
            token = try JSONEncoder().encode(try #require(events.last).position)
        }
        let db = try Database(path: path)
        try await db.execute("INSERT INTO Music VALUE {'Id': 301}")
        let position = try JSONDecoder().decode(ChangePosition.self, from: token)
        read += try await next(171, of: db.changes(of: "Music", after: position)).map { $0.key["Id"] }
        #expect(read == (1...301).map { .int($0) })
    }

    @Test func commitsOfOthersAreSeen() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("shared.hsdb")
        let db = try Database(path: path)
        try await db.execute("CREATE TABLE Music (Id NUMBER PARTITION KEY) WITH (STREAM = ON)")
        let changes = db.changes(of: "Music")
        let reading = Task { try await next(2, of: changes).map { $0.key["Id"] } }
        try await Task.sleep(for: .milliseconds(50))
        // Another handle, and another process.
        try await Database(path: path).execute("INSERT INTO Music VALUE {'Id': 1}")
        let result = try BuiltProgram("pq").run([path, "-c", "INSERT INTO Music VALUE {'Id': 2}"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try await reading.value == [.int(1), .int(2)])
    }

    @Test func aWaitingLoopHoldsNoSnapshotAndOutlivesAVacuum() async throws {
        let directory = try TemporaryDirectory()
        let db = try Database(path: directory.file("vacuum.hsdb"))
        try await db.execute("CREATE TABLE Music (Id NUMBER PARTITION KEY) WITH (STREAM = ON)")
        let changes = db.changes(of: "Music")
        let reading = Task { try await next(1, of: changes) }
        try await Task.sleep(for: .milliseconds(50))
        try db.vacuum()
        try await db.execute("INSERT INTO Music VALUE {'Id': 1}")
        #expect(try await reading.value.count == 1)
    }

    @Test func cancellingTheTaskEndsTheLoop() async throws {
        let db = try database()
        let changes = db.changes(of: "Music")
        let reading = Task { try await next(1, of: changes) }
        try await Task.sleep(for: .milliseconds(20))
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
    }

    // MARK: Tables that change

    @Test func severalTablesShareOneOrder() async throws {
        let db = try database()
        try await db.execute("CREATE TABLE Films (Id STRING PARTITION KEY) WITH (STREAM = ON)")
        let changes = db.changes(of: "Films", "Music", "Films")
        try await db.execute("INSERT INTO Music VALUE {'Id': 1}")
        try await db.execute("INSERT INTO Films VALUE {'Id': 'a'}")
        try await db.write { transaction in
            try transaction.execute("INSERT INTO Films VALUE {'Id': 'b'}")
            try transaction.execute("INSERT INTO Music VALUE {'Id': 2}")
        }
        let events = try await next(4, of: changes)
        #expect(events.map(\.table) == ["Music", "Films", "Music", "Films"])
        // From any of them on, the rest comes, each once.
        for index in 0..<3 {
            let rest = db.changes(of: ["Films", "Music"], after: events[index].position)
            #expect(try await words(next(3 - index, of: rest)) == words(Array(events[(index + 1)...])))
        }
    }

    @Test func allTablesAreFollowedAlsoThoseThatAreMadeLater() async throws {
        let db = try database()
        try await db.execute("CREATE TABLE Plain (Id NUMBER PARTITION KEY)")
        let changes = db.changes()
        try await db.execute("INSERT INTO Plain VALUE {'Id': 0}")
        try await db.execute("INSERT INTO Music VALUE {'Id': 1}")
        try await db.execute("CREATE TABLE Later (Id NUMBER PARTITION KEY) WITH (STREAM = ON)")
        try await db.execute("INSERT INTO Later VALUE {'Id': 2}")
        try await db.execute("INSERT INTO Plain VALUE {'Id': 3}")
        try await db.execute("ALTER TABLE Plain SET (STREAM = ON)")
        try await db.execute("INSERT INTO Plain VALUE {'Id': 4}")
        try await db.execute("DROP TABLE Later")
        try await db.execute("INSERT INTO Music VALUE {'Id': 5}")
        // What was not read of a dropped table is gone.
        let events = try await next(3, of: changes)
        #expect(events.map { $0.key["Id"] } == [.int(1), .int(4), .int(5)])
        let position = try #require(events.first).position
        #expect(try await next(2, of: db.changes(after: position)).map { $0.key["Id"] } == [.int(4), .int(5)])
    }

    @Test func aRenamedTableGoesOnAndADroppedOneEndsWithAnError() async throws {
        let db = try database()
        let changes = db.changes(of: "Music")
        try await db.execute("INSERT INTO Music VALUE {'Id': 1}")
        var iterator = changes.makeAsyncIterator()
        #expect(try await iterator.next()?.table == "Music")
        try await db.execute("RENAME TABLE Music TO Songs")
        try await db.execute("INSERT INTO Songs VALUE {'Id': 2}")
        #expect(try await iterator.next()?.table == "Songs")
        try await db.execute("DROP TABLE Songs")
        do {
            _ = try await iterator.next()
            Issue.record("the table is not there any more")
        } catch let error as DatabaseError {
            #expect(error.code == .unknownTable)
            #expect(error.message.contains("was dropped"))
        }
    }

    // MARK: The window

    @Test func aStreamKeepsADayOfChangesWithoutRecovery() async throws {
        let clock = AdjustableClock(microsecondsSince1970: 1_000_000_000)
        let db = try Database.inMemory(options: .init(clock: clock.now))
        try await db.execute("CREATE TABLE Music (Id NUMBER PARTITION KEY)")
        try await db.execute("INSERT INTO Music VALUE {'Id': 1}")
        try await db.execute("ALTER TABLE Music SET (STREAM = ON)")
        try await db.execute("INSERT INTO Music VALUE {'Id': 2}")
        let first = try #require(try await next(1, of: db.changes(of: "Music", from: .earliest)).first)
        #expect(first.key["Id"] == .int(2))
        clock.advance(seconds: 23 * 3600)
        try db.collectGarbage()
        #expect(try await next(1, of: db.changes(of: "Music", from: .earliest)).count == 1)
        try await db.execute("INSERT INTO Music VALUE {'Id': 3}")
        clock.advance(seconds: 2 * 3600)
        try db.collectGarbage()
        #expect(try await db.query("SELECT * FROM SYSTEM.RECOVERY WHERE HistoryRecords = 1").count == 1)
        #expect(try await next(1, of: db.changes(of: "Music", after: first.position)).first?.key["Id"] == .int(3))
        // Asked for from the beginning, the change that has left the window would be missing.
        let error = await #expect(throws: DatabaseError.self) {
            _ = try await next(1, of: db.changes(of: "Music", from: .version(1)))
        }
        #expect(error?.code == .changesTrimmed)
        #expect(error?.exceptionName == "TrimmedDataAccessException")
    }

    @Test func aTableThatWasQuietForLongLosesNothing() async throws {
        let clock = AdjustableClock(microsecondsSince1970: 1_000_000_000)
        let db = try Database.inMemory(options: .init(clock: clock.now))
        try await db.execute("CREATE TABLE Music (Id NUMBER PARTITION KEY) WITH (STREAM = ON)")
        try await db.execute("CREATE TABLE Noise (Id NUMBER PARTITION KEY)")
        try await db.execute("INSERT INTO Music VALUE {'Id': 1}")
        let last = try #require(try await next(1, of: db.changes(of: "Music", from: .earliest)).first)
        for day in 1...40 {
            clock.advance(seconds: 86_400)
            try await db.execute("INSERT INTO Noise VALUE {'Id': \(day)}")
        }
        try db.collectGarbage()
        try await db.execute("INSERT INTO Music VALUE {'Id': 2}")
        #expect(try await next(1, of: db.changes(of: "Music", after: last.position)).first?.key["Id"] == .int(2))
    }

    @Test func switchingTheStreamOffDropsTheLog() async throws {
        let db = try Database.inMemory()
        try await db.execute("CREATE TABLE Music (Id NUMBER PARTITION KEY) WITH (STREAM = ON)")
        try await db.execute("INSERT INTO Music VALUE {'Id': 1}")
        try await db.execute("ALTER TABLE Music SET (STREAM = OFF)")
        try await db.execute("INSERT INTO Music VALUE {'Id': 2}")
        try db.collectGarbage()
        #expect(try db.verify().isSound)
        #expect(try await db.query("SELECT * FROM SYSTEM.RECOVERY WHERE HistoryRecords = 0").count == 1)
        try await db.execute("ALTER TABLE Music SET (STREAM = ON)")
        try await db.execute("INSERT INTO Music VALUE {'Id': 3}")
        #expect(try await next(1, of: db.changes(of: "Music", from: .earliest)).first?.key["Id"] == .int(3))
        #expect(try db.verify().isSound)
    }
}
