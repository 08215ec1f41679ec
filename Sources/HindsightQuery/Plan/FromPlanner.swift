import HindsightSyntax
import HindsightValues

/// Turns a FROM clause with the conditions on it into joins and scans.
///
/// Sources stay in their written order. Each condition is applied as early as its variables are there: by the table, as
/// a key of a join, or by a filter.
struct FromPlanner {
    let dialect: Dialect
    let typing: TypingMode
    /// All slots that sources of this FROM set; all others are known when it starts.
    private let ownSlots: Set<Int>
    /// What WHERE says, in parts; those that were applied are gone.
    private(set) var conditions: [Condition]

    struct Condition {
        let expression: BoundExpression
        /// The slots of this FROM that it reads.
        let slots: Set<Int>
    }

    init(_ from: BoundFrom, where conditions: [BoundExpression], dialect: Dialect, typing: TypingMode) {
        self.dialect = dialect
        self.typing = typing
        let own = from.slots
        ownSlots = own
        self.conditions = conditions.map { Condition(expression: $0, slots: $0.slots.intersection(own)) }
    }

    /// Plans the whole clause. Conditions that read more than its slots (LET) are left in `conditions`.
    ///
    /// - Parameter hidden: slots that are set later; conditions that read them wait.
    mutating func plan(_ from: BoundFrom, hidden: Set<Int>) -> PlanNode {
        var waiting: [Condition] = []
        if !hidden.isEmpty {
            waiting = conditions.filter { !$0.expression.slots.isDisjoint(with: hidden) }
            conditions.removeAll { !$0.expression.slots.isDisjoint(with: hidden) }
        }
        let node = from.keepsRight ? planSealed(from, available: []) : planSource(from, available: [])
        let rest = take(within: ownSlots)
        conditions = waiting
        return filtered(node, rest)
    }

    /// Plans a source apart from the conditions so far, which must not reach into it: what they would drop there is padded
    /// by an outer join. Conditions of its own inner joins that read none of its slots, such as `ON FALSE`, are applied
    /// above it.
    private mutating func planSealed(_ from: BoundFrom, available: Set<Int>) -> PlanNode {
        let held = conditions
        conditions = []
        defer { conditions = held }
        let node = planSource(from, available: available)
        return filtered(node, conditions.map(\.expression))
    }

    /// - Parameter available: the slots of sources further left, which are set when this one starts.
    private mutating func planSource(_ from: BoundFrom, available: Set<Int>) -> PlanNode {
        switch from {
        case .table(let variable, let name):
            let own = variable.slots
            let usable = take(within: available.union(own), touching: own)
            return planTable(variable, name, usable)
        case .value(let source):
            let usable = take(within: available.union(source.slots), touching: source.slots)
            return filtered(.valueScan(source), usable)
        case .join(let side, let left, let right, let condition, let span):
            return planJoin(side, left, right, condition?.conjuncts ?? [], span, available)
        }
    }

    private func planTable(_ variable: TableVariable, _ name: String, _ conditions: [BoundExpression]) -> PlanNode {
        AccessPlanner(variable: variable, name: name, dialect: dialect, typing: typing).plan(conditions)
    }

    private mutating func planJoin(
        _ side: Join.Side, _ left: BoundFrom, _ right: BoundFrom, _ on: [BoundExpression], _ span: SourceSpan,
        _ available: Set<Int>
    ) -> PlanNode {
        switch side {
        case .inner:
            conditions += on.map(condition)
            return planInner(left, right, span, available)
        case .left:
            let leftNode = planSource(left, available: available)
            return planLeftOuter(leftNode, left, right, on, span, available)
        case .right, .full:
            let leftNode = planSealed(left, available: available)
            let rightNode = planSealed(right, available: available)
            let (keys, rest) = equalities(on, left.slots, right.slots)
            return .hashJoin(
                HashJoinPlan(side: side, left: leftNode, right: rightNode, keys: keys, condition: rest, span: span))
        }
    }

    private mutating func planInner(
        _ left: BoundFrom, _ right: BoundFrom, _ span: SourceSpan, _ available: Set<Int>
    ) -> PlanNode {
        let leftNode = planSource(left, available: available)
        let known = available.union(left.slots)
        if depends(right, on: left) || canLookUp(right, conditions, known) {
            let rightNode = planSource(right, available: known)
            let rest = take(within: known.union(right.slots), touching: right.slots)
            return .nestedLoop(NestedLoopPlan(left: leftNode, right: rightNode, isLeftOuter: false, condition: rest))
        }
        let rightNode = planSource(right, available: available)
        let joining = take(within: known.union(right.slots), touching: right.slots)
        let (keys, rest) = equalities(joining, known, right.slots)
        return .hashJoin(
            HashJoinPlan(side: .inner, left: leftNode, right: rightNode, keys: keys, condition: rest, span: span))
    }

    private mutating func planLeftOuter(
        _ leftNode: PlanNode, _ left: BoundFrom, _ right: BoundFrom, _ on: [BoundExpression], _ span: SourceSpan,
        _ available: Set<Int>
    ) -> PlanNode {
        // Conditions of WHERE must not reach the right side: a row that they would drop there is padded instead.
        let held = conditions
        conditions = on.map(condition)
        defer { conditions = held }
        let known = available.union(left.slots)
        let all = known.union(right.slots)
        if depends(right, on: left) || canLookUp(right, conditions, known) {
            let rightNode = planSource(right, available: known)
            let rest = take(within: all)
            return .nestedLoop(NestedLoopPlan(left: leftNode, right: rightNode, isLeftOuter: true, condition: rest))
        }
        let rightNode = planSource(right, available: available)
        let (keys, rest) = equalities(take(within: all), known, right.slots)
        return .hashJoin(
            HashJoinPlan(side: .left, left: leftNode, right: rightNode, keys: keys, condition: rest, span: span))
    }

    // MARK: Conditions

    private func condition(_ expression: BoundExpression) -> Condition {
        Condition(expression: expression, slots: expression.slots.intersection(ownSlots))
    }

    /// Takes the conditions that read none of the clause's slots but these, and at least one that is touched.
    private mutating func take(within slots: Set<Int>, touching: Set<Int>? = nil) -> [BoundExpression] {
        var taken: [BoundExpression] = []
        if conditions.isEmpty { return taken }
        conditions.removeAll { condition in
            guard condition.slots.isSubset(of: slots) else { return false }
            if let touching, condition.slots.isDisjoint(with: touching) { return false }
            taken.append(condition.expression)
            return true
        }
        return taken
    }

    private func filtered(_ node: PlanNode, _ conditions: [BoundExpression]) -> PlanNode {
        conditions.isEmpty ? node : .filter(node, conditions)
    }

    private func depends(_ right: BoundFrom, on left: BoundFrom) -> Bool {
        !right.readSlots.isDisjoint(with: left.slots)
    }

    /// Whether the right side is a table whose whole key, or the keys of one of its indexes, the conditions fix for each row of the left: reading the few
    /// items that are asked for is then better than reading all of them once.
    private func canLookUp(_ right: BoundFrom, _ conditions: [Condition], _ known: Set<Int>) -> Bool {
        guard case .table(let variable, _) = right else { return false }
        let fixed = fixedPaths(of: variable, conditions, known)
        let keys = variable.schema.keyAttributes
        if !keys.isEmpty, keys.allSatisfy({ key in fixed.contains { $0.isAttribute(key.name) } }) { return true }
        guard typing == .permissive else { return false }
        return variable.schema.indexes.contains { $0.isLookedUp(by: fixed) }
    }

    /// The paths of a table that conditions set equal to what is known.
    private func fixedPaths(
        of variable: TableVariable, _ conditions: [Condition], _ known: Set<Int>
    ) -> [ItemPath] {
        conditions.flatMap { condition -> [ItemPath] in
            guard case .comparison(.equal, let one, let other) = condition.expression.node else { return [] }
            return [(one, other), (other, one)].compactMap { side, value in
                guard case .slot(let slot) = side.node, let path = variable.path(of: slot),
                    value.slots.intersection(ownSlots).isSubset(of: known)
                else { return nil }
                return path
            }
        }
    }

    /// Sorts out the equalities between the two sides. The other conditions are then never asked of rows that these keep
    /// apart; in strict typing too, where they might fail: the order of conditions is not the statement's to fix.
    private func equalities(
        _ conditions: [BoundExpression], _ left: Set<Int>, _ right: Set<Int>
    ) -> (keys: [(left: BoundExpression, right: BoundExpression)], rest: [BoundExpression]) {
        var keys: [(left: BoundExpression, right: BoundExpression)] = []
        var rest: [BoundExpression] = []
        for condition in conditions {
            if case .comparison(.equal, let one, let other) = condition.node {
                if reads(one, only: left), reads(other, only: right) {
                    keys.append((one, other))
                    continue
                }
                if reads(one, only: right), reads(other, only: left) {
                    keys.append((other, one))
                    continue
                }
            }
            rest.append(condition)
        }
        return (keys, rest)
    }

    private func reads(_ expression: BoundExpression, only slots: Set<Int>) -> Bool {
        let own = expression.slots.intersection(ownSlots)
        return !own.isEmpty && own.isSubset(of: slots)
    }
}
