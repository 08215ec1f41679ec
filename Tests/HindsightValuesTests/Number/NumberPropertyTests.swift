import HindsightTestSupport
import HindsightValues
import Testing

/// Laws that hold for all numbers, tried on random ones of every size.
@Suite struct NumberPropertyTests {
    private static let rounds = 3000

    private func randomPairs(seed: UInt64) -> [(Number, Number)] {
        var random = SeededGenerator(seed: seed)
        return (0..<Self.rounds).map { _ in
            (RandomValue.number(using: &random), RandomValue.number(using: &random))
        }
    }

    /// The result, or the name of the error that came instead.
    private func outcome(_ body: () throws(ValueError) -> Number) -> String {
        do { return try body().description } catch { return "\(error)" }
    }

    @Test func sumsAndProductsCommute() throws {
        for (left, right) in randomPairs(seed: 11) {
            #expect(
                outcome { () throws(ValueError) in try left.adding(right) }
                    == outcome { () throws(ValueError) in try right.adding(left) })
            #expect(
                outcome { () throws(ValueError) in try left.multiplied(by: right) }
                    == outcome { () throws(ValueError) in try right.multiplied(by: left) })
        }
    }

    @Test func differencesChangeSignWhenTurned() throws {
        for (left, right) in randomPairs(seed: 12) {
            guard let difference = try? left.subtracting(right) else { continue }
            #expect(difference == (try right.subtracting(left)).negated)
            #expect(Number.compare(left, right) == difference.signum || difference.isZero)
        }
    }

    @Test func neutralElementsChangeNothing() throws {
        for (number, _) in randomPairs(seed: 13) {
            #expect(try number.adding(.zero) == number)
            #expect(try number.multiplied(by: 1) == number)
            #expect(try number.divided(by: 1) == number)
            #expect(try number.subtracting(number).isZero)
            #expect(try number.multiplied(by: .zero).isZero)
        }
    }

    @Test func exactSumsAreUndoneBySubtraction() throws {
        var random = SeededGenerator(seed: 14)
        for _ in 0..<Self.rounds {
            let left = Number(Int64.random(in: -1_000_000_000...1_000_000_000, using: &random))
            let right = try Number(
                coefficient: UInt128.random(in: 0...999_999_999_999, using: &random),
                exponent: -Int.random(in: 0...12, using: &random))
            #expect(try left.adding(right).subtracting(right) == left)
            #expect(
                try left.multiplied(by: right).adding(right.multiplied(by: right))
                    == left.adding(right).multiplied(by: right))
        }
    }

    @Test func quotientAndRemainderMakeTheNumber() throws {
        var random = SeededGenerator(seed: 15)
        for _ in 0..<Self.rounds {
            let number = try Number(
                coefficient: UInt128.random(in: 0..<1_000_000_000_000, using: &random), exponent: -4,
                isNegative: .random(using: &random))
            let divisor = Number(Int64.random(in: 1...99999, using: &random))
            let quotient = try number.divided(by: divisor).truncated()
            let remainder = try number.remainder(dividingBy: divisor)
            #expect(try quotient.multiplied(by: divisor).adding(remainder) == number)
            #expect(remainder.magnitude < divisor)
            #expect(remainder.isZero || remainder.isNegative == number.isNegative)
        }
    }

    @Test func textReadsBackWithItsScale() throws {
        for (number, _) in randomPairs(seed: 16) {
            let again = try Number.parse(number.description)
            #expect(again == number)
            #expect(again.exponent == number.exponent || number.isZero)
            var plain: [UInt8] = []
            number.appendPlain(to: &plain)
            #expect(try Number.parse(String(decoding: plain, as: UTF8.self)) == number)
        }
    }

    @Test func orderIsThatOfDifferences() throws {
        for (left, right) in randomPairs(seed: 17) {
            let order = Number.compare(left, right)
            #expect(order == -Number.compare(right, left))
            #expect((left < right) == (order < 0))
            #expect((left == right) == (order == 0))
            #expect(Number.compare(left, left) == 0)
            #expect(Number.compare(left.negated, right.negated) == -order)
        }
    }

    @Test func normalFormsAreEqualHashAlikeAndHaveNoTrailingZeros() throws {
        for (number, _) in randomPairs(seed: 18) {
            let form = number.normalized
            #expect(form == number)
            #expect(form.hashValue == number.hashValue)
            #expect(form.isZero || form.coefficient % 10 != 0)
            #expect(!form.isZero || form.exponent == 0)
        }
    }

    @Test func roundingsEncloseTheNumber() throws {
        for (number, other) in randomPairs(seed: 19) {
            let scale = other.exponent / 4
            let down = try number.rounded(toScale: scale, .down)
            guard let up = try? number.rounded(toScale: scale, .up) else { continue }
            let even = try number.rounded(toScale: scale)
            #expect(down <= number && number <= up)
            #expect(even == down || even == up)
            #expect(number.truncated().magnitude <= number.magnitude)
        }
    }

    @Test func floatsComeBack() throws {
        var random = SeededGenerator(seed: 20)
        for _ in 0..<Self.rounds {
            let float = RandomValue.double(using: &random)
            guard let number = try? Number(float) else { continue }
            #expect(number.doubleValue == float)
        }
    }

    @Test func integersComeBack() throws {
        var random = SeededGenerator(seed: 21)
        for _ in 0..<Self.rounds {
            let integer = RandomValue.integer(using: &random)
            #expect(Number(integer).exactInt64 == integer)
            #expect(Number(integer).normalized.exactInt64 == integer)
            #expect(try Number(integer).rescaled(toScale: 4).exactInt64 == integer)
            #expect(Number(integer).description == "\(integer)")
        }
    }
}
