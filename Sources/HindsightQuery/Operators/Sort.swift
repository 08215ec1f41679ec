import HindsightSyntax
import HindsightValues

/// Gives the rows of its input in the order of some keys; with a limit it keeps no more rows than that.
///
/// Rows are saved as `key… slot…`. Equal keys keep the order in which they came.
final class Sort: Operator {
    /// What to sort by, and which way.
    struct Key: Sendable {
        let evaluator: Evaluator
        let isDescending: Bool
        let nullsFirst: Bool

        /// Below zero if `left` comes first.
        func compare(_ left: Value, _ right: Value) -> Int {
            switch (left.isAbsent, right.isAbsent) {
            case (true, true): 0
            case (true, false): nullsFirst ? -1 : 1
            case (false, true): nullsFirst ? 1 : -1
            case (false, false): isDescending ? Value.compare(right, left) : Value.compare(left, right)
            }
        }
    }

    private let input: Operator
    private let keys: [Key]
    /// The slots of a row that operators above still read.
    private let slots: [Int]
    private let limit: Limit.CountEvaluator?
    private var rows: SavedRows
    private var order: ContiguousArray<Int> = []
    private var position = 0
    private var context: ExecutionContext?

    /// - Parameter limit: how many rows at most will be asked for.
    init(_ input: Operator, keys: [Key], slots: [Int], limit: Limit.CountEvaluator? = nil, span: SourceSpan?) {
        self.input = input
        self.keys = keys
        self.slots = slots
        self.limit = limit
        rows = SavedRows(width: keys.count + slots.count, span: span)
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        context = frame.context
        let wanted = try limit?(&frame) ?? Int.max
        position = 0
        order.removeAll(keepingCapacity: true)
        guard wanted > 0 else { return }
        try input.open(&frame)
        var head: [Value] = []
        while try input.next(&frame) {
            head.removeAll(keepingCapacity: true)
            for key in keys { head.append(try key.evaluator(&frame)) }
            try rows.append(head, slots: slots, of: &frame)
            if wanted < Sort.compactionLimit, rows.count >= max(2 * wanted, Sort.leastCompaction) {
                try keepFirst(wanted, frame.context)
            }
        }
        input.close()
        sortRows()
        if order.count > wanted { order.removeLast(order.count - wanted) }
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        guard position < order.count else { return false }
        rows.restore(order[position], from: keys.count, to: slots, of: &frame)
        position += 1
        return true
    }

    override func close() {
        input.close()
        rows.removeAll(context)
        order.removeAll()
        context = nil
    }

    /// Throws away all rows but the first `count`; done whenever twice as many have come, so that each row costs the
    /// logarithm of the limit.
    private func keepFirst(_ count: Int, _ context: ExecutionContext) throws(QueryError) {
        sortRows()
        try rows.keep(order[..<count], context)
    }

    private func sortRows() {
        order.removeAll(keepingCapacity: true)
        order.append(contentsOf: 0..<rows.count)
        order.sort { precedes($0, $1) }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        for (column, key) in keys.enumerated() {
            let comparison = key.compare(rows[left, column], rows[right, column])
            if comparison != 0 { return comparison < 0 }
        }
        return left < right
    }

    /// Above this many rows, a limit is not worth throwing rows away for.
    private static let compactionLimit = 1 << 30
    private static let leastCompaction = 256
}
