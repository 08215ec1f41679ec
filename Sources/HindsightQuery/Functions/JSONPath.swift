import HindsightValues

/// A path into a JSON document: `$`, then `.name`, `."any name"`, `['any name']` or `[place]`.
///
/// This is the part of SQL:2016's path language that finds one value.
struct JSONPath: Sendable {
    private enum Step: Sendable {
        case name(String)
        case place(Int)
    }

    private let steps: [Step]

    /// Reads a path.
    ///
    /// - Throws: `invalidPattern` for anything else.
    init(_ text: String) throws(EvaluationFailure) {
        var steps: [Step] = []
        var rest = text.unicodeScalars[...]
        guard rest.popFirst() == "$" else { throw JSONPath.failure(text, "it starts with '$'") }
        while let mark = rest.popFirst() {
            switch mark {
            case ".":
                let isQuoted = rest.first == "\""
                if isQuoted { rest.removeFirst() }
                guard let name = JSONPath.name(&rest, until: isQuoted ? "\"" : nil), !name.isEmpty else {
                    throw JSONPath.failure(text, "a name follows '.'")
                }
                steps.append(.name(name))
            case "[":
                steps.append(try JSONPath.bracketed(&rest, of: text))
                guard rest.popFirst() == "]" else { throw JSONPath.failure(text, "']' is missing") }
            default: throw JSONPath.failure(text, "expected '.' or '['")
            }
        }
        self.steps = steps
    }

    private static func failure(_ text: String, _ reason: String) -> EvaluationFailure {
        .failed(.invalidPattern, "the path '\(text.preview)' cannot be read: \(reason)")
    }

    private static func bracketed(
        _ rest: inout Substring.UnicodeScalarView, of text: String
    ) throws(EvaluationFailure) -> Step {
        if let quote = rest.first, quote == "'" || quote == "\"" {
            rest.removeFirst()
            guard let name = name(&rest, until: quote) else { throw failure(text, "a quote is not closed") }
            return .name(name)
        }
        var digits = ""
        while let digit = rest.first, ("0"..."9").contains(digit) {
            digits.unicodeScalars.append(digit)
            rest.removeFirst()
        }
        guard let place = Int(digits) else { throw failure(text, "a place or a quoted name stands in brackets") }
        return .place(place)
    }

    /// The text up to a quote, which is taken too, or up to the next step; nil for a quote that does not come.
    private static func name(_ rest: inout Substring.UnicodeScalarView, until quote: Unicode.Scalar?) -> String? {
        var name = String.UnicodeScalarView()
        while let scalar = rest.first {
            if scalar == quote {
                rest.removeFirst()
                return String(name)
            }
            if quote == nil, scalar == "." || scalar == "[" { break }
            name.append(scalar)
            rest.removeFirst()
        }
        return quote == nil ? String(name) : nil
    }

    /// What the path leads to from a value; nil for nothing.
    func find(in root: Value) -> Value? {
        var value = root
        for step in steps {
            switch (step, value) {
            case (.name(let name), .structure(let structure)):
                guard let found = structure[name] else { return nil }
                value = found
            case (.place(let place), .list(let elements)), (.place(let place), .sexp(let elements)):
                guard place < elements.count else { return nil }
                value = elements[place]
            default: return nil
            }
        }
        return value
    }
}
