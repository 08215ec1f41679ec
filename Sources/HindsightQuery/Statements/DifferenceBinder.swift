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
        let cursor = try frame.runtime().reader.changes(of: table, from: from, to: to)
        defer { cursor.close() }
        var rows: [Value] = []
        var batch = RowBatch(width: 3)
        while true {
            try frame.context.checkCancellation()
            batch.removeAll()
            try cursor.fill(&batch, limit: TableComparison.batchLimit)
            if batch.count == 0 { return rows }
            for row in 0..<batch.count {
                let values = batch.values[3 * row..<3 * row + 3]
                let row = self.row(values)
                try frame.context.reserveMemory(row.estimatedBytes, for: span)
                rows.append(row)
            }
        }
    }

    /// - Parameter values: key, before, after.
    private func row(_ values: ContiguousArray<Value>.SubSequence) -> Value {
        let (before, after) = (values[values.startIndex + 1], values[values.startIndex + 2])
        var row = Structure()
        row.append("op", .string(before.isMissing ? "insert" : after.isMissing ? "delete" : "update"))
        row.append("key", values[values.startIndex])
        if !before.isMissing { row.append("before", before) }
        if !after.isMissing { row.append("after", after) }
        if let old = before.structureValue, let new = after.structureValue {
            row.append("changed", .list(old.changedPaths(to: new).map(Value.string)))
        }
        return .structure(row)
    }

    func scalar(_ frame: inout Frame) throws(QueryError) -> Value { try collection(&frame) }

    func row(_ frame: inout Frame) throws(QueryError) -> Value { try collection(&frame) }

    func exists(_ frame: inout Frame) throws(QueryError) -> Bool {
        try collection(&frame).elements?.isEmpty == false
    }

    func contains(_ value: Value, _ frame: inout Frame) throws(QueryError) -> Value {
        .bool(try collection(&frame).elements?.contains { $0.isEqual(to: value) } ?? false)
    }

    private static let batchLimit = 64
}

extension Structure {
    /// The paths at which another version of the item differs: as deep as structs go; lists are compared whole.
    fileprivate func changedPaths(to other: Structure) -> [String] {
        var paths: [String] = []
        for field in fields {
            switch (field.value, other[field.name]) {
            case (.structure(let structure), .structure(let otherStructure)?):
                paths += structure.changedPaths(to: otherStructure).map { "\(field.name).\($0)" }
            case (let value, let otherValue?) where value.isEqual(to: otherValue): continue
            default: paths.append(field.name)
            }
        }
        for field in other.fields where self[field.name] == nil { paths.append(field.name) }
        return paths
    }
}
