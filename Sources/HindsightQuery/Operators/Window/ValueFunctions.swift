import HindsightSyntax
import HindsightValues

/// LAG and LEAD: the value some rows before or after the current one in its partition.
final class Offset: WindowComputation {
    private let isLag: Bool
    /// The columns of the value, the offset and the default.
    private let columns: [Int]
    private let ignoresNulls: Bool
    private let site: EvaluationSite
    private var present: PresentRows?

    init(isLag: Bool, columns: [Int], ignoresNulls: Bool, site: EvaluationSite) {
        self.isLag = isLag
        self.columns = columns
        self.ignoresNulls = ignoresNulls
        self.site = site
    }

    override func value(in partition: WindowPartition, _ context: ExecutionContext) throws(QueryError) -> Value {
        var distance: Int64 = 1
        if columns.count > 1 {
            let offset = partition.rows[partition.row, columns[1]]
            if offset.isAbsent { return .null }
            guard let number = offset.exactInteger else {
                return try site.mismatch("\(isLag ? "LAG" : "LEAD") expects an integer, found \(offset.kindPhrase)")
            }
            distance = number
        }
        let (steps, overflows) = isLag ? Int64(0).subtractingReportingOverflow(distance) : (distance, false)
        if !overflows, let row = row(Int(clamping: steps), in: partition) { return partition.rows[row, columns[0]] }
        return columns.count > 2 ? partition.rows[partition.row, columns[2]] : .null
    }

    override func reset(_ context: ExecutionContext?) {
        present = nil
    }

    /// The row that is `steps` rows further; nil outside of the partition.
    private func row(_ steps: Int, in partition: WindowPartition) -> Int? {
        if steps == 0 { return partition.row }
        guard ignoresNulls else {
            let (row, overflows) = partition.row.addingReportingOverflow(steps)
            return !overflows && (0..<partition.count).contains(row) ? row : nil
        }
        let present = self.present ?? PresentRows(of: columns[0], in: partition)
        self.present = present
        // Counted from the last present row before this one, or the first behind it.
        let start = steps < 0 ? present.count(before: partition.row) : present.count(before: partition.row + 1) - 1
        let (index, overflows) = start.addingReportingOverflow(steps)
        return !overflows && (0..<present.count).contains(index) ? present[index] : nil
    }
}

/// FIRST_VALUE, LAST_VALUE and NTH_VALUE: the value in one row of the frame.
final class FrameValue: WindowComputation {
    private let kind: WindowFunction.Kind
    /// The columns of the value and of the row's number.
    private let columns: [Int]
    private let frame: FrameFinder
    private let ignoresNulls: Bool
    private let site: EvaluationSite
    private var present: PresentRows?

    init(_ kind: WindowFunction.Kind, columns: [Int], frame: FrameFinder, ignoresNulls: Bool, site: EvaluationSite) {
        self.kind = kind
        self.columns = columns
        self.frame = frame
        self.ignoresNulls = ignoresNulls
        self.site = site
    }

    override func value(in partition: WindowPartition, _ context: ExecutionContext) throws(QueryError) -> Value {
        var wanted: Int64 = 1
        if kind == .nthValue {
            let number = partition.rows[partition.row, columns[1]]
            if number.isAbsent { return .null }
            guard let integer = number.exactInteger else {
                return try site.mismatch("NTH_VALUE expects an integer, found \(number.kindPhrase)")
            }
            guard integer > 0 else {
                throw QueryError(
                    .invalidArgument, "NTH_VALUE counts rows from 1, found \(integer)", at: site.span)
            }
            wanted = integer
        }
        if ignoresNulls, present == nil { present = PresentRows(of: columns[0], in: partition) }
        let row = row(Int(clamping: wanted), of: try frame.rows(in: partition))
        return row.map { partition.rows[$0, columns[0]] } ?? .null
    }

    override func reset(_ context: ExecutionContext?) {
        present = nil
    }

    /// The row of this number, counted from 1, and for LAST_VALUE from the end.
    private func row(_ number: Int, of rows: FrameRows) -> Int? {
        var remaining = number - 1
        for part in kind == .lastValue ? rows.parts.reversed() : rows.parts {
            // The part as places among those rows that count.
            let places = present.map { $0.count(before: part.lowerBound)..<$0.count(before: part.upperBound) } ?? part
            if remaining < places.count {
                let place =
                    kind == .lastValue ? places.upperBound - 1 - remaining : places.lowerBound + remaining
                return present.map { $0[place] } ?? place
            }
            remaining -= places.count
        }
        return nil
    }
}
