import Hindsight
import Testing

/// Tags by the typed calls; the statements are in `Tests/Scripts/settings/tags.pq`.
struct TagTests {
    private func database() throws -> Database {
        let db = try Database.inMemory()
        try db.execute("CREATE TABLE Music (Id NUMBER PARTITION KEY)")
        return db
    }

    @Test func tagsAreReplacedAsAWhole() throws {
        let db = try database()
        #expect(try db.tags(of: "Music").isEmpty)
        let commit = try db.setTags(["env": "prod", "team": "shop"], of: "Music")
        #expect(commit.version == 2)
        #expect(try db.tags(of: "Music") == ["env": "prod", "team": "shop"])
        try db.setTags(["env": "tëst \"1\""], of: "Music")
        #expect(try db.tags(of: "Music") == ["env": "tëst \"1\""])
        try db.setTags([:], of: "Music")
        #expect(try db.tags(of: "Music").isEmpty)
    }

    @Test func thereAreFiftyAtMost() throws {
        let db = try database()
        let tags = Dictionary(uniqueKeysWithValues: (1...51).map { ("k\($0)", "") })
        expect(.invalidSetting) { try db.setTags(tags, of: "Music") }
        try db.setTags(tags.filter { $0.key != "k51" }, of: "Music")
        #expect(try db.tags(of: "Music").count == 50)
    }

    @Test func keysAndValuesHaveALength() throws {
        let db = try database()
        let (key, value) = (String(repeating: "é", count: 128), String(repeating: "é", count: 256))
        try db.setTags([key: value], of: "Music")
        #expect(try db.tags(of: "Music") == [key: value])
        expect(.invalidSetting) { try db.setTags([key + "é": ""], of: "Music") }
        expect(.invalidSetting) { try db.setTags(["": ""], of: "Music") }
        expect(.invalidSetting) { try db.setTags(["k": value + "é"], of: "Music") }
        expect(.invalidSetting) { try db.setTags(["Aws:k": ""], of: "Music") }
    }

    @Test func anUnknownTableIsAnError() throws {
        let db = try database()
        expect(.unknownTable) { try db.setTags(["a": "b"], of: "Musik") }
        expect(.unknownTable) { _ = try db.tags(of: "Musik") }
    }

    private func expect(_ code: DiagnosticCode, _ body: () throws -> some Any) {
        let error = #expect(throws: DatabaseError.self) { _ = try body() }
        #expect(error?.code == code)
    }
}
