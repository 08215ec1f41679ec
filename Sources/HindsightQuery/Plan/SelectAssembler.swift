import HindsightSyntax
import HindsightValues

/// Puts the plan of a SELECT block together from its bound clauses, in the order of evaluation, and looks for what need
/// not be done: sorting what comes sorted, reading what LIMIT does not want.
struct SelectAssembler {
    let statement: StatementBinder
    let span: SourceSpan
    private var node = PlanNode.singleRow

    init(statement: StatementBinder, span: SourceSpan) {
        self.statement = statement
        self.span = span
    }

    mutating func addSources(_ from: BoundFrom?, _ computed: [ComputedSlot], _ conditions: [BoundExpression]) {
        var remaining = conditions
        if let from {
            var planner = FromPlanner(
                from, where: conditions, dialect: statement.dialect, typing: statement.typing)
            node = planner.plan(from, hidden: Set(computed.map(\.slot)))
            remaining = planner.conditions.map(\.expression)
        }
        addComputed(computed)
        addFilter(remaining)
    }

    mutating func addComputed(_ computed: [ComputedSlot]) {
        if !computed.isEmpty { node = .compute(node, computed) }
    }

    mutating func addGroup(_ group: (PlanNode) -> PlanNode) {
        node = group(node)
    }

    mutating func addFilter(_ conditions: [BoundExpression]) {
        if !conditions.isEmpty { node = .filter(node, conditions) }
    }

    /// Puts the windows on one another. Those that are split and sorted by the first keys of another follow it, and need
    /// no sort of their own.
    mutating func addWindows(_ windows: [WindowGroup]) {
        var remaining = windows
        while let widest = remaining.max(by: { $0.keys.count < $1.keys.count }) {
            addSort(widest.keys, span: widest.span)
            for window in remaining where window.isSorted(byKeysOf: widest) {
                node = .window(
                    WindowPlan(
                        input: node, partition: window.partition, order: window.order,
                        orderSlots: window.orderSlots, calls: window.calls, span: window.span))
            }
            remaining.removeAll { $0.isSorted(byKeysOf: widest) }
        }
    }

    private mutating func addSort(_ keys: [SortKeyPlan], span: SourceSpan) {
        if keys.isEmpty { return }
        node = node.sortedByKey(keys) ?? .sort(SortPlan(input: node, keys: keys, limit: nil, span: span))
    }

    mutating func finish(
        _ output: BoundOutput, isDistinct: Bool, order: [SortKeyPlan]?, orderSpan: [OrderItem], limit: LimitPlan?
    ) -> QueryPlan {
        let slot = statement.makeSlot()
        if isDistinct {
            finishDistinct(output, slot, order, orderSpan)
        } else {
            finishOrder(order, orderSpan)
        }
        if let limit { node = node.limited(limit) }
        if !isDistinct { node = .project(node, output.projector, slot: slot) }
        return QueryPlan(
            root: node, resultSlot: slot, columns: output.columns, isOrdered: order != nil,
            kind: output.isPivot ? .pivot : .rows, span: span)
    }

    private mutating func finishOrder(_ order: [SortKeyPlan]?, _ items: [OrderItem]) {
        guard let order else { return }
        if let sorted = node.sortedByKey(order) {
            node = sorted
        } else {
            node = .sort(SortPlan(input: node, keys: order, limit: nil, span: items.span))
        }
    }

    /// DISTINCT looks at whole result rows, so they are made before the sort; its keys come along in slots of their own.
    private mutating func finishDistinct(
        _ output: BoundOutput, _ slot: Int, _ order: [SortKeyPlan]?, _ items: [OrderItem]
    ) {
        var kept: [ComputedSlot] = []
        var keys: [SortKeyPlan] = []
        for key in order ?? [] {
            let keySlot = statement.makeSlot()
            kept.append(ComputedSlot(slot: keySlot, expression: key.expression, name: nil))
            keys.append(
                SortKeyPlan(
                    expression: BoundExpression(.slot(keySlot), at: key.expression.span),
                    isDescending: key.isDescending, nullsFirst: key.nullsFirst))
        }
        if !kept.isEmpty { node = .compute(node, kept) }
        node = .project(node, output.projector, slot: slot)
        node = .distinct(node, resultSlot: slot, keptSlots: kept.map(\.slot), span: span)
        if !keys.isEmpty { node = .sort(SortPlan(input: node, keys: keys, limit: nil, span: items.span)) }
    }
}

extension PlanNode {
    /// The node with a limit above it, which a sort or a scan right below is told of.
    func limited(_ limit: LimitPlan) -> PlanNode {
        .limit(toldOf(limit), limit)
    }

    private func toldOf(_ limit: LimitPlan) -> PlanNode {
        switch self {
        case .sort(var sort):
            sort.limit = limit
            return .sort(sort)
        case .tableScan(var scan):
            scan.limit = limit
            return .tableScan(scan)
        default:
            return self
        }
    }

    /// The node without a sort, if its rows can come in this order anyway: it reads one table in the order of its key.
    fileprivate func sortedByKey(_ order: [SortKeyPlan]) -> PlanNode? {
        switch self {
        case .filter(let input, let conditions):
            return input.sortedByKey(order).map { .filter($0, conditions) }
        case .compute(let input, let computed):
            return input.sortedByKey(order).map { .compute($0, computed) }
        case .tableScan(var scan):
            guard let direction = scan.direction(for: order) else { return nil }
            scan.direction = direction
            return .tableScan(scan)
        default:
            return nil
        }
    }
}

extension ScanPlan {
    /// The direction in which the scan gives this order; nil if it does not. Keys are never absent, so NULLS FIRST and
    /// NULLS LAST do not matter.
    fileprivate func direction(for order: [SortKeyPlan]) -> ScanDirection? {
        guard let isDescending = order.first?.isDescending, order.allSatisfy({ $0.isDescending == isDescending })
        else { return nil }
        if case .index = access { return nil }
        // The versions of an item come oldest first, and items forward.
        if end != nil, isDescending { return nil }
        var attributes = schema.keyAttributes[...]
        if case .keys(let keys) = access {
            guard keys.partition.isSingle else { return nil }
            // The partition key is the same in all rows, so that ordering by it, or not, changes nothing.
            if let first = order.first, !reads(first.expression, schema.partitionKey) {
                attributes = attributes.dropFirst()
            }
        }
        guard order.count <= attributes.count else { return nil }
        for (key, attribute) in zip(order, attributes) {
            guard reads(key.expression, attribute) else { return nil }
        }
        return isDescending ? .backward : .forward
    }

    private func reads(_ expression: BoundExpression, _ attribute: KeyAttribute?) -> Bool {
        guard let attribute, case .slot(let slot) = expression.node else { return false }
        return columns.contains { column in
            guard column.slot == slot, case .path(let path) = column.column else { return false }
            return path.isAttribute(attribute.name)
        }
    }
}
