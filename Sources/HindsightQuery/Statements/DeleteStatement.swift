import HindsightSyntax
import HindsightValues

/// DELETE, ready to run. The items are found before the first is deleted.
final class DeleteStatement: ItemChange {
    /// There is one item at most, so its memory need not be accounted for.
    private let isPoint: Bool
    private let reference: TableReference
    private let span: SourceSpan
    private let keySlots: [Int]
    /// The whole item, if RETURNING wants it.
    private let itemSlot: Int?
    private let returning: ReturningClause?
    private let executions: ExecutionPool
    let plan: PlanNode

    init(_ delete: Delete, _ statement: StatementBinder) throws(QueryError) {
        let source = try ItemSource(delete.table, alias: delete.alias, statement)
        let conditions = try source.bindFilter(delete.filter)
        keySlots = source.useKey()
        returning = try ReturningClause(delete.returning, source, isDelete: true)
        itemSlot = returning == nil ? nil : source.variable.useItem(statement)
        plan = source.plan(conditions)
        isPoint = plan.isPointRead
        executions = ExecutionPool(try statement.compiler.compile(plan), statement)
        reference = source.reference
        span = source.span
    }

    func run(_ writer: any TableWriter, _ environment: ExecutionEnvironment) throws(QueryError) -> ChangeOutcome {
        try executions.run(environment) { (source, frame) throws(QueryError) in
            try run(writer, environment, source, &frame)
        }
    }

    private func run(
        _ writer: any TableWriter, _ environment: ExecutionEnvironment, _ source: Operator, _ frame: inout Frame
    ) throws(QueryError) -> ChangeOutcome {
        let found = try collect(source, &frame)
        let table = try frame.runtime().table(reference)
        var outcome = ChangeOutcome(count: 0, returning: returning == nil ? nil : [])
        try environment.undoing(writer, ifMoreThanOne: found.count) { () throws(QueryError) in
            for (key, item) in found { try delete(key, item, writer, table, &frame, &outcome) }
        }
        return outcome
    }

    private func delete(
        _ key: ItemKey, _ item: Structure?, _ writer: any TableWriter, _ table: any Table, _ frame: inout Frame,
        _ outcome: inout ChangeOutcome
    ) throws(QueryError) {
        try frame.context.checkCancellation()
        do {
            guard try writer.delete(key, from: table) else { return }
        } catch {
            throw error.located(at: span)
        }
        outcome.count = (outcome.count ?? 0) + 1
        if let row = try returning?.row(old: item, new: nil, touched: nil, &frame) { outcome.returning?.append(row) }
    }

    private func collect(
        _ source: Operator, _ frame: inout Frame
    ) throws(QueryError) -> [(key: ItemKey, item: Structure?)] {
        defer { source.close() }
        var found: [(key: ItemKey, item: Structure?)] = []
        try source.open(&frame)
        while try source.next(&frame) {
            let sort = keySlots.dropFirst().first.map { frame.slots[$0] }
            let key = ItemKey(partition: frame.slots[keySlots[0]], sort: sort)
            let item = itemSlot.flatMap { frame.slots[$0].structureValue }
            if !isPoint {
                let itemBytes = item.map { Value.structure($0).estimatedBytes } ?? 0
                try frame.context.reserveMemory(
                    itemBytes + key.partition.estimatedBytes + (key.sort?.estimatedBytes ?? 0), for: span)
            }
            found.append((key, item))
        }
        return found
    }
}
