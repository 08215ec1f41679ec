import HindsightValues

/// Functions of regular expressions. A pattern that does not depend on the row is read once for a statement.
enum RegularExpressionFunctions {
    static let all = tests + parts

    private static let text = Function.Parameter("text", .text)
    private static let pattern = Function.Parameter("pattern", .text)
    private static let options = Function.Parameter("options", .text)

    private static let tests: [Function] = [
        Function(
            "REGEXP_LIKE", aliases: ["REGEXP_MATCHES", "REGEXP"], [text, pattern, options], arity: .optional(1),
            summary: "whether a regular expression matches a part of the text; options: i, s, m",
            example: .init("REGEXP_LIKE('Order 66', '^order [0-9]+$', 'i')", gives: "true"),
            body: matching { (matcher, _) throws(EvaluationFailure) in
                .bool(try matcher.firstMatch(anyIsEnough: true) != nil)
            }),
        Function(
            "REGEXP_COUNT", [text, pattern, options], arity: .optional(1),
            summary: "how often a regular expression matches",
            example: .init("REGEXP_COUNT('a1b22', '[0-9]+')", gives: "2"),
            body: matching { (matcher, _) throws(EvaluationFailure) in .int(Int64(try matcher.matches().count)) }),
        Function(
            "REGEXP_INSTR", [text, pattern, options], arity: .optional(1),
            summary: "the place where a regular expression first matches, counted from 1, or 0",
            example: .init("REGEXP_INSTR('ab12', '[0-9]')", gives: "3"),
            body: matching { (matcher, _) throws(EvaluationFailure) in
                .int(try matcher.firstMatch().map { Int64($0.range.lowerBound) + 1 } ?? 0)
            }),
    ]

    private static let parts: [Function] = [
        Function(
            "REGEXP_SUBSTR", aliases: ["REGEXP_EXTRACT"], [text, pattern, .init("group", .int)], arity: .optional(1),
            summary: "the part that a regular expression first matches, or one of its groups; NULL if there is none",
            example: .init("REGEXP_SUBSTR('v1.42', '([0-9]+)[.]([0-9]+)', 2)", gives: "'42'"),
            body: extracting { (matcher, group) throws(EvaluationFailure) in
                try matcher.firstMatch().map { matcher.part($0, group) } ?? .null
            }),
        Function(
            "REGEXP_EXTRACT_ALL", [text, pattern, .init("group", .int)], arity: .optional(1),
            summary: "the list of the parts that a regular expression matches, or of one of its groups",
            example: .init("REGEXP_EXTRACT_ALL('a1b22', '[0-9]+')", gives: "['1', '22']"),
            body: extracting { (matcher, group) throws(EvaluationFailure) in
                .list(try matcher.matches().map { matcher.part($0, group) })
            }),
        Function(
            "REGEXP_REPLACE", [text, pattern, .init("replacement", .text), options], arity: .optional(1),
            summary: "the text with each match replaced; \\1 … \\9 in the replacement are the groups, \\0 is the match",
            example: .init("REGEXP_REPLACE('2026-05-01', '([0-9]+)-([0-9]+)', '\\2/\\1')", gives: "'05/2026-01'"),
            body: matching(optionsAt: 3) { (matcher, arguments) throws(EvaluationFailure) in
                .string(try matcher.replacing(with: try string(arguments[2])))
            }),
        Function(
            "REGEXP_SPLIT", aliases: ["REGEXP_SPLIT_TO_ARRAY"], [text, pattern, options], arity: .optional(1),
            summary: "the list of the texts between matches",
            example: .init("REGEXP_SPLIT('a, b;c', '[,;] *')", gives: "['a', 'b', 'c']"),
            body: matching { (matcher, _) throws(EvaluationFailure) in .list(try matcher.split().map { .string($0) }) }),
    ]

    /// A function of text, pattern, and options at a place.
    private static func matching(
        optionsAt place: Int = 2,
        _ result: @escaping @Sendable (inout RegularExpressionMatcher, [Value]) throws(EvaluationFailure) -> Value
    ) -> Function.Body {
        withPattern { (expression, arguments) throws(EvaluationFailure) in
            let options = arguments.count > place ? try string(arguments[place]) : ""
            guard let read = RegularExpression.Options(letters: options) else {
                throw .mismatch("the options of a regular expression are i, s and m, not '\(options.preview)'")
            }
            var matcher = RegularExpressionMatcher(expression, try string(arguments[0]), read)
            return try result(&matcher, arguments)
        }
    }

    /// A function of text, pattern, and the number of a group.
    private static func extracting(
        _ result: @escaping @Sendable (inout RegularExpressionMatcher, Int) throws(EvaluationFailure) -> Value
    ) -> Function.Body {
        withPattern { (expression, arguments) throws(EvaluationFailure) in
            let group = arguments.count > 2 ? try integer(arguments[2]) : 0
            guard group >= 0, group <= expression.groupCount else {
                throw .mismatch("the pattern has \(expression.groupCount) groups, and none of the number \(group)")
            }
            var matcher = RegularExpressionMatcher(expression, try string(arguments[0]), [])
            return try result(&matcher, Int(group))
        }
    }

    private static func withPattern(
        _ result: @escaping @Sendable (RegularExpression, [Value]) throws(EvaluationFailure) -> Value
    ) -> Function.Body {
        .prepared(1) { (pattern) throws(EvaluationFailure) in
            if pattern.isAbsent { return .variadic { _ in pattern } }
            let expression = try RegularExpression(try string(pattern))
            return .variadic { (arguments) throws(EvaluationFailure) in try result(expression, arguments) }
        }
    }
}

extension RegularExpressionMatcher {
    /// The text of a group, 0 for the whole match; NULL if it took no part.
    fileprivate func part(_ match: Match, _ group: Int) -> Value {
        match.range(ofGroup: group).map { .string(text($0)) } ?? .null
    }

    fileprivate mutating func split() throws(EvaluationFailure) -> [String] {
        var parts: [String] = []
        var start = 0
        // What is empty at either end of the text parts nothing.
        for match in try matches()
        where !match.range.isEmpty || match.range.lowerBound > 0 && match.range.lowerBound < text.count {
            parts.append(text(start..<match.range.lowerBound))
            start = match.range.upperBound
        }
        return parts + [text(start...)]
    }

    fileprivate mutating func replacing(with template: String) throws(EvaluationFailure) -> String {
        let pieces = Array(template.unicodeScalars)
        var result = ""
        var start = 0
        for match in try matches() {
            result.unicodeScalars.append(contentsOf: text[start..<match.range.lowerBound])
            append(pieces, of: match, to: &result)
            try StringFunctions.checkLength(bytes: result.utf8.count, times: 1)
            start = match.range.upperBound
        }
        result.unicodeScalars.append(contentsOf: text[start...])
        return result
    }

    /// Appends a replacement, with the groups that it names; those that took no part are empty.
    private func append(_ template: [Unicode.Scalar], of match: Match, to result: inout String) {
        var place = 0
        while place < template.count {
            let follower = place + 1 < template.count ? template[place + 1] : nil
            guard template[place] == "\\", let follower else {
                result.unicodeScalars.append(template[place])
                place += 1
                continue
            }
            place += 2
            guard let digit = Character(follower).wholeNumberValue, follower.isASCII else {
                result.unicodeScalars.append(follower)
                continue
            }
            if let range = match.range(ofGroup: digit) { result.unicodeScalars.append(contentsOf: text[range]) }
        }
    }
}
