import HindsightTestSupport

@testable import HindsightValues

/// Random values with many collisions, edges and near neighbours.
enum RandomValues {
    static func number(using generator: inout SeededGenerator) -> Number {
        let digits = [1, 1, 2, 3, 4, 9, 18, 19, 20, 37, 38].randomElement(using: &generator) ?? 1
        let coefficient = UInt128.random(in: 0..<PowersOfTen.power(digits), using: &generator)
        let exponents = [-2...2, -30...30, -130...125].randomElement(using: &generator) ?? 0...0
        let exponent = Int.random(in: exponents, using: &generator)
        let isNegative = Bool.random(using: &generator)
        return (try? Number(coefficient: coefficient, exponent: exponent, isNegative: isNegative)) ?? .zero
    }

    /// A number that differs from `number` little or not at all: in sign, scale, the last digit, or one power of ten.
    static func neighbour(of number: Number, using generator: inout SeededGenerator) -> Number {
        let changed: Number? =
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: number.negated
            case 1 where number.digitCount < 38:
                try? Number(coefficient: number.coefficient * 10, exponent: number.exponent - 1)
            case 2: try? Number(coefficient: number.coefficient + 1, exponent: number.exponent)
            case 3: try? Number(coefficient: number.coefficient, exponent: number.exponent + 1)
            default: number
            }
        guard let changed else { return number }
        return number.isNegative && Bool.random(using: &generator) ? changed.negated : changed
    }

    /// Bytes of which most are those that the codes treat specially.
    static func bytes(upTo count: Int, using generator: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &generator)).map { _ in
            [0x00, 0x01, 0x02, 0x40, 0x61, 0xFE, 0xFF, UInt8.random(in: 0...255, using: &generator)]
                .randomElement(using: &generator) ?? 0
        }
    }

    static func text(upTo count: Int, using generator: inout SeededGenerator) -> String {
        let scalars: [Unicode.Scalar] = ["\u{0}", "\u{1}", "\u{2}", "a", "b", "é", "\u{301}", "\u{FFFF}", "\u{1F600}"]
        var text = ""
        for _ in 0..<Int.random(in: 0...count, using: &generator) {
            text.unicodeScalars.append(scalars.randomElement(using: &generator) ?? "a")
        }
        return text
    }
}
