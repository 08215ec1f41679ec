import HindsightSyntax
import HindsightValues

/// CASE, COALESCE and NULLIF, which evaluate only what they need.
extension ExpressionCompiler {
    func compileConditional(_ expression: BoundExpression) throws(QueryError) -> Part {
        switch expression.node {
        case .searchedCase(let branches, let otherwise): try compileSearchedCase(branches, otherwise)
        case .simpleCase(let subject, let branches, let otherwise):
            try compileSimpleCase(subject, branches, otherwise)
        case .coalesce(let operands): try compileCoalesce(operands)
        case .nullIf(let value, let other): try compileNullIf(value, other, at: expression.span)
        default: try compilePart(expression)
        }
    }

    private func compileOtherwise(_ otherwise: BoundExpression?) throws(QueryError) -> Part {
        guard let otherwise else { return .constant(.null) }
        return try compilePart(otherwise)
    }

    private func compileSearchedCase(
        _ branches: [CaseBranch], _ otherwise: BoundExpression?
    ) throws(QueryError) -> Part {
        var compiled: [(PredicateEvaluator, Evaluator)] = []
        for branch in branches {
            compiled.append((try compilePredicate(branch.condition), try compile(branch.result)))
        }
        let last = try compileOtherwise(otherwise).evaluator
        let steps = compiled
        return .computed { (frame) throws(QueryError) in
            for (condition, result) in steps where try condition(&frame) { return try result(&frame) }
            return try last(&frame)
        }
    }

    private func compileSimpleCase(
        _ subject: BoundExpression, _ branches: [CaseBranch], _ otherwise: BoundExpression?
    ) throws(QueryError) -> Part {
        var compiled: [(Evaluator, Evaluator)] = []
        for branch in branches { compiled.append((try compile(branch.condition), try compile(branch.result))) }
        let subject = try compile(subject)
        let last = try compileOtherwise(otherwise).evaluator
        let steps = compiled
        return .computed { (frame) throws(QueryError) in
            let value = try subject(&frame)
            for (candidate, result) in steps where Relation.of(value, try candidate(&frame)) == .equal {
                return try result(&frame)
            }
            return try last(&frame)
        }
    }

    /// The first present value; if there is none, NULL, and MISSING if all are MISSING.
    private func compileCoalesce(_ operands: [BoundExpression]) throws(QueryError) -> Part {
        let parts = try compileParts(operands)
        let evaluators = parts.map(\.evaluator)
        return try folding(
            { (frame) throws(QueryError) in
                var result = Value.missing
                for evaluator in evaluators {
                    let value = try evaluator(&frame)
                    if !value.isAbsent { return value }
                    if case .null = value { result = .null }
                }
                return result
            }, of: parts)
    }

    /// The value itself unless `value = other` is true.
    private func compileNullIf(
        _ value: BoundExpression, _ other: BoundExpression, at span: SourceSpan
    ) throws(QueryError) -> Part {
        let parts = (try compilePart(value), try compilePart(other))
        let evaluators = (parts.0.evaluator, parts.1.evaluator)
        return try folding(
            { (frame) throws(QueryError) in
                let value = try evaluators.0(&frame)
                return Relation.of(value, try evaluators.1(&frame)) == .equal ? .null : value
            }, of: parts.0, parts.1)
    }
}
