import HindsightValues

/// Parts of texts by place or separator, and texts put together from parts.
extension StringFunctions {
    static let pieces: [Function] = [
        Function(
            "LEFT", [.init("text", .text), .init("count", .int)],
            summary: "the first code points; with a negative count all but the last",
            example: .init("LEFT('hindsight', 4)", gives: "'hind'"),
            body: .binary { (text, count) throws(EvaluationFailure) in
                let text = try string(text)
                return .string(text.codePoints(from: 1, count: length(try integer(count), of: text)))
            }),
        Function(
            "RIGHT", [.init("text", .text), .init("count", .int)],
            summary: "the last code points; with a negative count all but the first",
            example: .init("RIGHT('hindsight', 5)", gives: "'sight'"),
            body: .binary { (text, count) throws(EvaluationFailure) in
                let text = try string(text)
                let kept = length(try integer(count), of: text)
                return .string(text.codePoints(from: Int64(text.codePointCount) - kept + 1))
            }),
        Function(
            "SPLIT_PART", [.init("text", .text), .init("separator", .text), .init("place", .int)],
            summary:
                "one of the texts between separators, counted from 1, from the end if negative; empty if there is none",
            example: .init("SPLIT_PART('a,b,c', ',', 2)", gives: "'b'"),
            body: .ternary { (text, separator, place) throws(EvaluationFailure) in
                let parts = try string(text).split(at: try string(separator))
                let place = try integer(place)
                guard place != 0 else { throw .mismatch("the places of SPLIT_PART are counted from 1") }
                let index = place > 0 ? place - 1 : Int64(parts.count) + place
                return .string(index >= 0 && index < parts.count ? parts[Int(index)] : "")
            }),
    ]

    static let joins: [Function] = [
        Function(
            "CONCAT_WS", [.init("separator", .text), .init("text", .any)], arity: .repeating, absent: .accept,
            summary: "the present values as texts with a separator between them",
            example: .init("CONCAT_WS('-', 'a', NULL, 1)", gives: "'a-1'"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                guard !arguments[0].isAbsent else { return arguments[0] }
                return .string(try joined(arguments.dropFirst(), with: try string(arguments[0])))
            }),
        Function(
            "LIST_JOIN", aliases: ["ARRAY_JOIN", "ARRAY_TO_STRING"],
            [.init("list", .collection), .init("separator", .text)],
            summary: "the present elements as texts with a separator between them",
            example: .init("LIST_JOIN(['a', 'b', 1], '-')", gives: "'a-b-1'"),
            body: .binary { (list, separator) throws(EvaluationFailure) in
                .string(try joined((list.elements ?? [])[...], with: try string(separator)))
            }),
        Function(
            "FORMAT", aliases: ["PRINTF"], [.init("pattern", .text), .init("value", .any)], arity: .repeating,
            absent: .accept, summary: "a text with values put in for %s, %d, %x, %f and %e; %% is a percent sign",
            example: .init("FORMAT('%s has %03d of %.2f', 'a', 7, 2.5)", gives: "'a has 007 of 2.50'"),
            body: .prepared(0) { (pattern) throws(EvaluationFailure) in
                if pattern.isAbsent { return .constant(pattern) }
                let format = try FormatPattern(try string(pattern))
                return .variadic { (arguments) throws(EvaluationFailure) in
                    .string(try format.text(of: arguments.dropFirst()))
                }
            }),
    ]

    /// The code points that a count of LEFT or RIGHT keeps.
    private static func length(_ count: Int64, of text: String) -> Int64 {
        let all = Int64(text.codePointCount)
        return count < 0 ? max(0, all &+ max(count, -all)) : min(count, all)
    }

    /// The present values as CAST to text has them.
    static func joined(_ values: ArraySlice<Value>, with separator: String) throws(EvaluationFailure) -> String {
        var text = ""
        var isFirst = true
        for value in values where !value.isAbsent {
            if !isFirst { text += separator }
            isFirst = false
            guard case .string(let part) = try Cast.cast(value, to: .string) else { continue }
            text += part
            try checkLength(bytes: text.utf8.count, times: 1)
        }
        return text
    }
}
