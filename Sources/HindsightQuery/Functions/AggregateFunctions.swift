import HindsightValues

/// The aggregates over the rows of a group. Absent values are skipped; without any other the result is NULL, of COUNT 0.
enum AggregateFunctions {
    static let all: [Function] = [
        row(.count, "the number of present values; of COUNT(*) that of rows", "2"),
        row(.sum, "the sum", "4"), row(.average, "the average", "2."),
        row(.minimum, "the least value in the order of ORDER BY", "1"),
        row(.maximum, "the greatest value in the order of ORDER BY", "3"),
        row(.any, "whether a value is true", "true", over: "[true, false]", parameter: .init("condition", .bool)),
        row(.some, "whether a value is true", "true", over: "[true, false]", parameter: .init("condition", .bool)),
        row(
            .every, "whether all values are true", "false", over: "[true, false]", parameter: .init("condition", .bool)),
        row(.list, aliases: ["COLLECT", "LIST_AGG"], "the list of the values", "[1, 3]"),
        row(.median, "the value in the middle, or the average of the two there", "2."),
        row(.populationVariance, "the variance of all values, a float", "`1e0`"),
        row(.sampleVariance, aliases: ["VARIANCE"], "the variance estimated from a sample, a float", "`2e0`"),
        row(.populationDeviation, "the standard deviation of all values, a float", "`1e0`"),
        row(
            .sampleDeviation, aliases: ["STDDEV"], "the standard deviation estimated from a sample, a float", "`2e0`",
            over: "[1, 3, 5]"),
        pair(
            .joined, aliases: ["GROUP_CONCAT", "LISTAGG"], .init("separator", .text), isOptional: true,
            "the values as texts with a separator between them, a comma if none is given", "STRING_AGG(v, '-')", "'1-3'"
        ),
        pair(
            .minimumBy, .init("key", .any), isOptional: false, "the value of the row with the least key",
            "MIN_BY(v, -v)", "3"),
        pair(
            .maximumBy, .init("key", .any), isOptional: false, "the value of the row with the greatest key",
            "MAX_BY(v, -v)", "1"),
    ]

    private static func row(
        _ kind: AggregateKind, aliases: [String] = [], _ summary: String, _ result: String,
        over values: String = "[1, 3]",
        parameter: Function.Parameter = .init("value", .any)
    ) -> Function {
        Function(
            kind.rawValue, aliases: aliases, [parameter], summary: summary,
            example: .init("SELECT \(kind.rawValue)(v) AS r FROM \(values) AS v", gives: "{'r': \(result)}"),
            body: .aggregate(kind))
    }

    private static func pair(
        _ kind: AggregateKind, aliases: [String] = [], _ second: Function.Parameter, isOptional: Bool,
        _ summary: String,
        _ call: String, _ result: String
    ) -> Function {
        Function(
            kind.rawValue, aliases: aliases, [.init("value", .any), second], arity: .optional(isOptional ? 1 : 0),
            summary: summary, example: .init("SELECT \(call) AS r FROM [1, 3] AS v", gives: "{'r': \(result)}"),
            body: .aggregate(kind))
    }
}
