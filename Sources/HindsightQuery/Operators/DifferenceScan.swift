import HindsightSyntax
import HindsightValues

/// DIFF in FROM and as a statement: a row for each item that differs, made as it is asked for.
final class DifferenceScan: Operator {
    private let comparison: TableComparison
    private let slot: Int
    /// AT: the rows come without positions.
    private let positionSlot: Int?
    private var reader: ChangedItemReader?

    init(_ comparison: TableComparison, slot: Int, positionSlot: Int?) {
        self.comparison = comparison
        self.slot = slot
        self.positionSlot = positionSlot
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        reader = try comparison.open(&frame)
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        guard let item = try reader?.next(&frame) else { return false }
        frame.slots[slot] = item.row
        if let positionSlot { frame.slots[positionSlot] = .missing }
        return true
    }

    override func close() {
        reader?.close()
        reader = nil
    }
}

/// Items that differ between two states, read some at a time.
final class ChangedItemReader {
    private let cursor: any RowCursor
    private var batch = RowBatch(width: 3)
    private var position = 0

    init(_ cursor: any RowCursor) {
        self.cursor = cursor
    }

    /// - Returns: nil at the end.
    func next(_ frame: inout Frame) throws(QueryError) -> ChangedItem? {
        if position == batch.count {
            try frame.context.checkCancellation()
            batch.removeAll()
            position = 0
            try cursor.fill(&batch, limit: ChangedItemReader.batchLimit)
            if batch.count == 0 { return nil }
        }
        let base = 3 * position
        position += 1
        return ChangedItem(key: batch.values[base], before: batch.values[base + 1], after: batch.values[base + 2])
    }

    func close() {
        cursor.close()
    }

    private static let batchLimit = 64
}
