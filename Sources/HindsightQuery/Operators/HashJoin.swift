import HindsightSyntax
import HindsightValues

/// Joins by equality: keeps the right side in a hash table and looks the rows of the left side up.
///
/// The right side does not read the left one's variables. A key with an absent value fits nothing. When the right side
/// does not fit into memory, `SpilledJoin` takes over; rows come in the same order then.
final class HashJoin: Operator {
    private let left: Operator
    private let right: Operator
    private let plan: CompiledJoin

    private let table: JoinTable
    private let leftKey: KeyColumns
    private let rightKey: KeyColumns
    private var candidate = -1
    private var phase = Phase.needLeft
    private var hasMatch = false
    private var unmatched = 0
    private var spilledJoin: SpilledJoin?
    private var context: ExecutionContext?
    private var statistics = SpillStatistics()

    private enum Phase {
        case needLeft
        case probing
        case unmatchedRight
    }

    init(_ left: Operator, _ right: Operator, _ plan: CompiledJoin) {
        self.left = left
        self.right = right
        self.plan = plan
        table = JoinTable(plan)
        leftKey = KeyColumns(plan.left.keys)
        rightKey = KeyColumns(plan.right.keys)
    }

    override var spilled: SpillStatistics { statistics }

    override func open(_ frame: inout Frame) throws(QueryError) {
        context = frame.context
        phase = .needLeft
        unmatched = 0
        if try build(&frame) {
            table.finish()
            try left.open(&frame)
        } else {
            try spillRows(&frame)
        }
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        if let spilledJoin { return try spilledJoin.next(&frame) }
        while true {
            switch phase {
            case .needLeft:
                guard try left.next(&frame) else {
                    guard plan.keepsRight else { return false }
                    phase = .unmatchedRight
                    continue
                }
                let hash = try leftKey.readJoin(&frame)
                candidate = table.first(leftKey.values, hash)
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
        table.removeAll(context)
        leftKey.forget()
        rightKey.forget()
        spilledJoin = nil
        context = nil
    }

    /// - Returns: false if the right side does not fit into memory.
    private func build(_ frame: inout Frame) throws(QueryError) -> Bool {
        try right.open(&frame)
        while try right.next(&frame) {
            let hash = try rightKey.readJoin(&frame)
            guard hash != nil || plan.keepsRight else { continue }
            guard table.add(rightKey, hash, plan.right, &frame) else { return false }
        }
        right.close()
        return true
    }

    /// Goes on with the candidates of the left row.
    ///
    /// - Returns: false when they are used up and the left row is done with.
    private func probe(_ frame: inout Frame) throws(QueryError) -> Bool {
        while candidate >= 0 {
            let row = candidate
            candidate = table.next(row)
            table.restore(row, plan.right, &frame)
            // A product of small sources gives very many rows while none of the sources is asked for a new one.
            try frame.context.checkCancellation()
            if let condition = plan.condition, try !condition(&frame) { continue }
            hasMatch = true
            if plan.keepsRight { table.setMatched(row) }
            return true
        }
        phase = .needLeft
        guard plan.keepsLeft, !hasMatch else { return false }
        for slot in plan.right.slots { frame.slots[slot] = .null }
        return true
    }

    private func restoreUnmatched(_ frame: inout Frame) -> Bool {
        guard let row = table.firstUnmatched(from: unmatched) else {
            unmatched = table.count
            return false
        }
        unmatched = row + 1
        for slot in plan.left.slots { frame.slots[slot] = .null }
        table.restore(row, plan.right, &frame)
        return true
    }

    // MARK: Spilling

    /// Writes the rows of both sides to a file, and joins them there.
    private func spillRows(_ frame: inout Frame) throws(QueryError) {
        let join = try SpilledJoin(plan, frame.context)
        spilledJoin = join
        try join.writeRight(table, right, rightKey, &frame)
        try join.writeLeft(left, leftKey, &frame)
        try join.run(&frame)
        statistics.add(join.statistics)
    }
}
