import HindsightSyntax
import HindsightValues

/// A value as people read it in a table or a line: text without quotes, nested values as compact PartiQL.
struct CellText {
    let text: String
    let width: Int
    let kind: Kind

    enum Kind { case number, absent, other }

    init(text: String, _ kind: Kind = .other) {
        self.text = text
        self.width = DisplayWidth.of(text)
        self.kind = kind
    }

    init(_ value: Value) {
        switch value {
        case .string(let text), .symbol(let text): self.init(text: Self.plain(text))
        case .int(let integer): self.init(text: "\(integer)", .number)
        // Without the point that makes a literal a decimal.
        case .decimal(let number): self.init(text: number.description, .number)
        case .float(let float): self.init(text: "\(float)", .number)
        case .missing: self.init(text: "MISSING", .absent)
        case .null: self.init(text: "NULL", .absent)
        case .timestamp(let timestamp): self.init(text: timestamp.description)
        case .date(let date): self.init(text: date.description)
        case .time(let time): self.init(text: time.description)
        default: self.init(text: Self.visible(value.description))
        }
    }

    /// The blank cell of a row that has no such attribute.
    static let blank = CellText(text: "", .absent)

    /// Quoted where it would look like another value: nothing, NULL, or a blank at the end, which nobody could see.
    private static func plain(_ text: String) -> String {
        let isAmbiguous = text.isEmpty || text == "NULL" || text == "MISSING" || text.last == " "
        return isAmbiguous ? "'" + visible(text) + "'" : visible(text)
    }

    /// With control characters and line breaks written as escapes: they must neither break the box nor reach the terminal.
    private static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            case _ where isControl(scalar):
                result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true
        // Line and paragraph separators, and those that turn the direction of writing around.
        case 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// The text in exactly `columns` columns: cut with an ellipsis, or filled up on the side that the alignment says.
    func fitted(to columns: Int, alignRight: Bool) -> String {
        guard width <= columns else {
            let (beginning, used) = DisplayWidth.prefix(of: text, columns: columns - 1)
            return beginning + "…" + String(repeating: " ", count: columns - 1 - used)
        }
        let filling = String(repeating: " ", count: columns - width)
        return alignRight ? filling + text : text + filling
    }
}
