import HindsightValues

/// A box with a column for each attribute. Rows are kept until the box can be drawn; a long result becomes several boxes,
/// so that the rows kept have a limit and no attribute is lost.
package struct TableRenderer: RowRenderer {
    /// Rows in one box at most.
    static let rowsPerBox = 5_000
    /// Columns narrower than this would say nothing: such a result is printed line by line.
    private static let narrowestColumn = 6

    private let width: Int?
    private var fixedColumns: [String]?
    private var rows: [Value] = []

    package init(width: Int?) {
        self.width = width
    }

    package mutating func begin(columns: [String]?, _ output: TextOutput) {
        fixedColumns = columns
    }

    package mutating func add(_ row: Value, _ output: TextOutput) {
        rows.append(row)
        if rows.count == Self.rowsPerBox { draw(output) }
    }

    package mutating func end(_ output: TextOutput) {
        if !rows.isEmpty { draw(output) }
    }

    private mutating func draw(_ output: TextOutput) {
        let box = Box(rows: rows, fixedColumns: fixedColumns)
        if let widths = box.widths(within: width, narrowest: Self.narrowestColumn) {
            box.draw(widths, output)
        } else {
            drawLines(output)
        }
        rows.removeAll(keepingCapacity: true)
    }

    private func drawLines(_ output: TextOutput) {
        var renderer = LineRenderer()
        renderer.begin(columns: fixedColumns, output)
        for row in rows {
            renderer.add(row, output)
        }
        renderer.end(output)
    }
}

/// One box: cells in columns, and how wide each column is.
private struct Box {
    private let headers: [CellText]
    private let cells: [[CellText]]
    private let isNumeric: [Bool]

    init(rows: [Value], fixedColumns: [String]?) {
        var table = ColumnTable(columns: fixedColumns)
        if rows.allSatisfy({ table.add($0) }) {
            headers = table.names.map { CellText(.string($0)) }
            cells = table.rows.indices.map { row in
                table.names.indices.map { table.value(row: row, column: $0).map(CellText.init) ?? .blank }
            }
        } else {
            headers = [CellText(text: "VALUE")]
            cells = rows.map { [CellText($0)] }
        }
        isNumeric = headers.indices.map { [cells] column in Self.isNumeric(column, cells) }
    }

    /// Whether a column holds numbers, apart from absent values.
    private static func isNumeric(_ column: Int, _ cells: [[CellText]]) -> Bool {
        let kinds = cells.lazy.map { $0[column].kind }.filter { $0 != .absent }
        return !kinds.isEmpty && kinds.allSatisfy { $0 == .number }
    }

    /// The columns' widths, the widest cut down alike until the box fits; nil if it cannot with `narrowest` left for each.
    func widths(within limit: Int?, narrowest: Int) -> [Int]? {
        let natural = headers.indices.map { column in
            cells.reduce(max(1, headers[column].width)) { max($0, $1[column].width) }
        }
        guard let limit, !natural.isEmpty else { return natural }
        let room = limit - 3 * natural.count - 1
        if natural.reduce(0, +) <= room { return natural }
        guard let cap = Self.largestCap(natural, room: room), cap >= narrowest else { return nil }
        return natural.map { min($0, cap) }
    }

    /// The largest width that all columns can be cut to for their sum to be at most `room`.
    private static func largestCap(_ widths: [Int], room: Int) -> Int? {
        var left = room
        for (index, width) in widths.sorted().enumerated() {
            let share = left / (widths.count - index)
            if width > share { return share > 0 ? share : nil }
            left -= width
        }
        return widths.max()
    }

    func draw(_ widths: [Int], _ output: TextOutput) {
        rule("┌", "┬", "┐", widths, output)
        line(headers, widths, output)
        rule("├", "┼", "┤", widths, output)
        for row in cells {
            line(row, widths, output)
        }
        rule("└", "┴", "┘", widths, output)
    }

    private func line(_ cells: [CellText], _ widths: [Int], _ output: TextOutput) {
        for (column, cell) in cells.enumerated() {
            output.write("│ ")
            output.write(cell.fitted(to: widths[column], alignRight: isNumeric[column]))
            output.write(" ")
        }
        output.write("│\n")
    }

    private func rule(_ left: String, _ middle: String, _ right: String, _ widths: [Int], _ output: TextOutput) {
        let bars = widths.map { String(repeating: "─", count: $0 + 2) }
        output.writeLine(left + bars.joined(separator: middle) + right)
    }
}
