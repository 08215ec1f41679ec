/// The language's arithmetic on numbers: integers stay integers, a decimal makes it decimal, a float makes it float.
///
/// Everything throws `typeMismatch` if an operand is no number. Absent operands are the caller's: their rules are those
/// of every function.
extension Value {
    /// - Throws: `integerOverflow`, `numberOverflow`, `numberUnderflow`, `typeMismatch`.
    @inlinable
    package static func add(_ left: Value, _ right: Value) throws(ValueError) -> Value {
        if case (.int(let left), .int(let right)) = (left, right) {
            return try checked(left.addingReportingOverflow(right))
        }
        return try mixed(.add, left, right)
    }

    /// - Throws: `integerOverflow`, `numberOverflow`, `numberUnderflow`, `typeMismatch`.
    @inlinable
    package static func subtract(_ left: Value, _ right: Value) throws(ValueError) -> Value {
        if case (.int(let left), .int(let right)) = (left, right) {
            return try checked(left.subtractingReportingOverflow(right))
        }
        return try mixed(.subtract, left, right)
    }

    /// - Throws: `integerOverflow`, `numberOverflow`, `numberUnderflow`, `typeMismatch`.
    @inlinable
    package static func multiply(_ left: Value, _ right: Value) throws(ValueError) -> Value {
        if case (.int(let left), .int(let right)) = (left, right) {
            return try checked(left.multipliedReportingOverflow(by: right))
        }
        return try mixed(.multiply, left, right)
    }

    /// Integers are divided towards zero.
    ///
    /// - Throws: `divisionByZero` (of floats too), `integerOverflow`, `numberOverflow`, `numberUnderflow`,
    ///   `typeMismatch`.
    @inlinable
    package static func divide(_ left: Value, _ right: Value) throws(ValueError) -> Value {
        if case (.int(let left), .int(let right)) = (left, right) {
            if right == 0 { throw .divisionByZero }
            return try checked(left.dividedReportingOverflow(by: right))
        }
        return try mixed(.divide, left, right)
    }

    /// What is left of a division towards zero; it has the sign of the dividend.
    ///
    /// - Throws: `divisionByZero` (of floats too), `numberUnderflow`, `typeMismatch`.
    @inlinable
    package static func remainder(_ left: Value, _ right: Value) throws(ValueError) -> Value {
        if case (.int(let left), .int(let right)) = (left, right) {
            if right == 0 { throw .divisionByZero }
            return .int(right == -1 ? 0 : left % right)  // Int64.min % -1 traps
        }
        return try mixed(.remainder, left, right)
    }

    /// Unary minus.
    ///
    /// - Throws: `integerOverflow`, `typeMismatch`.
    @inlinable
    package static func negate(_ value: Value) throws(ValueError) -> Value {
        switch value {
        case .int(let integer): try checked(Int64(0).subtractingReportingOverflow(integer))
        case .decimal(let number): .decimal(number.negated)
        case .float(let float): .float(-float)
        default: throw .typeMismatch
        }
    }

    @inlinable
    package static func checked(_ result: (partialValue: Int64, overflow: Bool)) throws(ValueError) -> Value {
        if result.overflow { throw .integerOverflow }
        return .int(result.partialValue)
    }
}

extension Value {
    @usableFromInline
    enum ArithmeticOperation {
        case add, subtract, multiply, divide, remainder
    }

    @usableFromInline
    static func mixed(
        _ operation: ArithmeticOperation, _ left: Value, _ right: Value
    ) throws(ValueError) -> Value {
        switch (left, right) {
        case (.decimal(let left), .decimal(let right)): .decimal(try apply(operation, left, right))
        case (.decimal(let left), .int(let right)): .decimal(try apply(operation, left, Number(right)))
        case (.int(let left), .decimal(let right)): .decimal(try apply(operation, Number(left), right))
        case (.float, .int), (.float, .decimal), (.float, .float), (.int, .float), (.decimal, .float):
            .float(
                try apply(operation, NumericOrder.nearestDouble(left), NumericOrder.nearestDouble(right)))
        default: throw .typeMismatch
        }
    }

    private static func apply(
        _ operation: ArithmeticOperation, _ left: Number, _ right: Number
    ) throws(ValueError) -> Number {
        switch operation {
        case .add: try left.adding(right)
        case .subtract: try left.subtracting(right)
        case .multiply: try left.multiplied(by: right)
        case .divide: try left.divided(by: right)
        case .remainder: try left.remainder(dividingBy: right)
        }
    }

    private static func apply(
        _ operation: ArithmeticOperation, _ left: Double, _ right: Double
    ) throws(ValueError) -> Double {
        switch operation {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide:
            if right == 0 { throw .divisionByZero }
            return left / right
        case .remainder:
            if right == 0 { throw .divisionByZero }
            return left.truncatingRemainder(dividingBy: right)
        }
    }
}
