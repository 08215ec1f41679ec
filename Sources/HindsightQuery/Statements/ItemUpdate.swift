import HindsightSyntax
import HindsightValues

/// SET and REMOVE clauses, ready to run on one item after the other. All right-hand sides and indexes read the item as it
/// was; what is removed is removed last, so that indexes mean the list as it was.
struct ItemUpdate: Sendable {
    private enum Change: Sendable {
        case set(UpdateTarget, Evaluator, SourceSpan)
        case remove(UpdateTarget)
    }

    private let changes: [Change]

    /// - Parameter scope: what the clauses may read.
    /// - Throws: `keyUpdate` if a key attribute is changed.
    init(
        _ written: [Update.Change], of source: ItemSource, in scope: Scope, _ statement: StatementBinder
    ) throws(QueryError) {
        var changes: [Change] = []
        for change in written {
            switch change {
            case .set(let path, let value):
                let target = try source.bindTarget(path, in: scope)
                let evaluator = try statement.compiler.expressions.compile(try statement.bind(value, in: scope))
                changes.append(.set(target, evaluator, value.span))
            case .remove(let path):
                changes.append(.remove(try source.bindTarget(path, in: scope)))
            }
        }
        self.changes = changes
    }

    /// The item after the change, and the paths that it touched.
    func applied(
        to old: Structure, _ frame: inout Frame
    ) throws(QueryError) -> (item: Structure, touched: [ItemPath]) {
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
        return (new, touched)
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
