import HindsightSyntax
import HindsightValues

/// A subquery of an expression. One that reads nothing of the queries around it runs once in an execution; others run
/// anew for each row.
final class PlannedSubquery: BoundSubquery {
    let plan: QueryPlan
    let outerSlots: [Int]
    private let number: Int
    private let isStrict: Bool
    private let makeOperators: @Sendable () -> Operator

    init(plan: QueryPlan, number: Int, compiler: PlanCompiler) throws(QueryError) {
        self.plan = plan
        self.number = number
        outerSlots = plan.root.readSlots.subtracting(plan.root.setSlots).sorted()
        isStrict = compiler.expressions.typing == .strict
        makeOperators = try compiler.compile(plan.root)
    }

    // MARK: BoundSubquery

    func collection(_ frame: inout Frame) throws(QueryError) -> Value {
        let state = try state(&frame)
        if let cached = state.cachedCollection { return cached }
        var rows = RowFolder(plan, isStrict: isStrict)
        try run(state, &frame) { (frame) throws(QueryError) in
            try rows.add(frame.slots[plan.resultSlot], frame.context)
            return true
        }
        rows.releaseMemory(unless: outerSlots.isEmpty, frame.context)
        let value = try rows.value()
        if outerSlots.isEmpty { state.cachedCollection = value }
        return value
    }

    func scalar(_ frame: inout Frame) throws(QueryError) -> Value {
        try single(&frame) { (value) throws(QueryError) in
            guard plan.columns == nil || plan.columns?.count == 1 else { return nil }
            guard plan.columns == nil, case .structure(let row) = value else { return value }
            guard row.count == 1 else { return nil }
            return row.fields[0].value
        }
    }

    func row(_ frame: inout Frame) throws(QueryError) -> Value {
        try single(&frame) { (value) throws(QueryError) in
            guard plan.columns == nil, case .structure(let row) = value else { return value }
            return .list(row.fields.map(\.value))
        }
    }

    func exists(_ frame: inout Frame) throws(QueryError) -> Bool {
        let state = try state(&frame)
        if let cached = state.cachedExistence { return cached }
        var exists = false
        if plan.kind == .rows {
            try run(state, &frame) { (_) throws(QueryError) in
                exists = true
                return false
            }
        } else {
            exists = try collection(&frame).elementCount ?? 0 > 0
        }
        if outerSlots.isEmpty { state.cachedExistence = exists }
        return exists
    }

    /// A SELECT of one column is compared by the column's values, as in SQL, unless the value is a struct itself.
    func contains(_ value: Value, _ frame: inout Frame) throws(QueryError) -> Value {
        let isStructure: Bool = if case .structure = value { true } else { false }
        let column = isStructure || plan.columns?.count != 1 ? nil : plan.columns?.first
        let state = try state(&frame)
        if !isStructure, let elements = state.cachedElements { return result(of: value, in: elements) }
        guard let rows = try collection(&frame).elements else { return try mismatch("IN needs a collection") }
        let elements = Set(rows.map { $0.attribute(column) })
        if outerSlots.isEmpty, !isStructure { state.cachedElements = elements }
        return result(of: value, in: elements)
    }

    private func result(of value: Value, in elements: Set<Value>) -> Value {
        if elements.contains(value) { return .bool(true) }
        return elements.contains(.null) || elements.contains(.missing) ? .null : .bool(false)
    }

    // MARK: Running

    private func state(_ frame: inout Frame) throws(QueryError) -> SubqueryState {
        let runtime = try frame.runtime()
        if let state = runtime.subqueries[number] { return state }
        let state = SubqueryState(makeOperators())
        runtime.subqueries[number] = state
        return state
    }

    /// Pulls rows until `body` returns false.
    private func run(
        _ state: SubqueryState, _ frame: inout Frame, _ body: (inout Frame) throws(QueryError) -> Bool
    ) throws(QueryError) {
        defer { state.operators.close() }
        try state.operators.open(&frame)
        while try state.operators.next(&frame) {
            guard try body(&frame) else { return }
        }
    }

    /// The part of the only row; NULL if there is none, and a mismatch if there are several.
    private func single(
        _ frame: inout Frame, _ part: (Value) throws(QueryError) -> Value?
    ) throws(QueryError) -> Value {
        let state = try state(&frame)
        if let cached = state.cachedScalar { return cached }
        var found: Value?
        var count = 0
        try run(state, &frame) { (frame) throws(QueryError) in
            count += 1
            if count == 1 { found = try part(frame.slots[plan.resultSlot]) }
            return count < 2
        }
        let value: Value
        switch (count, found) {
        case (0, _): value = .null
        case (1, let found?): value = found
        case (1, nil): value = try mismatch("the subquery gives more than one column")
        default: value = try mismatch("the subquery gives more than one row")
        }
        if outerSlots.isEmpty { state.cachedScalar = value }
        return value
    }

    private func mismatch(_ message: String) throws(QueryError) -> Value {
        if isStrict { throw QueryError(.notSingleValue, message, at: plan.span) }
        return .missing
    }
}

/// Makes the value of a whole query from its rows.
struct RowFolder {
    private let plan: QueryPlan
    private let isStrict: Bool
    private var rows: [Value] = []
    private var reservedBytes = 0

    init(_ plan: QueryPlan, isStrict: Bool) {
        self.plan = plan
        self.isStrict = isStrict
    }

    mutating func add(_ row: Value, _ context: ExecutionContext) throws(QueryError) {
        let bytes = row.estimatedBytes
        try context.reserveMemory(bytes, for: plan.span)
        reservedBytes += bytes
        rows.append(row)
    }

    mutating func releaseMemory(unless isKept: Bool, _ context: ExecutionContext) {
        guard !isKept else { return }
        context.releaseMemory(reservedBytes)
        reservedBytes = 0
    }

    func value() throws(QueryError) -> Value {
        switch plan.kind {
        case .rows: plan.isOrdered ? .list(rows) : .bag(rows)
        case .value: rows.first ?? .missing
        case .pivot: .structure(try pivoted())
        }
    }

    private func pivoted() throws(QueryError) -> Structure {
        var structure = Structure()
        for case .list(let pair) in rows where pair.count == 2 {
            guard let name = pair[0].text else {
                if isStrict {
                    throw QueryError(.typeMismatch, "\(pair[0].kindPhrase) is no name for PIVOT", at: plan.span)
                }
                continue
            }
            if case .missing = pair[1] { continue }
            structure.append(name, pair[1])
        }
        return structure
    }
}

extension Value {
    /// How many elements a collection or attributes a struct has; nil for other values.
    fileprivate var elementCount: Int? {
        if case .structure(let structure) = self { structure.count } else { elements?.count }
    }

    /// The attribute of this name, or the value itself without a name.
    fileprivate func attribute(_ name: String?) -> Value {
        guard let name, case .structure(let structure) = self else { return self }
        return structure.firstIndex(of: name).map { structure.fields[$0].value } ?? .missing
    }
}
