import HindsightSyntax
import HindsightValues

/// A length of time between two points, for OVERLAPS (SQL:1999, 8.12 "overlaps predicate").
struct Period {
    /// The earlier end; an end that is known comes before one that is not.
    private let start: Value
    private let end: Value

    /// Whether two periods have a moment in common. Each is a list or bag of two: a point and a point, or a point and an
    /// interval.
    static func overlap(_ left: Value, _ right: Value) throws(EvaluationFailure) -> Value {
        if left.kind == .missing || right.kind == .missing { return .missing }
        if left.isAbsent || right.isAbsent { return .null }
        let first = try Period(left)
        let second = try Period(right)
        // (S1 > S2 AND NOT (S1 >= T2 AND T1 >= T2)) OR (S2 > S1 AND NOT (S2 >= T1 AND T2 >= T1))
        // OR (S1 = S2 AND (T1 <> T2 OR T1 = T2))
        return or([
            try begins(first, after: second), try begins(second, after: first),
            and(
                try compare(first.start, .equal, second.start),
                or([try compare(first.end, .notEqual, second.end), try compare(first.end, .equal, second.end)])),
        ])
    }

    /// S1 > S2 AND NOT (S1 >= T2 AND T1 >= T2)
    private static func begins(_ first: Period, after second: Period) throws(EvaluationFailure) -> Value {
        let isPast = and(
            try compare(first.start, .greaterOrEqual, second.end), try compare(first.end, .greaterOrEqual, second.end))
        return and(try compare(first.start, .greater, second.start), not(isPast))
    }

    private init(_ pair: Value) throws(EvaluationFailure) {
        guard let elements = pair.elements, elements.count == 2 else {
            throw .mismatch("OVERLAPS expects pairs of two points in time, found \(pair.kindPhrase)")
        }
        let first = try Period.point(elements[0])
        let second: Value
        if case .interval = elements[1] {
            second = first.isAbsent ? .null : try Arithmetic.apply(.add, first, elements[1])
        } else {
            second = try Period.point(elements[1])
        }
        let isSwapped = first.isAbsent || (!second.isAbsent && Value.compare(second, first) < 0)
        start = isSwapped ? second : first
        end = isSwapped ? first : second
    }

    /// A point in time; absent ones are NULL.
    private static func point(_ value: Value) throws(EvaluationFailure) -> Value {
        if value.isAbsent { return .null }
        guard KindSet.temporal.contains(KindSet(value.kind)) else {
            throw .mismatch("OVERLAPS expects dates, times or timestamps, found \(value.kindPhrase)")
        }
        return value
    }

    private static func compare(
        _ left: Value, _ operation: ComparisonOperator, _ right: Value
    ) throws(EvaluationFailure) -> Value {
        let relation = Relation.of(left, right)
        switch relation {
        case .null, .missing: return .null
        case .less, .equal, .greater: return .bool(operation.trueRelations >> relation.rawValue & 1 != 0)
        default: throw .mismatch("\(left.kindPhrase) and \(right.kindPhrase) cannot be compared")
        }
    }

    private static func and(_ left: Value, _ right: Value) -> Value {
        switch (left, right) {
        case (.bool(false), _), (_, .bool(false)): .bool(false)
        case (.bool(true), .bool(true)): .bool(true)
        default: .null
        }
    }

    private static func or(_ values: [Value]) -> Value {
        if values.contains(where: { if case .bool(true) = $0 { true } else { false } }) { return .bool(true) }
        return values.contains(where: \.isAbsent) ? .null : .bool(false)
    }

    private static func not(_ value: Value) -> Value {
        if case .bool(let value) = value { .bool(!value) } else { .null }
    }
}
