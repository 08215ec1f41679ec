import HindsightValues

/// Functions on integers of 64 bits, in two's complement.
extension NumberFunctions {
    static let integers: [Function] = [
        Function(
            "DIV", [.init("number", .number), .init("divisor", .number)],
            summary: "the whole part of a quotient, cut towards zero", example: .init("DIV(-17, 4)", gives: "-4"),
            body: .binary { (left, right) throws(EvaluationFailure) in
                try rounded(try Arithmetic.apply(.divide, left, right), .towardZero)
            }),
        Function(
            "GCD", [.init("integer", .int), .init("integer", .int)], summary: "the greatest common divisor",
            example: .init("GCD(12, 18)", gives: "6"),
            body: .binary { (left, right) throws(EvaluationFailure) in
                try int(commonDivisor(try integer(left).magnitude, try integer(right).magnitude))
            }),
        Function(
            "LCM", [.init("integer", .int), .init("integer", .int)], summary: "the least common multiple",
            example: .init("LCM(4, 6)", gives: "12"),
            body: .binary { (left, right) throws(EvaluationFailure) in
                let (left, right) = (try integer(left).magnitude, try integer(right).magnitude)
                if left == 0 || right == 0 { return .int(0) }
                let (product, overflows) = (left / commonDivisor(left, right)).multipliedReportingOverflow(by: right)
                if overflows { throw EvaluationFailure(.integerOverflow) }
                return try int(product)
            }),
        Function(
            "FACTORIAL", [.init("integer", .int)], summary: "the product of the integers from 1 on",
            example: .init("FACTORIAL(5)", gives: "120"),
            body: .unary { (value) throws(EvaluationFailure) in try factorial(try integer(value)) }),
        Function(
            "WIDTH_BUCKET",
            [.init("number", .number), .init("low", .number), .init("high", .number), .init("count", .int)],
            summary: "which of so many equal parts between two bounds a number is in; 0 below, one more above",
            example: .init("WIDTH_BUCKET(5.35, 0, 10, 5)", gives: "3"),
            body: .variadic { (arguments) throws(EvaluationFailure) in try bucket(arguments) }),
    ]

    static let bits: [Function] = [
        bitwise("BIT_AND", "the bits that are set in both", "BIT_AND(12, 10)", "8") { $0 & $1 },
        bitwise("BIT_OR", "the bits that are set in either", "BIT_OR(12, 10)", "14") { $0 | $1 },
        bitwise("BIT_XOR", "the bits that are set in one alone", "BIT_XOR(12, 10)", "6") { $0 ^ $1 },
        Function(
            "BIT_NOT", [.init("integer", .int)], summary: "the integer with all bits changed",
            example: .init("BIT_NOT(0)", gives: "-1"),
            body: .unary { (value) throws(EvaluationFailure) in .int(~(try integer(value))) }),
        Function(
            "BIT_COUNT", [.init("integer", .int)], summary: "how many bits are set",
            example: .init("BIT_COUNT(255)", gives: "8"),
            body: .unary { (value) throws(EvaluationFailure) in .int(Int64(try integer(value).nonzeroBitCount)) }),
        // Swift's smart shifts take any count.
        bitwise("SHIFT_LEFT", "the bits moved up by so many places", "SHIFT_LEFT(1, 10)", "1024", "places") {
            $0 << $1
        },
        bitwise(
            "SHIFT_RIGHT", "the bits moved down by so many places, the sign kept", "SHIFT_RIGHT(-8, 1)", "-4",
            "places"
        ) { $0 >> $1 },
    ]

    private static func bitwise(
        _ name: String, _ summary: String, _ call: String, _ result: String, _ second: String = "integer",
        _ operation: @escaping @Sendable (Int64, Int64) -> Int64
    ) -> Function {
        Function(
            name, [.init("integer", .int), .init(second, .int)], summary: summary, example: .init(call, gives: result),
            body: .binary { (left, right) throws(EvaluationFailure) in
                .int(operation(try integer(left), try integer(right)))
            })
    }

    private static func int(_ magnitude: UInt64) throws(EvaluationFailure) -> Value {
        guard let integer = Int64(exactly: magnitude) else { throw EvaluationFailure(.integerOverflow) }
        return .int(integer)
    }

    private static func commonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var (left, right) = (left, right)
        while right != 0 { (left, right) = (right, left % right) }
        return left
    }

    /// An int as long as it fits, then a decimal; 83! is the greatest below 1E+126.
    private static func factorial(_ count: Int64) throws(EvaluationFailure) -> Value {
        guard count >= 0 else { throw .mismatch("FACTORIAL is not defined for \(count)") }
        guard count <= 83 else { throw EvaluationFailure(.numberOverflow) }
        let product = try Arithmetic.checked { () throws(ValueError) in
            var product = Number(1)
            for factor in 0..<count { product = try product.multiplied(by: Number(factor + 1)) }
            return product
        }
        return product.exactInt64.map(Value.int) ?? .decimal(product)
    }

    /// As SQL:2003 has it; with the greater bound first the parts are counted downwards.
    private static func bucket(_ arguments: [Value]) throws(EvaluationFailure) -> Value {
        let count = try integer(arguments[3])
        guard count > 0 else { throw .mismatch("the number of buckets is not positive: \(count)") }
        let (number, low, high) = (arguments[0], arguments[1], arguments[2])
        let order = Value.compare(low, high)
        guard order != 0 else { throw .mismatch("the bounds of WIDTH_BUCKET are equal") }
        if Value.compare(number, low) * order > 0 { return .int(0) }
        if Value.compare(number, high) * order <= 0 {
            return try Arithmetic.apply(.add, .int(count), .int(1))
        }
        let way = try Arithmetic.apply(.multiply, .int(count), try Arithmetic.apply(.subtract, number, low).exact)
        let part = try Arithmetic.apply(.divide, way, try Arithmetic.apply(.subtract, high, low).exact)
        guard let whole = try rounded(part, .down).intValue else { throw EvaluationFailure(.integerOverflow) }
        return try Arithmetic.apply(.add, .int(whole), .int(1))
    }
}

extension Value {
    /// An int as a decimal, whose quotients are not cut.
    fileprivate var exact: Value {
        if case .int(let integer) = self { .decimal(Number(integer)) } else { self }
    }
}
