import HindsightValues
import Testing

@Suite struct ValueArithmeticTests {
    typealias Operation = @Sendable (Value, Value) throws(ValueError) -> Value

    /// The text of the result shows its kind; errors are shown by name.
    private func text(_ operation: Operation, _ left: Value, _ right: Value) -> String {
        do { return try operation(left, right).description } catch { return "\(error)" }
    }

    @Test func integersStayIntegers() {
        #expect(text(Value.add, 2, 3) == "5")
        #expect(text(Value.subtract, 2, 3) == "-1")
        #expect(text(Value.multiply, 4, -3) == "-12")
        #expect(text(Value.divide, 7, 2) == "3")
        #expect(text(Value.divide, -7, 2) == "-3")
        #expect(text(Value.remainder, -7, 2) == "-1")
        #expect(text(Value.remainder, 7, -2) == "1")
        #expect(text(Value.remainder, .int(.min), -1) == "0")
    }

    @Test func integersOverflow() throws {
        let overflow = ValueError.integerOverflow.description
        #expect(text(Value.add, .int(.max), 1) == overflow)
        #expect(text(Value.subtract, .int(.min), 1) == overflow)
        #expect(text(Value.multiply, .int(.max), 2) == overflow)
        #expect(text(Value.divide, .int(.min), -1) == overflow)
        #expect(throws: ValueError.integerOverflow) { try Value.negate(.int(.min)) }
        #expect(try Value.negate(5).isEqual(to: -5))
    }

    @Test func aDecimalMakesItDecimal() {
        #expect(text(Value.add, 1, .decimal("2.50")) == "3.50")
        #expect(text(Value.subtract, .decimal("2.50"), 1) == "1.50")
        #expect(text(Value.multiply, .decimal("1.5"), .decimal("1.5")) == "2.25")
        #expect(text(Value.divide, 1, .decimal("4")) == "0.25")
        #expect(text(Value.divide, .decimal("1"), 3) == "0.33333333333333333333333333333333333333")
        #expect(text(Value.remainder, .decimal("7.5"), 2) == "1.5")
        #expect(text(Value.add, .decimal("9E+125"), .decimal("9E+125")) == ValueError.numberOverflow.description)
    }

    @Test func aFloatMakesItFloat() {
        #expect(text(Value.add, 1, .float(0.5)) == "`1.5e0`")
        #expect(text(Value.multiply, .decimal("1.5"), .float(2)) == "`3.0e0`")
        #expect(text(Value.divide, .float(1), 4) == "`0.25e0`")
        #expect(text(Value.remainder, .float(7.5), 2) == "`1.5e0`")
    }

    @Test func divisionByZeroIsAnErrorOfEveryKind() {
        for zero: Value in [.int(0), .decimal("0.0"), .float(0)] {
            for number: Value in [.int(1), .decimal("1"), .float(1)] {
                #expect(throws: ValueError.divisionByZero) { try Value.divide(number, zero) }
                #expect(throws: ValueError.divisionByZero) { try Value.remainder(number, zero) }
            }
        }
    }

    @Test func otherKindsDoNotFit() {
        for other: Value in ["1", .null, .missing, true, [1], ["a": 1]] {
            #expect(throws: ValueError.typeMismatch) { try Value.add(1, other) }
            #expect(throws: ValueError.typeMismatch) { try Value.divide(other, .decimal("1")) }
            #expect(throws: ValueError.typeMismatch) { try Value.negate(other) }
        }
    }
}
