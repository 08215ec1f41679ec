import HindsightValues

/// Turns rows into text, one after the other. `begin`, any number of `add`, `end`.
package protocol RowRenderer {
    /// - Parameter columns: the names, if the statement fixes them; else they come from the rows.
    mutating func begin(columns: [String]?, _ output: TextOutput)
    /// - Throws: `RenderError` for a row that the format cannot express.
    mutating func add(_ row: Value, _ output: TextOutput) throws(RenderError)
    mutating func end(_ output: TextOutput) throws(RenderError)
}

/// Why a row cannot be printed in a format.
package struct RenderError: Error {
    package let message: String
}

/// How rows are printed; the raw value is the name that `.mode` and `--mode` take.
package enum OutputMode: String, CaseIterable, Sendable {
    case table, line, json, jsonl, csv

    /// Whether programs read the output: then nothing but rows is printed.
    package var isForPrograms: Bool {
        switch self {
        case .table, .line: false
        case .json, .jsonl, .csv: true
        }
    }

    package var help: String {
        switch self {
        case .table: "a box, cut to the terminal's width"
        case .line: "one attribute a line"
        case .json: "one JSON array"
        case .jsonl: "one JSON value a line"
        case .csv: "comma-separated values (RFC 4180)"
        }
    }

    /// A renderer for one result.
    /// - Parameter width: columns to fit the output into; nil for as many as it takes.
    package func renderer(width: Int?) -> any RowRenderer {
        switch self {
        case .table: TableRenderer(width: width)
        case .line: LineRenderer()
        case .json: JSONArrayRenderer()
        case .jsonl: JSONLinesRenderer()
        case .csv: CSVRenderer()
        }
    }
}
