import HindsightSyntax
import HindsightValues

/// UNION ALL, INTERSECT and EXCEPT over the values of two queries. Without ALL, UNION and EXCEPT may give a value several
/// times, and a `Distinct` above them leaves the first.
///
/// UNION streams; the others count the values of the right side first. When these do not fit into memory, the values of
/// both sides are parted and written to a file, and the parts are worked on one by one.
final class SetOperator: Operator {
    private let plan: SetOperationPlan
    private let left: Operator
    private let right: Operator
    private var counts = ValueCounts()
    private var isLeftDone = false
    /// Whether the values so far are structs.
    private var areStructures: Bool?
    private var spill: Spill?
    private var merger: RunMerger?
    private var merged = ContiguousArray(repeating: Value.missing, count: 2)
    private var context: ExecutionContext?
    private var statistics = SpillStatistics()

    init(_ plan: SetOperationPlan, left: Operator, right: Operator) {
        self.plan = plan
        self.left = left
        self.right = right
    }

    override var spilled: SpillStatistics { statistics }

    override func open(_ frame: inout Frame) throws(QueryError) {
        context = frame.context
        isLeftDone = false
        areStructures = nil
        if plan.operation == .union { return try left.open(&frame) }
        try right.open(&frame)
        while try right.next(&frame) {
            if try !counts.add(rightValue(frame), 1, frame.context) { return try spillValues(&frame) }
        }
        right.close()
        try left.open(&frame)
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        if merger != nil { return try nextMerged(&frame) }
        while let value = try nextCandidate(&frame) {
            guard isWanted(value, &counts) else { continue }
            frame.slots[plan.slot] = value
            return true
        }
        return false
    }

    override func close() {
        left.close()
        right.close()
        counts.removeAll(context)
        merger = nil
        spill = nil
        context = nil
    }

    /// The next value of the left side, or in a UNION after them of the right side.
    private func nextCandidate(_ frame: inout Frame) throws(QueryError) -> Value? {
        if !isLeftDone {
            if try left.next(&frame) { return try operand(frame.slots[plan.left.resultSlot]) }
            isLeftDone = true
            guard plan.operation == .union else { return nil }
            left.close()
            try right.open(&frame)
        }
        guard plan.operation == .union, try right.next(&frame) else { return nil }
        return try rightValue(frame)
    }

    private func isWanted(_ value: Value, _ counts: inout ValueCounts) -> Bool {
        switch plan.operation {
        case .union: true
        case .intersect: counts.take(value, all: plan.isDistinct)
        case .except: plan.isDistinct ? !counts.contains(value) : !counts.take(value, all: false)
        }
    }

    /// The row of the right side, its columns under the names of the left side.
    private func rightValue(_ frame: Frame) throws(QueryError) -> Value {
        let value = try operand(frame.slots[plan.right.resultSlot])
        guard let renaming = plan.renaming, case .structure = value else { return value }
        return try renaming.applied(to: value)
    }

    /// A value of an operand. With OUTER an absent one counts as NULL; without, either all values are structs or none is,
    /// since rows and other values have no columns in common (RFC 0007).
    private func operand(_ value: Value) throws(QueryError) -> Value {
        if plan.isOuter { return value.isMissing ? .null : value }
        let isStructure = if case .structure = value { true } else { false }
        guard areStructures ?? isStructure == isStructure else {
            let operation = plan.operation.rawValue
            throw QueryError(
                .typeMismatch, "\(operation) needs rows or other values, found both", at: plan.span,
                hint: "OUTER \(operation) takes values of any shape")
        }
        areStructures = isStructure
        return value
    }

    // MARK: Spilling

    /// Writes the counts so far and all values still to come to the file, and works on them there.
    private func spillValues(_ frame: inout Frame) throws(QueryError) {
        let spill = try Spill(frame.context, span: plan.span)
        self.spill = spill
        let rightParts = Partitions(spill, level: 0)
        try counts.write(rightParts)
        counts.removeAll(frame.context)
        while try right.next(&frame) {
            let value = try rightValue(frame)
            try rightParts.write([value, .int(1)], hash: value.quickHash)
        }
        right.close()
        let rights = try rightParts.finish()
        var results: [SpilledRun] = []
        for (right, left) in zip(rights, try partLeft(&frame, spill)) {
            try match(right, left, level: 1, spill, frame.context, &results)
        }
        merger = try RunMerger(byNumber: results, spill, width: 2)
        statistics.add(spill.statistics)
    }

    private func partLeft(_ frame: inout Frame, _ spill: Spill) throws(QueryError) -> [SpilledRun] {
        let parts = Partitions(spill, level: 0)
        var number: Int64 = 0
        try left.open(&frame)
        while try left.next(&frame) {
            let value = try operand(frame.slots[plan.left.resultSlot])
            try parts.write([.int(number), value], hash: value.quickHash)
            number += 1
        }
        left.close()
        return try parts.finish()
    }

    /// Adds the run of the wanted values among the left ones of a part to `results`.
    private func match(
        _ right: SpilledRun, _ left: SpilledRun, level: Int, _ spill: Spill, _ context: ExecutionContext,
        _ results: inout [SpilledRun]
    ) throws(QueryError) {
        guard left.rowCount > 0 else { return }
        var counts = ValueCounts()
        defer { counts.removeAll(context) }
        let rightReader = RunReader(right, spill)
        var row = ContiguousArray(repeating: Value.missing, count: 2)
        while try rightReader.next(&row) {
            try context.checkCancellation()
            if counts.add(row[0], row[1].exactInteger ?? 1, context) { continue }
            let rightParts = try Partitions(deeper: level, spill, context, span: plan.span)
            try counts.write(rightParts)
            counts.removeAll(context)
            while try rightReader.next(&row) { try rightParts.write(row, hash: row[0].quickHash) }
            let leftParts = try Partitions(deeper: level, spill, context, span: plan.span)
            let leftReader = RunReader(left, spill)
            while try leftReader.next(&row) { try leftParts.write(row, hash: row[1].quickHash) }
            let rights = try rightParts.finish()
            for (right, left) in zip(rights, try leftParts.finish()) {
                try match(right, left, level: level + 1, spill, context, &results)
            }
            return
        }
        let writer = spill.makeRun()
        let leftReader = RunReader(left, spill)
        while try leftReader.next(&row) {
            try context.checkCancellation()
            guard isWanted(row[1], &counts) else { continue }
            writer.append(row)
            try writer.endRow()
        }
        results.append(try writer.finish())
    }

    private func nextMerged(_ frame: inout Frame) throws(QueryError) -> Bool {
        guard try merger?.next(&merged) == true else { return false }
        frame.slots[plan.slot] = merged[1]
        return true
    }
}

/// How often each value came.
private struct ValueCounts {
    private var table = ValueTable()
    private var counts: ContiguousArray<Int64> = []

    /// - Returns: false if the memory limit is passed. The value is counted all the same.
    mutating func add(_ value: Value, _ count: Int64, _ context: ExecutionContext) -> Bool {
        let hash = value.quickHash
        if let number = table.find(value, hash) {
            counts[number] += count
            return true
        }
        counts.append(count)
        return table.add(value, hash, context)
    }

    func contains(_ value: Value) -> Bool {
        table.find(value, value.quickHash) != nil
    }

    /// Takes one of the value away, or all of it.
    ///
    /// - Returns: whether there was one.
    mutating func take(_ value: Value, all: Bool) -> Bool {
        guard let number = table.find(value, value.quickHash), counts[number] > 0 else { return false }
        counts[number] = all ? 0 : counts[number] - 1
        return true
    }

    func write(_ parts: Partitions) throws(QueryError) {
        for (value, count) in zip(table.values, counts) {
            try parts.write([value, .int(count)], hash: value.quickHash)
        }
    }

    mutating func removeAll(_ context: ExecutionContext?) {
        table.removeAll(context)
        counts.removeAll()
    }
}
