import HindsightSyntax
import HindsightValues

/// A hash join of two sides in a file, parted by their keys.
///
/// A spilled row is its number and the columns of its side. The right rows of a part are kept in a table if they fit. If
/// they do not, both sides of the part are parted again; and if that does not help, or there are no keys, the right rows
/// are taken in pieces that fit, for each of which the left rows are read once. Joined rows are written as runs, numbered
/// by their left row, or, without one, by their right row after all of them; merged, they are in the order of the join in
/// memory.
final class SpilledJoin {
    private let plan: CompiledJoin
    private let spill: Spill
    private var rightParts: [SpilledRun] = []
    private var leftParts: [SpilledRun] = []
    private var results: [SpilledRun] = []
    private var merger: RunMerger?
    private var merged: ContiguousArray<Value>

    init(_ plan: CompiledJoin, _ context: ExecutionContext) throws(QueryError) {
        self.plan = plan
        spill = try Spill(context, span: plan.span)
        merged = ContiguousArray(repeating: .missing, count: 1 + plan.left.slots.count + plan.right.slots.count)
    }

    var statistics: SpillStatistics { spill.statistics }

    func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        guard try merger?.next(&merged) == true else { return false }
        var column = 1
        for slot in plan.left.slots + plan.right.slots {
            swap(&frame.slots[slot], &merged[column])
            column += 1
        }
        return true
    }

    // MARK: Both sides

    /// Writes the rows of a table that has become too large, and those that still come.
    func writeRight(
        _ table: JoinTable, _ right: Operator, _ key: KeyColumns, _ frame: inout Frame
    ) throws(QueryError) {
        let parts = Partitions(spill, level: 0)
        try table.write(parts)
        var number = Int64(table.count)
        table.removeAll(frame.context)
        while try right.next(&frame) {
            let hash = try key.readJoin(&frame)
            guard hash != nil || plan.keepsRight else { continue }
            try write(plan.right, key, hash, number, frame, parts)
            number += 1
        }
        right.close()
        rightParts = try parts.finish()
    }

    func writeLeft(_ left: Operator, _ key: KeyColumns, _ frame: inout Frame) throws(QueryError) {
        let parts = Partitions(spill, level: 0)
        var number: Int64 = 0
        try left.open(&frame)
        while try left.next(&frame) {
            let hash = try key.readJoin(&frame)
            guard hash != nil || plan.keepsLeft else { continue }
            try write(plan.left, key, hash, number, frame, parts)
            number += 1
        }
        left.close()
        leftParts = try parts.finish()
    }

    private func write(
        _ side: CompiledJoin.Side, _ key: KeyColumns, _ hash: UInt64?, _ number: Int64, _ frame: Frame,
        _ parts: Partitions
    ) throws(QueryError) {
        let writer = parts[hash ?? 0]
        writer.append(.int(number))
        for index in side.computed { writer.append(key.values[index]) }
        writer.append(slots: side.slots, of: frame)
        try writer.endRow()
    }

    /// Joins all parts, and makes ready to give the first row.
    func run(_ frame: inout Frame) throws(QueryError) {
        for (left, right) in zip(leftParts, rightParts) { try join(left, right, level: 1, &frame) }
        merger = try RunMerger(byNumber: results, spill, width: merged.count)
    }

    // MARK: Parts

    private func join(
        _ left: SpilledRun, _ right: SpilledRun, level: Int, _ frame: inout Frame
    ) throws(QueryError) {
        guard left.rowCount > 0 || plan.keepsRight, right.rowCount > 0 || plan.keepsLeft else { return }
        var piece = RightPiece(plan)
        defer { piece.removeAll(frame.context) }
        var matched = LeftMatches(count: plan.keepsLeft ? left.rowCount : 0)
        defer { matched.release(frame.context) }
        try matched.reserve(frame.context, span: plan.span)
        let reader = RunReader(right, spill)
        while try !piece.fill(reader, frame.context) {
            if level <= SpilledJoin.deepestLevel, !plan.right.keys.isEmpty {
                piece.removeAll(frame.context)
                return try joinDeeper(left, right, level: level, &frame)
            }
            try join(left, &piece, &matched, &frame)
        }
        try join(left, &piece, &matched, &frame)
        if plan.keepsLeft { try writeUnmatchedLeft(left, matched, &frame) }
    }

    private func joinDeeper(
        _ left: SpilledRun, _ right: SpilledRun, level: Int, _ frame: inout Frame
    ) throws(QueryError) {
        let lefts = try part(left, plan.left, level: level, frame.context)
        let rights = try part(right, plan.right, level: level, frame.context)
        for (left, right) in zip(lefts, rights) { try join(left, right, level: level + 1, &frame) }
    }

    private func part(
        _ run: SpilledRun, _ side: CompiledJoin.Side, level: Int, _ context: ExecutionContext
    ) throws(QueryError) -> [SpilledRun] {
        let parts = Partitions(spill, level: level)
        let reader = RunReader(run, spill)
        var row = ContiguousArray(repeating: Value.missing, count: 1 + side.width)
        while try reader.next(&row) {
            try context.checkCancellation()
            try parts.write(row, hash: side.hash(of: row) ?? 0)
        }
        return try parts.finish()
    }

    /// Joins all left rows of a part with a piece of the right ones.
    private func join(
        _ left: SpilledRun, _ piece: inout RightPiece, _ matched: inout LeftMatches, _ frame: inout Frame
    ) throws(QueryError) {
        piece.table.finish()
        let writer = spill.makeRun()
        let reader = RunReader(left, spill)
        var row = ContiguousArray(repeating: Value.missing, count: 1 + plan.left.width)
        var key = ContiguousArray(repeating: Value.missing, count: plan.left.keys.count)
        var number = 0
        while try reader.next(&row) {
            defer { number += 1 }
            try frame.context.checkCancellation()
            for (index, column) in plan.left.keyColumns.enumerated() { key[index] = row[1 + column] }
            var candidate = piece.table.first(key, plan.left.hash(of: row))
            if candidate >= 0 { restoreLeft(row, &frame) }
            while candidate >= 0 {
                piece.table.restore(candidate, plan.right, &frame)
                if try plan.condition?(&frame) ?? true {
                    piece.table.setMatched(candidate)
                    matched.set(number)
                    try write(row[0], frame, writer)
                }
                candidate = piece.table.next(candidate)
                try frame.context.checkCancellation()
            }
        }
        if plan.keepsRight { try writeUnmatchedRight(piece, writer, &frame) }
        results.append(try writer.finish())
        piece.removeAll(frame.context)
    }

    private func writeUnmatchedRight(
        _ piece: RightPiece, _ writer: RunWriter, _ frame: inout Frame
    ) throws(QueryError) {
        for slot in plan.left.slots { frame.slots[slot] = .null }
        var start = 0
        while let row = piece.table.firstUnmatched(from: start) {
            piece.table.restore(row, plan.right, &frame)
            try write(.int(SpilledJoin.afterLeft + piece.numbers[row]), frame, writer)
            start = row + 1
        }
    }

    private func writeUnmatchedLeft(
        _ left: SpilledRun, _ matched: LeftMatches, _ frame: inout Frame
    ) throws(QueryError) {
        for slot in plan.right.slots { frame.slots[slot] = .null }
        let writer = spill.makeRun()
        let reader = RunReader(left, spill)
        var row = ContiguousArray(repeating: Value.missing, count: 1 + plan.left.width)
        var number = 0
        while try reader.next(&row) {
            if !matched.contains(number) {
                restoreLeft(row, &frame)
                try write(row[0], frame, writer)
            }
            number += 1
        }
        results.append(try writer.finish())
    }

    private func restoreLeft(_ row: ContiguousArray<Value>, _ frame: inout Frame) {
        for (slot, value) in zip(plan.left.slots, row[(1 + plan.left.computed.count)...]) { frame.slots[slot] = value }
    }

    private func write(_ number: Value, _ frame: Frame, _ writer: RunWriter) throws(QueryError) {
        writer.append(number)
        writer.append(slots: plan.left.slots, of: frame)
        writer.append(slots: plan.right.slots, of: frame)
        try writer.endRow()
    }

    /// The number of the first right row without a left one; no left row has as large a number.
    private static let afterLeft: Int64 = 1 << 62
    /// Rows are parted three times at most; more parts than that are not fewer rows each.
    private static let deepestLevel = 2
}

extension CompiledJoin.Side {
    /// The hash of the keys of a spilled row; nil if one of them is absent.
    fileprivate func hash(of row: ContiguousArray<Value>) -> UInt64? {
        var hash: UInt64 = 0
        for column in keyColumns {
            if row[1 + column].isAbsent { return nil }
            hash = KeyColumns.combine(hash, row[1 + column])
        }
        return hash
    }
}

/// As many right rows of a part as fit into memory.
private struct RightPiece {
    private let plan: CompiledJoin
    let table: JoinTable
    /// The numbers of the rows.
    private(set) var numbers: ContiguousArray<Int64> = []
    private var row: ContiguousArray<Value>

    init(_ plan: CompiledJoin) {
        self.plan = plan
        table = JoinTable(plan)
        row = ContiguousArray(repeating: .missing, count: 1 + plan.right.width)
    }

    /// Adds the rows that are left, or as many as fit.
    ///
    /// - Returns: whether they all fitted.
    mutating func fill(_ reader: RunReader, _ context: ExecutionContext) throws(QueryError) -> Bool {
        while try reader.next(&row) {
            try context.checkCancellation()
            numbers.append(row[0].exactInteger ?? 0)
            if !table.add(row[1...], plan.right.hash(of: row), context) { return false }
        }
        return true
    }

    mutating func removeAll(_ context: ExecutionContext) {
        table.removeAll(context)
        numbers.removeAll()
    }
}

/// Which left rows of a part have found a partner.
private struct LeftMatches {
    private var words: ContiguousArray<UInt64>
    private var memory = MemoryAccount()

    init(count: Int) {
        words = ContiguousArray(repeating: 0, count: (count + 63) / 64)
    }

    mutating func reserve(_ context: ExecutionContext, span: SourceSpan) throws(QueryError) {
        if !memory.charge(8 * words.count, context) { throw .memoryLimit(context.memoryLimit, at: span) }
    }

    mutating func release(_ context: ExecutionContext) {
        memory.release(context)
    }

    mutating func set(_ row: Int) {
        if !words.isEmpty { words[row / 64] |= 1 << UInt64(row % 64) }
    }

    func contains(_ row: Int) -> Bool {
        words[row / 64] & 1 << UInt64(row % 64) != 0
    }
}
