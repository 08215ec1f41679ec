import HindsightSyntax
import HindsightValues

extension ExpressionCompiler {
    func compileSign(
        _ operand: BoundExpression, isNegative: Bool, at span: SourceSpan
    ) throws(QueryError) -> Part {
        let part = try compilePart(operand)
        let evaluator = part.evaluator
        let site = site(span)
        return try folding(
            { (frame) throws(QueryError) in
                let value = try evaluator(&frame)
                if value.isAbsent { return value }
                return try site.run { () throws(EvaluationFailure) in
                    isNegative ? try Arithmetic.negate(value) : try Arithmetic.plus(value)
                }
            }, of: part)
    }

    /// A chain of operators of one precedence, applied from the left. One operator is the usual case; longer chains are a
    /// loop, so that their length costs no stack.
    func compileArithmetic(_ first: BoundExpression, _ steps: [ArithmeticStep]) throws(QueryError) -> Part {
        var start = try compilePart(first)
        var rest: [CompiledStep] = []
        for step in steps {
            let compiled = CompiledStep(step.operation, try compilePart(step.operand), site(step.span))
            if rest.isEmpty, start.isConstant, compiled.operand.isConstant {
                start = try folding(single(start, compiled), of: start, compiled.operand)
            } else {
                rest.append(compiled)
            }
        }
        return rest.isEmpty ? start : .computed(chain(start, rest))
    }

    private func chain(_ first: Part, _ steps: [CompiledStep]) -> Evaluator {
        if steps.count == 1 { return single(first, steps[0]) }
        let evaluator = first.evaluator
        return { (frame) throws(QueryError) in
            var value = try evaluator(&frame)
            for step in steps { value = try step.apply(to: value, try step.evaluator(&frame)) }
            return value
        }
    }

    private func single(_ left: Part, _ step: CompiledStep) -> Evaluator {
        switch (left, step.operand) {
        case (.slot(let left), .constant(let right)):
            ArithmeticCompiler.evaluator(SlotOperand(left), ConstantOperand(right), step)
        case (.constant(let left), .slot(let right)):
            ArithmeticCompiler.evaluator(ConstantOperand(left), SlotOperand(right), step)
        case (.slot(let left), .slot(let right)):
            ArithmeticCompiler.evaluator(SlotOperand(left), SlotOperand(right), step)
        case (_, .constant(let right)):
            ArithmeticCompiler.evaluator(ComputedOperand(left.evaluator), ConstantOperand(right), step)
        default:
            ArithmeticCompiler.evaluator(ComputedOperand(left.evaluator), ComputedOperand(step.evaluator), step)
        }
    }
}

/// One operator of a chain with its compiled right operand.
struct CompiledStep: Sendable {
    let operation: ArithmeticOperator
    let operand: ExpressionCompiler.Part
    let evaluator: Evaluator
    private let site: EvaluationSite

    init(_ operation: ArithmeticOperator, _ operand: ExpressionCompiler.Part, _ site: EvaluationSite) {
        self.operation = operation
        self.operand = operand
        evaluator = operand.evaluator
        self.site = site
    }

    @inline(__always)
    func apply(to left: Value, _ right: Value) throws(QueryError) -> Value {
        if case .int(let left) = left, case .int(let right) = right,
            let result = Arithmetic.fastIntegers(operation, left, right)
        {
            return .int(result)
        }
        return try applyOthers(to: left, right)
    }

    @inline(never)
    private func applyOthers(to left: Value, _ right: Value) throws(QueryError) -> Value {
        try site.run { () throws(EvaluationFailure) in try Arithmetic.apply(operation, left, right) }
    }
}

/// The closures of single operators, specialised for where the operands come from.
enum ArithmeticCompiler {
    static func evaluator(_ left: some Operand, _ right: some Operand, _ step: CompiledStep) -> Evaluator {
        { (frame) throws(QueryError) in
            let first = try left.value(in: &frame)
            return try step.apply(to: first, try right.value(in: &frame))
        }
    }
}
