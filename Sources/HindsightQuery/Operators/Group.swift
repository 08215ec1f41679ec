import HindsightSyntax
import HindsightValues

/// Groups rows by their keys and aggregates over each group; gives the groups in the order of their first rows.
///
/// When the groups do not fit into memory, they and the rows still to come are parted by their keys and written to a file.
/// Then the parts are worked on one by one, and their groups merged by the numbers of their first rows.
final class Group: Operator {
    private let input: Operator
    private let plan: CompiledGroup
    private let key: KeyColumns
    private var table: GroupTable
    private var position = 0
    private var spill: Spill?
    private var merger: RunMerger?
    private var merged: ContiguousArray<Value> = []
    private var context: ExecutionContext?
    private var statistics = SpillStatistics()

    init(_ input: Operator, _ plan: CompiledGroup) {
        self.input = input
        self.plan = plan
        key = KeyColumns(plan.keys)
        table = GroupTable(plan)
    }

    override var spilled: SpillStatistics { statistics }

    override func open(_ frame: inout Frame) throws(QueryError) {
        context = frame.context
        position = 0
        try input.open(&frame)
        try readRows(&frame)
        input.close()
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        if merger != nil { return try nextMerged(&frame) }
        guard position < table.count else { return false }
        try table.restore(position, &frame)
        position += 1
        return true
    }

    override func close() {
        input.close()
        table.removeAll(context)
        key.forget()
        merger = nil
        spill = nil
        context = nil
    }

    private func readRows(_ frame: inout Frame) throws(QueryError) {
        // Not in the property, of which each access would be checked.
        var table = GroupTable(plan)
        defer { self.table = table }
        let isWhole = plan.isWhole
        if isWhole { _ = table.add([], 0, firstRow: 0, frame.context) }
        var row: Int64 = 0
        while try input.next(&frame) {
            var isWithinLimit = true
            var group = 0
            if !isWhole {
                let hash = try key.readGroup(&frame)
                if let found = table.find(key.values, hash) {
                    group = found
                } else {
                    group = table.count
                    isWithinLimit = table.add(key.values, hash, firstRow: row, frame.context)
                }
            }
            let hasRoom = try table.accumulate(&frame, group)
            row += 1
            if !(hasRoom && isWithinLimit) { return try spillRows(&table, &frame, from: row) }
        }
    }

    // MARK: Spilling

    /// Writes what is in memory and the rows still to come to the file, and works on them there.
    private func spillRows(
        _ table: inout GroupTable, _ frame: inout Frame, from start: Int64
    ) throws(QueryError) {
        try refuseIfOneGroup(table, frame.context)
        let spill = try Spill(frame.context, span: plan.span)
        self.spill = spill
        let parts = Partitions(spill, level: 0)
        try table.writeStates(parts)
        table.removeAll(frame.context)
        var row = start
        while try input.next(&frame) {
            let hash = try key.readGroup(&frame)
            try write(&frame, row, to: parts[hash])
            row += 1
        }
        var results: [SpilledRun] = []
        for part in try parts.finish() { try group(part, level: 1, spill, frame.context, &results) }
        let width = 1 + plan.keys.count + plan.aggregates.count + (plan.collection == nil ? 0 : 1)
        merger = try RunMerger(byNumber: results, spill, width: width)
        merged = ContiguousArray(repeating: .missing, count: width)
        statistics.add(spill.statistics)
    }

    private func write(_ frame: inout Frame, _ row: Int64, to writer: RunWriter) throws(QueryError) {
        writer.append(.int(row))
        writer.append(key.values)
        for aggregate in plan.aggregates { writer.append(try aggregate.argument?(&frame) ?? .missing) }
        if let collection = plan.collection {
            writer.append(slots: collection.variables.map(\.slot), of: frame)
            if collection.variables.isEmpty { writer.append(.missing) }
        }
        try writer.endRow()
    }

    /// Groups the rows of one part, and adds the run of its groups to `results`. Rows come in the order of their numbers,
    /// and so do groups.
    private func group(
        _ part: SpilledRun, level: Int, _ spill: Spill, _ context: ExecutionContext, _ results: inout [SpilledRun]
    ) throws(QueryError) {
        guard part.rowCount > 0 else { return }
        var table = GroupTable(plan)
        defer { table.removeAll(context) }
        var row = ContiguousArray(repeating: Value.missing, count: GroupTable.spilledWidth(plan))
        let reader = RunReader(part, spill)
        while try reader.next(&row) {
            try context.checkCancellation()
            if try table.take(row, context) { continue }
            try refuseIfOneGroup(table, context)
            let parts = try Partitions(deeper: level, spill, context, span: plan.span)
            try table.writeStates(parts)
            table.removeAll(context)
            while try reader.next(&row) {
                try parts.write(row, hash: KeyColumns.hash(row[1..<1 + plan.keys.count]))
            }
            for part in try parts.finish() { try group(part, level: level + 1, spill, context, &results) }
            return
        }
        let writer = spill.makeRun()
        try table.writeResults(writer)
        results.append(try writer.finish())
    }

    /// A group that does not fit into memory alone cannot be parted.
    private func refuseIfOneGroup(_ table: GroupTable, _ context: ExecutionContext) throws(QueryError) {
        if table.count == 1 { throw .memoryLimit(context.memoryLimit, at: plan.span) }
    }

    private func nextMerged(_ frame: inout Frame) throws(QueryError) -> Bool {
        guard try merger?.next(&merged) == true else { return false }
        for (slot, value) in zip(plan.resultSlots, merged.dropFirst()) { frame.slots[slot] = value }
        return true
    }
}

/// A GROUP BY ready to run; shared by all executions.
final class CompiledGroup: Sendable {
    let keys: [Evaluator]
    let keySlots: [Int]
    let aggregates: [Aggregate]
    let aggregateSlots: [Int]
    /// GROUP AS.
    let collection: (slot: Int, variables: [(name: String, slot: Int)])?
    /// One group of all rows, even if there are none.
    let isWhole: Bool
    /// Values of the rows are kept: for DISTINCT or GROUP AS.
    let keepsValues: Bool
    let span: SourceSpan

    init(
        keys: [Evaluator], keySlots: [Int], aggregates: [Aggregate], aggregateSlots: [Int],
        collection: (slot: Int, variables: [(name: String, slot: Int)])?, isWhole: Bool, span: SourceSpan
    ) {
        self.keys = keys
        self.keySlots = keySlots
        self.aggregates = aggregates
        self.aggregateSlots = aggregateSlots
        self.collection = collection
        self.isWhole = isWhole
        keepsValues = collection != nil || aggregates.contains { $0.isDistinct || $0.kind.keepsValues }
        self.span = span
    }

    /// The slots of keys, aggregates and GROUP AS.
    var resultSlots: [Int] { keySlots + aggregateSlots + (collection.map { [$0.slot] } ?? []) }
}
