import HindsightSyntax
import HindsightValues
import Testing

struct LiteralTests {
    private func value(_ text: String) throws -> Value {
        guard case .literal(let literal) = try Parser.expression(text).node else {
            Issue.record("no literal: \(text)")
            return .missing
        }
        return literal.value
    }

    private func expect(_ text: String, _ expected: Value) throws {
        let value = try value(text)
        #expect(Literal(value) == Literal(expected), "\(text): \(value)")
        #expect(try self.value(value.description) ~= expected, "\(value)")
    }

    @Test func numbers() throws {
        try expect("0", .int(0))
        try expect("9223372036854775807", .int(.max))
        try expect("-9223372036854775808", .int(.min))
        try expect("9223372036854775808", .decimal("9223372036854775808"))
        try expect("-9223372036854775809", .decimal("-9223372036854775809"))
        try expect("2.50", .decimal("2.50"))
        try expect("5.", .decimal(Number(5)))
        try expect(".5", .decimal("0.5"))
        try expect("1e3", .decimal("1E+3"))
        try expect(
            "1.9999999999999999999999999999999999999999999999",
            .decimal("2.0000000000000000000000000000000000000"))
    }

    @Test func numbersOutOfRange() {
        #expect(faultCode("1e126") == .numberOutOfRange)
        #expect(faultCode("1e-131") == .numberOutOfRange)
        #expect(faultCode("1e999999999999999999999") == .numberOutOfRange)
        #expect(faultCode("CAST(a AS CHAR(99999999999999999999))") == .numberOutOfRange)
    }

    @Test func textsAndNames() throws {
        try expect("'it''s'", .string("it's"))
        try expect("''", .string(""))
        try expect("'a\\n\n\t😀'", .string("a\\n\n\t😀"))
        guard case .variable(let variable) = try Parser.expression("\"a\"\"b\"\"\"").node else {
            Issue.record("no variable")
            return
        }
        #expect(variable.name.text == "a\"b\"")
        #expect(variable.name.isQuoted)
    }

    @Test func dates() throws {
        let date = try CalendarDate.parse("2026-05-01")
        try expect("DATE '2026-05-01'", .date(date))
        try expect("date'2026-05-01'", .date(date))
        for text in ["2026-02-29", "2026-13-01", "2026-1-01", "2026-01-01x", "26-01-01", ""] {
            #expect(faultCode("DATE '\(text)'") == .invalidTime, "\(text)")
        }
        #expect(faultCode("DATE `2026-05-01`") == .syntaxError)
    }

    @Test func times() throws {
        let time = try #require(TimeOfDay(hour: 23, minute: 59, second: 59, nanosecond: 120_000_000, fractionDigits: 2))
        try expect("TIME '23:59:59.12'", .time(time))
        try expect("TIME (2) '23:59:59.1249'", .time(time))
        try expect("TIME(2)WITHOUT TIME ZONE'23:59:59.12'", .time(time))
        let utc = try #require(TimeOfDay(hour: 1, minute: 2, second: 3, offsetMinutes: 0))
        try expect("TIME WITH TIME ZONE '01:02:03'", .time(utc))
        let east = try #require(TimeOfDay(hour: 1, minute: 2, second: 3, offsetMinutes: 90))
        try expect("TIME '01:02:03+01:30'", .time(east))
        for text in ["24:00:00", "12:60:00", "12:30", "1:30:38", "23:59:59 05:30", "23:59:59+24:00"] {
            #expect(faultCode("TIME '\(text)'") == .invalidTime, "\(text)")
        }
        #expect(faultCode("TIME WITHOUT TIME ZONE '01:02:03Z'") == .invalidTime)
        #expect(faultCode("TIME (10) '01:02:03'") == .invalidLiteral)
        #expect(faultCode("TIME WITH TIMEZONE '01:02:03'") == .syntaxError)
    }

    @Test func timestamps() throws {
        let date = try CalendarDate.parse("2026-05-01")
        let time = try #require(TimeOfDay(hour: 12, minute: 30, second: 0))
        let local = try Timestamp(date: date, time: time, zone: .none, precision: .second)
        let utc = try Timestamp(date: date, time: time, zone: .utc, precision: .second)
        try expect("TIMESTAMP '2026-05-01 12:30:00'", .timestamp(local))
        try expect("TIMESTAMP '2026-05-01T12:30:00'", .timestamp(local))
        try expect("TIMESTAMP WITH TIME ZONE '2026-05-01 12:30:00'", .timestamp(utc))
        try expect("TIMESTAMP '2026-05-01 12:30:00Z'", .timestamp(utc))
        #expect(faultCode("TIMESTAMP '2026-05-01'") == .invalidTime)
        #expect(faultCode("TIMESTAMP '2026-05-01 12:30'") == .invalidTime)
        #expect(faultCode("TIMESTAMP WITHOUT TIME ZONE '2026-05-01 12:00:00+00:00'") == .invalidTime)
    }

    @Test func intervals() throws {
        try expect("INTERVAL '1-2' YEAR TO MONTH", .interval(.months(14)))
        try expect("INTERVAL -'1-2' YEAR TO MONTH", .interval(.months(-14)))
        try expect("INTERVAL - '-5' MONTH", .interval(.months(5)))
        try expect("INTERVAL '1 02:03:04.5' DAY TO SECOND", .interval(try .seconds(93784, nanoseconds: 500_000_000)))
        try expect("INTERVAL '100' DAY (3)", .interval(try .seconds(8_640_000)))
        try expect("INTERVAL '1.123456789' SECOND", .interval(try .seconds(1, nanoseconds: 123_456_000)))
        try expect("INTERVAL '1.123456789' SECOND (2, 9)", .interval(try .seconds(1, nanoseconds: 123_456_789)))
        for text in ["'100' DAY", "'1 24' DAY TO HOUR", "'1-12' YEAR TO MONTH", "'x' DAY", "'1.0123456789' SECOND"] {
            #expect(faultCode("INTERVAL \(text)") == .invalidTime, "\(text)")
        }
        #expect(faultCode("INTERVAL '1' YEAR TO DAY") == .syntaxError)
        #expect(faultCode("INTERVAL '1'") == .syntaxError)
    }

    @Test func wordsOfTimeAreNamesAndFunctionsToo() throws {
        try expectPrinted([
            ("SELECT date, time, interval FROM t", nil), ("date(a)", nil), ("time(3)", nil), ("(interval) + 'x'", nil),
        ])
    }
}

/// Whether a value is the same to the last digit.
private func ~= (value: Value, expected: Value) -> Bool {
    Literal(value) == Literal(expected)
}
