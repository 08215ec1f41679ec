import HindsightSyntax
import HindsightValues

/// Gives the rows of its input in the order of some keys; with a limit it keeps no more rows than that.
///
/// Equal keys keep the order in which they came. Rows that do not fit into memory are written to a file as sorted runs,
/// which are merged at the end.
final class Sort: Operator {
    /// What to sort by, and which way.
    struct Key: Sendable {
        let evaluator: Evaluator
        let isDescending: Bool
        let nullsFirst: Bool
        /// The slot that the key is, if it is nothing more.
        var slot: Int?

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
    /// The keys that are no slots of the row, whose values are its first columns.
    private let computed: [Evaluator]
    private let sorter: RowSorter
    /// The slots of a row that operators above still read.
    private let slots: [Int]
    private let limit: Limit.CountEvaluator?
    private let span: SourceSpan?
    private var rows: SavedRows
    private var order: ContiguousArray<Int> = []
    private var position = 0
    /// The slots of the next rows, as many as are fetched at once.
    private var fetched: ContiguousArray<Value> = []
    private var wanted = Int.max
    private var spill: Spill?
    private var runs: [SpilledRun] = []
    private var merger: RunMerger?
    private var merged: ContiguousArray<Value> = []
    private var context: ExecutionContext?
    private var statistics = SpillStatistics()

    /// - Parameter limit: how many rows at most will be asked for.
    init(_ input: Operator, keys: [Key], slots: [Int], limit: Limit.CountEvaluator? = nil, span: SourceSpan?) {
        self.input = input
        self.slots = slots
        self.limit = limit
        self.span = span
        let computed = keys.filter { key in !slots.contains { $0 == key.slot } }.map(\.evaluator)
        var nextColumn = 0
        let columns = keys.map { key in
            if let index = slots.firstIndex(where: { $0 == key.slot }) { return computed.count + index }
            defer { nextColumn += 1 }
            return nextColumn
        }
        self.computed = computed
        sorter = RowSorter(keys, columns: columns)
        rows = SavedRows(width: computed.count + slots.count, span: span)
    }

    override var spilled: SpillStatistics { statistics }

    override func open(_ frame: inout Frame) throws(QueryError) {
        context = frame.context
        wanted = try limit?(&frame) ?? Int.max
        position = 0
        order.removeAll(keepingCapacity: true)
        guard wanted > 0 else { return }
        try input.open(&frame)
        try readRows(&frame)
        input.close()
        if runs.isEmpty { return sortRows() }
        try writeRun(frame.context)
        try startMerging()
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        if merger != nil { return try nextMerged(&frame) }
        guard position < order.count else { return false }
        if position % Sort.fetchCount == 0 { fetch() }
        var place = position % Sort.fetchCount * slots.count
        for slot in slots {
            swap(&frame.slots[slot], &fetched[place])
            place += 1
        }
        position += 1
        return true
    }

    override func close() {
        input.close()
        rows.removeAll(context)
        order.removeAll()
        fetched.removeAll()
        runs.removeAll()
        merger = nil
        spill = nil
        context = nil
    }

    /// Fetches rows from `position` on.
    private func fetch() {
        let next = order[position..<min(position + Sort.fetchCount, order.count)]
        while fetched.count < next.count * slots.count { fetched.append(.missing) }
        rows.take(next, from: computed.count, into: &fetched)
    }

    private func readRows(_ frame: inout Frame) throws(QueryError) {
        var head: ContiguousArray<Value> = []
        while try input.next(&frame) {
            head.removeAll(keepingCapacity: true)
            for evaluator in computed { head.append(try evaluator(&frame)) }
            if !rows.add(head, slots: slots, of: &frame) {
                try writeRun(frame.context)
            } else if wanted < Sort.compactionLimit, rows.count >= max(2 * wanted, Sort.leastCompaction) {
                keepFirst(wanted, frame.context)
            }
        }
    }

    /// Throws away all rows but the first `count`; done whenever twice as many have come, so that each row costs the
    /// logarithm of the limit.
    private func keepFirst(_ count: Int, _ context: ExecutionContext) {
        sortRows()
        rows.keep(order[...], context)
    }

    private func sortRows() {
        order = sorter.order(rows)
        if order.count > wanted { order.removeLast(order.count - wanted) }
    }

    // MARK: Spilling

    /// Writes the rows in memory to the file, sorted.
    private func writeRun(_ context: ExecutionContext) throws(QueryError) {
        guard rows.count > 0 else { return }
        let spill = try openedSpill(context)
        sortRows()
        let writer = spill.makeRun()
        for row in order {
            for column in 0..<rows.width { writer.append(rows.values[row * rows.width + column]) }
            try writer.endRow()
        }
        runs.append(try writer.finish())
        rows.removeAll(context)
        try context.checkCancellation()
    }

    private func openedSpill(_ context: ExecutionContext) throws(QueryError) -> Spill {
        if let spill { return spill }
        let made = try Spill(context, span: span)
        spill = made
        return made
    }

    private func startMerging() throws(QueryError) {
        guard let spill else { return }
        merger = try RunMerger(runs, spill, width: rows.width) { [sorter] left, right in sorter.compare(left, right) }
        merged = ContiguousArray(repeating: .missing, count: rows.width)
        statistics.add(spill.statistics)
    }

    private func nextMerged(_ frame: inout Frame) throws(QueryError) -> Bool {
        guard position < wanted, try merger?.next(&merged) == true else { return false }
        position += 1
        for (index, slot) in slots.enumerated() { swap(&frame.slots[slot], &merged[computed.count + index]) }
        return true
    }

    /// Above this many rows, a limit is not worth throwing rows away for.
    private static let compactionLimit = 1 << 30
    private static let leastCompaction = 256
    private static let fetchCount = 64
}
