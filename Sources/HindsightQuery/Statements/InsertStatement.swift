import HindsightSyntax
import HindsightValues

/// INSERT, UPSERT and REPLACE, ready to run.
///
/// The rows of a query that reads the table itself are collected before the first is written; others are written as they
/// come.
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
        /// - isStreamed: whether rows can be written while others are still to be read.
        case query(slot: Int, isSingleValue: Bool, isStreamed: Bool)
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
            source = .query(
                slot: plan.resultSlot, isSingleValue: plan.kind != .rows,
                isStreamed: plan.kind == .rows && !plan.root.mayRead(target.reference))
            sourceSpan = query.span
            self.plan = plan
        }
        conflict = try ConflictRule(insert, target, statement)
        returning = try ReturningClause(insert.returning, target, statement, isDelete: false)
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
        var insertion = Insertion(
            writer: writer, table: try frame.runtime().table(reference),
            outcome: ChangeOutcome(count: 0, returning: returning == nil ? nil : []))
        switch source {
        case .value(let evaluator, _):
            let value = try evaluator(&frame)
            try insert(value, &insertion, &frame)
        case .query(let slot, _, isStreamed: true):
            try environment.undoing(writer) { () throws(QueryError) in
                try forEachRow(of: operators, &frame) { (frame) throws(QueryError) in
                    try insert(frame.slots[slot], &insertion, &frame)
                }
            }
        case .query(let slot, let isSingleValue, isStreamed: false):
            let values = try collect(slot, isSingleValue: isSingleValue, operators, &frame)
            insertion.isOfMany = values.count > 1
            try environment.undoing(writer, ifMoreThanOne: values.count) { () throws(QueryError) in
                for value in values { try insert(value, &insertion, &frame) }
            }
        }
        return insertion.outcome
    }

    /// What one execution writes to, and has done so far.
    private struct Insertion {
        let writer: any TableWriter
        let table: any Table
        var outcome: ChangeOutcome
        /// How many values were met, for errors.
        var number = 0
        var isOfMany = false
    }

    // MARK: Items

    private func collect(
        _ slot: Int, isSingleValue: Bool, _ operators: Operator, _ frame: inout Frame
    ) throws(QueryError) -> [Value] {
        var values: [Value] = []
        try forEachRow(of: operators, &frame) { (frame) throws(QueryError) in
            let value = frame.slots[slot]
            try frame.context.reserveMemory(value.estimatedBytes, for: sourceSpan)
            values.append(value)
        }
        // A single value is one item, or a collection of them.
        if isSingleValue, let only = values.first { return only.elements ?? [only] }
        return values
    }

    private func forEachRow(
        of operators: Operator, _ frame: inout Frame, _ body: (inout Frame) throws(QueryError) -> Void
    ) throws(QueryError) {
        defer { operators.close() }
        try operators.open(&frame)
        while try operators.next(&frame) { try body(&frame) }
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

    /// Writes the item that a value is. An error says which one it was, if there are several.
    private func insert(
        _ value: Value, _ insertion: inout Insertion, _ frame: inout Frame
    ) throws(QueryError) {
        try frame.context.checkCancellation()
        insertion.number += 1
        var item: Structure?
        do throws(QueryError) {
            let found = try self.item(value)
            item = found
            try write(found, &insertion, &frame)
        } catch {
            var error = error.located(at: span)
            if insertion.isOfMany || insertion.number > 1 {
                error.diagnostic.notes.append(Diagnostic.Note("it is item \(insertion.number) of the statement"))
            }
            throw item.flatMap(schema.key).map { error.noting($0, schema) } ?? error
        }
    }

    private func write(
        _ item: Structure, _ insertion: inout Insertion, _ frame: inout Frame
    ) throws(QueryError) {
        let (writer, table) = (insertion.writer, insertion.table)
        if conflict.isPlainReplace, returning == nil {
            try writer.put(item, into: table)
            return try insertion.outcome.note(nil, for: sourceSpan, frame.context)
        }
        var (old, new, touched): (Structure?, Structure, [ItemPath]?) = (nil, item, nil)
        if try !writer.insert(item, into: table) {
            guard let existing = try existing(item, table),
                let resolved = try conflict.resolve(old: existing, new: item, &frame)
            else { return }
            (old, new, touched) = (existing, resolved.item, resolved.touched)
            try writer.put(new, into: table)
        }
        let row = try returning?.row(old: old, new: new, touched: touched, &frame)
        try insertion.outcome.note(row, for: sourceSpan, frame.context)
    }

    private func existing(_ item: Structure, _ table: any Table) throws(QueryError) -> Structure? {
        guard let key = schema.key(of: item) else { return nil }
        var batch = RowBatch(width: 1)
        guard try table.get(key, ScanRequest(), into: &batch) else { return nil }
        return batch.values[0].structureValue
    }
}

extension BoundExpression {
    fileprivate var isParameter: Bool {
        if case .parameter = node { true } else { false }
    }
}
