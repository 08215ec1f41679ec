import HindsightSyntax
import HindsightValues

/// UPDATE and DELETE, ready to run: what happens to the items of one table for which a condition holds.
///
/// The items are found and their new versions computed before anything is written, so that no item is met twice, and a
/// condition that reads the table reads it as it was.
final class TargetedStatement: ItemChange {
    private enum Action: Sendable {
        case update(ItemUpdate, itemSlot: Int)
        /// - itemSlot: the whole item, if RETURNING wants it.
        case delete(keySlots: [Int], itemSlot: Int?)
    }

    /// One item to write or to delete.
    fileprivate struct Target {
        let key: ItemKey
        let old: Structure?
        /// Nil if it is deleted.
        let new: Structure?
        let touched: [ItemPath]?
    }

    private let action: Action
    /// There is one item at most, so its memory need not be accounted for.
    private let isPoint: Bool
    private let reference: TableReference
    private let schema: TableSchema
    private let span: SourceSpan
    private let returning: ReturningClause?
    private let executions: ExecutionPool
    let plan: PlanNode

    convenience init(_ update: Update, _ statement: StatementBinder) throws(QueryError) {
        let source = try ItemSource(update.table, alias: update.alias, statement)
        let changes = try ItemUpdate(update.changes, of: source, in: source.scope, statement)
        let conditions = try source.bindFilter(update.filter)
        let action = Action.update(changes, itemSlot: source.variable.useItem(statement))
        let returning = try ReturningClause(update.returning, source, statement, isDelete: false)
        try self.init(action, source, conditions, returning, statement)
    }

    convenience init(_ delete: Delete, _ statement: StatementBinder) throws(QueryError) {
        let source = try ItemSource(delete.table, alias: delete.alias, statement)
        let conditions = try source.bindFilter(delete.filter)
        let keySlots = source.useKey()
        let returning = try ReturningClause(delete.returning, source, statement, isDelete: true)
        let itemSlot = returning == nil ? nil : source.variable.useItem(statement)
        try self.init(.delete(keySlots: keySlots, itemSlot: itemSlot), source, conditions, returning, statement)
    }

    private init(
        _ action: Action, _ source: ItemSource, _ conditions: [BoundExpression], _ returning: ReturningClause?,
        _ statement: StatementBinder
    ) throws(QueryError) {
        self.action = action
        self.returning = returning
        plan = source.plan(conditions)
        isPoint = plan.isPointRead
        executions = ExecutionPool(try statement.compiler.compile(plan), statement)
        reference = source.reference
        schema = source.schema
        span = source.span
    }

    func run(_ writer: any TableWriter, _ environment: ExecutionEnvironment) throws(QueryError) -> ChangeOutcome {
        try executions.run(environment) { (source, frame) throws(QueryError) in
            let targets = try collect(source, &frame)
            let table = try frame.runtime().table(reference)
            var outcome = ChangeOutcome(count: 0, returning: returning == nil ? nil : [])
            try environment.undoing(writer, ifMoreThanOne: targets.count) { () throws(QueryError) in
                for target in targets { try write(target, writer, table, &frame, &outcome) }
            }
            return outcome
        }
    }

    // MARK: Finding

    private func collect(_ source: Operator, _ frame: inout Frame) throws(QueryError) -> [Target] {
        defer { source.close() }
        var targets: [Target] = []
        try source.open(&frame)
        while try source.next(&frame) {
            guard let target = try target(&frame) else { continue }
            if !isPoint { try frame.context.reserveMemory(target.estimatedBytes, for: span) }
            targets.append(target)
        }
        return targets
    }

    /// The item of the row in the frame.
    private func target(_ frame: inout Frame) throws(QueryError) -> Target? {
        switch action {
        case .update(let update, let itemSlot):
            guard case .structure(let old) = frame.slots[itemSlot], let key = schema.key(of: old) else { return nil }
            do throws(QueryError) {
                let (new, touched) = try update.applied(to: old, &frame)
                return Target(key: key, old: old, new: new, touched: touched)
            } catch {
                throw isPoint ? error : error.noting(key, schema)
            }
        case .delete(let keySlots, let itemSlot):
            let sort = keySlots.dropFirst().first.map { frame.slots[$0] }
            let key = ItemKey(partition: frame.slots[keySlots[0]], sort: sort)
            return Target(key: key, old: itemSlot.flatMap { frame.slots[$0].structureValue }, new: nil, touched: nil)
        }
    }

    // MARK: Writing

    private func write(
        _ target: Target, _ writer: any TableWriter, _ table: any Table, _ frame: inout Frame,
        _ outcome: inout ChangeOutcome
    ) throws(QueryError) {
        try frame.context.checkCancellation()
        do {
            if let new = target.new {
                try writer.put(new, into: table)
            } else {
                guard try writer.delete(target.key, from: table) else { return }
            }
        } catch {
            let located = error.located(at: span)
            throw isPoint ? located : located.noting(target.key, schema)
        }
        let row = try returning?.row(old: target.old, new: target.new, touched: target.touched, &frame)
        try outcome.note(row, for: span, frame.context)
    }
}

extension TargetedStatement.Target {
    fileprivate var estimatedBytes: Int {
        var bytes = key.partition.estimatedBytes + (key.sort?.estimatedBytes ?? 0)
        if let old { bytes += Value.structure(old).estimatedBytes }
        if let new { bytes += Value.structure(new).estimatedBytes }
        return bytes
    }
}

extension PlanNode {
    /// Whether the plan reads one item at most.
    fileprivate var isPointRead: Bool {
        switch self {
        case .tableScan(let scan):
            if case .keys(let keys) = scan.access { keys.isPoint && keys.partition.isSingle } else { false }
        case .filter(let input, _): input.isPointRead
        default: false
        }
    }
}
