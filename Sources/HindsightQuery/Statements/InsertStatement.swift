import HindsightSyntax
import HindsightValues

/// INSERT, UPSERT and REPLACE, ready to run.
///
/// Rows of a query are collected before the first is written, so that a table can be copied into itself.
final class InsertStatement: ItemChange {
    private let reference: TableReference
    private let span: SourceSpan
    private let source: Source
    private let sourceSpan: SourceSpan
    private let columns: [String]
    private let conflict: ConflictRule
    private let returning: ReturningClause?
    private let schema: TableSchema
    private let executions: ExecutionPool
    let plan: QueryPlan?

    private enum Source: Sendable {
        /// - isParameter: whether the value is that of a parameter, and nothing else.
        case value(Evaluator, isParameter: Bool)
        case query(slot: Int, isSingleValue: Bool)
    }

    init(_ insert: Insert, _ statement: StatementBinder) throws(QueryError) {
        let target = try ItemSource(insert.table, alias: insert.alias, statement)
        let outer = Scope(parent: nil)
        var makeOperators: OperatorFactory = { SingleRow() }
        switch insert.source {
        case .value(let expression):
            let value = try statement.bind(expression, in: outer)
            source = .value(
                try statement.compiler.expressions.compile(value), isParameter: value.isParameter)
            sourceSpan = expression.span
            plan = nil
        case .query(let query):
            let plan = try QueryBinder(statement: statement).bind(query, in: nil)
            makeOperators = try statement.compiler.compile(plan.root)
            source = .query(slot: plan.resultSlot, isSingleValue: plan.kind != .rows)
            sourceSpan = query.span
            self.plan = plan
        }
        conflict = try ConflictRule(insert, target, statement)
        returning = try ReturningClause(insert.returning, target, isDelete: false)
        columns = insert.columns.map(\.text)
        executions = ExecutionPool(makeOperators, statement)
        reference = target.reference
        schema = target.schema
        span = target.span
    }

    func run(_ writer: any TableWriter, _ environment: ExecutionEnvironment) throws(QueryError) -> ChangeOutcome {
        if let item = environment.arguments.item, try write(item, writer) { return ChangeOutcome(count: 1) }
        return try executions.run(environment) { (operators, frame) throws(QueryError) in
            try run(writer, environment, operators, &frame)
        }
    }

    private func run(
        _ writer: any TableWriter, _ environment: ExecutionEnvironment, _ operators: Operator, _ frame: inout Frame
    ) throws(QueryError) -> ChangeOutcome {
        let table = try frame.runtime().table(reference)
        var outcome = ChangeOutcome(count: 0, returning: returning == nil ? nil : [])
        let values = try values(operators, &frame)
        try environment.undoing(writer, ifMoreThanOne: values.count) { () throws(QueryError) in
            for value in values {
                try frame.context.checkCancellation()
                try insert(try item(value), table, writer, &frame, &outcome)
            }
        }
        return outcome
    }

    // MARK: Items

    private func values(_ operators: Operator, _ frame: inout Frame) throws(QueryError) -> [Value] {
        switch source {
        case .value(let evaluator, _):
            return [try evaluator(&frame)]
        case .query(let slot, let isSingleValue):
            defer { operators.close() }
            var values: [Value] = []
            try operators.open(&frame)
            while try operators.next(&frame) {
                let value = frame.slots[slot]
                try frame.context.reserveMemory(value.estimatedBytes, for: sourceSpan)
                values.append(value)
            }
            // A single value is one item, or a collection of them.
            if isSingleValue, let only = values.first { return only.elements ?? [only] }
            return values
        }
    }

    /// The item that a value is; with columns, the row that a list is.
    private func item(_ value: Value) throws(QueryError) -> Structure {
        if columns.isEmpty {
            if case .structure(let item) = value { return item }
            throw QueryError(
                .notAnItem, "an item is a struct, found \(value.kindPhrase)", at: sourceSpan,
                hint: value.elements == nil ? nil : "VALUE takes one item; leave it out to insert a bag of items")
        }
        if case .structure(let row) = value { return try item(named: columns, row.fields.map(\.value)) }
        return try item(named: columns, value.elements ?? [value])
    }

    private func item(named names: [String], _ values: [Value]) throws(QueryError) -> Structure {
        guard names.count == values.count else {
            throw QueryError(
                .invalidArgument, "there are \(names.count) columns, but the row has \(values.count) values",
                at: sourceSpan)
        }
        var item = Structure()
        for (name, value) in zip(names, values) where !value.isMissing { item.append(name, value) }
        return item
    }

    // MARK: Writing

    /// Writes an item that came encoded, as the value of the statement's parameter, if nothing has to look inside it.
    ///
    /// - Returns: false, with nothing written, if something has.
    private func write(_ item: EncodedItem, _ writer: any TableWriter) throws(QueryError) -> Bool {
        guard case .value(_, isParameter: true) = source, columns.isEmpty, returning == nil,
            let table = try writer.table(named: reference.name)
        else { return false }
        do {
            guard conflict.isPlainReplace else { return try writer.insert(item, into: table) }
            try writer.put(item, into: table)
            return true
        } catch {
            throw error.located(at: span)
        }
    }

    private func insert(
        _ item: Structure, _ table: any Table, _ writer: any TableWriter, _ frame: inout Frame,
        _ outcome: inout ChangeOutcome
    ) throws(QueryError) {
        do {
            if conflict.isPlainReplace, returning == nil {
                try writer.put(item, into: table)
                outcome.count = (outcome.count ?? 0) + 1
                return
            }
            if try writer.insert(item, into: table) {
                try note(old: nil, new: item, touched: nil, &frame, &outcome)
                return
            }
            guard let old = try existing(item, table) else { return }
            guard let new = try conflict.resolve(old: old, new: item, &frame) else { return }
            try writer.put(new, into: table)
            let touched = item.fields.map { ItemPath([.attribute($0.name, isCaseSensitive: true)]) }
            try note(old: old, new: new, touched: conflict.isMerge ? touched : nil, &frame, &outcome)
        } catch {
            throw error.located(at: span)
        }
    }

    private func existing(_ item: Structure, _ table: any Table) throws(QueryError) -> Structure? {
        guard let key = schema.key(of: item) else { return nil }
        var batch = RowBatch(width: 1)
        guard try table.get(key, ScanRequest(), into: &batch) else { return nil }
        return batch.values[0].structureValue
    }

    private func note(
        old: Structure?, new: Structure, touched: [ItemPath]?, _ frame: inout Frame, _ outcome: inout ChangeOutcome
    ) throws(QueryError) {
        outcome.count = (outcome.count ?? 0) + 1
        if let row = try returning?.row(old: old, new: new, touched: touched, &frame) {
            outcome.returning?.append(row)
        }
    }
}

/// What happens to an item whose key is taken.
struct ConflictRule: Sendable {
    private enum Action: Sendable {
        case fail
        case keep
        case replace
        case merge
    }

    private let action: Action
    /// ON CONFLICT … WHERE, over the existing item and EXCLUDED.
    private let condition: PredicateEvaluator?
    private let existingSlot: Int
    private let excludedSlot: Int
    private let span: SourceSpan

    init(_ insert: Insert, _ target: ItemSource, _ statement: StatementBinder) throws(QueryError) {
        span = target.span
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
        if insert.verb != .insert, let column = onConflict.target.first {
            throw QueryError(
                .syntaxError, "\(insert.verb.rawValue) says already what happens on a conflict", at: column.span)
        }
        try ConflictRule.check(onConflict.target, target.schema)
        switch onConflict.action {
        case .nothing: action = .keep
        case .replaceExcluded: action = .replace
        case .updateExcluded: action = .merge
        }
        guard let written = onConflict.condition else {
            condition = nil
            return
        }
        let scope = Scope(parent: nil)
        try scope.add(ScopeVariable(name: target.name, role: .source, content: .slot(existingSlot)))
        let excluded = Identifier("EXCLUDED", span: written.span)
        try scope.add(ScopeVariable(name: excluded, role: .binding, content: .slot(excludedSlot)))
        condition = try statement.compiler.expressions.compilePredicate(try statement.bind(written, in: scope))
    }

    /// A conflict is always one of the whole key.
    private static func check(_ columns: [Identifier], _ schema: TableSchema) throws(QueryError) {
        guard let first = columns.first else { return }
        let keys = schema.keyAttributes.map(\.name)
        let isKey =
            columns.count == keys.count
            && columns.allSatisfy { column in keys.contains { ItemPath(column).isAttribute($0) } }
        if isKey { return }
        throw QueryError(
            .invalidTarget, "a conflict is one of the table's key", at: first.span,
            hint: "write (\(keys.joined(separator: ", "))), or leave it out")
    }

    /// The item is written whatever is there.
    var isPlainReplace: Bool {
        if case .replace = action { condition == nil } else { false }
    }

    var isMerge: Bool {
        if case .merge = action { true } else { false }
    }

    /// The item to write in place of the existing one; nil to leave that alone.
    func resolve(old: Structure, new: Structure, _ frame: inout Frame) throws(QueryError) -> Structure? {
        if let condition {
            frame.slots[existingSlot] = .structure(old)
            frame.slots[excludedSlot] = .structure(new)
            guard try condition(&frame) else { return nil }
        }
        switch action {
        case .fail:
            throw QueryError(.duplicateKey, "an item of this key exists already in the table", at: span)
        case .keep:
            return nil
        case .replace:
            return new
        case .merge:
            var merged = old
            for field in new.fields { merged[field.name] = field.value }
            return merged
        }
    }
}

extension BoundExpression {
    fileprivate var isParameter: Bool {
        if case .parameter = node { true } else { false }
    }
}

extension ItemPath {
    fileprivate init(_ name: Identifier) {
        self.init([.attribute(name.text, isCaseSensitive: name.isQuoted)])
    }
}
