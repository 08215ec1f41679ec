import HindsightValues

/// Comma-separated values by RFC 4180: a header, CRLF after each record, quotes where needed. NULL is the bare word, MISSING is
/// nothing, so that both differ from the texts `"NULL"` and `""`; nested values are JSON.
package struct CSVRenderer: RowRenderer {
    /// Rows read before the header is written, if the statement does not fix the columns.
    static let rowsForHeader = 10_000

    private var table = ColumnTable(columns: nil)
    private var headerColumns: Int?

    package init() {}

    package mutating func begin(columns: [String]?, _ output: TextOutput) {
        table = ColumnTable(columns: columns)
        if columns != nil { writeHeader(output) }
    }

    package mutating func add(_ row: Value, _ output: TextOutput) throws(RenderError) {
        if !table.add(row) {
            _ = table.add(.structure(Structure(fields: [.init(name: "VALUE", value: row)])))
        }
        if headerColumns != nil || table.rows.count == Self.rowsForHeader { try writeRows(output) }
    }

    package mutating func end(_ output: TextOutput) throws(RenderError) {
        if !table.rows.isEmpty { try writeRows(output) }
    }

    private mutating func writeHeader(_ output: TextOutput) {
        headerColumns = table.names.count
        writeRecord(table.names.map(Self.quoted), output)
    }

    private mutating func writeRows(_ output: TextOutput) throws(RenderError) {
        if headerColumns == nil { writeHeader(output) }
        if let headerColumns, table.names.count > headerColumns {
            throw RenderError(
                message: "a row has the attribute '\(table.names[headerColumns])', which the CSV header does not name; "
                    + "name the columns in the SELECT list")
        }
        for row in table.rows.indices {
            let values = table.names.indices.map { table.value(row: row, column: $0) ?? .missing }
            writeRecord(values.map(Self.field), output)
        }
        table.removeRows()
    }

    private func writeRecord(_ fields: [String], _ output: TextOutput) {
        output.write(fields.joined(separator: ","))
        output.write("\r\n")
    }

    private static func field(_ value: Value) -> String {
        switch value {
        case .missing: return ""
        case .null: return "NULL"
        case .string(let text), .symbol(let text): return quoted(text)
        case .list, .bag, .sexp, .structure: return quoted(value.json)
        case .bool, .int, .decimal, .float: return CellText(value).text
        default: return quoted(value.description)
        }
    }

    private static func quoted(_ text: String) -> String {
        let needsQuotes =
            text.isEmpty || text == "NULL" || text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        guard needsQuotes else { return text }
        var quoted = "\"".unicodeScalars
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        return String(quoted) + "\""
    }
}
