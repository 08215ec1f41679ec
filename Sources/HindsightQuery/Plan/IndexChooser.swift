import HindsightSyntax
import HindsightValues

/// Chooses a secondary index for the conditions on a table.
///
/// An index serves only if it has all rows for which the conditions can be true. It lacks the items without one of its key
/// attributes, and those that have another type there. So its partition key must be fixed; its sort key must be
/// restricted too if some items are known to lack it; and names must be written exactly if some items are known to have
/// them in another case. The values are known only when the scan starts: if one is of another type than the key, or the
/// index does not reach back to the time that is read, the scan reads the table instead. The conditions stay, so that
/// both ways give the same rows.
struct IndexChooser {
    let indexes: [IndexSchema]

    func choose(_ conditions: [ConditionPlan]) -> IndexPlan? {
        var best: (plan: IndexPlan, rank: Int)?
        for index in indexes where index.use.contains(.isPossible) {
            guard let plan = plan(index, conditions) else { continue }
            if plan.rank > best?.rank ?? -1 { best = (plan.plan, plan.rank) }
        }
        return best?.plan
    }

    private func plan(_ index: IndexSchema, _ conditions: [ConditionPlan]) -> (plan: IndexPlan, rank: Int)? {
        let needsExactNames = index.use.contains(.needsExactNames)
        let usable = conditions.filter { !(needsExactNames && $0.path.ignoresCase) }
        guard let partition = partition(index.partitionKey, usable) else { return nil }
        var spans = [partition.span]
        var sort = SortConditionPlan.any
        for condition in usable {
            guard let key = index.sortKey, condition.path.isExactAttribute(key.name),
                let narrowed = sort.narrowed(by: condition.test, isStrict: false)
            else { continue }
            sort = narrowed
            spans.append(condition.span)
        }
        if case .any = sort, index.sortKey != nil, index.use.contains(.needsSortKey) { return nil }
        let keys = KeyPlan(partition: partition.plan, sort: sort, spans: spans, isPoint: false)
        return (IndexPlan(index: index, keys: keys), sort.rank + (partition.plan.isSingle ? 1 : 0))
    }

    private func partition(
        _ key: KeyAttribute, _ conditions: [ConditionPlan]
    ) -> (plan: PartitionPlan, span: SourceSpan)? {
        for condition in conditions where condition.path.isExactAttribute(key.name) {
            switch condition.test {
            case .compare(.equal, let value): return (.equal(value), condition.span)
            case .oneOf(let values): return (.oneOf(values), condition.span)
            default: continue
            }
        }
        return nil
    }
}

extension SortConditionPlan {
    /// How much the condition leaves out, roughly.
    var rank: Int {
        switch self {
        case .any: 0
        case .between(let lower, let upper): lower == nil || upper == nil ? 2 : 4
        case .prefix: 4
        case .equal: 6
        }
    }
}

extension IndexSchema {
    /// Whether equalities on these paths lead to few items of the index.
    func isLookedUp(by paths: [ItemPath]) -> Bool {
        guard use.contains(.isPossible) else { return false }
        let keys =
            sortKey == nil || !use.contains(.needsSortKey) ? [partitionKey] : [partitionKey, sortKey ?? partitionKey]
        return keys.allSatisfy { key in
            paths.contains { path in
                path.isExactAttribute(key.name) && !(use.contains(.needsExactNames) && path.ignoresCase)
            }
        }
    }
}
