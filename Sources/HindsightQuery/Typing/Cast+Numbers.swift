import HindsightSyntax
import HindsightValues

/// Casts to the number types.
extension Cast {
    static func integer(_ value: Value, bits: Int) throws(EvaluationFailure) -> Int64 {
        let number: Int64
        switch value {
        case .bool(let bool): number = bool ? 1 : 0
        case .int(let int): number = int
        case .decimal(let decimal):
            number = try Arithmetic.checked { () throws(ValueError) in try decimal.roundedToInt64() }
        case .float(let float):
            guard let exact = Int64(exactly: float.rounded(.toNearestOrEven)) else { throw outOfRange(bits) }
            number = exact
        case .string(let text), .symbol(let text): number = try integer(text, bits: bits)
        default: throw impossible(value, .integer(bits: bits))
        }
        guard TypeDescriptor.range(ofBits: bits).contains(number) else { throw outOfRange(bits) }
        return number
    }

    private static func outOfRange(_ bits: Int) -> EvaluationFailure {
        .failed(.numberOutOfRange, "the number does not fit into \(bits) bits")
    }

    /// `[+-]` and decimal digits, `0x` and hexadecimal digits, or `0b` and binary digits.
    private static func integer(_ text: String, bits: Int) throws(EvaluationFailure) -> Int64 {
        var digits = Substring(text)
        let isNegative = digits.first == "-"
        if isNegative || digits.first == "+" { digits.removeFirst() }
        var radix = 10
        switch digits.prefix(2).lowercased() {
        case "0x": radix = 16
        case "0b": radix = 2
        default: break
        }
        if radix != 10 { digits.removeFirst(2) }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ isDigit($0, radix: radix) }) else {
            throw .mismatch("the text '\(text.preview)' is no integer")
        }
        guard let number = Int64((isNegative ? "-" : "") + digits, radix: radix) else { throw outOfRange(bits) }
        return number
    }

    private static func isDigit(_ byte: UInt8, radix: Int) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "1"): true
        case UInt8(ascii: "2")...UInt8(ascii: "9"): radix >= 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
        default: false
        }
    }

    /// A decimal rounded half to even to `scale` digits, with at most `precision - scale` digits before the point.
    static func decimal(
        _ value: Value, precision: Int?, scale: Int
    ) throws(EvaluationFailure) -> Number {
        let number: Number
        switch value {
        case .bool(let bool): number = bool ? Number(Int64(1)) : .zero
        case .int(let int): number = Number(int)
        case .decimal(let decimal): number = decimal
        case .float(let float):
            guard float.isFinite else { throw impossible(value, .decimal(precision: precision, scale: scale)) }
            number = try Arithmetic.checked { () throws(ValueError) in try Number(float) }
        case .string(let text), .symbol(let text): number = try parsedNumber(text)
        default: throw impossible(value, .decimal(precision: precision, scale: scale))
        }
        guard let precision else { return number }
        let rounded = try Arithmetic.checked { () throws(ValueError) in try number.rescaled(toScale: scale) }
        guard rounded.isZero || rounded.adjustedExponent + 1 <= precision - scale else {
            throw .failed(.numberOutOfRange, "the number does not fit into DECIMAL(\(precision), \(scale))")
        }
        return rounded
    }

    /// A number stays what it is; text becomes an int where it is one, else a decimal.
    static func number(_ value: Value) throws(EvaluationFailure) -> Value {
        switch value {
        case .int, .decimal, .float: return value
        case .bool(let bool): return .int(bool ? 1 : 0)
        case .string(let text), .symbol(let text):
            let number = try parsedNumber(text)
            if number.exponent == 0, let integer = number.exactInt64 { return .int(integer) }
            return .decimal(number)
        default: throw impossible(value, .number)
        }
    }

    static func float(_ value: Value) throws(EvaluationFailure) -> Double {
        switch value {
        case .bool(let bool): return bool ? 1 : 0
        case .int, .decimal, .float: return value.floatValue ?? .nan
        case .string(let text), .symbol(let text):
            switch text.lowercased() {
            case "nan": return .nan
            case "inf", "+inf": return .infinity
            case "-inf": return -.infinity
            default: return try parsedFloat(text)
            }
        default: throw impossible(value, .float)
        }
    }

    private static func parsedFloat(_ text: String) throws(EvaluationFailure) -> Double {
        let isDecimal = text.utf8.allSatisfy { isDigit($0, radix: 10) || "+-.eE".utf8.contains($0) }
        guard isDecimal, let float = Double(text) else { throw .mismatch("the text '\(text.preview)' is no number") }
        return float
    }

    private static func parsedNumber(_ text: String) throws(EvaluationFailure) -> Number {
        try Arithmetic.checked { () throws(ValueError) in try Number.parse(text, excessDigits: .rounded) }
    }
}
