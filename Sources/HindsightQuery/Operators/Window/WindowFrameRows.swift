import HindsightSyntax
import HindsightValues

/// The rows of a frame: what lies before the excluded rows, the current row if it stands between them, and what lies
/// behind. Without EXCLUDE all rows are in `before`.
struct FrameRows {
    var before: Range<Int>
    var current: Range<Int>
    var after: Range<Int>

    var parts: [Range<Int>] { [before, current, after] }

    init(_ frame: Range<Int>, excluding exclusion: WindowFrame.Exclusion, in partition: WindowPartition) {
        let row = partition.row
        let hole: Range<Int> =
            switch exclusion {
            case .noOthers: frame.upperBound..<frame.upperBound
            case .currentRow: row..<row + 1
            case .group, .ties: partition.peers
            }
        let end = min(frame.upperBound, max(hole.lowerBound, frame.lowerBound))
        before = frame.lowerBound..<end
        let start = max(frame.lowerBound, min(hole.upperBound, frame.upperBound))
        after = start..<frame.upperBound
        current = exclusion == .ties && frame.contains(row) ? row..<row + 1 : end..<end
    }
}

/// Finds the frame of the current row.
struct FrameFinder {
    enum Bound {
        case unboundedPreceding
        case preceding(Value)
        case currentRow
        case following(Value)
        case unboundedFollowing
    }

    let unit: WindowFrame.Unit
    let start: Bound
    let end: Bound
    let exclusion: WindowFrame.Exclusion
    /// The column of the only key of ORDER BY, which RANGE adds to.
    let keyColumn: Int?
    let isDescending: Bool
    let isStrict: Bool
    let span: SourceSpan

    func rows(in partition: WindowPartition) throws(QueryError) -> FrameRows {
        let first = try row(of: start, isEnd: false, in: partition)
        let last = try row(of: end, isEnd: true, in: partition)
        return FrameRows(first..<max(first, last), excluding: exclusion, in: partition)
    }

    /// The first row of the frame, or the first behind its end.
    private func row(of bound: Bound, isEnd: Bool, in partition: WindowPartition) throws(QueryError) -> Int {
        switch bound {
        case .unboundedPreceding: return 0
        case .unboundedFollowing: return partition.count
        case .currentRow:
            if unit == .rows { return isEnd ? partition.row + 1 : partition.row }
            return isEnd ? partition.peers.upperBound : partition.peers.lowerBound
        case .preceding(let offset): return try row(offset, isPreceding: true, isEnd, partition)
        case .following(let offset): return try row(offset, isPreceding: false, isEnd, partition)
        }
    }

    private func row(
        _ offset: Value, isPreceding: Bool, _ isEnd: Bool, _ partition: WindowPartition
    ) throws(QueryError) -> Int {
        switch unit {
        case .rows:
            let count = Int(clamping: offset.exactInteger ?? .max)
            return moved(partition.row, by: count, isPreceding, isEnd, limit: partition.count)
        case .groups:
            let count = Int(clamping: offset.exactInteger ?? .max)
            let groups = partition.groupStarts.count
            let group = moved(partition.group, by: count, isPreceding, isEnd, limit: groups)
            return group < groups ? partition.groupStarts[group] : partition.count
        case .range:
            return try rowInRange(offset, isPreceding, isEnd, partition)
        }
    }

    /// `place` moved by `count`, and for an end one further, from 0 to `limit`.
    private func moved(_ place: Int, by count: Int, _ isPreceding: Bool, _ isEnd: Bool, limit: Int) -> Int {
        let next = isEnd ? place + 1 : place
        if isPreceding { return count >= next ? 0 : next - count }
        return count >= limit - next ? limit : next + count
    }

    // MARK: RANGE

    private func rowInRange(
        _ offset: Value, _ isPreceding: Bool, _ isEnd: Bool, _ partition: WindowPartition
    ) throws(QueryError) -> Int {
        guard let keyColumn else { return isEnd ? partition.count : 0 }
        let key = partition.rows[partition.row, keyColumn]
        let present = presentGroups(keyColumn, partition)
        guard !key.isAbsent else { return isEnd ? partition.peers.upperBound : partition.peers.lowerBound }
        let limit: Value
        do throws(EvaluationFailure) {
            limit = try Self.sum(key, offset, isNegative: isPreceding != isDescending)
        } catch .failed {
            // Beyond all values that there are.
            let group = isPreceding ? present.lowerBound : present.upperBound
            return group < partition.groupStarts.count ? partition.groupStarts[group] : partition.count
        } catch {
            guard !isStrict else {
                throw QueryError(
                    .typeMismatch, "RANGE cannot add \(offset.kindPhrase) to \(key.kindPhrase)", at: span)
            }
            return isEnd ? partition.peers.upperBound : partition.peers.lowerBound
        }
        var (low, high) = (present.lowerBound, present.upperBound)
        while low < high {
            let middle = (low + high) / 2
            let other = partition.rows[partition.groupStarts[middle], keyColumn]
            let order = isDescending ? Value.compare(limit, other) : Value.compare(other, limit)
            if order < 0 || (isEnd && order == 0) { low = middle + 1 } else { high = middle }
        }
        return low < partition.groupStarts.count ? partition.groupStarts[low] : partition.count
    }

    /// The groups whose key is present: all but a group of absent keys at one end.
    private func presentGroups(_ column: Int, _ partition: WindowPartition) -> Range<Int> {
        let count = partition.groupStarts.count
        let first = partition.rows[0, column].isAbsent ? 1 : 0
        let last = partition.rows[partition.count - 1, column].isAbsent ? count - 1 : count
        return first..<max(first, last)
    }

    /// The key moved by the offset. Integers do not overflow: keys beyond 64 bits may be decimals.
    private static func sum(_ key: Value, _ offset: Value, isNegative: Bool) throws(EvaluationFailure) -> Value {
        let operation: ArithmeticOperator = isNegative ? .subtract : .add
        guard case .int(let left) = key, case .int(let right) = offset else {
            return try Arithmetic.apply(operation, key, offset)
        }
        if let sum = Arithmetic.fastIntegers(operation, left, right) { return .int(sum) }
        return try Arithmetic.apply(operation, .decimal(Number(left)), offset)
    }
}
