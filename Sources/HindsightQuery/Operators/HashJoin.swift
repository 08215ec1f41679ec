import HindsightSyntax
import HindsightValues

/// Joins by equality: keeps the right side in a hash table and looks the rows of the left side up.
///
/// The right side does not read the left one's variables. A key with an absent value fits nothing.
final class HashJoin: Operator {
    private let left: Operator
    private let right: Operator
    private let plan: CompiledJoin

    private var rows: SavedRows
    /// The first and the last row of each key.
    private var chains: [GroupKey: (first: Int, last: Int)] = [:]
    /// The next row of the same key, -1 at the end.
    private var nextRow: ContiguousArray<Int> = []
    private var isMatched: ContiguousArray<Bool> = []
    private var candidate = -1
    private var phase = Phase.needLeft
    private var hasMatch = false
    private var unmatched = 0
    private var context: ExecutionContext?

    private enum Phase {
        case needLeft
        case probing
        case unmatchedRight
    }

    init(_ left: Operator, _ right: Operator, _ plan: CompiledJoin) {
        self.left = left
        self.right = right
        self.plan = plan
        rows = SavedRows(width: plan.rightSlots.count, span: plan.span)
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        context = frame.context
        phase = .needLeft
        unmatched = 0
        try build(&frame)
        try left.open(&frame)
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        while true {
            switch phase {
            case .needLeft:
                guard try left.next(&frame) else {
                    guard plan.keepsRight else { return false }
                    phase = .unmatchedRight
                    continue
                }
                candidate = try GroupKey(plan.leftKeys, presentIn: &frame).flatMap { chains[$0]?.first } ?? -1
                hasMatch = false
                phase = .probing
            case .probing:
                if try probe(&frame) { return true }
            case .unmatchedRight:
                return restoreUnmatched(&frame)
            }
        }
    }

    override func close() {
        left.close()
        right.close()
        rows.removeAll(context)
        chains.removeAll()
        nextRow.removeAll()
        isMatched.removeAll()
        context = nil
    }

    private func build(_ frame: inout Frame) throws(QueryError) {
        try right.open(&frame)
        while try right.next(&frame) {
            let key = try GroupKey(plan.rightKeys, presentIn: &frame)
            guard key != nil || plan.keepsRight else { continue }
            let row = rows.count
            try rows.append(slots: plan.rightSlots, of: &frame)
            isMatched.append(false)
            nextRow.append(-1)
            guard let key else { continue }
            if let last = chains[key]?.last { nextRow[last] = row }
            chains[key, default: (row, row)].last = row
        }
        right.close()
    }

    /// Goes on with the candidates of the left row.
    ///
    /// - Returns: false when they are used up and the left row is done with.
    private func probe(_ frame: inout Frame) throws(QueryError) -> Bool {
        while candidate >= 0 {
            let row = candidate
            candidate = nextRow[row]
            rows.restore(row, to: plan.rightSlots, of: &frame)
            try frame.context.checkCancellation()
            if let condition = plan.condition, try !condition(&frame) { continue }
            hasMatch = true
            isMatched[row] = true
            return true
        }
        phase = .needLeft
        guard plan.keepsLeft, !hasMatch else { return false }
        for slot in plan.rightSlots { frame.slots[slot] = .null }
        return true
    }

    private func restoreUnmatched(_ frame: inout Frame) -> Bool {
        while unmatched < rows.count {
            let row = unmatched
            unmatched += 1
            guard !isMatched[row] else { continue }
            for slot in plan.leftSlots { frame.slots[slot] = .null }
            rows.restore(row, to: plan.rightSlots, of: &frame)
            return true
        }
        return false
    }
}

/// A hash join ready to run; shared by all executions.
struct CompiledJoin: Sendable {
    /// Which rows without a partner are kept, padded with NULL.
    let keepsLeft: Bool
    let keepsRight: Bool
    let leftKeys: [Evaluator]
    let rightKeys: [Evaluator]
    let leftSlots: [Int]
    let rightSlots: [Int]
    let condition: PredicateEvaluator?
    let span: SourceSpan

    init(
        _ join: HashJoinPlan, _ compiler: ExpressionCompiler, condition: PredicateEvaluator?
    ) throws(QueryError) {
        var (leftKeys, rightKeys): ([Evaluator], [Evaluator]) = ([], [])
        for key in join.keys {
            leftKeys.append(try compiler.compile(key.left))
            rightKeys.append(try compiler.compile(key.right))
        }
        self.leftKeys = leftKeys
        self.rightKeys = rightKeys
        keepsLeft = join.side == .left || join.side == .full
        keepsRight = join.side == .right || join.side == .full
        leftSlots = join.left.producedSlots
        rightSlots = join.right.producedSlots
        self.condition = condition
        span = join.span
    }
}
