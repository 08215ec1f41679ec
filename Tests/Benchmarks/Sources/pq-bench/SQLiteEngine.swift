import Foundation

/// The peer: documents as JSON text, `json_extract`, and a history table that a trigger keeps, as one would write it by
/// hand; write-ahead log, `synchronous = FULL`. A mark is the value of a counter that every transaction advances.
final class SQLiteEngine: Engine {
    let name = "sqlite"
    private let path: String
    private let connection: SQLiteConnection
    private var clock: Mark = 1

    /// - Parameter keepsHistory: whether the trigger exists.
    init(directory: String, keepsHistory: Bool = true) throws {
        path = directory + "/bench.sqlite"
        connection = try SQLiteConnection(path: path)
        try connection.run(
            """
            CREATE TABLE items (id TEXT PRIMARY KEY, since INTEGER NOT NULL, doc TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE history (
                id TEXT NOT NULL, until INTEGER NOT NULL, since INTEGER NOT NULL, doc TEXT NOT NULL,
                PRIMARY KEY (id, until)) WITHOUT ROWID;
            CREATE INDEX history_until ON history (until);
            """)
        guard keepsHistory else { return }
        try connection.run(
            """
            CREATE TRIGGER keep AFTER UPDATE ON items BEGIN
                INSERT INTO history VALUES (old.id, new.since, old.since, old.doc);
            END;
            """)
    }

    func insert(_ documents: [BenchDocument]) throws {
        clock += 1
        let statement = try connection.prepare("INSERT INTO items VALUES (?, ?, ?)")
        try connection.transaction {
            for document in documents {
                statement.bind(document.id, at: 1)
                statement.bind(clock, at: 2)
                statement.bind(document.json, at: 3)
                _ = try statement.step()
            }
        }
    }

    func update(_ documents: [BenchDocument]) throws {
        clock += 1
        try connection.transaction {
            try replace(documents, since: clock, on: connection)
        }
    }

    private func replace(_ documents: [BenchDocument], since: Mark, on connection: SQLiteConnection) throws {
        let statement = try connection.prepare("UPDATE items SET doc = ?, since = ? WHERE id = ?")
        for document in documents {
            statement.bind(document.json, at: 1)
            statement.bind(since, at: 2)
            statement.bind(document.id, at: 3)
            _ = try statement.step()
        }
    }

    func mark() throws -> Mark {
        clock
    }

    func pointReads(_ keys: [String], asOf mark: Mark?) throws -> Int64 {
        let now = "SELECT json_extract(doc, '$.stock') FROM items WHERE id = ?1"
        let past = """
            SELECT json_extract(doc, '$.stock') FROM items WHERE id = ?1 AND since <= ?2 UNION ALL
            SELECT json_extract(doc, '$.stock') FROM history WHERE id = ?1 AND until > ?2 AND since <= ?2
            """
        let statement = try connection.prepare(mark == nil ? now : past)
        var sum: Int64 = 0
        for key in keys {
            statement.bind(key, at: 1)
            if let mark { statement.bind(mark, at: 2) }
            while try statement.step() { sum += statement.integer(0) }
        }
        return sum
    }

    func filteredSum(asOf mark: Mark?) throws -> Int64 {
        let sum = "SELECT SUM(json_extract(doc, '$.price')) FROM"
        let condition = "json_extract(doc, '$.stock') > 50 AND json_extract(doc, '$.maker.city') = 'Oslo'"
        let past = """
            (SELECT doc FROM items WHERE since <= ?1 UNION ALL
             SELECT doc FROM history WHERE since <= ?1 AND until > ?1)
            """
        let statement = try connection.prepare("\(sum) \(mark == nil ? "items" : past) WHERE \(condition)")
        if let mark { statement.bind(mark, at: 1) }
        var result: Int64 = 0
        while try statement.step() { result = statement.integer(0) }
        return result
    }

    func groups() throws -> Int64 {
        let statement = try connection.prepare(
            """
            SELECT json_extract(doc, '$.category'), COUNT(*), AVG(json_extract(doc, '$.price')) FROM items GROUP BY 1
            """)
        var checksum: Int64 = 0
        while try statement.step() { checksum += 1 + statement.integer(1) + statement.integer(2) }
        return checksum
    }

    func changes(from: Mark, to: Mark) throws -> Int64 {
        let statement = try connection.prepare(
            """
            SELECT c.id,
                (SELECT doc FROM history WHERE id = c.id AND until > ?1 AND since <= ?1 ORDER BY until LIMIT 1),
                COALESCE((SELECT doc FROM items WHERE id = c.id AND since <= ?2),
                         (SELECT doc FROM history WHERE id = c.id AND until > ?2 AND since <= ?2))
            FROM (SELECT DISTINCT id FROM history WHERE until > ?1 AND until <= ?2) c
            """)
        statement.bind(from, at: 1)
        statement.bind(to, at: 2)
        var count: Int64 = 0
        while try statement.step() {
            if statement.textLength(1) > 0 && statement.textLength(2) > 0 { count += 1 }
        }
        return count
    }

    func singleWrites(_ documents: [BenchDocument], clients: Int) throws {
        clock += 1
        let since = clock
        let connections = try (0..<clients).map { _ in try SQLiteConnection(path: path) }
        try inParallel(clients) { client in
            let own = connections[client]
            for index in stride(from: client, to: documents.count, by: clients) {
                try own.transaction { try self.replace([documents[index]], since: since, on: own) }
            }
        }
        for connection in connections { connection.close() }
    }

    func close() throws {
        connection.close()
    }
}

/// Runs `body(0)` … `body(count - 1)` on a thread each, and throws the first error.
func inParallel(_ count: Int, _ body: @escaping (Int) throws -> Void) throws {
    let lock = NSLock()
    nonisolated(unsafe) var failure: (any Error)?
    nonisolated(unsafe) let unchecked = body
    let group = DispatchGroup()
    for index in 0..<count {
        group.enter()
        Thread.detachNewThread {
            do { try unchecked(index) } catch { lock.withLock { failure = failure ?? error } }
            group.leave()
        }
    }
    group.wait()
    if let failure { throw failure }
}
