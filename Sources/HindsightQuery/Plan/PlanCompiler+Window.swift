import HindsightSyntax
import HindsightValues

extension PlanCompiler {
    func compileWindow(_ window: WindowPlan) throws(QueryError) -> OperatorFactory {
        let input = try compile(window.input)
        var columns = WindowColumns(window.input.producedSlots)
        var partitionKeys: [Evaluator] = []
        for key in window.partition { partitionKeys.append(try expressions.compile(key.expression)) }
        var orderColumns: [Int] = []
        for (key, slot) in zip(window.order, window.orderSlots) {
            orderColumns.append(try columns.add(key.expression, in: slot, expressions))
        }
        var calls: [CompiledWindowCall] = []
        for call in window.calls {
            var arguments: [Int] = []
            for argument in call.arguments {
                arguments.append(try columns.add(argument.expression, in: argument.slot, expressions))
            }
            let frame = try compileFrame(
                call.frame, key: orderColumns.first, isDescending: window.order.first?.isDescending ?? false,
                at: call.span)
            calls.append(
                CompiledWindowCall(
                    slot: call.slot,
                    makeComputation: WindowComputations(
                        call: call, arguments: arguments, frame: frame, site: expressions.site(call.span)
                    ).factory))
        }
        let compiled = CompiledWindow(
            partitionKeys: partitionKeys, assignments: columns.assignments, savedSlots: columns.slots,
            orderColumns: orderColumns, calls: calls, span: window.span)
        return { Window(input(), compiled) }
    }

    private func compileFrame(
        _ frame: FramePlan, key: Int?, isDescending: Bool, at span: SourceSpan
    ) throws(QueryError) -> FrameFactory {
        let (start, end) = (try compileBound(frame.start, frame.unit), try compileBound(frame.end, frame.unit))
        let isStrict = expressions.typing == .strict
        return { (row) throws(QueryError) in
            FrameFinder(
                unit: frame.unit, start: try start(&row), end: try end(&row), exclusion: frame.exclusion,
                keyColumn: key, isDescending: isDescending, isStrict: isStrict, span: span)
        }
    }

    private func compileBound(
        _ bound: FramePlan.Bound, _ unit: WindowFrame.Unit
    ) throws(QueryError) -> @Sendable (inout Frame) throws(QueryError) -> FrameFinder.Bound {
        switch bound {
        case .unboundedPreceding: return { (_) throws(QueryError) in .unboundedPreceding }
        case .currentRow: return { (_) throws(QueryError) in .currentRow }
        case .unboundedFollowing: return { (_) throws(QueryError) in .unboundedFollowing }
        case .preceding(let offset):
            let value = try compileOffset(offset, unit)
            return { (frame) throws(QueryError) in .preceding(try value(&frame)) }
        case .following(let offset):
            let value = try compileOffset(offset, unit)
            return { (frame) throws(QueryError) in .following(try value(&frame)) }
        }
    }

    private func compileOffset(_ offset: BoundExpression, _ unit: WindowFrame.Unit) throws(QueryError) -> Evaluator {
        let evaluator = try expressions.compile(offset)
        return { (frame) throws(QueryError) in
            let value = try evaluator(&frame)
            guard value.isOffset(of: unit) else {
                let wanted = unit == .range ? "a number or an interval" : "an integer"
                throw QueryError(
                    .invalidArgument, "\(unit.rawValue) needs \(wanted), found \(value.kindPhrase)", at: offset.span)
            }
            guard !value.isBelowZero else {
                throw QueryError(
                    .invalidArgument, "a frame cannot start or end a negative distance away", at: offset.span,
                    hint: "PRECEDING and FOLLOWING give the direction")
            }
            return value
        }
    }
}

/// Makes what finds frames in one execution, the offsets evaluated.
typealias FrameFactory = @Sendable (inout Frame) throws(QueryError) -> FrameFinder

/// The columns of the rows that a window keeps: the slots that operators above read, and what is computed from them.
private struct WindowColumns {
    private(set) var slots: [Int]
    private(set) var assignments: [Compute.Assignment] = []

    init(_ slots: [Int]) {
        self.slots = slots
    }

    /// The column of an expression's value; what is in a slot already is not kept twice.
    mutating func add(
        _ expression: BoundExpression, in slot: Int, _ expressions: ExpressionCompiler
    ) throws(QueryError) -> Int {
        if case .slot(let known) = expression.node, let column = slots.firstIndex(of: known) { return column }
        assignments.append(Compute.Assignment(slot, try expressions.compile(expression)))
        slots.append(slot)
        return slots.count - 1
    }
}

/// Makes the running state of a call.
private struct WindowComputations: Sendable {
    let call: WindowCallPlan
    let arguments: [Int]
    let frame: FrameFactory
    let site: EvaluationSite

    var factory: @Sendable (inout Frame) throws(QueryError) -> WindowComputation {
        { (row) throws(QueryError) in
            switch call.function {
            case .aggregate(let kind):
                AggregateOverFrame(kind, column: arguments.first, frame: try frame(&row), site: site)
            case .window(let kind): try computation(of: kind, &row)
            }
        }
    }

    private func computation(
        of kind: WindowFunction.Kind, _ row: inout Frame
    ) throws(QueryError) -> WindowComputation {
        switch kind {
        case .rowNumber, .rank, .denseRank, .percentRank, .cumulativeDistribution: Ranking(kind, site: site)
        case .tile: Tiling(column: arguments[0], site: site)
        case .lag, .lead:
            Offset(isLag: kind == .lag, columns: arguments, ignoresNulls: call.ignoresNulls, site: site)
        case .firstValue, .lastValue, .nthValue:
            FrameValue(
                kind, columns: arguments, frame: try frame(&row), ignoresNulls: call.ignoresNulls, site: site)
        }
    }
}

extension Value {
    /// Whether a frame's bound may be this far away.
    fileprivate func isOffset(of unit: WindowFrame.Unit) -> Bool {
        switch unit {
        case .rows, .groups: return exactInteger != nil
        case .range: return !isAbsent && KindSet.number.union(.interval).contains(KindSet(kind))
        }
    }

    fileprivate var isBelowZero: Bool {
        if case .interval(let interval) = self { return interval.isNegative }
        return Value.compare(self, .int(0)) < 0
    }
}
