import HindsightSyntax
import HindsightValues

/// The right side of a join in memory: its rows, and for each key the chain of its rows in the order in which they came.
///
/// A class, so that looking a row up does not copy what holds the rows.
final class JoinTable {
    private(set) var rows: SavedRows
    /// The columns that the keys are in.
    private let keyColumns: [Int]
    private var index = HashIndex()
    /// The hash of each row's key; nil for keys with an absent value, which fit nothing.
    private var hashes: ContiguousArray<UInt64?> = []
    /// The next row of the same key, -1 at the end; empty if all keys are different.
    private var nextRow: ContiguousArray<Int> = []
    private var isMatched: ContiguousArray<Bool> = []

    var count: Int { rows.count }

    init(_ plan: CompiledJoin) {
        rows = SavedRows(width: plan.right.width, span: plan.span)
        keyColumns = plan.right.keyColumns
    }

    /// Adds the row in the frame.
    ///
    /// - Parameters:
    ///   - key: the values of the keys, and their hash.
    /// - Returns: false if the memory limit is passed. The row is there all the same.
    func add(
        _ key: KeyColumns, _ hash: UInt64?, _ side: CompiledJoin.Side, _ frame: inout Frame
    ) -> Bool {
        hashes.append(hash)
        if side.computed.isEmpty { return rows.add(slots: side.slots, of: &frame) }
        return rows.add(ContiguousArray(side.computed.map { key.values[$0] }), slots: side.slots, of: &frame)
    }

    /// Adds a row that was put aside.
    ///
    /// - Returns: as above.
    func add(
        _ row: ContiguousArray<Value>.SubSequence, _ hash: UInt64?, _ context: ExecutionContext
    ) -> Bool {
        hashes.append(hash)
        return rows.add(row, context)
    }

    /// Makes the chains, when all rows are there: from the last row to the first, so that each goes before its chain.
    func finish() {
        nextRow = []
        isMatched = ContiguousArray(repeating: false, count: count)
        index.reserve(count)
        for row in (0..<count).reversed() {
            guard let hash = hashes[row] else { continue }
            let chain = index.replace(hash, by: row) { other in
                keyColumns.allSatisfy { KeyColumns.isEqual(rows[other, $0], rows[row, $0]) }
            }
            guard let chain else {
                index.insert(row, hash)
                continue
            }
            if nextRow.isEmpty { nextRow = ContiguousArray(repeating: -1, count: count) }
            nextRow[row] = chain
        }
    }

    /// The first row of a key, -1 if there is none.
    @inline(__always)
    func first(_ key: ContiguousArray<Value>, _ hash: UInt64?) -> Int {
        guard let hash else { return -1 }
        let found = index.find(hash) { row in
            for column in keyColumns.indices {
                guard KeyColumns.isEqual(rows[row, keyColumns[column]], key[column]) else { return false }
            }
            return true
        }
        return found ?? -1
    }

    @inline(__always)
    func next(_ row: Int) -> Int { nextRow.isEmpty ? -1 : nextRow[row] }

    func setMatched(_ row: Int) {
        isMatched[row] = true
    }

    /// The first row from `row` on that was not matched.
    func firstUnmatched(from row: Int) -> Int? {
        isMatched[row...].firstIndex(of: false)
    }

    /// Puts the right side's slots of a row into the frame.
    @inline(__always)
    func restore(_ row: Int, _ side: CompiledJoin.Side, _ frame: inout Frame) {
        rows.restore(row, from: side.computed.count, to: side.slots, of: &frame)
    }

    /// Writes all rows, their number first.
    func write(_ parts: Partitions) throws(QueryError) {
        for row in 0..<count {
            let writer = parts[hashes[row] ?? 0]
            writer.append(.int(Int64(row)))
            writer.append(rows.values[row * rows.width..<(row + 1) * rows.width])
            try writer.endRow()
        }
    }

    func removeAll(_ context: ExecutionContext?) {
        rows.removeAll(context)
        index.removeAll()
        hashes = []
        nextRow = []
        isMatched = []
    }
}
