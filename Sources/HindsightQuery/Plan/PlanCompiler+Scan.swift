import HindsightSyntax
import HindsightValues

extension PlanCompiler {
    func compileScan(_ scan: ScanPlan) throws(QueryError) -> CompiledScan {
        var moment: (evaluator: MomentEvaluator, span: SourceSpan)?
        if let bound = scan.moment { moment = (try compile(bound), bound.span) }
        var end: (evaluator: MomentEvaluator, span: SourceSpan)?
        if let bound = scan.end { end = (try compile(bound), bound.span) }
        var conditions: [ConditionEvaluator] = []
        for condition in scan.conditions { conditions.append(try compile(condition)) }
        var limit: Limit.CountEvaluator?
        if let plan = scan.limit { limit = try compileRowCount(plan) }
        let access: CompiledScan.Access =
            switch scan.access {
            case .full: .full
            case .keys(let keys): .keys(try compile(keys, scan.schema))
            case .index(let plan): .index(try compile(plan))
            }
        return CompiledScan(scan, moment: moment, end: end, access: access, conditions: conditions, limit: limit)
    }

    // MARK: Conditions

    private func compile(_ condition: ConditionPlan) throws(QueryError) -> ConditionEvaluator {
        let path = condition.path
        switch condition.test {
        case .isNull(let isNegated):
            return fixed(PushedCondition(path: path, test: .isNull(isNegated: isNegated)))
        case .isMissing(let isNegated):
            return fixed(PushedCondition(path: path, test: .isMissing(isNegated: isNegated)))
        case .compare(let operation, let operand):
            return try compile(operand) { value in
                value.isAbsent ? nil : PushedCondition(path: path, test: .compare(operation, value))
            }
        case .beginsWith(let operand):
            return try compile(operand) { value in
                switch value {
                case .string, .symbol, .blob, .clob: PushedCondition(path: path, test: .beginsWith(value))
                default: nil
                }
            }
        case .oneOf(let operand):
            return try compile(operand) { value in
                let elements = value.elements?.filter { !$0.isAbsent } ?? []
                return elements.isEmpty ? nil : PushedCondition(path: path, test: .oneOf(elements))
            }
        }
    }

    private func fixed(_ condition: PushedCondition) -> ConditionEvaluator {
        { (_) throws(QueryError) in condition }
    }

    /// A condition on an operand that is evaluated when the scan starts, or already here if it is constant.
    private func compile(
        _ operand: BoundExpression, _ condition: @escaping @Sendable (Value) -> PushedCondition?
    ) throws(QueryError) -> ConditionEvaluator {
        if let constant = try expressions.constantValue(of: operand) {
            let pushed = condition(constant)
            return { (_) throws(QueryError) in pushed }
        }
        let evaluator = try expressions.compile(operand)
        return { (frame) throws(QueryError) in condition(try evaluator(&frame)) }
    }

    // MARK: Keys

    private func compile(_ keys: KeyPlan, _ schema: TableSchema) throws(QueryError) -> CompiledKeys {
        guard let partitionKey = schema.partitionKey else {
            preconditionFailure("a key condition has a key")
        }
        let sortType = schema.sortKey?.type
        return CompiledKeys(
            addPartitions: try compilePartitions(keys.partition, partitionKey.type),
            sort: try compileSort(keys.sort, sortType))
    }

    private func compile(_ plan: IndexPlan) throws(QueryError) -> CompiledIndex {
        let type = plan.index.partitionKey.type
        let evaluator: Evaluator
        let isSingle: Bool
        switch plan.keys.partition {
        case .equal(let value): (evaluator, isSingle) = (try expressions.compile(value), true)
        case .oneOf(let values): (evaluator, isSingle) = (try expressions.compile(values), false)
        }
        return CompiledIndex(
            name: plan.index.name,
            addPartitions: { (frame, partitions) throws(QueryError) in
                let value = try evaluator(&frame)
                guard let values = isSingle ? [value] : value.elements else { return false }
                var distinct: Set<Value> = []
                for value in values {
                    guard let key = type.keyValue(value) else { return false }
                    if distinct.insert(key).inserted { partitions.append(key) }
                }
                partitions.reverse()
                return true
            },
            sort: try compileSort(plan.keys.sort, plan.index.sortKey?.type))
    }

    private func compilePartitions(
        _ plan: PartitionPlan, _ type: KeyType
    ) throws(QueryError) -> PartitionEvaluator {
        switch plan {
        case .equal(let expression):
            let evaluator = try expressions.compile(expression)
            return { (frame, partitions) throws(QueryError) in
                if let value = type.keyValue(try evaluator(&frame)) { partitions.append(value) }
            }
        case .oneOf(let expression):
            let evaluator = try expressions.compile(expression)
            return { (frame, partitions) throws(QueryError) in
                var distinct: Set<Value> = []
                let elements = try evaluator(&frame).elements ?? []
                partitions += elements.compactMap(type.keyValue).filter { distinct.insert($0).inserted }
                partitions.reverse()
            }
        }
    }

    private func compileSort(
        _ plan: SortConditionPlan, _ type: KeyType?
    ) throws(QueryError) -> @Sendable (inout Frame) throws(QueryError) -> SortCondition? {
        guard let type else { return { (_) throws(QueryError) in .any } }
        switch plan {
        case .any:
            return { (_) throws(QueryError) in .any }
        case .equal(let expression):
            let evaluator = try expressions.compile(expression)
            return { (frame) throws(QueryError) in
                type.keyValue(try evaluator(&frame)).map(SortCondition.equal)
            }
        case .prefix(let expression):
            let evaluator = try expressions.compile(expression)
            return { (frame) throws(QueryError) in
                type == .number ? nil : type.keyValue(try evaluator(&frame)).map(SortCondition.prefix)
            }
        case .between(let lower, let upper):
            let (lower, upper) = (try compileBound(lower, type), try compileBound(upper, type))
            return { (frame) throws(QueryError) in
                var bounds: (lower: KeyBound?, upper: KeyBound?)
                if let lower {
                    guard let bound = try lower(&frame) else { return nil }
                    bounds.lower = bound
                }
                if let upper {
                    guard let bound = try upper(&frame) else { return nil }
                    bounds.upper = bound
                }
                return .between(lower: bounds.lower, upper: bounds.upper)
            }
        }
    }

    private func compileBound(
        _ bound: SortConditionPlan.Bound?, _ type: KeyType
    ) throws(QueryError) -> (@Sendable (inout Frame) throws(QueryError) -> KeyBound?)? {
        guard let bound else { return nil }
        let evaluator = try expressions.compile(bound.value)
        return { (frame) throws(QueryError) in
            type.keyValue(try evaluator(&frame)).map { KeyBound($0, isInclusive: bound.isInclusive) }
        }
    }

    // MARK: Moments

    func compile(_ moment: BoundMoment) throws(QueryError) -> MomentEvaluator {
        let span = moment.span
        switch moment.kind {
        case .fixed(let moment):
            return { (_) throws(QueryError) in moment }
        case .expression(let expression):
            let evaluator = try expressions.compile(expression)
            return { (frame) throws(QueryError) in
                let now = frame.context.now
                return try MomentReader(now: now, span: span).moment(try evaluator(&frame))
            }
        case .ago(let expression):
            let evaluator = try expressions.compile(expression)
            return { (frame) throws(QueryError) in
                let now = frame.context.now
                return try MomentReader(now: now, span: span).moment(before: try evaluator(&frame))
            }
        }
    }
}

extension KeyType {
    /// The value as a component of a key of this type; nil if it is of another type, so that no key equals it.
    @Sendable
    func keyValue(_ value: Value) -> Value? {
        switch (self, value) {
        case (.string, .string): value
        case (.string, .symbol(let text)): .string(text)
        case (.number, .int), (.number, .decimal): value
        case (.number, .float(let float)): (try? Number(float)).map(Value.decimal)
        case (.binary, .blob): value
        default: nil
        }
    }
}
