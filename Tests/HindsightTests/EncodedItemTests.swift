import Hindsight
import HindsightValues
import Testing

struct EncodedItemTests {
    private func database() throws -> Database {
        let db = try Database.inMemory()
        try db.execute("CREATE TABLE tracks (artist STRING PARTITION KEY, title STRING SORT KEY)")
        return db
    }

    private let joga = #"{"year": 1997, "title": "Jóga", "tags": ["a", null], "artist": "Björk", "of": {"side": 1.50}}"#

    @Test func isStoredAsTheValueOfItsText() throws {
        let db = try database()
        try db.execute(db.prepare("INSERT INTO tracks VALUE ?").bind(item: EncodedItem(json: joga)))
        let stored = try #require(try db.first("SELECT * FROM tracks"))
        #expect(stored.names == ["artist", "title", "year", "tags", "of"])
        #expect(try EncodedItem(json: joga).structure.fields.map(\.name) == ["year", "title", "tags", "artist", "of"])
        for name in ["tags", "of"] {
            #expect(stored[name]?.description == (try Value(json: joga).description(of: name)))
        }
    }

    @Test func meetsTheSameConflicts() throws {
        let db = try database()
        let item = try EncodedItem(json: joga)
        let other = try EncodedItem(json: #"{"artist": "Björk", "title": "Jóga", "plays": 3}"#)
        try db.execute(db.prepare("INSERT INTO tracks VALUE ?").bind(item: item))
        #expect(throws: DatabaseError.self) {
            try db.execute(db.prepare("INSERT INTO tracks VALUE ?").bind(item: other))
        }
        let kept = try db.execute(db.prepare("INSERT INTO tracks VALUE ? ON CONFLICT DO NOTHING").bind(item: other))
        #expect(kept.changed == 0)
        try db.execute(db.prepare("UPSERT INTO tracks VALUE ?").bind(item: other))
        #expect(try db.first("SELECT t.\"year\", t.plays FROM tracks AS t")?.names == ["year", "plays"])
        try db.execute(db.prepare("REPLACE INTO tracks VALUE ?").bind(item: other))
        #expect(try db.first("SELECT * FROM tracks")?.names == ["artist", "title", "plays"])
    }

    @Test func isAValueWhereverTheStatementLooksInside() throws {
        let db = try database()
        let item = try EncodedItem(json: joga)
        let returned = try db.execute(db.prepare("INSERT INTO tracks VALUE ? RETURNING ALL NEW *").bind(item: item))
        #expect(returned.returning.count == 1)
        #expect(try db.value(db.prepare("?.of.side + 1").bind(item: item)).description == "2.50")
    }

    @Test func refusals() throws {
        let db = try database()
        let item = try EncodedItem(json: joga)
        #expect(throws: DatabaseError.self) {
            try db.query(db.prepare("SELECT * FROM tracks WHERE artist = ? AND title = ?").bind(item: item))
        }
        for text in [#"{"title": "x"}"#, #"{"artist": 1, "title": "x"}"#, #"{"artist": "", "title": "x"}"#] {
            #expect(throws: DatabaseError.self) {
                try db.execute(db.prepare("REPLACE INTO tracks VALUE ?").bind(item: EncodedItem(json: text)))
            }
        }
        for text in ["", "[]", #"{"a": 1, "a": 2}"#, #"{"": 1}"#, "{} x"] {
            #expect(throws: ValueError.self) { try EncodedItem(json: text) }
        }
    }
}

extension Value {
    fileprivate func description(of attribute: String) -> String? {
        guard case .structure(let structure) = self else { return nil }
        return structure[attribute]?.description
    }
}
