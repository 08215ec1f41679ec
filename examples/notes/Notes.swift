import Hindsight

/// One note as the program sees it; its attributes in the table have the names of the coding keys.
struct Note: Codable, Sendable {
    var id: Int
    var text: String
    var tags: [String]

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case text = "Text"
        case tags = "Tags"
    }
}

/// A notebook in one file, in which nothing is ever lost: it can be read as it was, and the last change taken back.
struct Notebook {
    private let db: Database

    /// Opens the notebook at `path`, made if it is absent.
    init(path: String, options: Database.Options = .init()) throws {
        db = try Database(path: path, options: options)
        guard try !db.tableNames().contains("Notes") else { return }
        try db.execute("CREATE TABLE Notes (Id NUMBER PARTITION KEY) WITH (POINT_IN_TIME_RECOVERY = ON)")
    }

    /// Adds a note; words that begin with `#` become its tags.
    func add(_ text: String) throws -> Note {
        try db.write { transaction in
            let last = try transaction.first("SELECT MAX(n.Id) AS id FROM Notes AS n")?["id"]
            let note = Note(id: (last.flatMap(Int.init(exactly:)) ?? 0) + 1, text: text, tags: Notebook.tags(in: text))
            try transaction.insert(note, into: "Notes")
            return note
        }.value
    }

    /// - Returns: false if there is no such note.
    func edit(_ id: Int, _ text: String) throws -> Bool {
        try db.execute("UPDATE Notes SET \"Text\" = \(text), Tags = \(Notebook.tags(in: text)) WHERE Id = \(id)")
            .changed
            == 1
    }

    /// - Returns: false if there is no such note.
    func remove(_ id: Int) throws -> Bool {
        try db.execute("DELETE FROM Notes WHERE Id = \(id)").changed == 1
    }

    /// All notes, now or as they were after the commit of a number.
    func notes(atVersion version: UInt64? = nil) throws -> [Note] {
        try db.at(version.map(Moment.version) ?? .now).query("SELECT * FROM Notes ORDER BY Id", as: Note.self)
    }

    func version() throws -> UInt64 {
        try db.latestVersion()
    }

    /// Takes the newest change back, by writing what was there before it. The undoing is a change like any other.
    ///
    /// - Returns: the number of notes that changed.
    func undo() throws -> Int {
        let newest = try db.latestVersion()
        let changes = try db.changes(in: "Notes", from: .version(newest - 1), to: .version(newest))
        try db.write { transaction in
            for change in changes {
                if let before = change.before {
                    try transaction.put(before, into: "Notes")
                } else {
                    try transaction.execute("DELETE FROM Notes WHERE Id = \(change.key["Id"] ?? .missing)")
                }
            }
        }
        return changes.count
    }

    private static func tags(in text: String) -> [String] {
        text.split(separator: " ").filter { $0.hasPrefix("#") && $0.count > 1 }.map { String($0.dropFirst()) }
    }
}
