import HindsightSyntax
import HindsightValues

extension ExpressionBinder {
    /// Binds a variable, with or without path steps after it, or a path over any other expression.
    func bindReference(_ expression: Expression) throws(QueryError) -> BoundExpression.Node {
        guard case .path(let root, let written) = expression.node else {
            guard case .variable(let variable) = expression.node else { return try bind(expression).node }
            return try resolver.resolve(variable, steps: []).expression.node
        }
        let steps = try bindSteps(written)
        guard case .variable(let variable) = root.node else { return joined(try bind(root), steps[...]) }
        let (resolved, consumed) = try resolver.resolve(variable, steps: steps)
        return joined(resolved, steps.dropFirst(consumed))
    }

    /// A path over a path is one path.
    private func joined(_ root: BoundExpression, _ steps: ArraySlice<BoundStep>) -> BoundExpression.Node {
        if steps.isEmpty { return root.node }
        guard case .path(let start, let first) = root.node else { return .path(root, Array(steps)) }
        return .path(start, first + steps)
    }

    /// Binds the steps of a path.
    package func bindSteps(_ steps: [PathStep]) throws(QueryError) -> [BoundStep] {
        var bound: [BoundStep] = []
        bound.reserveCapacity(steps.count)
        for step in steps {
            switch step.kind {
            case .attribute(let name):
                let isCaseSensitive = name.isQuoted || !dialect.foldsAttributeCase
                bound.append(.attribute(name.text, isCaseSensitive: isCaseSensitive, step.span))
            case .index(let index): bound.append(try bindIndex(index, at: step.span))
            case .allElements: bound.append(.allElements(step.span))
            case .allAttributes: bound.append(.allAttributes(step.span))
            }
        }
        return bound
    }

    private func bindIndex(_ index: Expression, at span: SourceSpan) throws(QueryError) -> BoundStep {
        switch index.node {
        case .literal(let literal):
            switch literal.value {
            case .int(let number) where number >= 0 && number <= Int64(Int32.max): return .index(Int(number), span)
            case .string(let name), .symbol(let name): return .attribute(name, isCaseSensitive: true, span)
            default: return .computed(try bind(index), mayBeName: false)
            }
        case .parameter, .cast(.cast, _, _): return .computed(try bind(index), mayBeName: true)
        default: return .computed(try bind(index), mayBeName: false)
        }
    }
}
