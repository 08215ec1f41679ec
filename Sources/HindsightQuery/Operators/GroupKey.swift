import HindsightValues

/// The values that decide which group a row belongs to, equal by the language's grouping equality.
struct GroupKey: Hashable {
    private enum Content: Hashable {
        case none
        case one(Value)
        case many([Value])
    }

    private let content: Content

    init(_ value: Value) {
        content = .one(value)
    }

    init(_ values: [Value]) {
        content = .many(values)
    }

    /// The key of a join; nil if one of its values is absent, as nothing equals those.
    init?(_ evaluators: [Evaluator], presentIn frame: inout Frame) throws(QueryError) {
        if evaluators.count == 1 {
            let value = try evaluators[0](&frame)
            if value.isAbsent { return nil }
            content = .one(value)
            return
        }
        var values: [Value] = []
        values.reserveCapacity(evaluators.count)
        for evaluator in evaluators {
            let value = try evaluator(&frame)
            if value.isAbsent { return nil }
            values.append(value)
        }
        content = values.isEmpty ? .none : .many(values)
    }

    /// The key of a group, in which MISSING counts as NULL.
    init(_ evaluators: [Evaluator], in frame: inout Frame) throws(QueryError) {
        switch evaluators.count {
        case 0:
            content = .none
        case 1:
            content = .one(try evaluators[0](&frame).withoutMissing)
        default:
            var values: [Value] = []
            values.reserveCapacity(evaluators.count)
            for evaluator in evaluators { values.append(try evaluator(&frame).withoutMissing) }
            content = .many(values)
        }
    }

    /// The key's values, one for each evaluator.
    var values: [Value] {
        switch content {
        case .none: []
        case .one(let value): [value]
        case .many(let values): values
        }
    }

    var estimatedBytes: Int {
        switch content {
        case .none: 0
        case .one(let value): value.estimatedBytes
        case .many(let values): values.reduce(32) { $0 + $1.estimatedBytes }
        }
    }
}

extension Value {
    fileprivate var withoutMissing: Value {
        if case .missing = self { .null } else { self }
    }
}
