import HindsightValues

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Functions on numbers.
enum NumberFunctions {
    static let all = signs + roundings + integers + bits + roots + trigonometry + floats + extremes

    private static let number = Function.Parameter("number", .number)

    private static let signs: [Function] = [
        Function(
            "ABS", [.init("number", KindSet.number.union(.interval))],
            summary: "the number or interval without its sign", example: .init("ABS(-2.5)", gives: "2.5"),
            body: .unary { (value) throws(EvaluationFailure) in
                let isNegative =
                    switch value {
                    case .int(let number): number < 0
                    case .decimal(let number): number.isNegative
                    case .float(let number): number.sign == .minus && !number.isNaN
                    case .interval(let interval): interval.isNegative
                    default: false
                    }
                return isNegative ? try Arithmetic.negate(value) : value
            }),
        Function(
            "SIGN", [number], summary: "-1, 0 or 1", example: .init("SIGN(-2.5)", gives: "-1"),
            body: .unary { (value) throws(EvaluationFailure) in .int(Int64(Value.compare(value, .int(0)))) }),
        Function(
            "MOD", [number, .init("divisor", .number)],
            summary: "what a division leaves, with the sign of the dividend; the same as %",
            example: .init("MOD(-17, 4)", gives: "-1"),
            body: .binary { (left, right) throws(EvaluationFailure) in try Arithmetic.apply(.remainder, left, right) }),
    ]

    private static let roundings: [Function] = [
        Function(
            "CEIL", aliases: ["CEILING"], [number], summary: "the least integer that is not less",
            example: .init("CEIL(2.1)", gives: "3."),
            body: .unary { (value) throws(EvaluationFailure) in try rounded(value, .up) }),
        Function(
            "FLOOR", [number], summary: "the greatest integer that is not greater",
            example: .init("FLOOR(-2.1)", gives: "-3."),
            body: .unary { (value) throws(EvaluationFailure) in try rounded(value, .down) }),
        Function(
            "ROUND", [number, .init("digits", .int)], arity: .optional(1),
            summary: "the nearest number of so many digits after the point, half away from zero",
            example: .init("ROUND(2.345, 2)", gives: "2.35"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                try rounded(arguments[0], .toNearestOrAwayFromZero, digits: try digits(arguments))
            }),
        Function(
            "TRUNC", aliases: ["TRUNCATE"], [number, .init("digits", .int)], arity: .optional(1),
            summary: "the number cut off after so many digits after the point",
            example: .init("TRUNC(-2.345, 1)", gives: "-2.3"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                try rounded(arguments[0], .towardZero, digits: try digits(arguments))
            }),
    ]

    private static let roots: [Function] = [
        real("SQRT", "the square root", "SQRT(6.25)", "`2.5e0`", accepts: { $0 >= 0 }, { $0.squareRoot() }),
        real("CBRT", "the cube root", "CBRT(-27)", "`-3e0`", cubeRoot),
        real("EXP", "e to the power of the number", "EXP(0)", "`1e0`", exp),
        real("LN", "the natural logarithm", "LN(1)", "`0e0`", accepts: { $0 > 0 }, log),
        real("LOG2", "the logarithm to base 2", "LOG2(8)", "`3e0`", accepts: { $0 > 0 }, log2),
        real("LOG10", "the logarithm to base 10", "LOG10(1000)", "`3e0`", accepts: { $0 > 0 }, log10),
        Function(
            "LOG", [.init("base or number", .number), .init("number", .number)], arity: .optional(1),
            summary: "the logarithm to a base, or to base 10", example: .init("LOG(2, 8)", gives: "`3e0`"),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                let base = arguments.count > 1 ? try float(arguments[0]) : 10
                let number = try float(arguments[arguments.count - 1])
                guard base > 0, base != 1, number > 0 else { throw outside("LOG", number) }
                if base == 2 { return .float(log2(number)) }
                return .float(base == 10 ? log10(number) : log(number) / log(base))
            }),
        Function(
            "POWER", aliases: ["POW"], [number, .init("exponent", .number)],
            summary: "the number to a power; of two integers an integer", example: .init("POWER(2, 10)", gives: "1024"),
            body: .binary { (base, exponent) throws(EvaluationFailure) in try power(base, exponent) }),
    ]

    private static let extremes: [Function] = [
        extreme("GREATEST", "the greatest argument in the order of ORDER BY", "GREATEST(3, 7, 5)", "7") { $0 > 0 },
        extreme("LEAST", "the least argument in the order of ORDER BY", "LEAST(3, 7, 5)", "3") { $0 < 0 },
    ]

    /// A function on floats; outside of its domain it is a mismatch.
    static func real(
        _ name: String, _ summary: String, _ call: String, _ result: String,
        accepts: @escaping @Sendable (Double) -> Bool = { _ in true },
        _ function: @escaping @Sendable (Double) -> Double
    ) -> Function {
        Function(
            name, [number], summary: summary, example: .init(call, gives: result),
            body: .unary { (value) throws(EvaluationFailure) in
                let number = try float(value)
                guard accepts(number) || number.isNaN else { throw outside(name, number) }
                return .float(function(number))
            })
    }

    private static func extreme(
        _ name: String, _ summary: String, _ call: String, _ result: String,
        isBetter: @escaping @Sendable (Int) -> Bool
    ) -> Function {
        Function(
            name, [.init("value", .any)], arity: .repeating, summary: summary, example: .init(call, gives: result),
            body: .variadic { (arguments) throws(EvaluationFailure) in
                var best = arguments[0]
                for value in arguments.dropFirst() where isBetter(Value.compare(value, best)) { best = value }
                return best
            })
    }

    /// The library's root, and one step of Newton's method, without which 27 has a root of 3.0000000000000004.
    private static func cubeRoot(_ number: Double) -> Double {
        let root = cbrt(number)
        guard root != 0, (root * root * root).isFinite else { return root }
        return root - (root * root * root - number) / (3 * root * root)
    }

    private static func outside(_ name: String, _ number: Double) -> EvaluationFailure {
        .mismatch("\(name) is not defined for \(number)")
    }

    static func float(_ value: Value) throws(EvaluationFailure) -> Double {
        guard let number = value.floatValue else { throw .mismatch("expected a number, found \(value.kindPhrase)") }
        return number
    }

    private static func digits(_ arguments: [Value]) throws(EvaluationFailure) -> Int {
        guard arguments.count > 1 else { return 0 }
        return Int(min(max(try integer(arguments[1]), -200), 200))
    }

    /// Ints stay ints, decimals decimals, floats floats.
    static func rounded(
        _ value: Value, _ rule: FloatingPointRoundingRule, digits: Int = 0
    ) throws(EvaluationFailure) -> Value {
        switch value {
        case .int(let number):
            if digits >= 0 { return value }
            let result = try Arithmetic.checked { () throws(ValueError) in
                try Number(number).rounded(toScale: digits, rule)
            }
            guard let integer = result.exactInt64 else { throw EvaluationFailure(.integerOverflow) }
            return .int(integer)
        case .decimal(let number):
            return .decimal(
                try Arithmetic.checked { () throws(ValueError) in try number.rounded(toScale: digits, rule) })
        case .float(let number):
            if digits == 0 || !number.isFinite { return .float(number.rounded(rule)) }
            let result = try Arithmetic.checked { () throws(ValueError) in
                try Number(number).rounded(toScale: digits, rule)
            }
            return .float(result.doubleValue)
        default: throw .mismatch("expected a number, found \(value.kindPhrase)")
        }
    }

    private static func power(_ base: Value, _ exponent: Value) throws(EvaluationFailure) -> Value {
        if case .int(var count) = exponent, count >= 0, base.numberValue != nil {
            var result = Value.int(1)
            var square = base
            while count > 0 {
                if count & 1 == 1 { result = try Arithmetic.apply(.multiply, result, square) }
                count >>= 1
                if count > 0 { square = try Arithmetic.apply(.multiply, square, square) }
            }
            return result
        }
        let (number, power) = (try float(base), try float(exponent))
        let result = pow(number, power)
        guard !result.isNaN || number.isNaN || power.isNaN else { throw outside("POWER", number) }
        return .float(result)
    }
}
