import HindsightSyntax
import HindsightValues

/// UPDATE, ready to run.
///
/// The items are found and their new versions computed before anything is written, so that no item is met twice, and all
/// right-hand sides read the item as it was.
final class UpdateStatement: ItemChange {
    private enum Change: Sendable {
        case set(UpdateTarget, Evaluator, SourceSpan)
        case remove(UpdateTarget)
    }

    /// One item to write.
    private struct Replacement {
        let old: Structure
        let new: Structure
        let touched: [ItemPath]
    }

    /// There is one item at most, so its memory need not be accounted for.
    private let isPoint: Bool
    private let reference: TableReference
    private let span: SourceSpan
    private let changes: [Change]
    private let itemSlot: Int
    private let returning: ReturningClause?
    private let executions: ExecutionPool
    let plan: PlanNode

    init(_ update: Update, _ statement: StatementBinder) throws(QueryError) {
        let source = try ItemSource(update.table, alias: update.alias, statement)
        let compiler = statement.compiler
        var changes: [Change] = []
        for change in update.changes {
            switch change {
            case .set(let path, let value):
                let bound = try statement.bind(value, in: source.scope)
                changes.append(.set(try source.bindTarget(path), try compiler.expressions.compile(bound), value.span))
            case .remove(let path):
                changes.append(.remove(try source.bindTarget(path)))
            }
        }
        let conditions = try source.bindFilter(update.filter)
        itemSlot = source.variable.useItem(statement)
        returning = try ReturningClause(update.returning, source, isDelete: false)
        plan = source.plan(conditions)
        isPoint = plan.isPointRead
        executions = ExecutionPool(try compiler.compile(plan), statement)
        self.changes = changes
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
        let replacements = try collect(source, &frame)
        let table = try frame.runtime().table(reference)
        var outcome = ChangeOutcome(count: replacements.count, returning: returning == nil ? nil : [])
        try environment.undoing(writer, ifMoreThanOne: replacements.count) { () throws(QueryError) in
            for replacement in replacements { try write(replacement, writer, table, &frame, &outcome) }
        }
        return outcome
    }

    private func write(
        _ replacement: Replacement, _ writer: any TableWriter, _ table: any Table, _ frame: inout Frame,
        _ outcome: inout ChangeOutcome
    ) throws(QueryError) {
        try frame.context.checkCancellation()
        do {
            try writer.put(replacement.new, into: table)
        } catch {
            throw error.located(at: span)
        }
        guard let returning else { return }
        let row = try returning.row(
            old: replacement.old, new: replacement.new, touched: replacement.touched, &frame)
        if let row { outcome.returning?.append(row) }
    }

    private func collect(_ source: Operator, _ frame: inout Frame) throws(QueryError) -> [Replacement] {
        defer { source.close() }
        var replacements: [Replacement] = []
        try source.open(&frame)
        while try source.next(&frame) {
            guard case .structure(let old) = frame.slots[itemSlot] else { continue }
            let replacement = try replacement(for: old, &frame)
            if !isPoint {
                let bytes = Value.structure(old).estimatedBytes + Value.structure(replacement.new).estimatedBytes
                try frame.context.reserveMemory(bytes, for: span)
            }
            replacements.append(replacement)
        }
        return replacements
    }

    private func replacement(for old: Structure, _ frame: inout Frame) throws(QueryError) -> Replacement {
        var new = old
        var touched: [ItemPath] = []
        var removed: [ItemPath] = []
        for change in changes {
            switch change {
            case .set(let target, let evaluator, let valueSpan):
                let value = try evaluator(&frame)
                if value.isMissing { throw missingValue(at: valueSpan) }
                let path = try target.path(&frame)
                touched.append(path)
                try set(path, of: &new, to: value, at: target.span)
            case .remove(let target):
                let path = try target.path(&frame)
                touched.append(path)
                removed.append(path)
            }
        }
        removed.sort { $0.isRemoved(before: $1) }
        for path in removed { new.remove(path.steps[...]) }
        return Replacement(old: old, new: new, touched: touched)
    }

    private func set(
        _ path: ItemPath, of item: inout Structure, to value: Value, at span: SourceSpan
    ) throws(QueryError) {
        do {
            try item.set(path.steps[...], to: value)
        } catch {
            throw QueryError(
                .invalidPath, "the document path '\(path.text)' is not valid for this item", at: span,
                hint: "only the last step of a path may be new: set the struct or list around it first")
        }
    }

    private func missingValue(at span: SourceSpan) -> QueryError {
        QueryError(
            .valueNotStorable, "the value is MISSING: it refers to an attribute that does not exist in the item",
            at: span, hint: "REMOVE takes an attribute away; COALESCE gives a default")
    }
}

extension PlanNode {
    /// Whether the plan reads one item at most.
    var isPointRead: Bool {
        switch self {
        case .tableScan(let scan):
            if case .keys(let keys) = scan.access { keys.isPoint && keys.partition.isSingle } else { false }
        case .filter(let input, _): input.isPointRead
        default: false
        }
    }
}
