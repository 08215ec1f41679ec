import HindsightValues

/// One attribute a line, `name = value`, and a blank line between rows.
package struct LineRenderer: RowRenderer {
    private var columns: [String]?
    private var isFirst = true

    package init() {}

    package mutating func begin(columns: [String]?, _ output: TextOutput) {
        self.columns = columns
    }

    package mutating func add(_ row: Value, _ output: TextOutput) {
        if !isFirst { output.write("\n") }
        isFirst = false
        var table = ColumnTable(columns: columns)
        guard table.add(row) else {
            return output.writeLine(CellText(row).text)
        }
        let names = table.names.map { CellText(.string($0)) }
        let width = names.map(\.width).max() ?? 0
        for column in names.indices {
            guard let value = table.value(row: 0, column: column) else { continue }
            output.writeLine("\(names[column].fitted(to: width, alignRight: true)) = \(CellText(value).text)")
        }
    }

    package func end(_ output: TextOutput) {}
}
