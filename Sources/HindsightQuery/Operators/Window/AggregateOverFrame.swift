import HindsightSyntax
import HindsightValues

/// An aggregate OVER a window.
final class AggregateOverFrame: WindowComputation {
    private let kind: AggregateKind
    /// The column of the argument; nil for COUNT(*).
    private let column: Int?
    private let frame: FrameFinder
    private let site: EvaluationSite
    /// The rows before and after those that EXCLUDE takes out. Both only move forward.
    private var before: SlidingAggregate
    private var after: SlidingAggregate
    /// The rows that a kind which is not mergeable has taken in order, and what it made of them.
    private var taken = 0..<0
    private var running: Accumulator
    private var reservedBytes = 0

    init(_ kind: AggregateKind, column: Int?, frame: FrameFinder, site: EvaluationSite) {
        self.kind = kind
        self.column = column
        self.frame = frame
        self.site = site
        before = SlidingAggregate(kind)
        after = before
        running = Accumulator(kind, isDistinct: false)
    }

    override func value(in partition: WindowPartition, _ context: ExecutionContext) throws(QueryError) -> Value {
        let rows = try frame.rows(in: partition)
        try account(context)
        if !kind.isMergeable {
            return try site.run { () throws(EvaluationFailure) in try runningValue(rows, partition) }
        }
        do throws(EvaluationFailure) {
            return try slidingValue(rows, partition)
        } catch .failed {
            // A sum of other parts than the frame's rows in order may be out of range where theirs is not.
            (before, after) = (SlidingAggregate(kind), SlidingAggregate(kind))
            return try site.run { () throws(EvaluationFailure) in try plainValue(rows, partition) }
        } catch {
            return try site.resolve(error)
        }
    }

    override func reset(_ context: ExecutionContext?) {
        (before, after) = (SlidingAggregate(kind), SlidingAggregate(kind))
        (taken, running) = (0..<0, Accumulator(kind, isDistinct: false))
        context?.releaseMemory(reservedBytes)
        reservedBytes = 0
    }

    private func slidingValue(_ rows: FrameRows, _ partition: WindowPartition) throws(EvaluationFailure) -> Value {
        let add: SlidingAggregate.Adder = { (row, accumulator) throws(EvaluationFailure) in
            try self.add(row, of: partition, to: &accumulator)
        }
        try before.move(to: rows.before, add)
        if frame.exclusion == .noOthers { return try before.accumulated().value() }
        try after.move(to: rows.after, add)
        var result = try before.accumulated()
        for row in rows.current { try add(row, &result) }
        try result.merge(try after.accumulated())
        return try result.value()
    }

    /// The value by adding rows in order to those of the frame before, where the frame only grew; else to none.
    private func runningValue(_ rows: FrameRows, _ partition: WindowPartition) throws(EvaluationFailure) -> Value {
        guard rows.current.isEmpty, rows.after.isEmpty else { return try plainValue(rows, partition) }
        let grows = rows.before.lowerBound == taken.lowerBound && rows.before.upperBound >= taken.upperBound
        if !grows || taken.isEmpty {
            running = Accumulator(kind, isDistinct: false)
            taken = rows.before.lowerBound..<rows.before.lowerBound
        }
        for row in taken.upperBound..<rows.before.upperBound { try add(row, of: partition, to: &running) }
        taken = rows.before
        return try running.value()
    }

    /// The value by adding the frame's rows in order.
    private func plainValue(_ rows: FrameRows, _ partition: WindowPartition) throws(EvaluationFailure) -> Value {
        var accumulator = Accumulator(kind, isDistinct: false)
        for part in rows.parts {
            for row in part { try add(row, of: partition, to: &accumulator) }
        }
        return try accumulator.value()
    }

    /// Adds a row. In permissive typing a value of a wrong kind makes the result MISSING, which the accumulator knows.
    private func add(
        _ row: Int, of partition: WindowPartition, to accumulator: inout Accumulator
    ) throws(EvaluationFailure) {
        guard let column else { return accumulator.addRow() }
        do throws(EvaluationFailure) {
            try accumulator.add(partition.rows[row, column])
        } catch .mismatch(let message) {
            if site.typing == .strict { throw .mismatch(message) }
        } catch {
            throw error
        }
    }

    /// Accounts for the accumulators that are held.
    private func account(_ context: ExecutionContext) throws(QueryError) {
        let bytes = (before.heldCount + after.heldCount) * AggregateOverFrame.accumulatorBytes
        if bytes > reservedBytes {
            try context.reserveMemory(bytes - reservedBytes, for: site.span)
            reservedBytes = bytes
        }
    }

    private static let accumulatorBytes = 96
}
