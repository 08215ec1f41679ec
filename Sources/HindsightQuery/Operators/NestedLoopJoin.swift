/// Joins by running the right side once for each row of the left, whose variables it may read.
final class NestedLoopJoin: Operator {
    private let left: Operator
    private let right: Operator
    private let condition: PredicateEvaluator?
    /// LEFT JOIN: the right slots to set to NULL where no right row fits; nil for an inner join.
    private let paddedSlots: [Int]?
    private var isRightOpen = false
    private var hasMatch = false

    init(_ left: Operator, _ right: Operator, condition: PredicateEvaluator?, paddedSlots: [Int]?) {
        self.left = left
        self.right = right
        self.condition = condition
        self.paddedSlots = paddedSlots
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        isRightOpen = false
        try left.open(&frame)
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        while true {
            if !isRightOpen {
                guard try left.next(&frame) else { return false }
                try right.open(&frame)
                isRightOpen = true
                hasMatch = false
            }
            while try right.next(&frame) {
                try frame.context.checkCancellation()
                if let condition, try !condition(&frame) { continue }
                hasMatch = true
                return true
            }
            right.close()
            isRightOpen = false
            if !hasMatch, let paddedSlots {
                for slot in paddedSlots { frame.slots[slot] = .null }
                return true
            }
        }
    }

    override func close() {
        left.close()
        right.close()
    }
}
