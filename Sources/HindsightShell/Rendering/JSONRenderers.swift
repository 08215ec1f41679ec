import HindsightValues

/// All rows as one JSON array, a row a line.
package struct JSONArrayRenderer: RowRenderer {
    private var isFirst = true

    package init() {}

    package func begin(columns: [String]?, _ output: TextOutput) {}

    package mutating func add(_ row: Value, _ output: TextOutput) {
        output.write(isFirst ? "[\n" : ",\n")
        output.writeJSON(row)
        isFirst = false
    }

    package func end(_ output: TextOutput) {
        output.write(isFirst ? "[]\n" : "\n]\n")
    }
}

/// Each row as JSON on a line of its own.
package struct JSONLinesRenderer: RowRenderer {
    package init() {}

    package func begin(columns: [String]?, _ output: TextOutput) {}

    package func add(_ row: Value, _ output: TextOutput) {
        output.writeJSON(row)
        output.write("\n")
    }

    package func end(_ output: TextOutput) {}
}
