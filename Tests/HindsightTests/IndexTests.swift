import Hindsight
import Testing

struct IndexTests {
    private struct Track: Codable, Equatable {
        var id: Int
        var genre: String
    }

    @Test func typedCallsMakeListAndDropAnIndex() throws {
        let db = try Database.inMemory()
        try db.execute("CREATE TABLE tracks (id NUMBER PARTITION KEY)")
        try db.execute("INSERT INTO tracks << {'id': 1, 'genre': 'b'}, {'id': 2, 'genre': 'a'}, {'id': 3} >>")
        try db.createIndex("byGenre", on: "tracks", partitionKey: IndexKey("genre", .string))
        let index = try #require(try db.indexes(of: "tracks").first)
        #expect(index.name == "byGenre" && index.isReady && index.itemCount == 2 && index.sortKey == nil)
        let tracks = try db.query("SELECT * FROM tracks.byGenre", as: Track.self)
        #expect(tracks == [Track(id: 2, genre: "a"), Track(id: 1, genre: "b")])
        #expect(throws: DatabaseError.self) {
            try db.createIndex("byGenre", on: "tracks", partitionKey: IndexKey("genre", .string))
        }
        try db.dropIndex("byGenre", on: "tracks")
        #expect(try db.indexes(of: "tracks").isEmpty)
    }
}
