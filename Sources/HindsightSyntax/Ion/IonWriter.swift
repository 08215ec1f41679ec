import HindsightValues

/// Writes values as Ion text, as it stands between back-ticks: those that an Ion literal may be read as. What Ion lacks
/// (dates, bags, intervals) is written as PartiQL's text, for people to read.
enum IonWriter {
    static func text(of value: Value) -> String {
        var text = ""
        append(value, to: &text)
        return text
    }

    private static func append(_ value: Value, to text: inout String) {
        switch value {
        case .null, .missing: text += "null"
        case .bool(let bool): text += bool ? "true" : "false"
        case .decimal(let number): append(number, to: &text)
        case .string(let string): append(string: string, to: &text)
        case .timestamp(let timestamp): text += timestamp.description
        case .list(let elements): append(elements, "[", ", ", "]", to: &text)
        case .sexp(let elements): append(elements, "(", " ", ")", to: &text)
        case .structure(let structure): append(structure, to: &text)
        default: text += bare(value)
        }
    }

    /// Ion's own scalars stand in back-ticks in PartiQL's text.
    private static func bare(_ value: Value) -> String {
        let text = value.description
        return text.hasPrefix("`") ? String(text.dropFirst().dropLast()) : text
    }

    /// A decimal has a point or a `d` in Ion; an `e` would make it a float.
    private static func append(_ number: Number, to text: inout String) {
        let digits = number.description
        if digits.utf8.contains(UInt8(ascii: "E")) {
            text += digits.replacing("E", with: "d")
        } else {
            text += digits.utf8.contains(UInt8(ascii: ".")) ? digits : digits + "."
        }
    }

    /// A long string escapes what a quoted symbol escapes.
    private static func append(string: String, to text: inout String) {
        text += "''" + bare(.symbol(string)) + "''"
    }

    private static func append(
        _ elements: [Value], _ opening: String, _ separator: String, _ closing: String, to text: inout String
    ) {
        text += opening
        for (index, element) in elements.enumerated() {
            if index > 0 { text += separator }
            append(element, to: &text)
        }
        text += closing
    }

    private static func append(_ structure: Structure, to text: inout String) {
        text += "{"
        for (index, field) in structure.fields.enumerated() {
            if index > 0 { text += ", " }
            text += bare(.symbol(field.name)) + ": "
            append(field.value, to: &text)
        }
        text += "}"
    }
}
