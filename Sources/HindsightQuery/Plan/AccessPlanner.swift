import HindsightSyntax
import HindsightValues

/// Chooses how one table is read: which of the conditions on it become keys, which are applied by the table, and which
/// are left for a filter above.
struct AccessPlanner {
    let variable: TableVariable
    let name: String
    let dialect: Dialect
    let typing: TypingMode

    /// - Parameter conditions: conditions that read the variable's slots and nothing that is not known when the scan
    ///   starts.
    func plan(_ conditions: [BoundExpression]) -> PlanNode {
        var remaining = conditions.flatMap(splitBetween).map { Candidate($0, form(of: $0)) }
        let index = chooseIndex(remaining)
        let access = index ?? chooseAccess(&remaining)
        var pushed: [ConditionPlan] = []
        var filters: [BoundExpression] = []
        for candidate in remaining {
            if let condition = pushable(candidate) {
                variable.release(candidate.expression)
                pushed.append(condition)
            } else {
                filters.append(candidate.expression)
            }
        }
        let scan = ScanPlan(
            table: variable.reference, schema: variable.schema, name: name, span: variable.span,
            moment: variable.moment, end: variable.end, access: access, conditions: pushed, columns: variable.columns)
        return filters.isEmpty ? .tableScan(scan) : .filter(.tableScan(scan), filters)
    }

    private struct Candidate {
        let expression: BoundExpression
        let form: ConditionPlan?

        init(_ expression: BoundExpression, _ form: ConditionPlan?) {
            self.expression = expression
            self.form = form
        }
    }

    // MARK: Keys

    private func chooseAccess(_ candidates: inout [Candidate]) -> AccessPlan {
        guard let partitionKey = variable.schema.partitionKey else {
            return .full(reason: "the table has no key")
        }
        guard let partition = takePartition(partitionKey, &candidates) else {
            return .full(reason: fullReason(partitionKey, candidates))
        }
        var spans = [partition.span]
        var sort = SortConditionPlan.any
        if let sortKey = variable.schema.sortKey { sort = takeSort(sortKey, &candidates, &spans) }
        let isWhole: Bool =
            if variable.schema.sortKey == nil { true } else if case .equal = sort { true } else { false }
        // Many items may have one key of an index.
        let isPoint = isWhole && variable.schema.index == nil
        return .keys(KeyPlan(partition: partition.plan, sort: sort, spans: spans, isPoint: isPoint))
    }

    /// An index, where the table's own key does not serve as well.
    private func chooseIndex(_ candidates: [Candidate]) -> AccessPlan? {
        guard typing == .permissive, variable.end == nil, !variable.schema.indexes.isEmpty else { return nil }
        let forms = candidates.compactMap(\.form)
        guard let plan = IndexChooser(indexes: variable.schema.indexes).choose(forms) else { return nil }
        if let key = variable.schema.partitionKey, forms.contains(where: { $0.fixes(key) }) {
            // The table's own partition is as small as that of a local index, but for what its sort key leaves out.
            let isNarrowed = forms.contains { form in
                variable.schema.sortKey.map { form.path.isAttribute($0.name) && form.test.isRange } ?? true
            }
            guard plan.index.isLocal, plan.keys.sort.rank > 0, !isNarrowed else { return nil }
        }
        return .index(plan)
    }

    private func takePartition(
        _ key: KeyAttribute, _ candidates: inout [Candidate]
    ) -> (plan: PartitionPlan, span: SourceSpan)? {
        for (index, candidate) in candidates.enumerated() {
            guard let form = candidate.form, form.path.isAttribute(key.name) else { continue }
            let plan: PartitionPlan
            switch form.test {
            case .compare(.equal, let value): plan = .equal(value)
            case .oneOf(let values) where typing == .permissive: plan = .oneOf(values)
            default: continue
            }
            variable.release(candidate.expression)
            candidates.remove(at: index)
            return (plan, form.span)
        }
        return nil
    }

    private func takeSort(
        _ key: KeyAttribute, _ candidates: inout [Candidate], _ spans: inout [SourceSpan]
    ) -> SortConditionPlan {
        var plan = SortConditionPlan.any
        var index = 0
        while index < candidates.count {
            let candidate = candidates[index]
            guard let form = candidate.form, form.path.isAttribute(key.name),
                let narrowed = plan.narrowed(by: form.test, isStrict: typing == .strict)
            else {
                index += 1
                continue
            }
            plan = narrowed
            spans.append(form.span)
            variable.release(candidate.expression)
            candidates.remove(at: index)
        }
        return plan
    }

    private func fullReason(_ key: KeyAttribute, _ candidates: [Candidate]) -> String {
        let isMentioned = candidates.contains { candidate in
            candidate.form?.path.isAttribute(key.name) ?? false
        }
        return isMentioned
            ? "the condition on partition key \(key.name) is no equality" : "no condition on partition key \(key.name)"
    }

    // MARK: Conditions

    /// `path BETWEEN a AND b` as two comparisons, either of which may become a key.
    private func splitBetween(_ condition: BoundExpression) -> [BoundExpression] {
        guard typing == .permissive, case .between(let value, let lower, let upper) = condition.node,
            path(value) != nil, isFixed(lower), isFixed(upper)
        else { return [condition] }
        variable.retain(value)
        return [
            BoundExpression(.comparison(.greaterOrEqual, value, lower), at: condition.span),
            BoundExpression(.comparison(.lessOrEqual, value, upper), at: condition.span),
        ]
    }

    /// What can be left to the table. In strict typing nothing is, as its conditions forgive mismatches; nor where truth
    /// has two values, as then conditions on absent values may be true.
    private func pushable(_ candidate: Candidate) -> ConditionPlan? {
        guard typing == .permissive, !dialect.hasTwoValuedTruth else { return nil }
        return candidate.form
    }

    /// Reads `path op value`, where the value does not depend on this table.
    private func form(of condition: BoundExpression) -> ConditionPlan? {
        switch condition.node {
        case .comparison(let operation, let left, let right):
            if let path = path(left), isFixed(right) {
                return ConditionPlan(path: path, test: .compare(operation, right), span: condition.span)
            }
            if let path = path(right), isFixed(left) {
                return ConditionPlan(path: path, test: .compare(operation.mirrored, left), span: condition.span)
            }
            return nil
        case .membership(let value, let collection):
            guard let path = path(value), isFixed(collection), !collection.isSubquery else { return nil }
            return ConditionPlan(path: path, test: .oneOf(collection), span: condition.span)
        case .call(let function, let arguments) where function.name == "BEGINS_WITH" && arguments.count == 2:
            guard let path = path(arguments[0]), isFixed(arguments[1]) else { return nil }
            return ConditionPlan(path: path, test: .beginsWith(arguments[1]), span: condition.span)
        case .test(let value, let test):
            return absenceTest(value, test, isNegated: false, at: condition.span)
        case .not(let operand):
            guard case .test(let value, let test) = operand.node else { return nil }
            return absenceTest(value, test, isNegated: true, at: condition.span)
        default:
            return nil
        }
    }

    private func absenceTest(
        _ value: BoundExpression, _ test: ValueTest, isNegated: Bool, at span: SourceSpan
    ) -> ConditionPlan? {
        guard let path = path(value) else { return nil }
        switch test {
        case .null where dialect.missingIsNull:
            return ConditionPlan(path: path, test: .isNull(isNegated: isNegated), span: span)
        case .missing:
            return ConditionPlan(path: path, test: .isMissing(isNegated: isNegated), span: span)
        default:
            return nil
        }
    }

    /// The path of the table's items that an expression is; in strict typing it is written over the whole item.
    private func path(_ expression: BoundExpression) -> ItemPath? {
        switch expression.node {
        case .slot(let slot):
            return variable.path(of: slot)
        case .path(let root, let steps):
            guard case .slot(let slot) = root.node, slot == variable.itemSlot else { return nil }
            let fixed = ItemPath.Step.fixedPrefix(of: steps)
            guard fixed.count == steps.count, let first = fixed.first else { return nil }
            return ItemPath([variable.schema.exact(first)] + fixed.dropFirst())
        default:
            return nil
        }
    }

    private func isFixed(_ expression: BoundExpression) -> Bool {
        var isFixed = true
        expression.forEachSlot { if variable.owns($0) { isFixed = false } }
        return isFixed
    }
}

extension BoundExpression {
    var isSubquery: Bool {
        if case .subquery = node { true } else { false }
    }
}

extension ConditionPlan {
    /// Whether it gives the values of a partition key.
    fileprivate func fixes(_ key: KeyAttribute) -> Bool {
        guard path.isAttribute(key.name) else { return false }
        switch test {
        case .compare(.equal, _), .oneOf: return true
        default: return false
        }
    }
}

extension ConditionPlan.Test {
    /// Whether it can be a range of sort keys.
    fileprivate var isRange: Bool {
        switch self {
        case .compare(let operation, _): operation != .notEqual
        case .beginsWith: true
        default: false
        }
    }
}

extension SortConditionPlan {
    /// The condition that holds if this one and another test of the sort key do; nil if that is no single range.
    func narrowed(by test: ConditionPlan.Test, isStrict: Bool) -> SortConditionPlan? {
        switch (self, test) {
        case (.any, .compare(.equal, let value)): .equal(value)
        case _ where isStrict: nil
        case (.any, .beginsWith(let prefix)): .prefix(prefix)
        case (.any, .compare(let operation, let value)): SortConditionPlan(operation, value)
        case (.between(nil, let upper), .compare(let operation, let value)):
            SortConditionPlan(operation, value)?.lower.map { .between(lower: $0, upper: upper) }
        case (.between(let lower, nil), .compare(let operation, let value)):
            SortConditionPlan(operation, value)?.upper.map { .between(lower: lower, upper: $0) }
        default: nil
        }
    }

    private init?(_ operation: ComparisonOperator, _ value: BoundExpression) {
        switch operation {
        case .less: self = .between(lower: nil, upper: Bound(value: value, isInclusive: false))
        case .lessOrEqual: self = .between(lower: nil, upper: Bound(value: value, isInclusive: true))
        case .greater: self = .between(lower: Bound(value: value, isInclusive: false), upper: nil)
        case .greaterOrEqual: self = .between(lower: Bound(value: value, isInclusive: true), upper: nil)
        case .equal, .notEqual: return nil
        }
    }

    private var lower: Bound? {
        if case .between(let lower, _) = self { lower } else { nil }
    }

    private var upper: Bound? {
        if case .between(_, let upper) = self { upper } else { nil }
    }
}
