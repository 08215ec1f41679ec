import HindsightValues

/// Calls that do not evaluate all of their arguments, or have words between them. The binder knows what they mean; their
/// rows are here for the number of arguments and the help.
enum FormFunctions {
    static let all: [Function] = [
        Function(
            "COALESCE", [.init("value", .any)], arity: .repeating,
            summary: "the first argument that is present, or NULL",
            example: .init("COALESCE(NULL, MISSING, 3)", gives: "3"), body: .form(.coalesce)),
        Function(
            "IFNULL", aliases: ["NVL"], [.init("value", .any), .init("otherwise", .any)],
            summary: "the first argument if it is present, else the second",
            example: .init("IFNULL(NULL, 3)", gives: "3"),
            body: .form(.coalesce)),
        Function(
            "NULLIF", [.init("value", .any), .init("other", .any)], summary: "NULL if both are equal, else the first",
            example: .init("NULLIF(1, 1)", gives: "NULL"), body: .form(.nullIf)),
        Function(
            "IIF", aliases: ["IF"], [.init("condition", .bool), .init("value", .any), .init("otherwise", .any)],
            arity: .optional(1), summary: "the second argument if the condition is true, else the third, or NULL",
            example: .init("IIF(1 < 2, 'yes', 'no')", gives: "'yes'"), body: .form(.conditional)),
        Function(
            "CAST", [.init("value AS type", .any)], summary: "the value as another type has it",
            example: .init("CAST('12' AS INT)", gives: "12"), body: .form(.syntax)),
        Function(
            "CAN_CAST", [.init("value AS type", .any)], summary: "whether CAST would succeed",
            example: .init("CAN_CAST('abc' AS INT)", gives: "false"), body: .form(.syntax)),
        Function(
            "CAN_LOSSLESS_CAST", [.init("value AS type", .any)],
            summary: "whether CAST would succeed, and a cast back give the same value",
            example: .init("CAN_LOSSLESS_CAST(1.5 AS INT)", gives: "false"), body: .form(.syntax)),
        Function(
            "EXISTS", [.init("collection", .collection)], summary: "whether a collection or query has an element",
            example: .init("EXISTS([1])", gives: "true"), body: .form(.syntax)),
    ]
}
