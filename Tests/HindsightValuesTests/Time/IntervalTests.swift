import HindsightTestSupport
import HindsightValues
import Testing

@Suite struct IntervalTests {
    @Test(arguments: [
        ("10", IntervalField.year, IntervalField.year, "'10' YEAR"), ("+5", .year, .year, "'5' YEAR"),
        ("-11", .month, .month, "'-11' MONTH"), ("-1-11", .year, .month, "'-1-11' YEAR TO MONTH"),
        ("5 12", .day, .hour, "'5 12' DAY TO HOUR"), ("3 8:45", .day, .minute, "'3 08:45' DAY TO MINUTE"),
        ("2 4:30:15", .day, .second, "'2 04:30:15' DAY TO SECOND"), ("14:25", .hour, .minute, "'14:25' HOUR TO MINUTE"),
        ("59:59.999999", .minute, .second, "'59:59.999999' MINUTE TO SECOND"),
        ("1.5", .second, .second, "'1.5' SECOND"),
        ("-0.2500", .second, .second, "'-0.25' SECOND"), ("24", .hour, .hour, "'1' DAY"),
        ("0", .day, .day, "'0' SECOND"),
        ("0-0", .year, .month, "'0' MONTH"), ("2.123456789", .second, .second, "'2.123456' SECOND"),
    ])
    func literals(text: String, first: IntervalField, last: IntervalField, expected: String) throws {
        #expect(try Interval.parse(text, from: first, to: last).description == expected)
    }

    @Test func precisions() throws {
        let days = try Interval.parse(
            "999 23:59:59.123456789", from: .day, to: .second, leadingDigits: 3, fractionDigits: 9)
        #expect(days.description == "'999 23:59:59.123456789' DAY (3) TO SECOND (9)")
        let cut = try Interval.parse("123.123456789", from: .second, to: .second, leadingDigits: 3, fractionDigits: 3)
        #expect(cut.description == "'2:03.123' MINUTE TO SECOND")
        #expect(try Interval.seconds(5, nanoseconds: 1).description == "'5.000000001' SECOND (2, 9)")
        #expect(Interval.months(12 * 999).description == "'999' YEAR (3)")
    }

    @Test(arguments: [
        ("100", IntervalField.month, IntervalField.month), ("1 24", .day, .hour), ("1 23:60", .day, .minute),
        ("1-12", .year, .month), ("1.1234567899", .second, .second), ("100:59", .hour, .minute), ("", .day, .day),
        ("-", .day, .day), ("1", .day, .hour), ("1 2", .day, .day), ("1.5", .day, .day), ("1:2", .day, .hour),
        ("1-2", .month, .year), ("1", .month, .day), ("--1", .day, .day), ("1 ", .day, .day),
    ])
    func refusesWhatIsNoInterval(text: String, first: IntervalField, last: IntervalField) {
        #expect(throws: ValueError.self) { try Interval.parse(text, from: first, to: last) }
    }

    @Test func componentsAreNormalised() throws {
        let interval = try Interval.parse("-100 10:30:45.123456", from: .day, to: .second, leadingDigits: 3)
        let components = interval.components
        #expect(components.isNegative)
        #expect(components.days == 100)
        #expect(components.hours == 10)
        #expect(components.minutes == 30)
        #expect(components.seconds == 45)
        #expect(components.nanoseconds == 123_456_000)
        #expect(Interval.months(-1203).components.years == 100)
        #expect(Interval.months(-1203).components.months == 3)
    }

    @Test func arithmetic() throws {
        let half = try Interval.seconds(0, nanoseconds: 500_000_000)
        #expect(try half.adding(half) == .seconds(1))
        #expect(try half.negated.negated == half)
        #expect(try half.negated.magnitude == half)
        #expect(try half.multiplied(by: -3) == .seconds(-1, nanoseconds: -500_000_000))
        #expect(try Interval.seconds(10).divided(by: 4) == .seconds(2, nanoseconds: 500_000_000))
        #expect(try Interval.seconds(-10).divided(by: 3) == .seconds(-3, nanoseconds: -333_333_333))
        #expect(try Interval.months(7).divided(by: -2) == .months(-3))
        #expect(throws: ValueError.typeMismatch) { try half.adding(.months(1)) }
        #expect(throws: ValueError.divisionByZero) { try half.divided(by: 0) }
        #expect(throws: ValueError.timeOverflow) { try Interval.months(.max).adding(.months(1)) }
        #expect(throws: ValueError.timeOverflow) { try Interval.months(.min).negated }
        #expect(throws: ValueError.timeOverflow) { try Interval.months(.min).divided(by: -1) }
        #expect(throws: ValueError.timeOverflow) { try Interval.seconds(.max).multiplied(by: 2) }
    }

    @Test func iso8601() throws {
        func text(_ interval: Interval) -> String {
            var bytes: [UInt8] = []
            interval.appendISO8601(to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(text(.months(14)) == "P1Y2M")
        #expect(text(.months(0)) == "P0M")
        #expect(try text(.seconds(-93_784, nanoseconds: -500_000_000)) == "-P1DT2H3M4.5S")
        #expect(try text(.seconds(86_400)) == "P1D")
        #expect(try text(.seconds(0)) == "PT0S")
    }

    @Test func sumsAreUndone() throws {
        var random = SeededGenerator(seed: 33)
        func interval() throws -> Interval {
            try .seconds(
                .random(in: -1_000_000...1_000_000, using: &random),
                nanoseconds: .random(in: -3_000_000_000...3_000_000_000, using: &random))
        }
        for _ in 0..<2000 {
            let (left, right) = (try interval(), try interval())
            #expect(try left.adding(right).subtracting(right) == left)
            #expect(try left.multiplied(by: 7).divided(by: 7) == left)
            let time = try Timestamp(microsecondsSince1970: 1_700_000_000_000_000)
            #expect(try time.adding(left).interval(since: time) == left)
        }
    }
}
