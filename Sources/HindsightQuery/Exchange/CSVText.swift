import HindsightValues

/// Cells of comma-separated text (RFC 4180). A cell in quotes is a string. One without is a number, `true`, `false` or
/// `null` if it looks like one, nothing if it is empty, else a string.
enum CSVText {
    static func appendHeader(_ columns: [String], to line: inout [UInt8]) {
        for (index, name) in columns.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            append(name, quoted: needsQuotes(name), to: &line)
        }
        line.append(UInt8(ascii: "\n"))
    }

    /// Appends an item's cells. Lists, structs and what else has no form of its own stand as JSON text in quotes, which is
    /// read back as a string.
    static func append(_ item: Structure, _ columns: [String], to line: inout [UInt8]) throws(ValueError) {
        for (index, name) in columns.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            switch item[name] ?? .missing {
            case .missing: break
            case .null: line += Array("null".utf8)
            case .bool(let bool): line += Array((bool ? "true" : "false").utf8)
            case .int, .decimal: item[name]?.appendJSON(to: &line)
            case .string(let text), .symbol(let text):
                append(text, quoted: needsQuotes(text) || value(of: text) != .string(text), to: &line)
            case let value:
                let json = value.json
                append(json.hasPrefix("\"") ? String(json.dropFirst().dropLast()) : json, quoted: true, to: &line)
            }
        }
    }

    /// What a cell without quotes stands for.
    static func value(of text: String) -> Value {
        switch text {
        case "": return .missing
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            guard let first = text.utf8.first, first == UInt8(ascii: "-") || (48...57).contains(first),
                let number = try? Number.parse(text)
            else { return .string(text) }
            return Value(normalizing: number)
        }
    }

    private static func needsQuotes(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: " ") || text.utf8.last == UInt8(ascii: " ") || text.isEmpty
            || text.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }
    }

    private static func append(_ text: String, quoted: Bool, to line: inout [UInt8]) {
        guard quoted else { return line.append(contentsOf: text.utf8) }
        line.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { line.append(byte) }
            line.append(byte)
        }
        line.append(UInt8(ascii: "\""))
    }
}
