import HindsightValues

/// Functions on structs: their names, values and entries.
extension CollectionFunctions {
    private static let structure = Function.Parameter("struct", .structure)

    static let attributes: [Function] = [
        Function(
            "STRUCT_KEYS", aliases: ["KEYS", "OBJECT_KEYS"], [structure], summary: "the names of the attributes",
            example: .init("STRUCT_KEYS({'a': 1, 'b': 2})", gives: "['a', 'b']"),
            body: .unary { (value) throws(EvaluationFailure) in
                .list(try fields(value).map { .string($0.name) })
            }),
        Function(
            "STRUCT_VALUES", aliases: ["OBJECT_VALUES"], [structure], summary: "the values of the attributes",
            example: .init("STRUCT_VALUES({'a': 1, 'b': 2})", gives: "[1, 2]"),
            body: .unary { (value) throws(EvaluationFailure) in .list(try fields(value).map(\.value)) }),
        Function(
            "STRUCT_ENTRIES", aliases: ["ENTRIES", "OBJECT_ENTRIES"], [structure],
            summary: "a struct of key and value for each attribute",
            example: .init("STRUCT_ENTRIES({'a': 1})", gives: "[{'key': 'a', 'value': 1}]"),
            body: .unary { (value) throws(EvaluationFailure) in
                .list(
                    try fields(value).map { field in
                        .structure(
                            Structure(fields: [
                                .init(name: "key", value: .string(field.name)),
                                .init(name: "value", value: field.value),
                            ]))
                    })
            }),
        Function(
            "FROM_ENTRIES", [.init("entries", .collection)],
            summary: "the struct whose STRUCT_ENTRIES are given",
            example: .init("FROM_ENTRIES([{'key': 'a', 'value': 1}])", gives: "{'a': 1}"),
            body: .unary { (value) throws(EvaluationFailure) in
                var structure = Structure()
                for entry in try elements(value) {
                    guard case .structure(let fields) = entry, let name = fields["key"]?.text else {
                        throw .mismatch("an entry is a struct with a text 'key', found \(entry.kindPhrase)")
                    }
                    if let value = fields["value"], value.kind != .missing { structure.append(name, value) }
                }
                return .structure(structure)
            }),
        Function(
            "HAS", aliases: ["HAS_KEY", "STRUCT_HAS"], [structure, .init("name", .text)],
            summary: "whether there is an attribute of a name", example: .init("HAS({'a': NULL}, 'a')", gives: "true"),
            body: .binary { (value, name) throws(EvaluationFailure) in
                let name = try string(name)
                return .bool(try fields(value).contains { TextOrder.isEqual($0.name, name) })
            }),
        Function(
            "STRUCT_REMOVE", aliases: ["OMIT"], [structure, .init("name", .text)], arity: .repeating,
            summary: "the struct without the attributes of some names",
            example: .init("STRUCT_REMOVE({'a': 1, 'b': 2}, 'b')", gives: "{'a': 1}"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                .structure(Structure(fields: try chosen(arguments, areKept: false)))
            }),
        Function(
            "STRUCT_PICK", aliases: ["PICK"], [structure, .init("name", .text)], arity: .repeating,
            summary: "the struct of the attributes of some names",
            example: .init("STRUCT_PICK({'a': 1, 'b': 2}, 'b')", gives: "{'b': 2}"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                .structure(Structure(fields: try chosen(arguments, areKept: true)))
            }),
    ]

    private static func chosen(
        _ arguments: [Value], areKept: Bool
    ) throws(EvaluationFailure) -> [Structure.Field] {
        let names = arguments.dropFirst().compactMap(\.text)
        return try fields(arguments[0]).filter { field in
            names.contains { TextOrder.isEqual($0, field.name) } == areKept
        }
    }

    private static func fields(_ value: Value) throws(EvaluationFailure) -> [Structure.Field] {
        guard case .structure(let structure) = value else {
            throw .mismatch("expected a struct, found \(value.kindPhrase)")
        }
        return structure.fields
    }
}
