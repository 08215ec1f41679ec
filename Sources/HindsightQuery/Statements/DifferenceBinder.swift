import HindsightSyntax
import HindsightValues

/// Binds `DIFF TABLE t [AS OF a] WITH [t] [AS OF b]`, as a statement or a source in FROM: a bag of the items whose state
/// differs, each with what was done to it, its key, and both states.
struct DifferenceBinder {
    private let statement: StatementBinder
    private let scope: Scope

    init(_ statement: StatementBinder, in scope: Scope) {
        self.statement = statement
        self.scope = scope
    }

    func bind(_ difference: Difference, at span: SourceSpan) throws(QueryError) -> BoundExpression {
        let reference = try statement.catalog.resolve(difference.table).reference
        if let other = difference.otherTable {
            let second = try statement.catalog.resolve(other).reference
            guard second == reference else {
                throw QueryError(.unsupported, "DIFF of two tables is not available yet", at: other.span)
            }
        }
        if reference.isSystem {
            throw QueryError(.unsupported, "'\(reference.text)' has no past", at: difference.table.span)
        }
        let compare = TableComparison(
            table: reference.name, from: try bind(difference.time), to: try bind(difference.otherTime),
            span: span)
        return BoundExpression(.subquery(compare, .collection), at: span)
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

    private func bind(_ time: TimePoint?) throws(QueryError) -> MomentEvaluator {
        guard let time else { return { (_) throws(QueryError) in .now } }
        return try statement.compiler.compile(try statement.bind(time, in: scope))
    }
}

/// The difference between two states of one table, as the value of an expression.
final class TableComparison: BoundSubquery {
    private let table: String
    private let from: MomentEvaluator
    private let to: MomentEvaluator
    private let span: SourceSpan
    let outerSlots: [Int] = []

    init(
        table: String, from: @escaping MomentEvaluator, to: @escaping MomentEvaluator,
        span: SourceSpan
    ) {
        self.table = table
        self.from = from
        self.to = to
        self.span = span
    }

    func collection(_ frame: inout Frame) throws(QueryError) -> Value {
        let (from, to) = (try from(&frame), try to(&frame))
        do {
            return .bag(try rows(from, to, &frame))
        } catch {
            throw error.located(at: span)
        }
    }

    private func rows(_ from: Moment, _ to: Moment, _ frame: inout Frame) throws(QueryError) -> [Value] {
        var rows: [Value] = []
        try frame.forEachChange(of: table, from: from, to: to) { (item, frame) throws(QueryError) in
            let row = item.row
            try frame.context.reserveMemory(row.estimatedBytes, for: span)
            rows.append(row)
        }
        return rows
    }

    func scalar(_ frame: inout Frame) throws(QueryError) -> Value { try collection(&frame) }

    func row(_ frame: inout Frame) throws(QueryError) -> Value { try collection(&frame) }

    func exists(_ frame: inout Frame) throws(QueryError) -> Bool {
        try collection(&frame).elements?.isEmpty == false
    }

    func contains(_ value: Value, _ frame: inout Frame) throws(QueryError) -> Value {
        .bool(try collection(&frame).elements?.contains { $0.isEqual(to: value) } ?? false)
    }
}
