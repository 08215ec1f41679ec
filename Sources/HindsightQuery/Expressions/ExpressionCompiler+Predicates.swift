import HindsightSyntax
import HindsightValues

/// IN, LIKE, OVERLAPS, IS and EXISTS.
extension ExpressionCompiler {
    func compileMembership(
        _ value: BoundExpression, _ collection: BoundExpression
    ) throws(QueryError) -> Part {
        let valuePart = try compilePart(value)
        if case .subquery(let subquery, .collection) = collection.node {
            return .computed(membership(of: valuePart, in: subquery))
        }
        let collectionPart = try compilePart(collection)
        if case .constant(let constant) = collectionPart, let members = MemberTable(constant) {
            let evaluator = valuePart.evaluator
            return try folding(
                { (frame) throws(QueryError) in members.contains(try evaluator(&frame)) }, of: valuePart)
        }
        let evaluators = (valuePart.evaluator, collectionPart.evaluator)
        return try folding(
            { (frame) throws(QueryError) in
                let value = try evaluators.0(&frame)
                let collection = try evaluators.1(&frame)
                return ExpressionCompiler.isMember(value, of: collection)
            }, of: valuePart, collectionPart)
    }

    private func membership(of value: Part, in subquery: any BoundSubquery) -> Evaluator {
        let evaluator = value.evaluator
        return { (frame) throws(QueryError) in
            let value = try evaluator(&frame)
            switch value {
            case .missing: return value
            // Nothing is in an empty result, whatever NULL stands for.
            case .null: return try subquery.exists(&frame) ? .null : .bool(false)
            default: return try subquery.contains(value, &frame)
            }
        }
    }

    /// What is no collection has no members, and whether a value is one of them is MISSING in either typing mode.
    private static func isMember(_ value: Value, of collection: Value) -> Value {
        switch (value, collection) {
        case (.missing, _), (_, .missing): return .missing
        case (_, .null): return .null
        default: break
        }
        guard let elements = collection.elements else { return .missing }
        return Membership.of(value, in: elements)
    }

    func compileLike(
        _ value: BoundExpression, _ pattern: BoundExpression, _ escape: BoundExpression?, at span: SourceSpan
    ) throws(QueryError) -> Part {
        let parts = (try compilePart(value), try compilePart(pattern))
        var escapePart = Part.constant(.string(""))
        if let escape { escapePart = try compilePart(escape) }
        let site = site(span)
        if case .constant(let pattern) = parts.1, case .constant(let escapeValue) = escapePart,
            let compiled = constantPattern(pattern, escape: escape == nil ? nil : escapeValue)
        {
            return try folding(like(parts.0, compiled, site), of: parts.0)
        }
        let evaluators = (parts.0.evaluator, parts.1.evaluator, escapePart.evaluator)
        let hasEscape = escape != nil
        return try folding(
            { (frame) throws(QueryError) in
                let value = try evaluators.0(&frame)
                let pattern = try evaluators.1(&frame)
                let escape = hasEscape ? try evaluators.2(&frame) : nil
                return try site.run { () throws(EvaluationFailure) in
                    try ExpressionCompiler.isLike(value, pattern, escape: escape)
                }
            }, of: parts.0, parts.1, escapePart)
    }

    /// A pattern that is known now; nil if it is absent or malformed, which is then found out at run time.
    private func constantPattern(_ pattern: Value, escape: Value?) -> LikePattern? {
        guard let text = pattern.text else { return nil }
        guard let escape else { return try? LikePattern(text, escape: nil) }
        guard let escapeText = escape.text else { return nil }
        return try? LikePattern(text, escape: escapeText)
    }

    private func like(_ value: Part, _ pattern: LikePattern, _ site: EvaluationSite) -> Evaluator {
        let evaluator = value.evaluator
        return { (frame) throws(QueryError) in
            switch try evaluator(&frame) {
            case .string(let text), .symbol(let text): .bool(pattern.matches(text))
            case let value where value.isAbsent: value
            case let value: try site.mismatch("LIKE expects a string, found \(value.kindPhrase)")
            }
        }
    }

    private static func isLike(_ value: Value, _ pattern: Value, escape: Value?) throws(EvaluationFailure) -> Value {
        var operands = [value, pattern]
        if let escape { operands.append(escape) }
        if operands.contains(where: { $0.kind == .missing }) { return .missing }
        for operand in operands where !operand.isAbsent && operand.text == nil {
            throw .mismatch("LIKE expects strings, found \(operand.kindPhrase)")
        }
        if operands.contains(where: \.isAbsent) { return .null }
        let escapeText: String? = if let escape { try string(escape) } else { nil }
        return .bool(try LikePattern(try string(pattern), escape: escapeText).matches(try string(value)))
    }

    func compileOverlaps(
        _ left: BoundExpression, _ right: BoundExpression, at span: SourceSpan
    ) throws(QueryError) -> Part {
        let parts = (try compilePart(left), try compilePart(right))
        let evaluators = (parts.0.evaluator, parts.1.evaluator)
        let site = site(span)
        return try folding(
            { (frame) throws(QueryError) in
                let left = try evaluators.0(&frame)
                let right = try evaluators.1(&frame)
                return try site.run { () throws(EvaluationFailure) in try Period.overlap(left, right) }
            }, of: parts.0, parts.1)
    }

    /// IS is never unknown, and so is a test by nature.
    func compileValueTest(_ operand: BoundExpression, _ test: ValueTest) throws(QueryError) -> PredicateEvaluator {
        let evaluator = try compilePart(operand).evaluator
        switch test {
        case .null:
            let missingIsNull = dialect.missingIsNull
            return { (frame) throws(QueryError) in
                switch try evaluator(&frame) {
                case .null: true
                case .missing: missingIsNull
                default: false
                }
            }
        case .missing:
            return { (frame) throws(QueryError) in if case .missing = try evaluator(&frame) { true } else { false } }
        case .isTrue:
            return { (frame) throws(QueryError) in if case .bool(true) = try evaluator(&frame) { true } else { false } }
        case .isFalse:
            return { (frame) throws(QueryError) in if case .bool(false) = try evaluator(&frame) { true } else { false }
            }
        case .unknown:
            return { (frame) throws(QueryError) in try evaluator(&frame).isAbsent }
        case .type(let type):
            return { (frame) throws(QueryError) in type.includes(try evaluator(&frame)) }
        }
    }

    /// Whether a collection, struct or query result has anything in it; absent values have nothing.
    func compileExists(_ operand: BoundExpression, at span: SourceSpan) throws(QueryError) -> PredicateEvaluator {
        if case .subquery(let subquery, .collection) = operand.node {
            return { (frame) throws(QueryError) in try subquery.exists(&frame) }
        }
        let evaluator = try compilePart(operand).evaluator
        let site = site(span)
        return { (frame) throws(QueryError) in
            let value = try evaluator(&frame)
            if let elements = value.elements { return !elements.isEmpty }
            if case .structure(let structure) = value { return !structure.isEmpty }
            if !value.isAbsent { _ = try site.mismatch("EXISTS expects a collection, found \(value.kindPhrase)") }
            return false
        }
    }
}
