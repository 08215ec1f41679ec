import HindsightValues

/// The rows of one partition in the window's order, and the groups of rows that the order does not tell apart (peers).
final class WindowPartition {
    private(set) var rows: SavedRows
    /// The first row of each group of peers.
    private(set) var groupStarts: ContiguousArray<Int> = []
    /// The current row.
    private(set) var row = 0
    /// The group of the current row.
    private(set) var group = 0
    private let slots: [Int]
    private let orderColumns: [Int]
    private let emptyRows: SavedRows

    init(_ plan: CompiledWindow) {
        slots = plan.savedSlots
        orderColumns = plan.orderColumns
        emptyRows = SavedRows(width: slots.count, span: plan.span)
        rows = emptyRows
    }

    var count: Int { rows.count }

    /// The rows of a group of peers.
    func rows(ofGroup group: Int) -> Range<Int> {
        let end = group + 1 < groupStarts.count ? groupStarts[group + 1] : count
        return groupStarts[group]..<end
    }

    /// The peers of the current row, itself among them.
    var peers: Range<Int> { rows(ofGroup: group) }

    /// Takes rows of which the first is the partition's first.
    func start(with rows: SavedRows) {
        self.rows = rows
        groupStarts.append(0)
    }

    func append(_ frame: inout Frame) throws(QueryError) {
        try rows.append(slots: slots, of: &frame)
        let last = rows.count - 1
        for column in orderColumns where !rows[last, column].isPeer(of: rows[last - 1, column]) {
            return groupStarts.append(last)
        }
    }

    /// Goes to the next row.
    ///
    /// - Returns: false if there is none.
    func advance() -> Bool {
        guard row + 1 < count else { return false }
        row += 1
        if group + 1 < groupStarts.count, groupStarts[group + 1] == row { group += 1 }
        return true
    }

    func removeAll(_ context: ExecutionContext?) {
        rows.removeAll(context)
        rows = emptyRows
        groupStarts.removeAll(keepingCapacity: true)
        row = 0
        group = 0
    }
}

extension Value {
    /// Whether ORDER BY does not tell the values apart.
    func isPeer(of other: Value) -> Bool {
        if isAbsent || other.isAbsent { return isAbsent && other.isAbsent }
        return Value.compare(self, other) == 0
    }
}

/// The rows of one column of a partition that hold a present value, in order.
struct PresentRows {
    private var rows: ContiguousArray<Int> = []

    init(of column: Int, in partition: WindowPartition) {
        for row in 0..<partition.count where !partition.rows[row, column].isAbsent { rows.append(row) }
    }

    var count: Int { rows.count }

    subscript(index: Int) -> Int { rows[index] }

    /// How many of them come before a row.
    func count(before row: Int) -> Int {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
