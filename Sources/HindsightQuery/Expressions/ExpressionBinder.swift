import HindsightSyntax
import HindsightValues

/// Turns an expression of the syntax tree into a bound one. What depends on the query around it (variables, parameters,
/// subqueries, aggregates) is asked of the resolver; functions and types are looked up here.
///
/// It recurses as deep as the parser lets an expression be nested.
package struct ExpressionBinder<Resolver: NameResolver> {
    package let resolver: Resolver
    package let dialect: Dialect

    package init(resolver: Resolver, dialect: Dialect) {
        self.resolver = resolver
        self.dialect = dialect
    }

    /// Binds an expression. A subquery that is the whole expression is coerced to a single value.
    ///
    /// - Throws: what the resolver throws, and `unknownFunction`, `wrongArgumentCount`, `invalidCast`, `unsupported`.
    package func bind(_ expression: Expression) throws(QueryError) -> BoundExpression {
        if let substitution = try resolver.substitution(for: expression) { return substitution }
        if case .subquery(let query) = expression.node {
            return try resolver.bindSubquery(query, as: .scalar, at: expression.span)
        }
        return BoundExpression(try bindNode(expression), at: expression.span)
    }

    /// Binds an expression where a collection is wanted: FROM, the right side of IN, an argument that takes a
    /// collection. A subquery there is its whole result.
    package func bindCollection(_ expression: Expression) throws(QueryError) -> BoundExpression {
        guard case .subquery(let query) = expression.node else { return try bind(expression) }
        return try resolver.bindSubquery(query, as: .collection, at: expression.span)
    }

    package func bindAll(_ expressions: [Expression]) throws(QueryError) -> [BoundExpression] {
        var bound: [BoundExpression] = []
        bound.reserveCapacity(expressions.count)
        for expression in expressions { bound.append(try bind(expression)) }
        return bound
    }

    private func bindNode(_ expression: Expression) throws(QueryError) -> BoundExpression.Node {
        switch expression.node {
        case .literal(let literal): .constant(literal.value)
        case .parameter(let parameter): .parameter(try resolver.resolveParameter(parameter, at: expression.span))
        case .variable, .path: try bindReference(expression)
        case .sign(.plus, let operand): .plus(try bind(operand))
        case .sign(.minus, let operand): .negate(try bind(operand))
        case .arithmetic(let first, let terms): try bindChain(first, terms)
        case .comparison(let operation, let left, let right): try bindComparison(operation, left, right)
        case .like, .between, .isIn, .test, .overlaps: try bindPredicate(expression)
        case .not(let operand): .not(try bind(operand))
        case .and(let operands): .and(try bindAll(operands))
        case .or(let operands): .or(try bindAll(operands))
        case .conditional(let conditional): try bindCase(conditional)
        case .cast(let kind, let operand, let type): try bindCast(kind, operand, type)
        case .call(let call): try bindCall(call, at: expression.span)
        case .windowCall(let call, let window):
            try resolver.bindWindowCall(call, over: window, at: expression.span).node
        case .structure(let fields): try bindStructure(fields)
        case .list(let elements), .row(let elements): .collection(.list, try bindAll(elements))
        case .bag(let elements): .collection(.bag, try bindAll(elements))
        case .subquery: try bind(expression).node
        case .exists(let operand): .exists(try bindCollection(operand))
        case .match(let match): .match(try bind(match.graph), try resolver.bindMatch(match))
        }
    }

    private func bindChain(
        _ first: Expression, _ terms: [ArithmeticTerm]
    ) throws(QueryError) -> BoundExpression.Node {
        var steps: [ArithmeticStep] = []
        steps.reserveCapacity(terms.count)
        for term in terms {
            let span = first.span.union(term.operand.span)
            if term.operation == .concatenate { try checkConcatenated(steps.isEmpty ? first : nil, term.operand) }
            steps.append(ArithmeticStep(term.operation, try bind(term.operand), at: span))
        }
        return .arithmetic(try bind(first), steps)
    }

    /// `||` joins texts: a literal of another kind beside it is refused.
    private func checkConcatenated(_ left: Expression?, _ right: Expression) throws(QueryError) {
        for operand in [left, right] {
            guard let operand, let kind = operand.literalKind, KindSet.text.isDisjoint(with: kind) else { continue }
            throw QueryError(
                .typeMismatch, "'||' joins two strings, found \(kind.phrase)", at: operand.span,
                hint: "CAST(… AS STRING) makes a string of it")
        }
    }

    /// A subquery that is compared with a row stands for its row.
    private func bindComparison(
        _ operation: ComparisonOperator, _ left: Expression, _ right: Expression
    ) throws(QueryError) -> BoundExpression.Node {
        if operation.isOrdering {
            try checkOrdered(left, operation)
            try checkOrdered(right, operation)
        }
        return .comparison(operation, try bindSide(left, beside: right), try bindSide(right, beside: left))
    }

    private func checkOrdered(_ side: Expression, _ operation: ComparisonOperator) throws(QueryError) {
        guard dialect.orderedLiterals != .any, let type = side.literalTypeName(unless: dialect.orderedLiterals) else {
            return
        }
        throw QueryError(
            .typeMismatch,
            "incorrect operand type for operator or function; operator or function: \(operation.rawValue), "
                + "operand type: \(type)", at: side.span)
    }

    private func bindSide(_ side: Expression, beside other: Expression) throws(QueryError) -> BoundExpression {
        guard case .subquery(let query) = side.node else { return try bind(side) }
        switch other.node {
        case .row, .list: return try resolver.bindSubquery(query, as: .row, at: side.span)
        default: return try bind(side)
        }
    }

    private func bindPredicate(_ expression: Expression) throws(QueryError) -> BoundExpression.Node {
        switch expression.node {
        case .like(let value, let pattern, let escape, let isNegated):
            var boundEscape: BoundExpression?
            if let escape { boundEscape = try bind(escape) }
            let node = BoundExpression.Node.like(try bind(value), pattern: try bind(pattern), escape: boundEscape)
            return negated(node, if: isNegated, at: expression.span)
        case .between(let value, let low, let high, let isNegated):
            let node = BoundExpression.Node.between(try bind(value), lower: try bind(low), upper: try bind(high))
            return negated(node, if: isNegated, at: expression.span)
        case .isIn(let value, let collection, let isNegated):
            let node = BoundExpression.Node.membership(try bind(value), try bindCollection(collection))
            return negated(node, if: isNegated, at: expression.span)
        case .test(let value, let test, let isNegated):
            let node = BoundExpression.Node.test(try bind(value), try ValueTest(test))
            return negated(node, if: isNegated, at: expression.span)
        case .overlaps(let left, let right):
            return .overlaps(try bindSide(left, beside: right), try bindSide(right, beside: left))
        default:
            return try bind(expression).node
        }
    }

    private func negated(
        _ node: BoundExpression.Node, if isNegated: Bool, at span: SourceSpan
    ) -> BoundExpression.Node {
        isNegated ? .not(BoundExpression(node, at: span)) : node
    }

    private func bindCase(_ conditional: CaseExpression) throws(QueryError) -> BoundExpression.Node {
        var branches: [CaseBranch] = []
        for branch in conditional.branches {
            branches.append(CaseBranch(condition: try bind(branch.condition), result: try bind(branch.result)))
        }
        var otherwise: BoundExpression?
        if let expression = conditional.otherwise { otherwise = try bind(expression) }
        guard let subject = conditional.subject else { return .searchedCase(branches, otherwise: otherwise) }
        return .simpleCase(try bind(subject), branches, otherwise: otherwise)
    }

    private func bindCast(
        _ kind: CastKind, _ operand: Expression, _ type: DataType
    ) throws(QueryError) -> BoundExpression.Node {
        let target = try TypeDescriptor(type)
        if target == .null || target == .missing {
            throw QueryError(
                .invalidCast, "no value can be cast to \(target == .null ? "NULL" : "MISSING")", at: type.span)
        }
        return .cast(try bind(operand), target, kind)
    }

    private func bindStructure(_ fields: [StructureField]) throws(QueryError) -> BoundExpression.Node {
        var bound: [BoundField] = []
        bound.reserveCapacity(fields.count)
        for field in fields {
            bound.append(BoundField(name: try bindFieldName(field.name), value: try bind(field.value)))
        }
        return .structure(bound)
    }

    /// The name in `{a: 1}` is the variable's value if there is a variable `a`, else its own text.
    private func bindFieldName(_ name: Expression) throws(QueryError) -> BoundExpression {
        guard case .variable(let variable) = name.node else { return try bind(name) }
        do throws(QueryError) {
            return try bind(name)
        } catch {
            guard error.diagnostic.code == .unknownName else { throw error }
            return BoundExpression(.constant(.string(variable.name.text)), at: name.span)
        }
    }
}

extension Expression {
    /// DynamoDB's name for the type of a literal or constructor that is not among `kinds`; nil for everything else.
    fileprivate func literalTypeName(unless kinds: KindSet) -> String? {
        switch node {
        case .literal(let literal):
            switch literal.value {
            case .null: "NULL"
            case .missing: nil
            case .bool: kinds.contains(.bool) ? nil : "BOOL"
            case let value: kinds.contains(KindSet(value.kind)) ? nil : value.kind.rawValue.uppercased()
            }
        case .list, .row: kinds.contains(.list) ? nil : "L"
        case .bag: kinds.contains(.bag) ? nil : "SS"
        case .structure: kinds.contains(.structure) ? nil : "M"
        default: nil
        }
    }
}

extension ValueTest {
    /// - Throws: `invalidArgument` for a type with impossible parameters.
    init(_ test: IsTest) throws(QueryError) {
        switch test {
        case .null: self = .null
        case .missing: self = .missing
        case .isTrue: self = .isTrue
        case .isFalse: self = .isFalse
        case .unknown: self = .unknown
        case .type(let type):
            switch try TypeDescriptor(type) {
            case .null: self = .null
            case .missing: self = .missing
            case let descriptor: self = .type(descriptor)
            }
        }
    }
}
