import HindsightValues

/// Random values for property tests. Small ranges make equal values common.
public enum RandomValue {
    public static func make(depth: Int, using random: inout SeededGenerator) -> Value {
        switch Int.random(in: 0..<(depth > 0 ? 20 : 15), using: &random) {
        case 0: .null
        case 1: .missing
        case 2: .bool(.random(using: &random))
        case 3, 4: .int(integer(using: &random))
        case 5, 6: .decimal(number(using: &random))
        case 7: .float(double(using: &random))
        case 8, 9: .string(text(using: &random))
        case 10: .symbol(text(using: &random))
        case 11: .blob(bytes(using: &random))
        case 12: .clob(bytes(using: &random))
        case 13: time(using: &random)
        case 14: .interval(.months(.random(in: -30...30, using: &random)))
        case 15: .list(elements(depth: depth, using: &random))
        case 16: .bag(elements(depth: depth, using: &random))
        case 17: .sexp(elements(depth: depth, using: &random))
        default: .structure(structure(depth: depth, using: &random))
        }
    }

    public static func integer(using random: inout SeededGenerator) -> Int64 {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: .random(in: .min ... .max, using: &random)
        case 1: [.min, .max, 0, -1][Int.random(in: 0..<4, using: &random)]
        default: .random(in: -5...5, using: &random)
        }
    }

    /// Any number in range: all lengths of coefficients, all exponents, runs of zeros and nines.
    public static func number(using random: inout SeededGenerator) -> Number {
        let length = [1, 2, 5, 18, 19, 20, 37, 38][Int.random(in: 0..<8, using: &random)]
        var coefficient: UInt128 = 0
        let isRun = Int.random(in: 0..<3, using: &random) == 0
        let run = UInt128([0, 5, 9][Int.random(in: 0..<3, using: &random)])
        for _ in 0..<length {
            coefficient = coefficient * 10 + (isRun ? run : UInt128.random(in: 0...9, using: &random))
        }
        let span = [0, 3, 40, 170][Int.random(in: 0..<4, using: &random)]
        let exponent = Int.random(in: -span...span, using: &random)
        let isNegative = Bool.random(using: &random)
        return (try? Number(coefficient: coefficient, exponent: exponent, isNegative: isNegative)) ?? .zero
    }

    public static func double(using random: inout SeededGenerator) -> Double {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: Double(bitPattern: .random(in: .min ... .max, using: &random))
        case 1: [.nan, .infinity, -.infinity, -0.0, 1e-5][Int.random(in: 0..<5, using: &random)]
        default: Double(Int.random(in: -8...8, using: &random)) / 4
        }
    }

    public static func text(using random: inout SeededGenerator) -> String {
        let pieces = ["a", "B", "z", "é", "e\u{301}", "'", "\"", "\\", "\n", "\u{0}", "💩", "`", "\u{2028}", " ", "}}"]
        let count = Int.random(in: 0...4, using: &random)
        return (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
    }

    public static func bytes(using random: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private static func time(using random: inout SeededGenerator) -> Value {
        let seconds = Int64.random(in: -100_000...100_000, using: &random)
        let nanoseconds = [0, 0, 500_000_000, 123_456_789][Int.random(in: 0..<4, using: &random)]
        let zones: [Timestamp.Zone] = [.none, .unknown, .utc, .offset(minutes: -90)]
        let zone = zones[Int.random(in: 0..<4, using: &random)]
        guard let timestamp = try? Timestamp(seconds: seconds, nanoseconds: Int32(nanoseconds), zone: zone)
        else { return .null }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return .date(timestamp.date)
        case 1: return .time(timestamp.timeOfDay)
        case 2:
            return (try? Interval.seconds(seconds, nanoseconds: Int64(nanoseconds))).map(Value.interval) ?? .null
        default: return .timestamp(timestamp)
        }
    }

    private static func elements(depth: Int, using random: inout SeededGenerator) -> [Value] {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in make(depth: depth - 1, using: &random) }
    }

    private static func structure(depth: Int, using random: inout SeededGenerator) -> Structure {
        var structure = Structure()
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            structure.append(text(using: &random), make(depth: depth - 1, using: &random))
        }
        return structure
    }
}
