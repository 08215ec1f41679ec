import HindsightSyntax
import HindsightValues

/// Binds a call with OVER: its arguments, the window's keys, and its frame.
struct WindowBinder {
    let statement: StatementBinder
    let scope: Scope

    /// - Returns: the slot of the call's result.
    func bind(
        _ call: FunctionCall, over reference: WindowReference, at span: SourceSpan
    ) throws(QueryError) -> BoundExpression {
        let name = call.name.text.uppercased()
        guard case .open(let windows) = scope.windows else {
            guard case .refused(let reason) = scope.windows else { return BoundExpression(.constant(.null), at: span) }
            throw reason.refusal(of: name, at: span)
        }
        let function = try checkedFunction(call, name, at: span)
        let definition = try windows.definition(of: reference)
        let aliases = scope.aliases
        scope.windows = .refused(.window)
        scope.aliases = []
        defer {
            scope.windows = .open(windows)
            scope.aliases = aliases
        }
        return try scope.withNames(windows.names) { () throws(QueryError) -> BoundExpression in
            try bind(call, function, over: definition, in: windows, at: span)
        }
    }

    private func bind(
        _ call: FunctionCall, _ function: WindowedFunction, over definition: WindowDefinition,
        in windows: WindowCollection, at span: SourceSpan
    ) throws(QueryError) -> BoundExpression {
        let group = try group(of: definition, in: windows)
        if let slot = group.slot(of: call, definition.frame) { return BoundExpression(.slot(slot), at: span) }
        let arguments = try bindArguments(of: call, function)
        let plan = WindowCallPlan(
            function: function, arguments: arguments,
            frame: try WindowFrameBinder(statement: statement, scope: Scope(parent: scope.parent))
                .bind(definition.frame, sortedBy: definition.order.count),
            ignoresNulls: call.nullTreatment == .ignore, slot: statement.makeSlot(), span: span)
        group.add(plan, for: call, definition.frame)
        return BoundExpression(.slot(plan.slot), at: span)
    }

    // MARK: The call

    private func checkedFunction(
        _ call: FunctionCall, _ name: String, at span: SourceSpan
    ) throws(QueryError) -> WindowedFunction {
        if let quantifier = call.quantifier, quantifier == .distinct {
            throw QueryError(
                .unsupported, "DISTINCT is not available in window functions", at: span,
                hint: "remove equal rows in a subquery in FROM first")
        }
        if let function = FunctionTable.lookup(name, in: statement.dialect), case .aggregate(let kind) = function.body {
            let (least, most) = function.argumentCounts
            try checkCount(call, least...(most ?? least), function.signature, at: span)
            if call.nullTreatment != nil {
                throw QueryError(
                    .invalidArgument, "\(name) always ignores NULL, and takes no IGNORE or RESPECT NULLS", at: span)
            }
            return .aggregate(kind)
        }
        guard let function = WindowFunction.lookup(name) else {
            throw QueryError(
                .invalidWindow, "'\(call.name.text)' is neither an aggregate nor a window function", at: call.name.span,
                hint: Suggestion.closest(to: name, in: WindowFunction.names).map { "did you mean \($0)?" }
                    ?? "OVER stands behind aggregates and \(WindowFunction.names.joined(separator: ", "))")
        }
        if let filter = call.filter {
            throw QueryError(
                .invalidArgument, "\(name) does not take FILTER, which is for aggregates", at: filter.span)
        }
        if call.nullTreatment != nil, !function.kind.takesNullTreatment {
            throw QueryError(.invalidArgument, "\(name) does not take IGNORE or RESPECT NULLS", at: span)
        }
        try checkCount(call, function.argumentCounts, function.signature, at: span)
        return .window(function.kind)
    }

    private func checkCount(
        _ call: FunctionCall, _ counts: ClosedRange<Int>, _ signature: String, at span: SourceSpan
    ) throws(QueryError) {
        if call.isStar, call.name.text.uppercased() == AggregateKind.count.rawValue, call.quantifier == nil { return }
        guard !call.isStar, counts.contains(call.arguments.count) else {
            let found = call.isStar ? "'*'" : "\(call.arguments.count)"
            let wanted = counts.count == 1 ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
            throw QueryError(
                .wrongArgumentCount,
                "\(call.name.text.uppercased()) takes \(wanted) argument\(wanted == "1" ? "" : "s"), found \(found)",
                at: span, hint: "it is called as \(signature)")
        }
    }

    private func bindArguments(
        of call: FunctionCall, _ function: WindowedFunction
    ) throws(QueryError) -> [ComputedSlot] {
        var written = call.arguments
        if case .aggregate(let kind) = function { written = call.aggregateArgument(of: kind).map { [$0] } ?? [] }
        var arguments: [ComputedSlot] = []
        for argument in written {
            let expression = try statement.bind(argument, in: scope)
            arguments.append(ComputedSlot(slot: statement.makeSlot(), expression: expression, name: nil))
        }
        return arguments
    }

    // MARK: The window

    private func group(
        of definition: WindowDefinition, in windows: WindowCollection
    ) throws(QueryError) -> WindowGroup {
        if let known = windows.group(of: definition) { return known }
        var partition: [SortKeyPlan] = []
        for expression in definition.partition {
            partition.append(
                SortKeyPlan(
                    expression: try statement.bind(expression, in: scope), isDescending: false, nullsFirst: false))
        }
        let order = try QueryBinder(statement: statement).bindOrder(definition.order, in: scope) ?? []
        let group = WindowGroup(
            definition, partition: partition, order: order, orderSlots: order.map { _ in statement.makeSlot() })
        windows.add(group)
        return group
    }
}

/// Binds the frame of a window. Its offsets may use parameters and the queries around, not the rows that they count.
struct WindowFrameBinder {
    let statement: StatementBinder
    let scope: Scope

    /// - Parameter keyCount: the number of items in the window's ORDER BY.
    func bind(_ frame: WindowFrame?, sortedBy keyCount: Int) throws(QueryError) -> FramePlan {
        guard let frame else { return FramePlan() }
        try check(frame, keyCount)
        return FramePlan(
            unit: frame.unit, start: try bind(frame.start), end: try bind(frame.end ?? .currentRow),
            exclusion: frame.exclusion ?? .noOthers)
    }

    private func check(_ frame: WindowFrame, _ keyCount: Int) throws(QueryError) {
        let end = frame.end ?? .currentRow
        if frame.start == .unboundedFollowing {
            throw invalid(frame, "a frame cannot start at UNBOUNDED FOLLOWING")
        }
        if end == .unboundedPreceding { throw invalid(frame, "a frame cannot end at UNBOUNDED PRECEDING") }
        if frame.start.place > end.place {
            let hint = frame.end == nil ? "without BETWEEN a frame ends at the current row" : nil
            throw invalid(frame, "the frame ends before it starts", hint: hint)
        }
        let hasOffset = frame.start.hasOffset || end.hasOffset
        if frame.unit == .groups, keyCount == 0 {
            throw invalid(frame, "GROUPS needs an ORDER BY in the window")
        }
        if frame.unit == .range, hasOffset, keyCount != 1 {
            throw invalid(
                frame, "RANGE with a distance needs an ORDER BY with one key, found \(keyCount)",
                hint: "ROWS and GROUPS count rows instead")
        }
    }

    private func invalid(_ frame: WindowFrame, _ message: String, hint: String? = nil) -> QueryError {
        QueryError(.invalidWindow, message, at: frame.span, hint: hint)
    }

    private func bind(_ bound: WindowFrame.Bound) throws(QueryError) -> FramePlan.Bound {
        switch bound {
        case .unboundedPreceding: .unboundedPreceding
        case .preceding(let offset): .preceding(try statement.bind(offset, in: scope))
        case .currentRow: .currentRow
        case .following(let offset): .following(try statement.bind(offset, in: scope))
        case .unboundedFollowing: .unboundedFollowing
        }
    }
}

extension WindowFrame.Bound {
    /// The order in which bounds lie, as far as the words tell.
    fileprivate var place: Int {
        switch self {
        case .unboundedPreceding: 0
        case .preceding: 1
        case .currentRow: 2
        case .following: 3
        case .unboundedFollowing: 4
        }
    }

    fileprivate var hasOffset: Bool {
        switch self {
        case .preceding, .following: true
        case .unboundedPreceding, .currentRow, .unboundedFollowing: false
        }
    }
}
