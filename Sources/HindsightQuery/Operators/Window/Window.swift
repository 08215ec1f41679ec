import HindsightSyntax
import HindsightValues

/// Computes window functions over rows that come sorted by the partition's and the order's keys. Holds one partition at
/// a time, and the row after it.
final class Window: Operator {
    private let input: Operator
    private let plan: CompiledWindow
    private let partition: WindowPartition
    private var functions: [WindowComputation] = []
    /// The first row of the partition after the one at hand; empty at the end of the input.
    private var following: SavedRows
    private var partitionKey: [Value] = []
    private var followingKey: [Value] = []
    private var isInputDone = false
    private var context: ExecutionContext?

    init(_ input: Operator, _ plan: CompiledWindow) {
        self.input = input
        self.plan = plan
        partition = WindowPartition(plan)
        following = SavedRows(width: plan.savedSlots.count, span: plan.span)
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        context = frame.context
        isInputDone = false
        functions.removeAll()
        for call in plan.calls { functions.append(try call.makeComputation(&frame)) }
        try input.open(&frame)
        try readRow(&frame)
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        if !partition.advance() {
            guard try load(&frame) else { return false }
        }
        try frame.context.checkCancellation()
        partition.rows.restore(partition.row, to: plan.savedSlots, of: &frame)
        for (index, call) in plan.calls.enumerated() {
            frame.slots[call.slot] = try functions[index].value(in: partition, frame.context)
        }
        return true
    }

    override func close() {
        input.close()
        partition.removeAll(context)
        following.removeAll(context)
        for function in functions { function.reset(context) }
        functions.removeAll()
        context = nil
    }

    /// Reads the next partition.
    ///
    /// - Returns: false at the end of the input.
    private func load(_ frame: inout Frame) throws(QueryError) -> Bool {
        partition.removeAll(frame.context)
        for function in functions { function.reset(frame.context) }
        guard following.count > 0 else { return false }
        partition.start(with: following)
        following = SavedRows(width: plan.savedSlots.count, span: plan.span)
        partitionKey = followingKey
        while !isInputDone {
            guard try input.next(&frame) else {
                isInputDone = true
                input.close()
                break
            }
            guard try takeRow(&frame) else { break }
        }
        return true
    }

    /// Adds the row in the frame to the partition, or keeps it for the next one.
    ///
    /// - Returns: whether it belongs to the partition at hand.
    private func takeRow(_ frame: inout Frame) throws(QueryError) -> Bool {
        try compute(&frame)
        guard zip(partitionKey, followingKey).allSatisfy({ $0.isPeer(of: $1) }) else {
            try following.append(slots: plan.savedSlots, of: &frame)
            return false
        }
        try partition.append(&frame)
        return true
    }

    /// Reads the very first row.
    private func readRow(_ frame: inout Frame) throws(QueryError) {
        guard try input.next(&frame) else {
            isInputDone = true
            return
        }
        try compute(&frame)
        try following.append(slots: plan.savedSlots, of: &frame)
    }

    /// Evaluates the partition's key, and the order's keys and the arguments into their slots.
    private func compute(_ frame: inout Frame) throws(QueryError) {
        followingKey.removeAll(keepingCapacity: true)
        for evaluator in plan.partitionKeys { followingKey.append(try evaluator(&frame)) }
        for assignment in plan.assignments {
            let value = try assignment.evaluator(&frame)
            frame.slots[assignment.slot] = value
        }
    }
}

/// A window ready to run; shared by all executions.
struct CompiledWindow: Sendable {
    let partitionKeys: [Evaluator]
    /// The order's keys and the arguments, computed from each row.
    let assignments: [Compute.Assignment]
    /// The slots of a row that are kept; `orderColumns` and the columns of the calls are places in this list.
    let savedSlots: [Int]
    let orderColumns: [Int]
    let calls: [CompiledWindowCall]
    let span: SourceSpan
}

/// A call with OVER, ready to run.
struct CompiledWindowCall: Sendable {
    let slot: Int
    let makeComputation: @Sendable (inout Frame) throws(QueryError) -> WindowComputation
}

/// The running state of one call with OVER, in one execution.
class WindowComputation {
    /// The value for the partition's current row. Rows come in order, from the first to the last.
    func value(in partition: WindowPartition, _ context: ExecutionContext) throws(QueryError) -> Value { .null }

    /// Forgets the partition.
    func reset(_ context: ExecutionContext?) {}
}
