import HindsightSyntax
import HindsightValues

/// Functions on texts in a data format: JSON, DynamoDB's JSON, Ion.
enum FormatFunctions {
    static let all = json + others

    private static let json: [Function] = [
        Function(
            "JSON_PARSE", aliases: ["PARSE_JSON", "FROM_JSON", "JSON"], [.init("text", .text)],
            summary: "the value that a JSON text stands for",
            example: .init("JSON_PARSE('{\"a\": [1, null]}')", gives: "{'a': [1, NULL]}"),
            body: .unary { (text) throws(EvaluationFailure) in try parsed(text) }),
        Function(
            "TO_JSON", aliases: ["JSON_TEXT"], [.init("value", .any)], absent: .accept,
            summary: "the value as JSON text", example: .init("TO_JSON({'a': [1, NULL]})", gives: "'{\"a\":[1,null]}'"),
            body: .unary { value in value.kind == .missing ? .missing : .string(value.json) }),
        Function(
            "JSON_VALID", aliases: ["IS_JSON"], [.init("text", .text)], summary: "whether a text is JSON",
            example: .init("JSON_VALID('[1,')", gives: "false"),
            body: .unary { (text) throws(EvaluationFailure) in
                .bool((try? Value(json: try string(text))) != nil)
            }),
        Function(
            "JSON_TYPE", [.init("text", .text), .init("path", .text)], arity: .optional(1),
            summary: "the type of a JSON text, or of a part: object, array, string, number, boolean or null",
            example: .init("JSON_TYPE('{\"a\": [1]}', '$.a')", gives: "'array'"),
            body: withPath { (value) throws(EvaluationFailure) in
                switch value {
                case .missing: .missing
                case .null: .string("null")
                case .bool: .string("boolean")
                case .int, .decimal, .float: .string("number")
                case .list, .bag, .sexp: .string("array")
                case .structure: .string("object")
                default: .string("string")
                }
            }),
        Function(
            "JSON_EXTRACT", aliases: ["JSON_VALUE", "JSON_QUERY"],
            [.init("text or value", .any), .init("path", .text)],
            summary:
                "the part of a JSON text, or of any value, that a path such as $.a[0].\"b c\" leads to; MISSING if none",
            example: .init("JSON_EXTRACT('{\"a\": [1, 2]}', '$.a[1]')", gives: "2"), body: withPath { $0 }),
        Function(
            "JSON_LENGTH", aliases: ["JSON_ARRAY_LENGTH"], [.init("text", .text), .init("path", .text)],
            arity: .optional(1), summary: "the number of elements or attributes of a JSON text, or of a part",
            example: .init("JSON_LENGTH('[1, 2]')", gives: "2"),
            body: withPath { (value) throws(EvaluationFailure) in
                if case .structure(let structure) = value { return .int(Int64(structure.count)) }
                guard let elements = value.elements else {
                    throw .mismatch("\(value.kindPhrase) has no elements")
                }
                return .int(Int64(elements.count))
            }),
    ]

    private static let others: [Function] = [
        Function(
            "TO_DYNAMODB_JSON", [.init("value", .any)], absent: .accept,
            summary: "the value as DynamoDB's JSON, with its type",
            example: .init("TO_DYNAMODB_JSON([1, 'a'])", gives: "'{\"L\":[{\"N\":\"1\"},{\"S\":\"a\"}]}'"),
            body: .unary { (value) throws(EvaluationFailure) in
                if value.kind == .missing { return .missing }
                return .string(try Arithmetic.checked { () throws(ValueError) in try value.dynamoDBJSON })
            }),
        Function(
            "FROM_DYNAMODB_JSON", [.init("text", .text)],
            summary: "the value that a text in DynamoDB's JSON stands for",
            example: .init("FROM_DYNAMODB_JSON('{\"N\": \"1\"}')", gives: "1"),
            body: .unary { (text) throws(EvaluationFailure) in
                let text = try string(text)
                guard let value = try? Value(dynamoDBJSON: text) else {
                    throw .mismatch("the text '\(text.preview)' is not DynamoDB's JSON")
                }
                return value
            }),
        Function(
            "TO_ION", [.init("value", .any)], absent: .accept, summary: "the value as Ion text",
            example: .init("TO_ION({'a': [1, NULL]})", gives: "'{''a'': [1, null]}'"),
            body: .unary { (value) throws(EvaluationFailure) in
                if value.kind == .missing { return .missing }
                guard let text = value.ionText else {
                    throw .mismatch("the value has a date, time, interval or bag in it, which Ion lacks")
                }
                return .string(text)
            }),
        Function(
            "FROM_ION", aliases: ["ION"], [.init("text", .text)], summary: "the value that an Ion text stands for",
            example: .init("FROM_ION('[1, null.int, a::2.5]')", gives: "[1, NULL, 2.5]"),
            body: .unary { (text) throws(EvaluationFailure) in
                let text = try string(text)
                do throws(IonFault) {
                    return try IonReader.value(of: Array(text.utf8))
                } catch {
                    throw .mismatch("the text '\(text.preview)' is not Ion: \(error.message)")
                }
            }),
    ]

    private static func parsed(_ text: Value) throws(EvaluationFailure) -> Value {
        let text = try string(text)
        guard let value = try? Value(json: text) else { throw .mismatch("the text '\(text.preview)' is not JSON") }
        return value
    }

    /// A function on a JSON text, or a part of it that a path as second argument leads to.
    private static func withPath(
        _ result: @escaping @Sendable (Value) throws(EvaluationFailure) -> Value
    ) -> Function.Body {
        .prepared(1) { (path) throws(EvaluationFailure) in
            let path: JSONPath? = path.isAbsent ? nil : try JSONPath(try string(path))
            return .variadic { (arguments) throws(EvaluationFailure) in
                let root = arguments[0].text == nil ? arguments[0] : try parsed(arguments[0])
                return try result(path?.find(in: root) ?? (path == nil ? root : .missing))
            }
        }
    }
}
