import HindsightSyntax
import HindsightValues

extension ExpressionBinder {
    /// Binds a call of a function, an aggregate, or one of the forms that look like functions and are not.
    func bindCall(_ call: FunctionCall, at span: SourceSpan) throws(QueryError) -> BoundExpression.Node {
        let function = FunctionTable.lookup(call.name.text, in: dialect)
        try checkWindowWords(of: call, isAggregate: function?.isAggregate == true)
        guard let function else {
            return try bindFunction(call, at: span)
        }
        switch function.body {
        case .aggregate(let kind): return try bindAggregate(kind, function, call, at: span).node
        case .form(let form): return try bindForm(form, function, call, at: span)
        default: return try bindFunction(call, at: span)
        }
    }

    private func bindForm(
        _ form: Function.Form, _ function: Function, _ call: FunctionCall, at span: SourceSpan
    ) throws(QueryError) -> BoundExpression.Node {
        if call.isStar { throw misplacedStar(call) }
        if let quantifier = call.quantifier { throw misplaced(quantifier, function, at: span) }
        try checkCount(call.arguments.count, of: call, function, at: span)
        var arguments = try bindAll(call.arguments)
        switch form {
        case .coalesce: return .coalesce(arguments)
        case .nullIf: return .nullIf(arguments[0], arguments[1])
        case .conditional:
            let otherwise = arguments.count > 2 ? arguments.removeLast() : nil
            return .searchedCase([CaseBranch(condition: arguments[0], result: arguments[1])], otherwise: otherwise)
        case .syntax:
            throw QueryError(
                .wrongArgumentCount, "\(function.name) is not called like this", at: span,
                hint: "for example \(function.example.call)")
        }
    }

    private func bindAggregate(
        _ kind: AggregateKind, _ function: Function, _ call: FunctionCall, at span: SourceSpan
    ) throws(QueryError) -> BoundExpression {
        if call.isStar {
            guard kind == .count, call.quantifier == nil else { throw misplacedStar(call) }
        } else {
            try checkCount(call.arguments.count, of: call, function, at: span)
        }
        return try resolver.bindAggregate(
            AggregateCall(
                kind: kind, isDistinct: call.quantifier == .distinct, argument: call.aggregateArgument(of: kind),
                span: span))
    }

    /// FILTER is for aggregates, and IGNORE NULLS for window functions.
    private func checkWindowWords(of call: FunctionCall, isAggregate: Bool) throws(QueryError) {
        if let filter = call.filter, !isAggregate {
            throw QueryError(
                .invalidArgument, "\(call.name.text.uppercased()) does not take FILTER", at: filter.span,
                hint: "FILTER stands behind aggregates such as COUNT and SUM")
        }
        if let treatment = call.nullTreatment {
            throw QueryError(
                .invalidArgument, "\(treatment.rawValue) NULLS needs a window function with OVER", at: call.name.span)
        }
    }

    private func bindFunction(_ call: FunctionCall, at span: SourceSpan) throws(QueryError) -> BoundExpression.Node {
        let (function, arguments) = try selectFunction(call, at: span)
        if call.isStar { throw misplacedStar(call) }
        try checkCount(arguments.count, of: call, function, at: span)
        if function.refusesLiterals { try checkLiterals(arguments, of: function) }
        var bound: [BoundExpression] = []
        bound.reserveCapacity(arguments.count)
        for (index, argument) in arguments.enumerated() {
            let takesCollection = KindSet.container.isSuperset(of: function.parameter(at: index).accepts)
            bound.append(takesCollection ? try bindCollection(argument) : try bind(argument))
        }
        return .call(function, bound)
    }

    /// The function that is meant, with DISTINCT, a field of time or a side of TRIM taken into it, and its arguments in
    /// the order of its parameters.
    private func selectFunction(
        _ call: FunctionCall, at span: SourceSpan
    ) throws(QueryError) -> (Function, [Expression]) {
        if case .trim(let side) = call.detail { return try selectTrim(side, call) }
        let function = try lookUp(call.name.text, at: call.name.span)
        if case .part(let part) = call.detail {
            guard let resolved = function.forPart(part) else {
                throw QueryError(
                    .invalidArgument, "\(function.name) does not take the field \(part.rawValue)", at: span)
            }
            return (resolved, call.arguments)
        }
        guard !function.needsPart else {
            let hint = "for example \(function.example.call)"
            throw QueryError(
                .invalidArgument, "\(function.name) needs a field such as YEAR or MINUTE", at: span, hint: hint)
        }
        guard let quantifier = call.quantifier else { return (function, call.arguments) }
        guard let distinct = function.distinctForm else {
            throw misplaced(quantifier, function, at: span)
        }
        return (quantifier == .distinct ? distinct : function, call.arguments)
    }

    /// `TRIM(LEADING c FROM s)` is LTRIM(s, c).
    private func selectTrim(_ side: TrimSide, _ call: FunctionCall) throws(QueryError) -> (Function, [Expression]) {
        let name =
            switch side {
            case .leading: "LTRIM"
            case .trailing: "RTRIM"
            case .both: "TRIM"
            }
        return (try lookUp(name, at: call.name.span), Array(call.arguments.reversed()))
    }

    private func lookUp(_ name: String, at span: SourceSpan) throws(QueryError) -> Function {
        if let function = FunctionTable.lookup(name, in: dialect) { return function }
        if let function = WindowFunction.lookup(name) {
            throw QueryError(
                .misplacedWindow, "\(function.name) is a window function and needs OVER", at: span,
                hint: "for example \(function.name)() OVER (ORDER BY …)")
        }
        let hint = Suggestion.closest(to: name, in: FunctionTable.allNames + WindowFunction.names).map {
            "did you mean \($0)?"
        }
        throw QueryError(.unknownFunction, "there is no function '\(name)'", at: span, hint: hint)
    }

    /// Refuses literals that the function can never take.
    private func checkLiterals(_ arguments: [Expression], of function: Function) throws(QueryError) {
        for (index, argument) in arguments.enumerated() {
            let accepted = function.parameter(at: index).accepts
            guard let kind = argument.literalKind, accepted.isDisjoint(with: kind) else { continue }
            throw QueryError(
                .typeMismatch,
                "argument \(index + 1) of \(function.name) is \(accepted.phrase), found \(kind.phrase)",
                at: argument.span, hint: "it is called as \(function.signature)")
        }
    }

    private func misplacedStar(_ call: FunctionCall) -> QueryError {
        QueryError(
            .wrongArgumentCount, "'*' is an argument of COUNT alone, without ALL or DISTINCT", at: call.name.span)
    }

    private func misplaced(_ quantifier: SetQuantifier, _ function: Function, at span: SourceSpan) -> QueryError {
        QueryError(.invalidArgument, "\(function.name) does not take \(quantifier.rawValue)", at: span)
    }

    private func checkCount(
        _ count: Int, of call: FunctionCall, _ function: Function, at span: SourceSpan
    ) throws(QueryError) {
        let (least, most) = function.argumentCounts
        if count >= least && count <= most ?? Int.max { return }
        let wanted =
            if most == nil { "at least \(least)" } else if least == most { "\(least)" } else {
                "\(least) to \(most ?? least)"
            }
        throw QueryError(
            .wrongArgumentCount,
            "\(call.name.text.uppercased()) takes \(wanted) argument\(wanted.hasSuffix("1") ? "" : "s"), found \(count)",
            at: span, hint: "it is called as \(function.signature)")
    }
}

extension Expression {
    /// The kind of a literal, a constructor or a condition, as far as the text alone tells it; nil for all else and for
    /// absent values.
    var literalKind: KindSet? {
        switch node {
        case .literal(let literal): literal.value.isAbsent ? nil : KindSet(literal.value.kind)
        case .sign(_, let operand): operand.literalKind
        case .list, .row: .list
        case .bag: .bag
        case .structure: .structure
        case .not, .and, .or, .comparison, .between, .like, .isIn, .test, .overlaps, .exists: .bool
        default: nil
        }
    }
}

extension FunctionCall {
    /// The argument of an aggregate, absent for rows that FILTER leaves out; nil for COUNT(*) of all rows. An aggregate of
    /// two arguments is one of the list of both.
    ///
    /// Aggregates skip absent values, so `SUM(x) FILTER (WHERE c)` is `SUM(CASE WHEN c THEN x END)`.
    func aggregateArgument(of kind: AggregateKind) -> Expression? {
        var argument = arguments.first
        if kind.takesPair, let first = argument {
            let comma = Expression(.literal(Literal(.string(","))), span: name.span)
            argument = Expression(.list([first, arguments.count > 1 ? arguments[1] : comma]), span: first.span)
        }
        guard let filter else { return argument }
        let row = Expression(.literal(Literal(.int(1))), span: name.span)
        let branch = CaseExpression.Branch(condition: filter, result: argument ?? row)
        return Expression(
            .conditional(CaseExpression(subject: nil, branches: [branch], otherwise: nil)), span: filter.span)
    }
}
