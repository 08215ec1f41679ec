import HindsightValues

/// Functions on lists, bags, sets and structs.
enum CollectionFunctions {
    static let all = sizes + aggregates + lists + listParts + listForms + series + sets + structs + attributes

    private static let collection = Function.Parameter("collection", .collection)

    private static let sizes: [Function] = [
        Function(
            "CARDINALITY", [.init("collection", .container)],
            summary: "the number of elements or attributes, absent ones included",
            example: .init("CARDINALITY([1, NULL])", gives: "2"),
            body: .unary { (value) throws(EvaluationFailure) in .int(Int64(try size(value))) }),
        Function(
            "SIZE", [.init("collection", .container)], refusesLiterals: true, dialect: .partiql,
            summary: "the number of elements or attributes, absent ones included",
            example: .init("SIZE({'a': 1, 'b': 2})", gives: "2"),
            body: .unary { (value) throws(EvaluationFailure) in .int(Int64(try size(value))) }),
        Function(
            "SIZE", [.init("value", KindSet.container.union(.text).union(.binary))], dialect: .dynamodb,
            summary: "the number of characters, bytes, elements or attributes",
            example: .init("size('abc')", gives: "3"),
            body: .unary { (value) throws(EvaluationFailure) in
                if let text = value.text { return .int(Int64(text.codePointCount)) }
                if let bytes = value.bytes { return .int(Int64(bytes.count)) }
                return .int(Int64(try size(value)))
            }),
    ]

    private static func size(_ value: Value) throws(EvaluationFailure) -> Int {
        if case .structure(let structure) = value { return structure.count }
        return try elements(value).count
    }

    private static let aggregates: [Function] = [
        aggregate(.count, "the number of present elements", "COLL_COUNT([1, NULL])", "1"),
        aggregate(.sum, "the sum of the present elements", "COLL_SUM([1, 2.5])", "3.5"),
        aggregate(.average, "the average of the present elements", "COLL_AVG([1, 2])", "1.5"),
        aggregate(.minimum, "the least element in the order of ORDER BY", "COLL_MIN([3, 1])", "1"),
        aggregate(.maximum, "the greatest element in the order of ORDER BY", "COLL_MAX([3, 1])", "3"),
        aggregate(.any, "whether an element is true", "COLL_ANY([false, true])", "true"),
        aggregate(.some, "whether an element is true", "COLL_SOME([false, true])", "true"),
        aggregate(.every, "whether all elements are true", "COLL_EVERY([false, true])", "false"),
        aggregate(.median, "the element in the middle, or the average of the two there", "COLL_MEDIAN([1, 5, 2])", "2"),
        aggregate(.populationVariance, "the variance of all elements", "COLL_VAR_POP([1, 3])", "`1e0`"),
        aggregate(.sampleVariance, "the variance estimated from a sample", "COLL_VAR_SAMP([1, 3])", "`2e0`"),
        aggregate(.populationDeviation, "the standard deviation of all elements", "COLL_STDDEV_POP([1, 3])", "`1e0`"),
        aggregate(
            .sampleDeviation, "the standard deviation estimated from a sample", "COLL_STDDEV_SAMP([1, 3, 5])", "`2e0`"),
    ]

    private static func aggregate(
        _ kind: AggregateKind, _ summary: String, _ call: String, _ result: String
    ) -> Function {
        Function(
            "COLL_" + kind.rawValue, [collection], summary: summary, example: .init(call, gives: result),
            body: .unary { (value) throws(EvaluationFailure) in try aggregated(value, kind, isDistinct: false) },
            distinctBody: .unary { (value) throws(EvaluationFailure) in try aggregated(value, kind, isDistinct: true) })
    }

    private static func aggregated(
        _ collection: Value, _ kind: AggregateKind, isDistinct: Bool
    ) throws(EvaluationFailure) -> Value {
        var accumulator = Accumulator(kind, isDistinct: isDistinct)
        for element in try elements(collection) { try accumulator.add(element) }
        return try accumulator.value()
    }

    private static let lists: [Function] = [
        Function(
            "LIST_APPEND", [.init("list", .ordered), .init("list", .ordered)],
            summary: "the elements of both lists", example: .init("list_append([1], [2, 3])", gives: "[1, 2, 3]"),
            body: .binary { (left, right) throws(EvaluationFailure) in
                .list(try elements(left) + (try elements(right)))
            })
    ]

    private static let sets: [Function] = [
        Function(
            "SET_ADD", [.init("set", .bag), .init("elements", .bag)], absent: .accept,
            summary: "the set with further elements; an absent set is an empty one",
            example: .init("set_add(<<'a'>>, <<'a', 'b'>>)", gives: "<<'a', 'b'>>"),
            body: .binary { (set, added) throws(EvaluationFailure) in
                if added.isAbsent { return added }
                var result = set.elements ?? []
                var known = Set(result)
                for element in try elements(added) where known.insert(element).inserted { result.append(element) }
                return .bag(result)
            }),
        Function(
            "SET_DELETE", [.init("set", .bag), .init("elements", .bag)],
            summary: "the set without some elements; MISSING if none is left",
            example: .init("set_delete(<<'a', 'b'>>, <<'a'>>)", gives: "<<'b'>>"),
            body: .binary { (set, removed) throws(EvaluationFailure) in
                let unwanted = Set(try elements(removed))
                let rest = try elements(set).filter { !unwanted.contains($0) }
                return rest.isEmpty ? .missing : .bag(rest)
            }),
    ]

    private static let structs: [Function] = [
        Function(
            "TUPLEUNION", aliases: ["TUPLECONCAT"], [.init("struct", .structure)], arity: .repeating,
            summary: "the attributes of all structs one after another",
            example: .init("TUPLEUNION({'a': 1}, {'b': 2})", gives: "{'a': 1, 'b': 2}"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                var union = Structure()
                for case .structure(let structure) in arguments { union.fields += structure.fields }
                return .structure(union)
            })
    ]

    static func elements(_ value: Value) throws(EvaluationFailure) -> [Value] {
        guard let elements = value.elements else { throw .mismatch("expected a collection, found \(value.kindPhrase)") }
        return elements
    }
}
