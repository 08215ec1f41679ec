import Hindsight

/// Hindsight through its public library: prepared statements, items bound as their JSON. A mark is a version.
final class HindsightEngine: Engine {
    let name = "hindsight"
    private let database: Database
    private let insertion: PreparedStatement
    private let replacement: PreparedStatement

    init(directory: String, keepsHistory: Bool = true) throws {
        database = try Database(path: directory + "/bench.hsdb")
        try database.execute("CREATE TABLE items (id STRING PARTITION KEY)")
        if keepsHistory { try database.enablePointInTimeRecovery(of: "items") }
        insertion = try database.prepare("INSERT INTO items VALUE ?")
        replacement = try database.prepare("REPLACE INTO items VALUE ?")
    }

    func insert(_ documents: [BenchDocument]) throws {
        try run(insertion, with: documents)
    }

    func update(_ documents: [BenchDocument]) throws {
        try run(replacement, with: documents)
    }

    private func run(_ statement: PreparedStatement, with documents: [BenchDocument]) throws {
        try database.write { transaction in
            for document in documents {
                try transaction.execute(statement.bind(item: EncodedItem(json: document.json)))
            }
        }
    }

    func mark() throws -> Mark {
        Mark(try database.latestVersion())
    }

    func pointReads(_ keys: [String], asOf mark: Mark?) throws -> Int64 {
        let statement =
            mark == nil
            ? try database.prepare("SELECT stock FROM items WHERE id = ?")
            : try database.prepare("SELECT stock FROM items AS OF ? WHERE id = ?")
        return try database.read { reader in
            var sum: Int64 = 0
            for key in keys {
                let bound = mark.map { statement.bind("v\($0)", key) } ?? statement.bind(key)
                guard let stock = try reader.first(bound)?["stock"].flatMap(Int64.init(exactly:)) else { continue }
                sum += stock
            }
            return sum
        }
    }

    func filteredSum(asOf mark: Mark?) throws -> Int64 {
        let past = mark.map { " AS OF 'v\($0)'" } ?? ""
        let statement = try database.prepare(
            "SELECT SUM(i.price) AS total FROM items\(past) AS i WHERE i.stock > 50 AND i.maker.city = 'Oslo'")
        return try database.first(statement.bind())?["total"].flatMap(Int64.init(exactly:)) ?? 0
    }

    func groups() throws -> Int64 {
        let statement = try database.prepare(
            "SELECT i.category, COUNT(*) AS n, AVG(i.price) AS average FROM items AS i GROUP BY i.category")
        return try database.read { reader in
            var checksum: Int64 = 0
            try reader.forEachRow(statement.bind()) { row in
                let (_, count, average) = try row.values(as: (String, Int, Double).self)
                checksum += 1 + Int64(count) + Int64(average)
            }
            return checksum
        }
    }

    func changes(from: Mark, to: Mark) throws -> Int64 {
        let changes = try database.changes(
            in: "items", from: .version(UInt64(from)), to: .version(UInt64(to)))
        return Int64(changes.filter { $0.before != nil && $0.after != nil }.count)
    }

    func singleWrites(_ documents: [BenchDocument], clients: Int) throws {
        try inParallel(clients) { client in
            for index in stride(from: client, to: documents.count, by: clients) {
                try self.database.execute(self.replacement.bind(item: EncodedItem(json: documents[index].json)))
            }
        }
    }

    /// A table as it was at `mark`, restored and read once.
    func restore(to target: String, asOf mark: Mark) throws {
        try database.restore("items", to: target, at: .version(UInt64(mark)))
        _ = try database.first("SELECT stock FROM \(identifier: target) WHERE id = \(BenchDocument.key(0))")
    }

    func close() throws {}
}
