import HindsightValues

/// Functions on lists. Places are counted from 0, as in paths; negative ones from the end.
extension CollectionFunctions {
    private static let list = Function.Parameter("list", .ordered)

    static let listParts: [Function] = [
        Function(
            "ELEMENT_AT", [.init("list or struct", [.ordered, .structure]), .init("place or name", [.int, .text])],
            summary: "the element at a place or the attribute of a name; MISSING if there is none",
            example: .init("ELEMENT_AT(['a', 'b', 'c'], -1)", gives: "'c'"),
            body: .binary { (value, key) throws(EvaluationFailure) in
                switch (value, key) {
                case (.structure(let structure), .string(let name)), (.structure(let structure), .symbol(let name)):
                    return structure[name] ?? .missing
                case (_, .int(let place)):
                    let elements = try elements(value)
                    return index(place, in: elements.count).map { elements[$0] } ?? .missing
                default: throw .mismatch("\(key.kindPhrase) does not find anything in \(value.kindPhrase)")
                }
            }),
        Function(
            "LIST_SLICE", aliases: ["ARRAY_SLICE"], [list, .init("start", .int), .init("count", .int)],
            arity: .optional(1), summary: "the elements from a place on, all or so many",
            example: .init("LIST_SLICE([1, 2, 3, 4], 1, 2)", gives: "[2, 3]"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                let elements = try elements(arguments[0])
                let start = try integer(arguments[1])
                let first = start < 0 ? max(0, Int64(elements.count) &+ max(start, -Int64(elements.count))) : start
                let count = arguments.count > 2 ? try integer(arguments[2]) : Int64.max
                guard first < elements.count, count > 0 else { return .list([]) }
                return .list(Array(elements[Int(first)...].prefix(Int(min(count, Int64(elements.count))))))
            }),
        Function(
            "LIST_POSITION", aliases: ["ARRAY_POSITION"], [list, .init("value", .any)],
            summary: "the place of the first element that equals a value; NULL if there is none",
            example: .init("LIST_POSITION(['a', 'b'], 'b')", gives: "1"),
            body: .binary { (list, value) throws(EvaluationFailure) in
                try elements(list).firstIndex { $0.isEqual(to: value) }.map { .int(Int64($0)) } ?? .null
            }),
        Function(
            "LIST_CONTAINS", aliases: ["ARRAY_CONTAINS", "LIST_HAS"],
            [.init("collection", .collection), .init("value", .any)],
            summary: "whether an element equals a value", example: .init("LIST_CONTAINS([1, 2], 2)", gives: "true"),
            body: .binary { (list, value) throws(EvaluationFailure) in
                .bool(try elements(list).contains { $0.isEqual(to: value) })
            }),
    ]

    static let listForms: [Function] = [
        Function(
            "LIST_SORT", aliases: ["ARRAY_SORT"], [.init("collection", .collection), .init("direction", .text)],
            arity: .optional(1), summary: "the elements in the order of ORDER BY, 'ASC' or 'DESC'",
            example: .init("LIST_SORT([3, 1, 2], 'DESC')", gives: "[3, 2, 1]"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                let sorted = try elements(arguments[0]).sorted { Value.compare($0, $1) < 0 }
                guard arguments.count > 1 else { return .list(sorted) }
                switch try string(arguments[1]).uppercased() {
                case "ASC": return .list(sorted)
                case "DESC": return .list(sorted.reversed())
                case let other: throw .mismatch("a direction is 'ASC' or 'DESC', not '\(other.preview)'")
                }
            }),
        Function(
            "LIST_DISTINCT", aliases: ["ARRAY_DISTINCT"], [.init("collection", .collection)],
            summary: "the elements without those that equal an earlier one",
            example: .init("LIST_DISTINCT([1, 2, 1])", gives: "[1, 2]"),
            body: .unary { (list) throws(EvaluationFailure) in
                var seen: Set<Value> = []
                return .list(try elements(list).filter { seen.insert($0).inserted })
            }),
        Function(
            "LIST_REVERSE", aliases: ["ARRAY_REVERSE"], [list], summary: "the elements in reverse order",
            example: .init("LIST_REVERSE([1, 2, 3])", gives: "[3, 2, 1]"),
            body: .unary { (list) throws(EvaluationFailure) in .list(try elements(list).reversed()) }),
        Function(
            "LIST_CONCAT", aliases: ["ARRAY_CONCAT", "ARRAY_CAT"], [list], arity: .repeating,
            summary: "the elements of all lists", example: .init("LIST_CONCAT([1], [2], [3])", gives: "[1, 2, 3]"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                var result: [Value] = []
                for argument in arguments {
                    let elements = try elements(argument)
                    try checkCount(result.count + elements.count)
                    result += elements
                }
                return .list(result)
            }),
        Function(
            "LIST_REMOVE", aliases: ["ARRAY_REMOVE"], [list, .init("value", .any)],
            summary: "the elements that do not equal a value",
            example: .init("LIST_REMOVE([1, 2, 1], 1)", gives: "[2]"),
            body: .binary { (list, value) throws(EvaluationFailure) in
                .list(try elements(list).filter { !$0.isEqual(to: value) })
            }),
        Function(
            "FLATTEN", aliases: ["LIST_FLATTEN", "ARRAY_FLATTEN"], [.init("collection", .collection)],
            summary: "the elements of the collections in a collection, and its other elements",
            example: .init("FLATTEN([[1, 2], 3, [[4]]])", gives: "[1, 2, 3, [4]]"),
            body: .unary { (list) throws(EvaluationFailure) in
                var result: [Value] = []
                for element in try elements(list) {
                    try checkCount(result.count + (element.elements?.count ?? 1))
                    if let inner = element.elements { result += inner } else { result.append(element) }
                }
                return .list(result)
            }),
    ]

    static let series: [Function] = [
        Function(
            "RANGE", [.init("start or end", .int), .init("end", .int), .init("step", .int)], arity: .optional(2),
            summary: "the integers from 0 or a start up to an end, which is left out",
            example: .init("RANGE(1, 10, 3)", gives: "[1, 4, 7]"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                let start = arguments.count > 1 ? try integer(arguments[0]) : 0
                let end = try integer(arguments[arguments.count > 1 ? 1 : 0])
                let step = arguments.count > 2 ? try integer(arguments[2]) : 1
                return try integers(from: start, to: end, step: step, includesEnd: false)
            }),
        Function(
            "GENERATE_SERIES", [.init("start", .int), .init("end", .int), .init("step", .int)], arity: .optional(1),
            summary: "the integers from a start to an end", example: .init("GENERATE_SERIES(1, 3)", gives: "[1, 2, 3]"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                try integers(
                    from: try integer(arguments[0]), to: try integer(arguments[1]),
                    step: arguments.count > 2 ? try integer(arguments[2]) : 1, includesEnd: true)
            }),
    ]

    private static func integers(
        from start: Int64, to end: Int64, step: Int64, includesEnd: Bool
    ) throws(EvaluationFailure) -> Value {
        guard step != 0 else { throw .mismatch("the step of a series is 0") }
        if step > 0 ? start > end : start < end { return .list([]) }
        let distance = UInt64(bitPattern: step > 0 ? end &- start : start &- end)
        let steps = distance / step.magnitude
        let isOnEnd = distance.isMultiple(of: step.magnitude)
        guard let last = Int(exactly: steps), last < longestList else { throw tooLong }
        let count = includesEnd || !isOnEnd ? last + 1 : last
        return .list((0..<count).map { .int(start &+ Int64($0) &* step) })
    }

    /// The most elements that one function may put together: 64 MiB of values.
    static let longestList = (64 << 20) / MemoryLayout<Value>.stride

    private static let tooLong = EvaluationFailure.failed(
        .limitExceeded, "the list would have more than \(longestList) elements")

    static func checkCount(_ count: Int) throws(EvaluationFailure) {
        if count > longestList { throw tooLong }
    }

    private static func index(_ place: Int64, in count: Int) -> Int? {
        let index = place < 0 ? Int64(count) &+ max(place, -Int64(count) - 1) : place
        return index >= 0 && index < count ? Int(index) : nil
    }
}
