import HindsightSyntax
import HindsightValues

/// What happens to an item whose key is taken.
struct ConflictRule: Sendable {
    private enum Action: Sendable {
        case fail
        case keep
        case replace
        case merge
        case update(ItemUpdate)
    }

    private let action: Action
    /// ON CONFLICT … WHERE, over the existing item and EXCLUDED.
    private let condition: PredicateEvaluator?
    private let existingSlot: Int
    private let excludedSlot: Int

    init(_ insert: Insert, _ target: ItemSource, _ statement: StatementBinder) throws(QueryError) {
        existingSlot = statement.makeSlot()
        excludedSlot = statement.makeSlot()
        guard let onConflict = insert.onConflict else {
            switch insert.verb {
            case .insert: action = .fail
            case .upsert: action = .merge
            case .replace: action = .replace
            }
            condition = nil
            return
        }
        if insert.verb != .insert {
            throw QueryError(
                .syntaxError, "\(insert.verb.rawValue) says already what happens on a conflict", at: onConflict.span,
                hint: "leave it out, or write INSERT INTO")
        }
        try ConflictRule.check(onConflict.target, target.schema)
        let scope = Scope(parent: nil)
        try scope.add(ScopeVariable(name: target.name, role: .source, content: .slot(existingSlot)))
        let excluded = Identifier("EXCLUDED", span: onConflict.span)
        try scope.add(ScopeVariable(name: excluded, role: .binding, content: .slot(excludedSlot)))
        switch onConflict.action {
        case .nothing: action = .keep
        case .replaceExcluded: action = .replace
        case .updateExcluded: action = .merge
        case .update(let changes): action = .update(try ItemUpdate(changes, of: target, in: scope, statement))
        }
        guard let written = onConflict.condition else {
            condition = nil
            return
        }
        condition = try statement.compiler.expressions.compilePredicate(try statement.bind(written, in: scope))
    }

    /// A conflict is always one of the whole key.
    private static func check(_ columns: [Identifier], _ schema: TableSchema) throws(QueryError) {
        guard let first = columns.first else { return }
        let keys = schema.keyAttributes.map(\.name)
        let isKey =
            columns.count == keys.count
            && keys.allSatisfy { key in columns.contains { ItemPath($0).isAttribute(key) } }
        if isKey { return }
        throw QueryError(
            .invalidTarget, "a conflict is one of the table's key", at: first.span,
            hint: "write (\(keys.joined(separator: ", "))), or leave it out")
    }

    /// The item is written whatever is there.
    var isPlainReplace: Bool {
        if case .replace = action { condition == nil } else { false }
    }

    /// The item to write in place of the existing one, and the paths that it touches, nil for all; nil to leave the
    /// existing one alone.
    ///
    /// - Throws: `duplicateKey` if nothing is said about conflicts.
    func resolve(
        old: Structure, new: Structure, _ frame: inout Frame
    ) throws(QueryError) -> (item: Structure, touched: [ItemPath]?)? {
        frame.slots[existingSlot] = .structure(old)
        frame.slots[excludedSlot] = .structure(new)
        if let condition, try !condition(&frame) { return nil }
        switch action {
        case .fail:
            throw QueryError(.duplicateKey, "an item of this key exists already in the table", at: nil)
        case .keep:
            return nil
        case .replace:
            return (new, nil)
        case .merge:
            var merged = old
            for field in new.fields { merged[field.name] = field.value }
            return (merged, new.fields.map { ItemPath([.attribute($0.name, isCaseSensitive: true)]) })
        case .update(let update):
            return try update.applied(to: old, &frame)
        }
    }
}

extension ItemPath {
    fileprivate init(_ name: Identifier) {
        self.init([.attribute(name.text, isCaseSensitive: name.isQuoted)])
    }
}
