import Hindsight
import Testing

private struct Track: Codable, Equatable, Sendable {
    var artist: String
    var title: String
    var year: Int?
}

@Suite struct ItemKeyStatementTests {
    private func database() throws -> Database {
        let db = try Database.inMemory()
        try db.execute("CREATE TABLE tracks (artist STRING PARTITION KEY, title STRING SORT KEY)")
        try db.write { transaction in
            try transaction.insert(Track(artist: "Björk", title: "Jóga", year: 1997), into: "tracks")
            try transaction.insert(Track(artist: "Björk", title: "Hunter", year: nil), into: "tracks")
        }
        return db
    }

    private struct Key: Encodable {
        var artist: String
        var title: String
    }

    private let joga = Key(artist: "Björk", title: "Jóga")
    private let missing = Key(artist: "Björk", title: "Unravel")

    @Test func anItemIsFoundByItsKey() throws {
        let db = try database()
        #expect(try db.item(joga, in: "tracks", as: Track.self)?.year == 1997)
        #expect(try db.item(missing, in: "tracks", as: Track.self) == nil)
    }

    @Test func anItemIsChangedByItsKey() throws {
        let db = try database()
        try db.write { transaction in
            #expect(try transaction.update(joga, in: "tracks", setting: ["year": 1998]))
            #expect(try !transaction.update(missing, in: "tracks", setting: ["year": 1998]))
            try transaction.merge(["artist": "Björk", "title": "Hunter", "note": "live"], into: "tracks")
            #expect(try transaction.item(joga, in: "tracks", as: Track.self)?.year == 1998)
        }
        let notes = try db.query("SELECT VALUE t.note FROM tracks AS t WHERE t.title = 'Hunter'").map(\.value)
        #expect(notes == [.string("live")])
        #expect(try db.query("SELECT * FROM tracks").count == 2)
    }

    @Test func anItemIsDeletedByItsKey() throws {
        let db = try database()
        let found = try db.write { transaction in
            [try transaction.delete(joga, from: "tracks"), try transaction.delete(joga, from: "tracks")]
        }
        #expect(found.value == [true, false])
        #expect(try db.query("SELECT VALUE t.title FROM tracks AS t").map(\.value) == [.string("Hunter")])
    }

    @Test func aPartOfAKeyIsRefusedWhereItFitsSeveralItems() throws {
        let db = try database()
        for key in [["artist": "Björk"], [:]] {
            #expect(throws: DatabaseError.self) { try db.write { try $0.delete(key, from: "tracks") } }
            #expect(throws: DatabaseError.self) {
                try db.write { try $0.update(key, in: "tracks", setting: ["year": 1]) }
            }
        }
        #expect(try db.query("SELECT * FROM tracks").count == 2)
    }

    @Test func theCommitOfAWriteNotesItsStatements() throws {
        let db = try database()
        try db.write { transaction in
            try transaction.execute("UPDATE tracks SET \"year\" = 1 WHERE artist = 'nobody'")
            try transaction.execute("UPDATE tracks SET \"year\" = 1")
            #expect(throws: DatabaseError.self) { try transaction.execute("UPDATE tracks SET artist = 'x'") }
            try transaction.delete(joga, from: "tracks")
        }
        let texts = try db.query("SELECT VALUE c.Statement FROM SYSTEM.COMMITS AS c ORDER BY c.Version").map(\.value)
        #expect(
            texts.suffix(2) == [
                .string("INSERT INTO \"tracks\" VALUE ?; INSERT INTO \"tracks\" VALUE ?"),
                .string(
                    "UPDATE tracks SET \"year\" = 1; DELETE FROM \"tracks\" WHERE \"artist\" = ? AND \"title\" = ?"),
            ])
    }
}
