import HindsightSyntax

extension Expression {
    /// Whether a SQL aggregate is called here, outside of subqueries.
    var containsAggregate: Bool {
        switch node {
        case .call(let call):
            AggregateKind(named: call.name.text) != nil
                || contains(\.containsAggregate)
        case .windowCall(_, .inline(let definition)):
            definition.containsAggregate || contains(\.containsAggregate)
        default: contains(\.containsAggregate)
        }
    }

    /// Whether a variable or an attribute of this name is read here, outside of subqueries.
    func mentions(_ name: Identifier) -> Bool {
        switch node {
        case .variable(let variable): variable.name.isSameName(as: name)
        case .path(let root, let steps):
            root.mentions(name)
                || steps.contains { step in
                    switch step.kind {
                    case .attribute(let attribute): attribute.isSameName(as: name)
                    case .index(let index): index.mentions(name)
                    case .allElements, .allAttributes: false
                    }
                }
        default: contains { $0.mentions(name) }
        }
    }

    /// Whether `predicate` holds for one of the expressions that this one is made of directly. Subqueries are not
    /// looked into.
    private func contains(_ predicate: (Expression) -> Bool) -> Bool {
        switch node {
        case .literal, .parameter, .variable, .subquery:
            false
        case .path(let root, let steps):
            predicate(root)
                || steps.contains { if case .index(let index) = $0.kind { predicate(index) } else { false } }
        case .sign(_, let operand), .not(let operand), .exists(let operand), .test(let operand, _, _),
            .cast(_, let operand, _):
            predicate(operand)
        case .match(let match):
            predicate(match.graph)
        case .arithmetic(let first, let terms):
            predicate(first) || terms.contains { predicate($0.operand) }
        case .comparison(_, let left, let right), .isIn(let left, let right, _), .overlaps(let left, let right):
            predicate(left) || predicate(right)
        case .like(let value, let pattern, let escape, _):
            predicate(value) || predicate(pattern) || escape.map(predicate) ?? false
        case .between(let value, let low, let high, _):
            predicate(value) || predicate(low) || predicate(high)
        case .and(let operands), .or(let operands), .list(let operands), .bag(let operands), .row(let operands):
            operands.contains(where: predicate)
        case .conditional(let conditional):
            conditional.subject.map(predicate) ?? false || conditional.otherwise.map(predicate) ?? false
                || conditional.branches.contains { predicate($0.condition) || predicate($0.result) }
        case .call(let call), .windowCall(let call, _):
            call.arguments.contains(where: predicate) || call.filter.map(predicate) ?? false
        case .structure(let fields):
            fields.contains { predicate($0.name) || predicate($0.value) }
        }
    }

    /// The variable that this is, or that a path starts from, and the steps from it; nil for all else.
    var variableAndSteps: (variable: Variable, steps: [PathStep])? {
        switch node {
        case .variable(let variable): return (variable, [])
        case .path(let root, let steps):
            guard case .variable(let variable) = root.node else { return nil }
            return (variable, steps)
        default: return nil
        }
    }

    /// The name that a group key gets from its expression; a CAST keeps that of its operand.
    var groupName: String? {
        if case .cast(_, let operand, _) = node { operand.groupName } else { derivedName }
    }

    /// The name that a SELECT item or group key gets from its expression: the variable's or the last attribute's.
    var derivedName: String? {
        switch node {
        case .variable(let variable):
            return variable.name.text
        case .path(_, let steps):
            switch steps.last?.kind {
            case .attribute(let name): return name.text
            case .index(let index):
                if case .literal(let literal) = index.node, case .string(let name) = literal.value { return name }
                return nil
            default: return nil
            }
        default:
            return nil
        }
    }
}

extension WindowDefinition {
    /// Whether its rows are split or sorted by a SQL aggregate.
    var containsAggregate: Bool {
        partition.contains(where: \.containsAggregate) || order.contains(where: \.expression.containsAggregate)
    }
}
