import HindsightValues

/// Evaluates the keys of a row into a buffer, and hashes them: what groups and joins look rows up by. Equal keys, by the
/// language's grouping equality, have equal hashes.
final class KeyColumns {
    private let evaluators: [Evaluator]
    /// The values of the row read last.
    private(set) var values: ContiguousArray<Value>

    init(_ evaluators: [Evaluator]) {
        self.evaluators = evaluators
        values = ContiguousArray(repeating: .missing, count: evaluators.count)
    }

    /// Reads the keys of a group, in which MISSING counts as NULL.
    ///
    /// - Returns: their hash.
    func readGroup(_ frame: inout Frame) throws(QueryError) -> UInt64 {
        var hash: UInt64 = 0
        for index in evaluators.indices {
            var value = try evaluators[index](&frame)
            if value.isMissing { value = .null }
            hash = KeyColumns.combine(hash, value)
            values[index] = value
        }
        return hash
    }

    /// Reads the keys of a join.
    ///
    /// - Returns: their hash; nil if one of them is absent, as nothing equals those.
    func readJoin(_ frame: inout Frame) throws(QueryError) -> UInt64? {
        var hash: UInt64 = 0
        for index in evaluators.indices {
            let value = try evaluators[index](&frame)
            if value.isAbsent {
                values[index] = value
                return nil
            }
            hash = KeyColumns.combine(hash, value)
            values[index] = value
        }
        return hash
    }

    func forget() {
        for index in values.indices { values[index] = .missing }
    }

    @inline(__always)
    static func hash(_ values: ContiguousArray<Value>.SubSequence) -> UInt64 {
        var hash: UInt64 = 0
        for value in values { hash = combine(hash, value) }
        return hash
    }

    /// Whether two values are the same key; ints without a call.
    @inline(__always)
    static func isEqual(_ left: Value, _ right: Value) -> Bool {
        if case .int(let left) = left, case .int(let right) = right { return left == right }
        return left.isEqual(to: right)
    }

    @inline(__always)
    static func combine(_ hash: UInt64, _ value: Value) -> UInt64 {
        hash == 0 ? value.quickHash : Value.mixed((hash &<< 5 | hash &>> 59) ^ value.quickHash)
    }
}
