import HindsightSyntax
import HindsightValues

/// Groups rows by their keys and aggregates over each group; gives the groups in the order of their first rows.
final class Group: Operator {
    private let input: Operator
    private let plan: CompiledGroup
    private var numbers: [GroupKey: Int] = [:]
    private var keys: [GroupKey] = []
    /// The accumulators of all groups, `plan.aggregates.count` for each.
    private var accumulators: ContiguousArray<Accumulator> = []
    private var collectors: [GroupCollector] = []
    private var position = 0
    private var reservedBytes = 0
    private var context: ExecutionContext?

    init(_ input: Operator, _ plan: CompiledGroup) {
        self.input = input
        self.plan = plan
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        context = frame.context
        position = 0
        if plan.isWhole { try addGroup(GroupKey([]), frame.context) }
        try input.open(&frame)
        while try input.next(&frame) {
            let group = plan.isWhole ? 0 : try self.group(of: &frame)
            try accumulate(&frame, group)
        }
        input.close()
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        guard position < keys.count else { return false }
        for (slot, value) in zip(plan.keySlots, keys[position].values) { frame.slots[slot] = value }
        let base = position * plan.aggregates.count
        for (index, slot) in plan.aggregateSlots.enumerated() {
            frame.slots[slot] = try plan.aggregates[index].value(of: accumulators[base + index])
        }
        if let collection = plan.collection { frame.slots[collection.slot] = collectors[position].value() }
        position += 1
        return true
    }

    override func close() {
        input.close()
        numbers.removeAll()
        keys.removeAll()
        accumulators.removeAll()
        collectors.removeAll()
        context?.releaseMemory(reservedBytes)
        reservedBytes = 0
        context = nil
    }

    private func group(of frame: inout Frame) throws(QueryError) -> Int {
        let key = try GroupKey(plan.keys, in: &frame)
        if let number = numbers[key] { return number }
        let number = keys.count
        numbers[key] = number
        try addGroup(key, frame.context)
        return number
    }

    private func addGroup(_ key: GroupKey, _ context: ExecutionContext) throws(QueryError) {
        let bytes = key.estimatedBytes + Group.groupOverhead + plan.aggregates.count * Group.accumulatorBytes
        try reserve(bytes, context)
        keys.append(key)
        for aggregate in plan.aggregates { accumulators.append(aggregate.makeAccumulator()) }
        if let collection = plan.collection { collectors.append(GroupCollector(variables: collection.variables)) }
    }

    private func accumulate(_ frame: inout Frame, _ group: Int) throws(QueryError) {
        let base = group * plan.aggregates.count
        if plan.keepsValues { return try accumulateKeeping(&frame, group, base) }
        for (index, aggregate) in plan.aggregates.enumerated() {
            try aggregate.add(&frame, to: &accumulators[base + index])
        }
    }

    /// Accumulates and accounts for the values that DISTINCT and GROUP AS keep.
    private func accumulateKeeping(_ frame: inout Frame, _ group: Int, _ base: Int) throws(QueryError) {
        var bytes = 0
        for (index, aggregate) in plan.aggregates.enumerated() {
            let before = accumulators[base + index].distinctCount
            try aggregate.add(&frame, to: &accumulators[base + index])
            bytes += (accumulators[base + index].distinctCount - before) * Group.distinctBytes
        }
        if let collection = plan.collection {
            collectors[group].add(frame)
            for variable in collection.variables { bytes += frame.slots[variable.slot].estimatedBytes }
        }
        try reserve(bytes, frame.context)
    }

    private func reserve(_ bytes: Int, _ context: ExecutionContext) throws(QueryError) {
        try context.reserveMemory(bytes, for: plan.span)
        reservedBytes += bytes
    }

    /// Bytes of a group's place in the hash table.
    private static let groupOverhead = 48
    private static let accumulatorBytes = 72
    /// Bytes of one of the values that tell equal ones apart.
    private static let distinctBytes = 40
}

/// A GROUP BY ready to run; shared by all executions.
struct CompiledGroup: Sendable {
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
}
