import HindsightValues
import Testing

@Suite struct NumberTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("-0.00", "0.00"), ("+7", "7"), ("007", "7"), ("2.50", "2.50"), (".5", "0.5"),
        ("5.", "5"), ("1e3", "1E+3"), ("1E-7", "1E-7"), ("0.000001", "0.000001"), ("0.0000001", "1E-7"),
        ("-1.5e-3", "-0.0015"), ("123e-2", "1.23"), ("1E+125", "1E+125"),
        ("0.00000000000000000000000000000000000000000000000001", "1E-50"),
        ("1000000000000000000000000000000000000000000", "1.0000000000000000000000000000000000000E+42"),
        ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
        ("0e999999999999999999999999", "0E+125"), ("0e-999999999999999999999999", "0E-167"),
    ])
    func readsAndPrints(text: String, expected: String) throws {
        #expect(try Number.parse(text).description == expected)
    }

    @Test(arguments: [
        ("", 0), ("-", 1), ("+", 1), (".", 1), ("-.", 2), ("1 ", 1), (" 1", 0), ("1,5", 1), ("12abc", 2), ("1e", 2),
        ("1e+", 3), ("1.2.3", 3), ("--1", 1), ("0x10", 1), ("nan", 0), ("1_000", 1), ("e5", 0), ("١", 0),
    ])
    func refusesWhatIsNoNumber(text: String, offset: Int) {
        #expect(throws: ValueError.invalidNumber(offset: offset)) { try Number.parse(text) }
        #expect(Number(text) == nil)
    }

    @Test func refusesWhatIsOutOfRange() {
        let nines = String(repeating: "9", count: 38)
        #expect(throws: ValueError.numberOverflow) { try Number.parse("1E+126") }
        #expect(throws: ValueError.numberOverflow) { try Number.parse("\(nines)E+88\(nines)") }
        #expect(throws: ValueError.numberUnderflow) { try Number.parse("9.99E-131") }
        #expect(throws: ValueError.numberTooPrecise) { try Number.parse(nines + ".1") }
        #expect(throws: ValueError.numberTooPrecise) {
            try Number.parse("1." + String(repeating: "0", count: 37) + "1")
        }
        #expect(throws: Never.self) { try Number.parse("1." + String(repeating: "0", count: 80)) }
        #expect(throws: ValueError.numberTooPrecise) { try Number(coefficient: UInt128.max, exponent: 0) }
    }

    @Test func literalsOfManyDigitsAreRounded() throws {
        let zeros = String(repeating: "0", count: 37)
        #expect(try Number.parse("1.\(zeros)5", excessDigits: .rounded).description == "1.\(zeros)")
        #expect(try Number.parse("1.\(zeros)51", excessDigits: .rounded) == Number("1.\(zeros.dropLast())1"))
        let carried = try Number.parse(String(repeating: "9", count: 39), excessDigits: .rounded)
        #expect(carried.description == "1.0000000000000000000000000000000000000E+39")
    }

    @Test func theExtremesAreReachedAndNotPassed() throws {
        let greatest = Number.greatestFiniteMagnitude
        let least = Number.leastNonzeroMagnitude
        #expect(greatest.description == "9.9999999999999999999999999999999999999E+125")
        #expect(least.description == "1E-130")
        #expect(throws: ValueError.numberOverflow) { try greatest.adding(greatest) }
        #expect(try greatest.adding(least) == greatest)
        #expect(throws: ValueError.numberOverflow) { try greatest.adding("5E+87") }
        #expect(try greatest.adding("4.9E+87") == greatest)
        #expect(throws: ValueError.numberUnderflow) { try least.divided(by: 2) }
        #expect(throws: ValueError.numberUnderflow) { try least.multiplied(by: "0.9") }
        #expect(throws: ValueError.numberUnderflow) { try Number("1.5E-130").subtracting("1E-130") }
        #expect(throws: ValueError.numberOverflow) { try greatest.divided(by: "0.1") }
    }

    @Test func divisionByZeroIsAnError() {
        #expect(throws: ValueError.divisionByZero) { try Number(1).divided(by: "0.00") }
        #expect(throws: ValueError.divisionByZero) { try Number.zero.divided(by: .zero) }
        #expect(throws: ValueError.divisionByZero) { try Number(1).remainder(dividingBy: .zero) }
    }

    @Test func scales() throws {
        #expect(try Number("2.345").rounded(toScale: 2).description == "2.34")
        #expect(try Number("2.355").rounded(toScale: 2).description == "2.36")
        #expect(try Number("2.3").rounded(toScale: 2).description == "2.3")
        #expect(try Number("2.3").rescaled(toScale: 2).description == "2.30")
        #expect(try Number("1E+3").rescaled(toScale: 1).description == "1000.0")
        #expect(try Number("1250").rounded(toScale: -2).description == "1.2E+3")
        #expect(try Number("99.99").rounded(toScale: 1).description == "100.0")
        #expect(try Number("-0.4").rounded(toScale: 0).description == "0")
        #expect(try Number("1E-100").rounded(toScale: 5, .up).description == "0.00001")
        #expect(throws: ValueError.numberTooPrecise) { try Number("1E+37").rescaled(toScale: 1) }
        #expect(try Number("-2.5").floor() == -3)
        #expect(try Number("-2.5").ceiling() == -2)
        #expect(Number("-2.5").truncated() == -2)
        #expect(Number("2.00").isInteger)
        #expect(!Number("2.01").isInteger)
        #expect(Number("1E+30").isInteger)
    }

    @Test func absurdScalesAndExponentsAreHarmless() throws {
        #expect(try Number("1.5").rounded(toScale: .max) == "1.5")
        #expect(try Number("1.5").rounded(toScale: .min).isZero)
        #expect(throws: ValueError.numberOverflow) { try Number("1.5").rounded(toScale: .min, .up) }
        #expect(throws: ValueError.numberTooPrecise) { try Number("1.5").rescaled(toScale: .max) }
        #expect(try Number.zero.rescaled(toScale: .max).isZero)
        #expect(throws: ValueError.numberOverflow) { try Number(coefficient: 1, exponent: .max) }
        #expect(throws: ValueError.numberUnderflow) { try Number(coefficient: 1, exponent: .min) }
        #expect(try Number(coefficient: 0, exponent: .min).isZero)
    }

    @Test func integersOf64Bits() throws {
        #expect(Number("9223372036854775807").exactInt64 == .max)
        #expect(Number("-9223372036854775808").exactInt64 == .min)
        #expect(Number("9223372036854775808").exactInt64 == nil)
        #expect(Number("-9223372036854775809").exactInt64 == nil)
        #expect(Number("9.2E+18").exactInt64 == 9_200_000_000_000_000_000)
        #expect(Number("9.3E+18").exactInt64 == nil)
        #expect(Number("1E+19").exactInt64 == nil)
        #expect(Number("1.00").exactInt64 == 1)
        #expect(Number("1.5").exactInt64 == nil)
        #expect(try Number("2.5").roundedToInt64() == 2)
        #expect(try Number("-3.5").roundedToInt64() == -4)
        #expect(throws: ValueError.integerOverflow) { try Number("1E+19").roundedToInt64() }
    }

    @Test func partsAreThoseOfTheDigits() {
        let number: Number = "-12.50"
        #expect(number.coefficient == 1250)
        #expect(number.exponent == -2)
        #expect(number.digitCount == 4)
        #expect(number.adjustedExponent == 1)
        #expect(number.signum == -1)
        #expect(number.magnitude == "12.5")
        var digits: [UInt8] = []
        number.appendDigits(to: &digits)
        #expect(String(decoding: digits, as: UTF8.self) == "1250")
    }

    @Test func digitsAreCountedAtEveryPower() throws {
        var power: UInt128 = 1
        for digits in 1...38 {
            #expect(try Number(coefficient: power, exponent: 0).digitCount == digits)
            #expect(try Number(coefficient: power * 10 - 1, exponent: 0).digitCount == digits)
            if digits < 38 { power *= 10 }
        }
    }

    @Test func floatsBecomeTheirShortestDecimals() throws {
        #expect(try Number(0.1).description == "0.1")
        #expect(try Number(-3.0).description == "-3")
        #expect(try Number(1e22).description == "1E+22")
    }

    @Test func nonFiniteFloatsAreRefused() {
        #expect(throws: ValueError.typeMismatch) { try Number(Double.nan) }
        #expect(throws: ValueError.typeMismatch) { try Number(-Double.infinity) }
        #expect(throws: ValueError.numberOverflow) { try Number(1e126) }
        #expect(throws: ValueError.numberUnderflow) { try Number(1e-200) }
    }
}
