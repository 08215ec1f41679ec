import HindsightSyntax
import HindsightValues

/// Makes the operators of one execution. Cheap: expressions are compiled already, and shared.
typealias OperatorFactory = @Sendable () -> Operator

/// Turns plans into operator factories, compiling each expression once.
struct PlanCompiler {
    let expressions: ExpressionCompiler
    /// Set for EXPLAIN ANALYZE: operators then count their rows, under the numbers given here.
    private var numbering: NodeNumbering?

    init(expressions: ExpressionCompiler) {
        self.expressions = expressions
    }

    /// The same compiler, making operators that count their rows.
    func numbering(by numbering: NodeNumbering) -> PlanCompiler {
        var compiler = self
        compiler.numbering = numbering
        return compiler
    }

    func compile(_ node: PlanNode) throws(QueryError) -> OperatorFactory {
        guard let numbering else { return try compileUncounted(node) }
        let number = numbering.take()
        let uncounted = try compileUncounted(node)
        return { CountedOperator(uncounted(), number: number) }
    }

    private func compileUncounted(_ node: PlanNode) throws(QueryError) -> OperatorFactory {
        switch node {
        case .singleRow: return { SingleRow() }
        case .tableScan(let scan):
            let compiled = try compileScan(scan)
            return { TableScan(compiled) }
        case .valueScan(let source): return try compileValueScan(source)
        case .filter(let input, let conditions): return try compileFilter(input, conditions)
        case .compute(let input, let computed): return try compileComputed(input, computed)
        case .nestedLoop(let join): return try compileNestedLoop(join)
        case .hashJoin(let join): return try compileHashJoin(join)
        case .group(let group): return try compileGroup(group)
        case .sort(let sort): return try compileSort(sort)
        case .window(let window): return try compileWindow(window)
        case .limit(let input, let limit): return try compileLimit(input, limit)
        case .project(let input, let projector, let slot): return try compileProject(input, projector, slot)
        case .distinct(let input, let slot, let kept, let span):
            let input = try compile(input)
            return { Distinct(input(), slot: slot, keptSlots: kept, span: span) }
        case .setOperation(let operation): return try compileSetOperation(operation)
        case .recursion(let recursion): return try compileRecursion(recursion)
        }
    }

    private func compileValueScan(_ source: BoundValueSource) throws(QueryError) -> OperatorFactory {
        if let comparison = source.comparison {
            return { DifferenceScan(comparison, slot: source.slot, positionSlot: source.positionSlot) }
        }
        let value = try expressions.compile(source.expression)
        let strictness = ScanStrictness(isStrict: expressions.typing == .strict, span: source.span)
        if source.isUnpivot {
            return { Unpivot(value, slot: source.slot, nameSlot: source.positionSlot, strictness: strictness) }
        }
        return { ValueScan(value, slot: source.slot, positionSlot: source.positionSlot, strictness: strictness) }
    }

    private func compileFilter(
        _ input: PlanNode, _ conditions: [BoundExpression]
    ) throws(QueryError) -> OperatorFactory {
        let input = try compile(input)
        guard let predicate = try compilePredicate(conditions) else { return input }
        return { Filter(input(), predicate: predicate) }
    }

    /// - Returns: nil if there are no conditions.
    private func compilePredicate(_ conditions: [BoundExpression]) throws(QueryError) -> PredicateEvaluator? {
        guard let first = conditions.first else { return nil }
        let span = conditions.reduce(first.span) { $0.union($1.span) }
        return try expressions.compilePredicate(
            conditions.count == 1 ? first : BoundExpression(.and(conditions), at: span))
    }

    private func compileComputed(_ input: PlanNode, _ computed: [ComputedSlot]) throws(QueryError) -> OperatorFactory {
        let input = try compile(input)
        var assignments: [Compute.Assignment] = []
        for slot in computed {
            assignments.append(Compute.Assignment(slot.slot, try expressions.compile(slot.expression)))
        }
        return { [assignments] in Compute(input(), assignments: assignments) }
    }

    // MARK: Joins

    private func compileNestedLoop(_ join: NestedLoopPlan) throws(QueryError) -> OperatorFactory {
        let (left, right) = (try compile(join.left), try compile(join.right))
        let condition = try compilePredicate(join.condition)
        let padded = join.isLeftOuter ? join.right.producedSlots : nil
        return { NestedLoopJoin(left(), right(), condition: condition, paddedSlots: padded) }
    }

    private func compileHashJoin(_ join: HashJoinPlan) throws(QueryError) -> OperatorFactory {
        let (left, right) = (try compile(join.left), try compile(join.right))
        let keys = try CompiledJoin(join, expressions, condition: try compilePredicate(join.condition))
        return { HashJoin(left(), right(), keys) }
    }

    // MARK: Groups and order

    private func compileGroup(_ group: GroupPlan) throws(QueryError) -> OperatorFactory {
        let input = try compile(group.input)
        var keys: [Evaluator] = []
        for key in group.keys { keys.append(try expressions.compile(key.expression)) }
        var aggregates: [Aggregate] = []
        for call in group.aggregates {
            var argument: Evaluator?
            if let expression = call.argument { argument = try expressions.compile(expression) }
            aggregates.append(
                Aggregate(
                    call.kind, isDistinct: call.isDistinct, argument: argument, typing: expressions.typing,
                    at: call.span))
        }
        let compiled = CompiledGroup(
            keys: keys, keySlots: group.keys.map(\.slot), aggregates: aggregates,
            aggregateSlots: group.aggregates.map(\.slot), collection: group.group, isWhole: group.isWhole,
            span: group.span)
        return { Group(input(), compiled) }
    }

    private func compileSort(_ sort: SortPlan) throws(QueryError) -> OperatorFactory {
        let input = try compile(sort.input)
        var keys: [Sort.Key] = []
        for key in sort.keys {
            keys.append(
                Sort.Key(
                    evaluator: try expressions.compile(key.expression), isDescending: key.isDescending,
                    nullsFirst: key.nullsFirst, slot: key.expression.slot))
        }
        var limit: Limit.CountEvaluator?
        if let plan = sort.limit { limit = try compileRowCount(plan) }
        let slots = sort.input.producedSlots
        return { [keys, limit] in Sort(input(), keys: keys, slots: slots, limit: limit, span: sort.span) }
    }

    private func compileLimit(_ input: PlanNode, _ limit: LimitPlan) throws(QueryError) -> OperatorFactory {
        let input = try compile(input)
        let count = try compileCount(limit.limit, clause: "LIMIT")
        let offset = try compileCount(limit.offset, clause: "OFFSET")
        return { Limit(input(), limit: count, offset: offset) }
    }

    /// How many rows LIMIT and OFFSET together want of their input.
    func compileRowCount(_ plan: LimitPlan) throws(QueryError) -> Limit.CountEvaluator? {
        guard let limit = try compileCount(plan.limit, clause: "LIMIT") else { return nil }
        guard let offset = try compileCount(plan.offset, clause: "OFFSET") else { return limit }
        return { (frame) throws(QueryError) in
            let (sum, overflows) = try limit(&frame).addingReportingOverflow(try offset(&frame))
            return overflows ? Int.max : sum
        }
    }

    private func compileCount(
        _ expression: BoundExpression?, clause: String
    ) throws(QueryError) -> Limit.CountEvaluator? {
        guard let expression else { return nil }
        let evaluator = try expressions.compile(expression)
        let span = expression.span
        return { (frame) throws(QueryError) in
            let value = try evaluator(&frame)
            guard let count = value.clampedInteger else {
                throw QueryError(.typeMismatch, "\(clause) needs an integer, not \(value.kindPhrase)", at: span)
            }
            guard count >= 0 else {
                throw QueryError(.invalidArgument, "\(clause) needs 0 or more, found \(count)", at: span)
            }
            return Int(count)
        }
    }

    // MARK: Results

    private func compileProject(
        _ input: PlanNode, _ projector: Projector, _ slot: Int
    ) throws(QueryError) -> OperatorFactory {
        let input = try compile(input)
        let assignment = Compute.Assignment(slot, try compile(projector))
        return { Compute(input(), assignments: [assignment]) }
    }

    private func compile(_ projector: Projector) throws(QueryError) -> Evaluator {
        switch projector {
        case .value(let value):
            return try expressions.compile(value)
        case .items(let items):
            let fields = items.map { item in
                BoundField(
                    name: BoundExpression(.constant(.string(item.name)), at: item.value.span), value: item.value)
            }
            return try expressions.compile(BoundExpression(.structure(fields), at: fields.span))
        case .merge(let parts):
            return try RowMerger(parts, expressions).evaluator
        case .renamed(let row, let renaming):
            let row = try expressions.compile(row)
            return { (frame) throws(QueryError) in try renaming.applied(to: try row(&frame)) }
        }
    }

    private func compileSetOperation(_ operation: SetOperationPlan) throws(QueryError) -> OperatorFactory {
        let (left, right) = (try compile(operation.left.root), try compile(operation.right.root))
        // INTERSECT takes all of a value away itself.
        guard operation.isDistinct, operation.operation != .intersect else {
            return { SetOperator(operation, left: left(), right: right()) }
        }
        return {
            Distinct(
                SetOperator(operation, left: left(), right: right()), slot: operation.slot, keptSlots: [],
                span: operation.span)
        }
    }

    private func compileRecursion(_ recursion: RecursionPlan) throws(QueryError) -> OperatorFactory {
        let base = try compile(recursion.base.root)
        var steps: [OperatorFactory] = []
        for step in recursion.steps { steps.append(try compile(step.root)) }
        return { [steps] in Recursion(recursion, base: base(), steps: steps.map { $0() }) }
    }
}

extension [BoundField] {
    fileprivate var span: SourceSpan {
        isEmpty ? SourceSpan(0..<0) : reduce(self[0].value.span) { $0.union($1.value.span) }
    }
}

extension Value {
    /// The value as an integer, if it is a number without a fraction.
    var exactInteger: Int64? {
        switch self {
        case .int(let integer): integer
        case .decimal(let number): number.exactInt64
        default: nil
        }
    }

    /// Like `exactInteger`; an integer beyond 64 bits is the nearest that they hold, which no count of rows reaches.
    fileprivate var clampedInteger: Int64? {
        guard case .decimal(let number) = self, number.isInteger else { return exactInteger }
        return number.exactInt64 ?? (number.isNegative ? .min : .max)
    }
}

/// Numbers the nodes of a plan in the order in which they are printed.
final class NodeNumbering {
    private(set) var count = 0

    func take() -> Int {
        defer { count += 1 }
        return count
    }
}
