import HindsightSyntax
import HindsightValues

extension ExpressionBinder {
    /// Binds a call of a function, an aggregate, or one of the forms that look like functions and are not.
    func bindCall(_ call: FunctionCall, at span: SourceSpan) throws(QueryError) -> BoundExpression.Node {
        let name = call.name.text.uppercased()
        try checkWindowWords(of: call, isAggregate: AggregateKind(rawValue: name) != nil)
        switch name {
        case "COALESCE":
            try checkPlain(call)
            try checkCount(call, name: "COALESCE(value, …)", least: 1, most: nil, at: span)
            return .coalesce(try bindAll(call.arguments))
        case "NULLIF":
            try checkPlain(call)
            try checkCount(call, name: "NULLIF(value, value)", least: 2, most: 2, at: span)
            return .nullIf(try bind(call.arguments[0]), try bind(call.arguments[1]))
        default:
            if let kind = AggregateKind(rawValue: name) { return try bindAggregate(kind, call, at: span).node }
            return try bindFunction(call, at: span)
        }
    }

    private func bindAggregate(
        _ kind: AggregateKind, _ call: FunctionCall, at span: SourceSpan
    ) throws(QueryError) -> BoundExpression {
        if call.isStar {
            guard kind == .count, call.quantifier == nil else { throw misplacedStar(call) }
        } else {
            try checkCount(call, name: "\(kind.rawValue)(value)", least: 1, most: 1, at: span)
        }
        return try resolver.bindAggregate(
            AggregateCall(
                kind: kind, isDistinct: call.quantifier == .distinct, argument: call.filteredArgument, span: span))
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
        let counts = function.argumentCounts
        try checkCount(
            arguments.count, of: call, name: function.signature, least: counts.least, most: counts.most, at: span)
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
            throw QueryError(.invalidArgument, "\(function.name) does not take \(quantifier.rawValue)", at: span)
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
        let hint = Suggestion.closest(to: name, in: FunctionTable.names).map { "did you mean \($0)?" }
        throw QueryError(.unknownFunction, "there is no function '\(name)'", at: span, hint: hint)
    }

    private func checkPlain(_ call: FunctionCall) throws(QueryError) {
        if call.isStar { throw misplacedStar(call) }
    }

    private func misplacedStar(_ call: FunctionCall) -> QueryError {
        QueryError(
            .wrongArgumentCount, "'*' is an argument of COUNT alone, without ALL or DISTINCT", at: call.name.span)
    }

    private func checkCount(
        _ call: FunctionCall, name: String, least: Int, most: Int?, at span: SourceSpan
    ) throws(QueryError) {
        try checkCount(call.arguments.count, of: call, name: name, least: least, most: most, at: span)
    }

    private func checkCount(
        _ count: Int, of call: FunctionCall, name: String, least: Int, most: Int?, at span: SourceSpan
    ) throws(QueryError) {
        if count >= least && count <= most ?? Int.max { return }
        let wanted =
            if most == nil { "at least \(least)" } else if least == most { "\(least)" } else {
                "\(least) to \(most ?? least)"
            }
        throw QueryError(
            .wrongArgumentCount,
            "\(call.name.text.uppercased()) takes \(wanted) argument\(wanted == "1" ? "" : "s"), found \(count)",
            at: span, hint: "it is called as \(name)")
    }
}

extension FunctionCall {
    /// The argument of an aggregate, absent for rows that FILTER leaves out; nil for COUNT(*) of all rows.
    ///
    /// Aggregates skip absent values, so `SUM(x) FILTER (WHERE c)` is `SUM(CASE WHEN c THEN x END)`.
    var filteredArgument: Expression? {
        guard let filter else { return arguments.first }
        let row = Expression(.literal(Literal(.int(1))), span: name.span)
        let branch = CaseExpression.Branch(condition: filter, result: arguments.first ?? row)
        return Expression(
            .conditional(CaseExpression(subject: nil, branches: [branch], otherwise: nil)), span: filter.span)
    }
}
