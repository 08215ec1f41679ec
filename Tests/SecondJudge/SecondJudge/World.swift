import HindsightTestSupport

/// The tables that queries run on.
struct World: Sendable {
    var tables: [GeneratedTable]
    /// Whether values may be of any kind and attributes absent: documents, which SQLite has no counterpart for.
    let isMixed: Bool

    /// The statements that make the tables, and the same tables as they were before a change, named with an `h` in front.
    func hindsightStatements() -> [String] {
        let made = tables.flatMap { $0.hindsightStatements(prefix: "") }
        let past = tables.flatMap { $0.hindsightStatements(prefix: "h", isRecorded: true) }
        return made + past + ["CREATE RESTORE POINT was"] + tables.flatMap { $0.changes(prefix: "h") }
    }

    func sqliteStatements() -> [String] {
        tables.flatMap(\.sqliteStatements)
    }
}

struct GeneratedTable: Sendable {
    let name: String
    /// How many of the columns, from the left, are its key.
    let keyCount: Int
    let columns: [Column]
    /// A last column, which holds lists of integers that are never absent.
    let listColumn: String
    /// One value for each column, and the list.
    var rows: [[Literal]]

    private var allColumns: [Column] { columns + [Column(name: listColumn, kind: .text)] }

    func hindsightStatements(prefix: String, isRecorded: Bool = false) -> [String] {
        let roles = ["PARTITION", "SORT"]
        let keys = columns.prefix(keyCount).enumerated().map { index, column in
            "\(column.name) \(column.kind == .text ? "STRING" : "NUMBER") \(roles[index]) KEY"
        }
        let settings = isRecorded ? " WITH (POINT_IN_TIME_RECOVERY = ON)" : ""
        return ["CREATE TABLE \(prefix)\(name) (\(keys.joined(separator: ", ")))\(settings)"] + insert(rows, prefix)
    }

    private func insert(_ rows: [[Literal]], _ prefix: String) -> [String] {
        if rows.isEmpty { return [] }
        let printer = Printer(language: .hindsight)
        let items = rows.map { "{" + printer.attributes($0, allColumns) + "}" }
        return ["INSERT INTO \(prefix)\(name) <<\(items.joined(separator: ", "))>>"]
    }

    /// Changes that a read of the past must not see: half of the rows are deleted, the others changed, new ones added.
    func changes(prefix: String) -> [String] {
        let value = columns[keyCount].name
        let added = rows.prefix(1).map { row in
            zip(row, columns.indices).map { literal, index in index < keyCount ? otherKey(index) : literal } + [
                row[columns.count]
            ]
        }
        let deletions = rows.enumerated().filter { $0.offset.isMultiple(of: 2) }.map { _, row in
            "DELETE FROM \(prefix)\(name) WHERE " + condition(of: row)
        }
        return deletions + ["UPDATE \(prefix)\(name) SET \(value) = 77"] + insert(Array(added), prefix)
    }

    private func otherKey(_ index: Int) -> Literal {
        columns[index].kind == .text ? .text("later") : .integer(77)
    }

    private func condition(of row: [Literal]) -> String {
        let printer = Printer(language: .hindsight)
        return (0..<keyCount).map { "\(columns[$0].name) = \(printer.literal(row[$0]))" }.joined(separator: " AND ")
    }

    fileprivate var sqliteStatements: [String] {
        let printer = Printer(language: .sqlite)
        let definitions = allColumns.map { "\($0.name) \($0.kind == .text ? "TEXT" : "INTEGER")" }
        let keys = columns.prefix(keyCount).map(\.name).joined(separator: ", ")
        let made = "CREATE TABLE \(name) (\(definitions.joined(separator: ", ")), PRIMARY KEY (\(keys)))"
        if rows.isEmpty { return [made] }
        let values = rows.map { "(" + $0.map(printer.literal).joined(separator: ", ") + ")" }
        return [made, "INSERT INTO \(name) VALUES " + values.joined(separator: ", ")]
    }
}
