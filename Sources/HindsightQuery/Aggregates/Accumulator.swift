import HindsightValues

/// The running state of one aggregate over one group or collection.
///
/// Absent values are skipped. Without any other, COUNT is 0 and the rest are NULL. Sums of ints are ints, and decimals from
/// where they leave 64 bits; averages are decimals of 38 digits, or floats if a float is among the values; MIN and MAX go by the order of
/// ORDER BY over all kinds.
package struct Accumulator: Sendable {
    // Tables of groups hold many: the last two lie in the padding of the result.

    private var count: Int64 = 0
    /// The values seen so far, if equal ones count once.
    private var seen: Set<Value>?
    /// About how many bytes the values take that are kept to tell equal ones apart.
    package private(set) var distinctBytes = 0
    /// The sum, the extreme, or the truth so far; MISSING before the first value.
    private var result: Value = .missing
    /// A value of a wrong kind was met, which makes the result MISSING.
    private var isMismatched = false
    private let kind: AggregateKind

    package init(_ kind: AggregateKind, isDistinct: Bool) {
        self.kind = kind
        seen = isDistinct ? [] : nil
    }

    /// Counts a row whatever its values are: COUNT(*).
    @inline(__always)
    package mutating func addRow() {
        count += 1
    }

    /// Takes a value.
    ///
    /// - Throws: a mismatch for a value of a wrong kind, after which the result is MISSING; `numberOutOfRange`.
    @inline(__always)
    package mutating func add(_ value: Value) throws(EvaluationFailure) {
        if value.isAbsent { return }
        if seen != nil {
            guard seen?.insert(value).inserted == true else { return }
            distinctBytes += value.estimatedBytes + Accumulator.entryBytes
        }
        count += 1
        switch kind {
        case .count: return
        case .sum, .average: try addNumber(value)
        case .minimum: if isFirst || order(value, result) < 0 { result = value }
        case .maximum: if isFirst || order(value, result) > 0 { result = value }
        case .any, .some, .every: try addTruth(value)
        }
    }

    @inline(__always)
    private func order(_ left: Value, _ right: Value) -> Int {
        if case .int(let left) = left, case .int(let right) = right { return left < right ? -1 : left == right ? 0 : 1 }
        return Value.compare(left, right)
    }

    /// Sums of ints and sums of decimals are the usual ones.
    @inline(__always)
    private mutating func addNumber(_ value: Value) throws(EvaluationFailure) {
        switch (result, value) {
        case (.int(let sum), .int(let number)):
            let (total, overflows) = sum.addingReportingOverflow(number)
            if overflows { return try addToSum(value) }
            result = .int(total)
        case (.decimal(let sum), .decimal(let number)):
            result = .decimal(try Arithmetic.checked { () throws(ValueError) in try sum.adding(number) })
        default: try addToSum(value)
        }
    }

    private var isFirst: Bool {
        if case .missing = result { true } else { false }
    }

    @inline(never)
    private mutating func addToSum(_ value: Value) throws(EvaluationFailure) {
        guard KindSet.number.union(.interval).contains(KindSet(value.kind)) else { throw mismatch(value, "a number") }
        if isFirst {
            result = value
        } else if let sum = result.numberValue, let number = value.numberValue {
            result = .decimal(try Arithmetic.checked { () throws(ValueError) in try sum.adding(number) })
        } else {
            result = try Arithmetic.apply(.add, result, value)
        }
    }

    private mutating func addTruth(_ value: Value) throws(EvaluationFailure) {
        guard case .bool(let truth) = value else { throw mismatch(value, "a boolean") }
        if isFirst {
            result = value
        } else if truth == (kind != .every) {
            result = value
        }
    }

    private mutating func mismatch(_ value: Value, _ wanted: String) -> EvaluationFailure {
        isMismatched = true
        return .mismatch("\(kind.rawValue) expects \(wanted), found \(value.kindPhrase)")
    }

    /// Takes all values that another accumulator of the same kind has taken; neither may tell equal ones apart.
    ///
    /// - Throws: `numberOutOfRange`.
    mutating func merge(_ other: Accumulator) throws(EvaluationFailure) {
        let total = count + other.count
        if other.isMismatched { isMismatched = true }
        if !other.isFirst { try add(other.result) }
        count = total
    }

    /// The result over the values so far.
    ///
    /// - Throws: `numberOutOfRange` for an average that has none.
    package func value() throws(EvaluationFailure) -> Value {
        if isMismatched { return .missing }
        if kind == .count { return .int(count) }
        if isFirst { return .null }
        guard kind == .average else { return result }
        if let sum = result.numberValue {
            return .decimal(
                try Arithmetic.checked { () throws(ValueError) in try sum.divided(by: Number(count)) })
        }
        return try Arithmetic.apply(.divide, result, .int(count))
    }

    // MARK: Putting aside

    /// All that the accumulator knows, as a value.
    package var state: Value {
        .list([.int(count), result, .bool(isMismatched), .list(seen.map(Array.init) ?? [])])
    }

    /// Goes on from a state of an accumulator of the same kind.
    package mutating func restore(_ state: Value) {
        guard case .list(let parts) = state, parts.count == 4, case .int(let count) = parts[0],
            case .bool(let isMismatched) = parts[2], case .list(let values) = parts[3]
        else { return }
        self.count = count
        self.isMismatched = isMismatched
        result = parts[1]
        guard seen != nil else { return }
        seen = Set(values)
        distinctBytes = values.reduce(0) { $0 + $1.estimatedBytes + Accumulator.entryBytes }
    }

    /// Bytes of a place in a set beside the value.
    private static let entryBytes = 16
}
