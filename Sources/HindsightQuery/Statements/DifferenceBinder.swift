import HindsightSyntax
import HindsightValues

/// Binds `DIFF TABLE t [AS OF a] WITH [t | u] [AS OF b]`, as a statement or a source in FROM: a bag of the items whose state
/// differs, each with what was done to it, its key, and both states.
struct DifferenceBinder {
    private let statement: StatementBinder
    private let scope: Scope

    init(_ statement: StatementBinder, in scope: Scope) {
        self.statement = statement
        self.scope = scope
    }

    func bind(_ difference: Difference, at span: SourceSpan) throws(QueryError) -> BoundExpression {
        let (reference, schema) = try resolve(difference.table)
        var other = reference
        if let table = difference.otherTable {
            let second = try resolve(table)
            guard second.schema.hasSameKeys(as: schema) else {
                throw QueryError(
                    .invalidTarget, "'\(reference.text)' and '\(second.reference.text)' have different keys",
                    at: table.span,
                    hint: "the key of \(reference.text) is \(schema.keyText), that of \(second.reference.text) "
                        + "\(second.schema.keyText): a join compares what is not the key")
            }
            other = second.reference
        }
        let (from, to) = (try bind(difference.time), try bind(difference.otherTime))
        let compare = TableComparison(
            from: .init(table: reference.name, moment: from.evaluator),
            to: .init(table: other.name, moment: to.evaluator),
            outerSlots: (from.slots + to.slots).sorted(), span: span)
        return BoundExpression(.subquery(compare, .collection), at: span)
    }

    private func resolve(_ table: TableName) throws(QueryError) -> (reference: TableReference, schema: TableSchema) {
        let found = try statement.catalog.resolve(table)
        if found.reference.isSystem {
            throw QueryError(.unsupported, "'\(found.reference.text)' has no past", at: table.span)
        }
        if found.reference.index != nil {
            throw QueryError(
                .unsupported, "'\(found.reference.text)' is an index, and DIFF compares tables", at: table.span,
                hint: "name the table, \(found.reference.name)")
        }
        return found
    }

    /// DIFF as a statement of its own.
    func plan(_ difference: Difference, at span: SourceSpan) throws(QueryError) -> QueryPlan {
        let slot = statement.makeSlot()
        let source = BoundValueSource(
            expression: try bind(difference, at: span), isUnpivot: false, slot: slot, positionSlot: nil, name: "",
            span: span)
        return QueryPlan(
            root: .valueScan(source), resultSlot: slot, columns: nil, isOrdered: false, kind: .rows, span: span)
    }

    private func bind(_ time: TimePoint?) throws(QueryError) -> (evaluator: MomentEvaluator, slots: [Int]) {
        guard let time else { return ({ (_) throws(QueryError) in .now }, []) }
        let moment = try statement.bind(time, in: scope)
        return (try statement.compiler.compile(moment), Array(moment.slots))
    }
}

/// The difference between two states of one table, or of two, as the value of an expression; FROM reads it row by row.
final class TableComparison: BoundSubquery {
    /// One of the states compared.
    struct Side: Sendable {
        let table: String
        let moment: MomentEvaluator
    }

    private let from: Side
    private let to: Side
    private let span: SourceSpan
    let outerSlots: [Int]

    init(from: Side, to: Side, outerSlots: [Int], span: SourceSpan) {
        self.from = from
        self.to = to
        self.outerSlots = outerSlots
        self.span = span
    }

    /// Starts to compare. Two states of one table cost what changed between them, two tables all that they hold.
    func open(_ frame: inout Frame) throws(QueryError) -> ChangedItemReader {
        let (then, now) = (try from.moment(&frame), try to.moment(&frame))
        let reader = try frame.runtime().reader
        do {
            if from.table.utf8.elementsEqual(to.table.utf8) {
                return ChangedItemReader(try reader.changes(of: from.table, from: then, to: now))
            }
            return ChangedItemReader(try reader.differences(from: from.table, at: then, to: to.table, at: now))
        } catch {
            throw error.located(at: span)
        }
    }

    func collection(_ frame: inout Frame) throws(QueryError) -> Value {
        let items = try open(&frame)
        defer { items.close() }
        var rows: [Value] = []
        while let item = try items.next(&frame) {
            let row = item.row
            try frame.context.reserveMemory(row.estimatedBytes, for: span)
            rows.append(row)
        }
        return .bag(rows)
    }

    func scalar(_ frame: inout Frame) throws(QueryError) -> Value { try collection(&frame) }

    func row(_ frame: inout Frame) throws(QueryError) -> Value { try collection(&frame) }

    func exists(_ frame: inout Frame) throws(QueryError) -> Bool {
        let items = try open(&frame)
        defer { items.close() }
        return try items.next(&frame) != nil
    }

    func contains(_ value: Value, _ frame: inout Frame) throws(QueryError) -> Value {
        .bool(try collection(&frame).elements?.contains { $0.isEqual(to: value) } ?? false)
    }
}

extension BoundValueSource {
    /// The comparison of a DIFF in FROM.
    var comparison: TableComparison? {
        guard case .subquery(let subquery, .collection) = expression.node else { return nil }
        return subquery as? TableComparison
    }
}

extension TableSchema {
    /// Whether keys of both tables can be compared: the attributes have the same names and types.
    fileprivate func hasSameKeys(as other: TableSchema) -> Bool {
        keyAttributes.elementsEqual(other.keyAttributes) {
            TextOrder.isEqual($0.name, $1.name) && $0.type == $1.type
        }
    }

    /// The key as CREATE TABLE writes it.
    fileprivate var keyText: String {
        let attributes = keyAttributes.map { "\($0.name) \($0.type.rawValue)" }
        return "(" + attributes.joined(separator: ", ") + ")"
    }
}
