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
    /// The values of a list, median or text; the best key of MIN_BY and MAX_BY; of a variance, the sum of the squares of the
    /// differences from the mean, which `result` holds.
    private var kept: [Value] = []
    /// About how many bytes the values take that are kept.
    package private(set) var heldBytes = 0
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
            heldBytes += value.estimatedBytes + Accumulator.entryBytes
        }
        count += 1
        switch kind {
        case .count: return
        case .sum, .average: try addNumber(value)
        case .minimum: if isFirst || order(value, result) < 0 { result = value }
        case .maximum: if isFirst || order(value, result) > 0 { result = value }
        case .any, .some, .every: try addTruth(value)
        case .list, .median, .joined: try keep(value)
        case .populationVariance, .sampleVariance, .populationDeviation, .sampleDeviation: try addToMoments(value)
        case .minimumBy, .maximumBy: addKeyed(value)
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
    /// - Precondition: the kind is mergeable.
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
        if isFirst && kept.isEmpty { return .null }
        guard kind == .average else { return try keptValue() }
        if let sum = result.numberValue {
            return .decimal(
                try Arithmetic.checked { () throws(ValueError) in try sum.divided(by: Number(count)) })
        }
        return try Arithmetic.apply(.divide, result, .int(count))
    }

    // MARK: Putting aside

    /// All that the accumulator knows, as a value.
    package var state: Value {
        .list([.int(count), result, .bool(isMismatched), .list(seen.map(Array.init) ?? []), .list(kept)])
    }

    /// Goes on from a state of an accumulator of the same kind.
    package mutating func restore(_ state: Value) {
        guard case .list(let parts) = state, parts.count == 5, case .int(let count) = parts[0],
            case .bool(let isMismatched) = parts[2], case .list(let values) = parts[3], case .list(let kept) = parts[4]
        else { return }
        self.count = count
        self.isMismatched = isMismatched
        self.kept = kept
        result = parts[1]
        heldBytes = kept.reduce(0) { $0 + $1.estimatedBytes }
        guard seen != nil else { return }
        seen = Set(values)
        heldBytes += values.reduce(0) { $0 + $1.estimatedBytes + Accumulator.entryBytes }
    }

    /// Bytes of a place in a set beside the value.
    private static let entryBytes = 16
}

/// Lists, texts, medians, variances, and values by a key.
extension Accumulator {
    private mutating func keep(_ value: Value) throws(EvaluationFailure) {
        var value = value
        if kind == .joined {
            guard case .list(let pair) = value, pair.count == 2 else { return }
            if pair[0].isAbsent { return }
            guard pair[1].text != nil || pair[1].isAbsent else { throw mismatch(pair[1], "a string as separator") }
            result = .string(pair[1].text ?? "")
            value = pair[0]
        } else if kind == .median, !KindSet.number.contains(KindSet(value.kind)) {
            throw mismatch(value, "a number")
        }
        kept.append(value)
        heldBytes += value.estimatedBytes
    }

    /// Mean and sum of squares are carried along (Welford 1962), which loses no digits to large values.
    private mutating func addToMoments(_ value: Value) throws(EvaluationFailure) {
        guard let number = value.floatValue else { throw mismatch(value, "a number") }
        let mean = result.floatValue ?? 0
        let difference = number - mean
        let newMean = mean + difference / Double(count)
        kept = [.float(squares + difference * (number - newMean))]
        result = .float(newMean)
    }

    private var squares: Double { kept.first?.floatValue ?? 0 }

    /// Takes the value of a pair if its key is the best so far; rows without a key are skipped.
    private mutating func addKeyed(_ pair: Value) {
        guard case .list(let pair) = pair, pair.count == 2, !pair[1].isAbsent else { return }
        if let best = kept.first {
            let difference = order(pair[1], best)
            guard kind == .minimumBy ? difference < 0 : difference > 0 else { return }
        }
        kept = [pair[1]]
        result = pair[0]
    }

    private func keptValue() throws(EvaluationFailure) -> Value {
        switch kind {
        case .list: return .list(kept)
        case .joined: return .string(try StringFunctions.joined(kept[...], with: result.text ?? ""))
        case .median: return try median()
        case .minimumBy, .maximumBy: return result.isMissing ? .null : result
        case .populationVariance: return .float(squares / Double(count))
        case .populationDeviation: return .float((squares / Double(count)).squareRoot())
        case .sampleVariance: return count > 1 ? .float(squares / Double(count - 1)) : .null
        case .sampleDeviation: return count > 1 ? .float((squares / Double(count - 1)).squareRoot()) : .null
        default: return result
        }
    }

    /// - Complexity: O(n log n) for n values.
    private func median() throws(EvaluationFailure) -> Value {
        let sorted = kept.sorted { order($0, $1) < 0 }
        let upper = sorted[sorted.count / 2]
        if !sorted.count.isMultiple(of: 2) { return upper }
        let lower = sorted[sorted.count / 2 - 1]
        return try Arithmetic.checked { () throws(ValueError) in
            guard let low = lower.numberValue, let high = upper.numberValue else {
                return try Value.divide(try Value.add(lower, upper), .float(2))
            }
            return .decimal(try low.adding(high).divided(by: Number(2)))
        }
    }
}
