import HindsightSyntax
import HindsightValues

/// Function calls and casts.
extension ExpressionCompiler {
    func compileCall(
        _ function: Function, _ arguments: [BoundExpression], at span: SourceSpan
    ) throws(QueryError) -> Part {
        let parts = try compileParts(arguments)
        let checks = arguments.indices.map { function.parameter(at: $0).accepts }
        let call = CompiledCall(
            name: function.name, checks: checks, absent: function.absent, evaluators: parts.map(\.evaluator),
            site: site(span), argumentSites: arguments.map { site($0.span) })
        if typing == .strict { try call.checkConstants(parts) }
        let evaluator = evaluator(of: call, prepared(function.body, parts))
        return function.isPure ? try folding(evaluator, of: parts) : .computed(evaluator)
    }

    /// The code for a constant argument that is read beforehand. One that cannot be read is left to run time, since the
    /// call may never be reached.
    private func prepared(_ body: Function.Body, _ parts: [Part]) -> Function.Body {
        guard case .prepared(let place, let make) = body else { return body }
        guard place < parts.count else { return (try? make(.missing)) ?? body }
        guard case .constant(let value) = parts[place], !value.isAbsent else { return body }
        return (try? make(value)) ?? body
    }

    private func evaluator(of call: CompiledCall, _ body: Function.Body) -> Evaluator {
        switch (body, call.evaluators.count) {
        case (.constant(let value), _): return { (_) throws(QueryError) in value }
        case (.prepared(let place, let make), let count) where place < count:
            return { (frame) throws(QueryError) in
                let values = try call.arguments(&frame)
                if let result = try call.result(beforeCalling: values) { return result }
                return try call.site.run { () throws(EvaluationFailure) in try make(values[place]).call(values) }
            }
        case (.context(let body), _):
            return { (frame) throws(QueryError) in
                let context = frame.context
                return try call.site.run { () throws(EvaluationFailure) in try body(context) }
            }
        case (.unary(let body), 1):
            return { (frame) throws(QueryError) in
                let value = try call.evaluators[0](&frame)
                if let result = try call.result(beforeCalling: value) { return result }
                return try call.site.run { () throws(EvaluationFailure) in try body(value) }
            }
        case (.binary(let body), 2):
            return { (frame) throws(QueryError) in
                let first = try call.evaluators[0](&frame)
                let second = try call.evaluators[1](&frame)
                if let result = try call.result(beforeCalling: first, second) { return result }
                return try call.site.run { () throws(EvaluationFailure) in try body(first, second) }
            }
        case (.ternary(let body), 3):
            return { (frame) throws(QueryError) in
                let values = try call.arguments(&frame)
                if let result = try call.result(beforeCalling: values) { return result }
                return try call.site.run { () throws(EvaluationFailure) in try body(values[0], values[1], values[2]) }
            }
        case (.variadic(let body), _):
            return { (frame) throws(QueryError) in
                let values = try call.arguments(&frame)
                if let result = try call.result(beforeCalling: values) { return result }
                return try call.site.run { () throws(EvaluationFailure) in try body(values) }
            }
        case (.contextual(let body), _):
            return { (frame) throws(QueryError) in
                let values = try call.arguments(&frame)
                if let result = try call.result(beforeCalling: values) { return result }
                let context = frame.context
                return try call.site.run { () throws(EvaluationFailure) in try body(values, context) }
            }
        case (.unary, _), (.binary, _), (.ternary, _), (.part, _), (.prepared, _), (.form, _), (.aggregate, _):
            preconditionFailure("the binder checks the number of arguments of \(call.name)")
        }
    }

    func compileCast(
        _ operand: BoundExpression, to type: TypeDescriptor, _ kind: CastKind, at span: SourceSpan
    ) throws(QueryError) -> Part {
        let part = try compilePart(operand)
        let evaluator = part.evaluator
        let site = site(span)
        switch kind {
        case .cast:
            return try folding(
                { (frame) throws(QueryError) in
                    let value = try evaluator(&frame)
                    if value.isAbsent { return value }
                    return try site.run { () throws(EvaluationFailure) in try Cast.cast(value, to: type) }
                }, of: part)
        case .canCast:
            return try folding(
                { (frame) throws(QueryError) in .bool(Cast.canCast(try evaluator(&frame), to: type)) }, of: part)
        case .canLosslessCast:
            return try folding(
                { (frame) throws(QueryError) in .bool(Cast.canLosslessCast(try evaluator(&frame), to: type)) },
                of: part)
        }
    }
}

/// What all forms of a compiled call share.
private struct CompiledCall: Sendable {
    let name: String
    let checks: [KindSet]
    let absent: Function.AbsentRule
    let evaluators: [Evaluator]
    let site: EvaluationSite
    let argumentSites: [EvaluationSite]

    func arguments(_ frame: inout Frame) throws(QueryError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(evaluators.count)
        for evaluator in evaluators { values.append(try evaluator(&frame)) }
        return values
    }

    /// The result of a call whose body need not run: MISSING or NULL for absent arguments, MISSING for a mismatch.
    @inline(__always)
    func result(beforeCalling value: Value) throws(QueryError) -> Value? {
        checks[0].contains(KindSet(value.kind)) && !value.isAbsent ? nil : try rareResult([value])
    }

    @inline(__always)
    func result(beforeCalling first: Value, _ second: Value) throws(QueryError) -> Value? {
        let fits =
            checks[0].contains(KindSet(first.kind)) && checks[1].contains(KindSet(second.kind)) && !first.isAbsent
            && !second.isAbsent
        return fits ? nil : try rareResult([first, second])
    }

    func result(beforeCalling values: [Value]) throws(QueryError) -> Value? {
        for (index, value) in values.enumerated()
        where value.isAbsent || !checks[index].contains(KindSet(value.kind)) {
            return try rareResult(values)
        }
        return nil
    }

    /// Refuses constants of a wrong kind in strict typing, where they fail in every row.
    func checkConstants(_ parts: [ExpressionCompiler.Part]) throws(QueryError) {
        for (index, part) in parts.enumerated() {
            guard case .constant(let value) = part, !value.isAbsent, !checks[index].contains(KindSet(value.kind)) else {
                continue
            }
            _ = try mismatch(index, value)
        }
    }

    private func mismatch(_ index: Int, _ value: Value) throws(QueryError) -> Value {
        try argumentSites[index].mismatch(
            "argument \(index + 1) of \(name) is \(checks[index].phrase), found \(value.kindPhrase)")
    }

    @inline(never)
    private func rareResult(_ values: [Value]) throws(QueryError) -> Value? {
        if absent == .propagate, values.contains(where: { $0.kind == .missing }) { return .missing }
        for (index, value) in values.enumerated()
        where !value.isAbsent && !checks[index].contains(KindSet(value.kind)) {
            return try mismatch(index, value)
        }
        return absent == .propagate && values.contains(where: \.isAbsent) ? .null : nil
    }
}
