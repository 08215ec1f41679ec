import HindsightSyntax

extension PlanNode {
    /// The nodes that this one pulls rows from.
    var children: [PlanNode] {
        switch self {
        case .singleRow, .tableScan, .valueScan: []
        case .filter(let input, _), .compute(let input, _), .limit(let input, _), .project(let input, _, _),
            .distinct(let input, _, _, _):
            [input]
        case .nestedLoop(let join): [join.left, join.right]
        case .hashJoin(let join): [join.left, join.right]
        case .group(let group): [group.input]
        case .sort(let sort): [sort.input]
        case .window(let window): [window.input]
        case .setOperation(let operation): [operation.left.root, operation.right.root]
        case .recursion(let recursion): [recursion.base.root] + recursion.steps.map(\.root)
        }
    }

    /// The expressions that this node evaluates itself.
    var expressions: [BoundExpression] {
        switch self {
        case .singleRow, .distinct: []
        case .tableScan(let scan): scan.expressions
        case .valueScan(let source): [source.expression]
        case .filter(_, let conditions): conditions
        case .compute(_, let computed): computed.map(\.expression)
        case .nestedLoop(let join): join.condition
        case .hashJoin(let join): join.condition + join.keys.flatMap { [$0.left, $0.right] }
        case .group(let group):
            group.keys.map(\.expression) + group.aggregates.compactMap(\.argument)
                + (group.group?.variables.map { BoundExpression(.slot($0.slot), at: group.span) } ?? [])
        case .sort(let sort): sort.keys.map(\.expression) + (sort.limit?.expressions ?? [])
        case .window(let window): window.expressions
        case .limit(_, let limit): limit.expressions
        case .project(_, let projector, _): projector.expressions
        case .setOperation(let operation): operation.left.outputExpressions + operation.right.outputExpressions
        case .recursion(let recursion):
            recursion.base.outputExpressions + recursion.steps.flatMap(\.outputExpressions)
        }
    }

    /// Whether this node or one below may read a table, as far as can be told: SYSTEM's tables tell of all others.
    func mayRead(_ table: TableReference) -> Bool {
        if case .tableScan(let scan) = self, scan.table.isSystem || scan.table == table { return true }
        return expressions.contains { $0.mayRead(table) } || children.contains { $0.mayRead(table) }
    }

    /// The slots that this node sets itself.
    private var ownSlots: [Int] {
        switch self {
        case .singleRow, .filter, .nestedLoop, .hashJoin, .sort, .limit, .distinct: []
        case .tableScan(let scan): scan.columns.map(\.slot)
        case .valueScan(let source): Array(source.slots)
        case .compute(_, let computed): computed.map(\.slot)
        case .group: producedSlots
        case .project(_, _, let slot): [slot]
        case .window(let window): window.ownSlots
        case .setOperation(let operation): [operation.slot]
        case .recursion(let recursion): [recursion.slot, recursion.rowsSlot]
        }
    }

    /// All slots that expressions of this node and those below read.
    var readSlots: Set<Int> {
        var slots: Set<Int> = []
        for expression in expressions { expression.forEachSlot { slots.insert($0) } }
        for child in children { slots.formUnion(child.readSlots) }
        return slots
    }

    /// All slots that this node and those below set.
    var setSlots: Set<Int> {
        var slots = Set(ownSlots)
        for child in children { slots.formUnion(child.setSlots) }
        return slots
    }
}

extension BoundExpression {
    /// Whether a subquery of the expression may read a table.
    fileprivate func mayRead(_ table: TableReference) -> Bool {
        switch node {
        case .subquery(let subquery, _): return (subquery as? PlannedSubquery)?.plan.root.mayRead(table) ?? true
        case .match: return true
        default: break
        }
        var mayRead = false
        forEachOperand { if !mayRead { mayRead = $0.mayRead(table) } }
        return mayRead
    }
}

extension ScanPlan {
    var expressions: [BoundExpression] {
        var expressions = conditions.compactMap(\.test.operand) + (limit?.expressions ?? [])
        for moment in [moment, end] {
            switch moment?.kind {
            case .expression(let expression), .ago(let expression): expressions.append(expression)
            case .fixed, nil: break
            }
        }
        switch access {
        case .full: break
        case .keys(let keys): expressions += keys.expressions
        case .index(let index): expressions += index.keys.expressions
        }
        return expressions
    }
}

extension KeyPlan {
    fileprivate var expressions: [BoundExpression] {
        let partitionValue: BoundExpression =
            switch partition {
            case .equal(let value), .oneOf(let value): value
            }
        switch sort {
        case .any: return [partitionValue]
        case .equal(let value), .prefix(let value): return [partitionValue, value]
        case .between(let lower, let upper): return [partitionValue] + [lower?.value, upper?.value].compactMap { $0 }
        }
    }
}

extension ConditionPlan.Test {
    fileprivate var operand: BoundExpression? {
        switch self {
        case .compare(_, let value), .beginsWith(let value), .oneOf(let value): value
        case .isNull, .isMissing: nil
        }
    }
}

extension LimitPlan {
    fileprivate var expressions: [BoundExpression] {
        [limit, offset].compactMap { $0 }
    }
}

extension Projector {
    fileprivate var expressions: [BoundExpression] {
        switch self {
        case .value(let value), .renamed(let value, _): [value]
        case .items(let items): items.map(\.value)
        case .merge(let parts):
            parts.map { part in
                switch part {
                case .all(let expression, _), .item(_, let expression): expression
                }
            }
        }
    }
}

extension QueryPlan {
    /// The slot that the query's value is taken from, as an expression.
    fileprivate var outputExpressions: [BoundExpression] {
        [BoundExpression(.slot(resultSlot), at: span)]
    }
}
