import HindsightSyntax
import HindsightValues

/// UNION, INTERSECT and EXCEPT over the values of two queries.
///
/// UNION ALL streams; all others count the values of the right side first, in memory.
final class SetOperator: Operator {
    private let plan: SetOperationPlan
    private let left: Operator
    private let right: Operator
    private var counts: [Value: Int] = [:]
    private var seen: Set<Value> = []
    private var isLeftDone = false
    private var reservedBytes = 0
    private var context: ExecutionContext?

    init(_ plan: SetOperationPlan, left: Operator, right: Operator) {
        self.plan = plan
        self.left = left
        self.right = right
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        context = frame.context
        isLeftDone = false
        if plan.operation != .union {
            try right.open(&frame)
            while try right.next(&frame) {
                let value = try rightValue(frame)
                let count = counts[value, default: 0]
                if count == 0 { try reserve(value, frame.context) }
                counts[value] = count + 1
            }
            right.close()
        }
        try left.open(&frame)
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        while let value = try nextCandidate(&frame) {
            guard isWanted(value) else { continue }
            if plan.isDistinct {
                guard seen.insert(value).inserted else { continue }
                try reserve(value, frame.context)
            }
            frame.slots[plan.slot] = value
            return true
        }
        return false
    }

    override func close() {
        left.close()
        right.close()
        counts.removeAll()
        seen.removeAll()
        context?.releaseMemory(reservedBytes)
        reservedBytes = 0
        context = nil
    }

    /// The next value of the left side, or in a UNION after them of the right side.
    private func nextCandidate(_ frame: inout Frame) throws(QueryError) -> Value? {
        if !isLeftDone {
            if try left.next(&frame) { return operand(frame.slots[plan.left.resultSlot]) }
            isLeftDone = true
            guard plan.operation == .union else { return nil }
            left.close()
            try right.open(&frame)
        }
        guard plan.operation == .union, try right.next(&frame) else { return nil }
        return try rightValue(frame)
    }

    private func isWanted(_ value: Value) -> Bool {
        switch plan.operation {
        case .union:
            return true
        case .intersect:
            guard let count = counts[value], count > 0 else { return false }
            if !plan.isDistinct { counts[value] = count - 1 }
            return true
        case .except:
            guard let count = counts[value], count > 0 else { return true }
            if !plan.isDistinct { counts[value] = count - 1 }
            return false
        }
    }

    /// The row of the right side, its columns under the names of the left side.
    private func rightValue(_ frame: Frame) throws(QueryError) -> Value {
        let value = operand(frame.slots[plan.right.resultSlot])
        guard let renaming = plan.renaming, case .structure = value else { return value }
        return try renaming.applied(to: value)
    }

    /// An operand that is absent counts as NULL.
    private func operand(_ value: Value) -> Value {
        plan.isOuter && value.isMissing ? .null : value
    }

    private func reserve(_ value: Value, _ context: ExecutionContext) throws(QueryError) {
        let bytes = value.estimatedBytes + SetOperator.entryOverhead
        try context.reserveMemory(bytes, for: plan.span)
        reservedBytes += bytes
    }

    /// Bytes of an entry beside the value.
    private static let entryOverhead = 24
}
