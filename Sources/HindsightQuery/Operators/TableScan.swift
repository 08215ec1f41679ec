import HindsightSyntax
import HindsightValues

/// Reads a table: one key, some keys, a range of sort keys in one or several partitions, or all of it.
///
/// Rows come from the table in batches; each `next` moves one row of a batch into the slots.
final class TableScan: Operator {
    private let plan: CompiledScan
    private var table: (any Table)?
    /// What the rows are read from: the table, or one of its indexes.
    private var source: (any Table)?
    /// Of the execution, once it was asked for; nil inside if it cannot serve.
    private var index: (any Table)??
    /// The execution that `table` and `version` belong to.
    private var execution = -1
    private var version: UInt64?
    private var versions: ClosedRange<UInt64>?
    private var request: ScanRequest
    /// The partitions still to read, last first; empty for a scan of the whole table.
    private var partitions: [Value] = []
    private var sort = SortCondition.any
    private var cursor: (any RowCursor)?
    private var batch: RowBatch
    private var position = 0
    private var batchLimit = 0
    private var state = State.finished

    private enum State {
        case beforePartition
        case reading
        case finished
    }

    init(_ plan: CompiledScan) {
        self.plan = plan
        request = ScanRequest(columns: plan.columns, direction: plan.direction)
        batch = RowBatch(width: plan.slots.count)
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        try bindTable(&frame)
        batch.removeAll()
        position = 0
        batchLimit = try firstBatch(&frame)
        request.version = version
        request.versions = versions
        request.cancellation = frame.context.cancellation
        guard try evaluateConditions(&frame) else {
            state = .finished
            return
        }
        try openAccess(&frame)
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        if position == batch.count {
            guard try refill(&frame) else { return false }
        }
        let base = position * batch.width
        for (column, slot) in plan.slots.enumerated() {
            swap(&frame.slots[slot], &batch.values[base + column])
        }
        position += 1
        return true
    }

    override func close() {
        cursor?.close()
        cursor = nil
        state = .finished
        batch.forget()
        position = 0
    }

    /// Finds the table and the version to read, once for an execution.
    private func bindTable(_ frame: inout Frame) throws(QueryError) {
        let runtime = try frame.runtime()
        guard execution != runtime.execution else { return }
        version = nil
        versions = nil
        let found = try located { () throws(QueryError) in try runtime.table(plan.table) }
        if let end = plan.end, let moment = plan.moment {
            let (from, to) = (try resolve(moment, of: found, &frame), try resolve(end, of: found, &frame))
            guard from <= to else {
                throw QueryError(
                    .invalidTime, "the period ends at version \(to), before it starts at version \(from)", at: end.span)
            }
            versions = from...to
        } else if let moment = plan.moment {
            version = try resolve(moment, of: found, &frame)
        } else if runtime.moment != .now, !plan.table.isSystem {
            version = try located { () throws(QueryError) in try found.version(at: runtime.moment) }
        }
        table = found
        index = nil
        execution = runtime.execution
    }

    private func resolve(
        _ moment: CompiledScan.Moment, of table: any Table, _ frame: inout Frame
    ) throws(QueryError) -> UInt64 {
        let asked = try moment.evaluator(&frame)
        do {
            return try table.version(at: asked)
        } catch {
            throw error.located(at: moment.span)
        }
    }

    /// Runs what may fail without a place, and lets its errors point at the table's name.
    private func located<R>(_ body: () throws(QueryError) -> R) throws(QueryError) -> R {
        do {
            return try body()
        } catch {
            throw error.located(at: plan.span)
        }
    }

    private func firstBatch(_ frame: inout Frame) throws(QueryError) -> Int {
        guard let limit = plan.limit else { return TableScan.smallBatch }
        return min(max(1, try limit(&frame)), TableScan.largeBatch)
    }

    /// - Returns: false if a condition compares with an absent value and so holds for no row.
    private func evaluateConditions(_ frame: inout Frame) throws(QueryError) -> Bool {
        request.conditions.removeAll(keepingCapacity: true)
        for condition in plan.conditions {
            guard let pushed = try condition(&frame) else { return false }
            request.conditions.append(pushed)
        }
        return true
    }

    private func openAccess(_ frame: inout Frame) throws(QueryError) {
        source = table
        partitions.removeAll(keepingCapacity: true)
        switch plan.access {
        case .full:
            try openAll()
        case .index(let index):
            try openIndex(index, &frame)
        case .keys(let keys):
            try keys.addPartitions(&frame, &partitions)
            guard !partitions.isEmpty, let condition = try keys.sort(&frame) else {
                state = .finished
                return
            }
            sort = condition
            state = .beforePartition
        }
    }

    private func openAll() throws(QueryError) {
        request.range = .all
        cursor = try openCursor()
        state = .reading
    }

    /// Reads through an index, or all of the table if the index does not reach back that far, or if values are of other
    /// types than its keys: then items may fit that it does not have.
    private func openIndex(_ compiled: CompiledIndex, _ frame: inout Frame) throws(QueryError) {
        if index == nil {
            index = .some(try located { () throws(QueryError) in try table?.index(named: compiled.name, at: version) })
        }
        guard let found = index.flatMap({ $0 }), try compiled.addPartitions(&frame, &partitions),
            let condition = try compiled.sort(&frame)
        else {
            partitions.removeAll(keepingCapacity: true)
            return try openAll()
        }
        source = found
        sort = condition
        state = .beforePartition
    }

    /// Reads rows into the empty batch.
    ///
    /// - Returns: false at the end.
    private func refill(_ frame: inout Frame) throws(QueryError) -> Bool {
        try frame.context.checkCancellation()
        batch.removeAll()
        position = 0
        while batch.count == 0 {
            switch state {
            case .finished:
                // A cursor ends early when the statement is cancelled.
                try frame.context.checkCancellation()
                return false
            case .beforePartition: try startPartition()
            case .reading: try readCursor()
            }
        }
        return true
    }

    private func startPartition() throws(QueryError) {
        guard let partition = partitions.popLast(), let table else {
            state = .finished
            return
        }
        if plan.isPoint {
            let key: ItemKey =
                if case .equal(let value) = sort {
                    ItemKey(partition: partition, sort: value)
                } else {
                    ItemKey(partition: partition)
                }
            return try fillBatch { (batch) throws(QueryError) in _ = try table.get(key, request, into: &batch) }
        }
        request.range = .partition(partition, sort)
        cursor = try openCursor()
        state = .reading
    }

    private func openCursor() throws(QueryError) -> (any RowCursor)? {
        do {
            return try source?.openCursor(request)
        } catch {
            throw error.located(at: plan.span)
        }
    }

    private func readCursor() throws(QueryError) {
        try fillBatch { (batch) throws(QueryError) in try cursor?.fill(&batch, limit: batchLimit) }
        batchLimit = min(batchLimit * 4, TableScan.largeBatch)
        guard batch.count == 0 else { return }
        cursor?.close()
        cursor = nil
        state = partitions.isEmpty ? .finished : .beforePartition
    }

    /// Lends the batch to `body`. It is moved out for the time, as each access to a property that is lent in place would be
    /// checked.
    private func fillBatch(_ body: (inout RowBatch) throws(QueryError) -> Void) throws(QueryError) {
        var lent = RowBatch(width: plan.slots.count)
        swap(&lent, &batch)
        defer { swap(&lent, &batch) }
        do {
            try body(&lent)
        } catch {
            throw error.located(at: plan.span)
        }
    }

    /// Rows of the first batch of a scan whose end is not known, so that a LIMIT above wastes little.
    private static let smallBatch = 8
    private static let largeBatch = 128
}

/// A table scan ready to run: what `TableScan` needs of a plan, its expressions compiled. Shared by all executions.
final class CompiledScan: Sendable {
    enum Access: Sendable {
        case full
        case keys(CompiledKeys)
        case index(CompiledIndex)
    }

    let table: TableReference
    let span: SourceSpan
    typealias Moment = (evaluator: MomentEvaluator, span: SourceSpan)

    /// AS OF, or the beginning of VERSIONS BETWEEN; nil for the moment of the statement.
    let moment: Moment?
    /// The end of VERSIONS BETWEEN.
    let end: Moment?
    let access: Access
    /// The access gives a whole key, so at most one row for each partition value.
    let isPoint: Bool
    let columns: ScanColumns
    /// The slot of each column.
    let slots: [Int]
    let conditions: [ConditionEvaluator]
    let direction: ScanDirection
    /// How many rows at most will be asked for, if nothing above drops any.
    let limit: Limit.CountEvaluator?

    init(
        _ scan: ScanPlan, moment: Moment?, end: Moment?, access: Access, conditions: [ConditionEvaluator],
        limit: Limit.CountEvaluator?
    ) {
        table = scan.table
        span = scan.span
        self.moment = moment
        self.end = end
        self.access = access
        isPoint = scan.access.isPoint && end == nil
        columns = ScanColumns(scan.columns.map(\.column))
        slots = scan.columns.map(\.slot)
        self.conditions = conditions
        direction = scan.direction
        self.limit = limit
    }
}

/// The keys of a scan, compiled.
struct CompiledKeys: Sendable {
    /// Adds the distinct values of the partition key that its type admits, last first.
    let addPartitions: PartitionEvaluator
    /// Nil if no sort key fulfils the condition.
    let sort: @Sendable (inout Frame) throws(QueryError) -> SortCondition?
}

/// The way through a secondary index, compiled.
struct CompiledIndex: Sendable {
    let name: String
    /// Adds the distinct values of the partition key, last first.
    ///
    /// Returns: false if one of the values is of another type.
    let addPartitions: @Sendable (inout Frame, inout [Value]) throws(QueryError) -> Bool
    /// Nil if a value is of another type than the sort key.
    let sort: @Sendable (inout Frame) throws(QueryError) -> SortCondition?
}

typealias PartitionEvaluator = @Sendable (inout Frame, inout [Value]) throws(QueryError) -> Void
typealias MomentEvaluator = @Sendable (inout Frame) throws(QueryError) -> Moment
/// The condition with its operands; nil if no row fulfils it.
typealias ConditionEvaluator = @Sendable (inout Frame) throws(QueryError) -> PushedCondition?
