import HindsightSyntax
import HindsightValues

/// The operators `+ - * / % || &` and signs on values.
///
/// Numbers are the value layer's matter; dates, times and intervals are in `Arithmetic+Time`.
enum Arithmetic {
    /// The result of an operator on any two values: MISSING if one is MISSING, else a mismatch if a kind does not fit,
    /// else NULL if one is NULL.
    static func apply(
        _ operation: ArithmeticOperator, _ left: Value, _ right: Value
    ) throws(EvaluationFailure) -> Value {
        if left.isAbsent || right.isAbsent { return try applyToAbsent(operation, left, right) }
        switch operation {
        case .concatenate: return .string(try string(left) + (try string(right)))
        case .bitAnd: return .int(try integer(left) & (try integer(right)))
        default: break
        }
        if KindSet.number.contains(KindSet(left.kind)) && KindSet.number.contains(KindSet(right.kind)) {
            return try checked { () throws(ValueError) in try onNumbers(operation, left, right) }
        }
        return try onTimes(operation, left, right)
    }

    /// An operator on two numbers.
    private static func onNumbers(
        _ operation: ArithmeticOperator, _ left: Value, _ right: Value
    ) throws(ValueError) -> Value {
        switch operation {
        case .add: try Value.add(left, right)
        case .subtract: try Value.subtract(left, right)
        case .multiply: try Value.multiply(left, right)
        case .divide: try Value.divide(left, right)
        case .remainder: try Value.remainder(left, right)
        case .concatenate, .bitAnd: throw .typeMismatch
        }
    }

    /// An operator of which one operand is absent.
    private static func applyToAbsent(
        _ operation: ArithmeticOperator, _ left: Value, _ right: Value
    ) throws(EvaluationFailure) -> Value {
        if case .missing = left { return .missing }
        if case .missing = right { return .missing }
        let accepted = operands(of: operation)
        for value in [left, right] where !value.isAbsent && !accepted.contains(KindSet(value.kind)) {
            throw mismatch(operation, left, right)
        }
        return .null
    }

    private static func operands(of operation: ArithmeticOperator) -> KindSet {
        switch operation {
        case .add, .subtract: KindSet.number.union(.temporal).union(.interval)
        case .multiply, .divide: KindSet.number.union(.interval)
        case .remainder: .number
        case .concatenate: .text
        case .bitAnd: .int
        }
    }

    static func mismatch(_ operation: ArithmeticOperator, _ left: Value, _ right: Value) -> EvaluationFailure {
        .mismatch("'\(operation.rawValue)' is not defined for \(left.kindPhrase) and \(right.kindPhrase)")
    }

    /// The result on integers where it is one without further ado; nil for overflow, division by zero and operators that
    /// are not defined for numbers.
    @inline(__always)
    static func fastIntegers(_ operation: ArithmeticOperator, _ left: Int64, _ right: Int64) -> Int64? {
        let (result, overflows): (Int64, Bool)
        switch operation {
        case .add: (result, overflows) = left.addingReportingOverflow(right)
        case .subtract: (result, overflows) = left.subtractingReportingOverflow(right)
        case .multiply: (result, overflows) = left.multipliedReportingOverflow(by: right)
        case .divide: (result, overflows) = left.dividedReportingOverflow(by: right)
        case .remainder: (result, overflows) = left.remainderReportingOverflow(dividingBy: right)
        case .concatenate, .bitAnd: return nil
        }
        return overflows ? nil : result
    }

    static func negate(_ value: Value) throws(EvaluationFailure) -> Value {
        switch value {
        case .int, .decimal, .float: return try checked { () throws(ValueError) in try Value.negate(value) }
        case .interval(let interval): return .interval(try checked { () throws(ValueError) in try interval.negated })
        default: throw .mismatch("'-' is not defined for \(value.kindPhrase)")
        }
    }

    static func plus(_ value: Value) throws(EvaluationFailure) -> Value {
        switch value {
        case .int, .decimal, .float, .interval: return value
        default: throw .mismatch("'+' is not defined for \(value.kindPhrase)")
        }
    }

    /// Runs an operation of the value layer.
    @inline(__always)
    static func checked<Result>(_ operation: () throws(ValueError) -> Result) throws(EvaluationFailure) -> Result {
        do throws(ValueError) {
            return try operation()
        } catch {
            throw EvaluationFailure(error)
        }
    }
}

extension Value {
    /// A number as a float.
    var floatValue: Double? {
        switch self {
        case .int(let number): Double(number)
        case .decimal(let number): number.doubleValue
        case .float(let number): number
        default: nil
        }
    }

    /// An int or decimal as a decimal.
    var numberValue: Number? {
        switch self {
        case .int(let number): Number(number)
        case .decimal(let number): number
        default: nil
        }
    }
}
