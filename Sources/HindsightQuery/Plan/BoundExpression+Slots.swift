extension BoundExpression {
    /// The slot that the expression is, if it is nothing more.
    var slot: Int? {
        if case .slot(let slot) = node { slot } else { nil }
    }

    /// The slots that the expression reads.
    var slots: Set<Int> {
        var slots: Set<Int> = []
        forEachSlot { slots.insert($0) }
        return slots
    }

    /// Calls `body` with each slot that the expression reads, as often as it does.
    func forEachSlot(_ body: (Int) -> Void) {
        switch node {
        case .slot(let slot): body(slot)
        case .subquery(let subquery, _): subquery.outerSlots.forEach(body)
        case .match(let graph, let plan):
            graph.forEachSlot(body)
            plan.outerSlots.forEach(body)
        default: forEachOperand { $0.forEachSlot(body) }
        }
    }

    /// Calls `body` with each expression that this one is made of directly.
    func forEachOperand(_ body: (BoundExpression) -> Void) {
        switch node {
        case .constant, .parameter, .slot, .subquery:
            break
        case .path(let root, let steps):
            body(root)
            for case .computed(let index, _) in steps { body(index) }
        case .plus(let operand), .negate(let operand), .not(let operand), .exists(let operand),
            .test(let operand, _), .cast(let operand, _, _), .match(let operand, _),
            .excluding(let operand, _):
            body(operand)
        case .arithmetic(let first, let steps):
            body(first)
            for step in steps { body(step.operand) }
        case .comparison(_, let left, let right), .membership(let left, let right), .overlaps(let left, let right),
            .nullIf(let left, let right):
            body(left)
            body(right)
        case .and(let operands), .or(let operands), .coalesce(let operands), .call(_, let operands),
            .collection(_, let operands):
            operands.forEach(body)
        case .between(let value, let lower, let upper):
            body(value)
            body(lower)
            body(upper)
        case .like(let value, let pattern, let escape):
            body(value)
            body(pattern)
            if let escape { body(escape) }
        case .searchedCase(let branches, let otherwise):
            BoundExpression.forEachOperand(of: branches, otherwise, body)
        case .simpleCase(let operand, let branches, let otherwise):
            body(operand)
            BoundExpression.forEachOperand(of: branches, otherwise, body)
        case .structure(let fields):
            for field in fields {
                body(field.name)
                body(field.value)
            }
        }
    }

    private static func forEachOperand(
        of branches: [CaseBranch], _ otherwise: BoundExpression?, _ body: (BoundExpression) -> Void
    ) {
        for branch in branches {
            body(branch.condition)
            body(branch.result)
        }
        if let otherwise { body(otherwise) }
    }

    /// The operands of an AND, or the expression itself.
    var conjuncts: [BoundExpression] {
        guard case .and(let operands) = node else { return [self] }
        return operands.flatMap(\.conjuncts)
    }
}
