import HindsightSyntax
import HindsightValues

/// `REVERT TABLE t TO time [WHERE …]`, ready to run: puts the items back that differ from what they were at the time. With
/// a condition only those for which it holds, then or now.
///
/// The cost is that of the changes since, not of the table.
final class RevertStatement: ItemChange {
    private let reference: TableReference
    private let moment: MomentEvaluator
    /// The item that the condition looks at is put into the slot.
    private let filter: (holds: PredicateEvaluator, slot: Int)?
    private let executions: ExecutionPool
    private let tableSpan: SourceSpan
    private let timeSpan: SourceSpan

    init(_ revert: Revert, _ statement: StatementBinder) throws(QueryError) {
        let (reference, _) = try statement.catalog.resolve(revert.table)
        if reference.isSystem {
            throw QueryError(.readOnlyTable, "'\(reference.text)' cannot be changed", at: revert.table.span)
        }
        self.reference = reference
        tableSpan = revert.table.span
        timeSpan = revert.time.span
        moment = try statement.compiler.compile(try statement.bind(revert.time, in: Scope(parent: nil)))
        filter = try RevertStatement.bindFilter(revert, statement)
        executions = ExecutionPool({ SingleRow() }, statement)
    }

    private static func bindFilter(
        _ revert: Revert, _ statement: StatementBinder
    ) throws(QueryError) -> (holds: PredicateEvaluator, slot: Int)? {
        guard let filter = revert.filter else { return nil }
        let scope = Scope(parent: nil)
        let slot = statement.makeSlot()
        let name = revert.table.parts[revert.table.parts.count - 1]
        try scope.add(ScopeVariable(name: name, role: .source, content: .slot(slot)))
        let condition = try statement.bind(filter, in: scope)
        return (try statement.compiler.expressions.compilePredicate(condition), slot)
    }

    // MARK: Running

    func run(_ writer: any TableWriter, _ environment: ExecutionEnvironment) throws(QueryError) -> ChangeOutcome {
        try executions.run(environment) { (_, frame) throws(QueryError) in
            let items = try collect(&frame)
            let table = try frame.runtime().table(reference)
            try environment.undoing(writer, ifMoreThanOne: items.count) { () throws(QueryError) in
                for item in items {
                    try frame.context.checkCancellation()
                    try putBack(item, into: table, writer)
                }
            }
            return ChangeOutcome(count: items.count, returning: nil)
        }
    }

    /// What EXPLAIN shows: the rows of a DIFF from now to what would be.
    func preview(_ environment: ExecutionEnvironment) throws(QueryError) -> [Value] {
        try executions.run(environment) { (_, frame) throws(QueryError) in
            try collect(&frame).map(\.reversed.row)
        }
    }

    /// The items to put back, from then to now.
    private func collect(_ frame: inout Frame) throws(QueryError) -> [ChangedItem] {
        var items: [ChangedItem] = []
        do throws(QueryError) {
            let moment = try moment(&frame)
            try frame.forEachChange(of: reference.name, from: moment, to: .now) { (item, frame) throws(QueryError) in
                guard try isMeant(item, &frame) else { return }
                try frame.context.reserveMemory(
                    item.key.estimatedBytes + item.before.estimatedBytes + item.after.estimatedBytes, for: tableSpan)
                items.append(item)
            }
        } catch {
            throw error.located(at: timeSpan)
        }
        return items
    }

    private func isMeant(_ item: ChangedItem, _ frame: inout Frame) throws(QueryError) -> Bool {
        guard let filter else { return true }
        for state in [item.before, item.after] where !state.isMissing {
            frame.slots[filter.slot] = state
            if try filter.holds(&frame) { return true }
        }
        return false
    }

    private func putBack(
        _ item: ChangedItem, into table: any Table, _ writer: any TableWriter
    ) throws(QueryError) {
        do throws(QueryError) {
            if let then = item.before.structureValue {
                try writer.put(then, into: table)
            } else if let key = item.key.structureValue.flatMap(table.schema.key) {
                _ = try writer.delete(key, from: table)
            }
        } catch {
            throw error.located(at: tableSpan)
        }
    }
}
