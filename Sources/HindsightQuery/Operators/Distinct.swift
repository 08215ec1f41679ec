import HindsightSyntax
import HindsightValues

/// Gives each value of a slot once, at its first row.
///
/// When the values do not fit into memory, rows whose value is not among them are parted by their values and written to a
/// file. They are worked on part by part when the input has ended; all of them come after the rows given until then.
final class Distinct: Operator {
    private let input: Operator
    /// The slot looked at, and those that come along.
    private let slots: [Int]
    private let span: SourceSpan
    private var seen = ValueTable()
    private var rowCount: Int64 = 0
    private var spill: Spill?
    private var parts: Partitions?
    private var merger: RunMerger?
    private var merged: ContiguousArray<Value> = []
    private var context: ExecutionContext?
    private var statistics = SpillStatistics()

    init(_ input: Operator, slot: Int, keptSlots: [Int], span: SourceSpan) {
        self.input = input
        slots = [slot] + keptSlots
        self.span = span
    }

    override var spilled: SpillStatistics { statistics }

    override func open(_ frame: inout Frame) throws(QueryError) {
        context = frame.context
        rowCount = 0
        try input.open(&frame)
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        if merger != nil { return try nextMerged(&frame) }
        while try input.next(&frame) {
            let value = frame.slots[slots[0]]
            let hash = value.quickHash
            if seen.find(value, hash) != nil { continue }
            if let parts {
                try write(frame, to: parts[hash])
                continue
            }
            if !seen.add(value, hash, frame.context) { try beginSpilling(frame.context) }
            return true
        }
        guard let spill, let parts else { return false }
        try startMerging(parts, spill, frame.context)
        return try nextMerged(&frame)
    }

    override func close() {
        input.close()
        seen.removeAll(context)
        parts = nil
        merger = nil
        spill = nil
        context = nil
    }

    // MARK: Spilling

    private func beginSpilling(_ context: ExecutionContext) throws(QueryError) {
        let spill = try Spill(context, span: span)
        self.spill = spill
        parts = Partitions(spill, level: 0)
    }

    private func write(_ frame: borrowing Frame, to writer: RunWriter) throws(QueryError) {
        writer.append(.int(rowCount))
        writer.append(slots: slots, of: frame)
        try writer.endRow()
        rowCount += 1
    }

    private func startMerging(_ parts: Partitions, _ spill: Spill, _ context: ExecutionContext) throws(QueryError) {
        self.parts = nil
        seen.removeAll(context)
        var results: [SpilledRun] = []
        for part in try parts.finish() { try choose(part, level: 1, spill, context, &results) }
        merger = try RunMerger(byNumber: results, spill, width: 1 + slots.count)
        merged = ContiguousArray(repeating: .missing, count: 1 + slots.count)
        statistics.add(spill.statistics)
    }

    /// Adds the run of the first rows of each value in a part to `results`.
    private func choose(
        _ part: SpilledRun, level: Int, _ spill: Spill, _ context: ExecutionContext, _ results: inout [SpilledRun]
    ) throws(QueryError) {
        guard part.rowCount > 0 else { return }
        var seen = ValueTable()
        defer { seen.removeAll(context) }
        var deeper: Partitions?
        let writer = spill.makeRun()
        let reader = RunReader(part, spill)
        var row = ContiguousArray(repeating: Value.missing, count: 1 + slots.count)
        while try reader.next(&row) {
            try context.checkCancellation()
            let hash = row[1].quickHash
            if seen.find(row[1], hash) != nil { continue }
            let chosen = deeper?[hash] ?? writer
            chosen.append(row)
            try chosen.endRow()
            if deeper == nil, !seen.add(row[1], hash, context) {
                deeper = try Partitions(deeper: level, spill, context, span: span)
            }
        }
        results.append(try writer.finish())
        seen.removeAll(context)
        for part in try deeper?.finish() ?? [] { try choose(part, level: level + 1, spill, context, &results) }
    }

    private func nextMerged(_ frame: inout Frame) throws(QueryError) -> Bool {
        guard try merger?.next(&merged) == true else { return false }
        for (index, slot) in slots.enumerated() { swap(&frame.slots[slot], &merged[index + 1]) }
        return true
    }
}
