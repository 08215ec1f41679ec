import HindsightSyntax
import HindsightValues
import Testing

@testable import HindsightQuery

@Suite struct CastTests {
    @Test(arguments: [
        ("1", 1), ("+01", 1), ("-0", 0), ("0b10", 2), ("-0B010", -2), ("0xA", 10), ("+0X0a", 10),
        ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
    ])
    func readsIntegers(text: String, expected: Int64) throws {
        #expect(try Cast.cast(.string(text), to: .integer(bits: 64)) == .int(expected))
    }

    @Test(arguments: ["", "hello", "1.5", "123456A", "00xA", "0x", "0b2", "--1", " 1", "1e3"])
    func refusesTextsThatAreNoIntegers(text: String) {
        #expect(Self.failure(.string(text), .integer(bits: 64)) == "mismatch")
    }

    @Test(arguments: [
        (Value.string("-92233720368547758070"), 64), (.float(2e100), 64), (.decimal("2E+100"), 64), (.int(128), 8),
        (.int(-32_769), 16), (.decimal("2147483647.5"), 32), (.float(.nan), 64),
    ])
    func reportsIntegersOutOfRange(value: Value, bits: Int) {
        #expect(Self.failure(value, .integer(bits: bits)) == "number_out_of_range")
    }

    @Test(arguments: [
        (Value.float(1.5), Int64(2)), (.float(2.5), 2), (.decimal("0.5"), 0), (.decimal("-1.5"), -2), (.bool(true), 1),
        (.decimal("9223372036854775807.0"), Int64.max),
    ])
    func roundsHalfToEven(value: Value, expected: Int64) throws {
        #expect(try Cast.cast(value, to: .integer(bits: 64)) == .int(expected))
    }

    @Test func castsToDecimals() throws {
        let money = TypeDescriptor.decimal(precision: 5, scale: 2)
        #expect(try Cast.cast(.string("1.005"), to: money) == .decimal("1.00"))
        #expect(try Cast.cast(.float(0.1), to: .decimal(precision: nil, scale: 0)) == .decimal("0.1"))
        #expect(Self.failure(.int(1000), money) == "number_out_of_range")
        #expect(Self.failure(.string("one"), money) == "mismatch")
        #expect(Self.failure(.float(.infinity), money) == "mismatch")
    }

    @Test func castsToText() throws {
        #expect(try Cast.cast(.decimal("2.50"), to: .string) == .string("2.50"))
        #expect(try Cast.cast(.string("naïve"), to: .characters(length: 3, isFixed: false)) == .string("naï"))
        #expect(try Cast.cast(.int(7), to: .characters(length: 3, isFixed: true)) == .string("7  "))
        #expect(try Cast.cast(.bool(true), to: .symbol) == .symbol("true"))
        #expect(Self.failure(.list([]), .string) == "mismatch")
    }

    @Test func castsCollections() throws {
        #expect(try Cast.cast(.list([.int(1)]), to: .bag) == .bag([.int(1)]))
        #expect(Self.failure(.list([.int(1)]), .integer(bits: 64)) == "mismatch")
        #expect(Self.failure(.int(1), .list) == "mismatch")
    }

    @Test func castsTimes() throws {
        let timestamp = Value.timestamp(try Timestamp.parse("2026-05-01T12:30:45.678+02:00"))
        #expect(try Cast.cast(timestamp, to: .date) == .date(try CalendarDate.parse("2026-05-01")))
        let time = try Cast.cast(timestamp, to: .time(precision: 1, hasZone: false))
        #expect(time == .time(try TimeOfDay.parse("12:30:45.7")))
        #expect(
            try Cast.cast(.string("2026-05-01 12:00:00"), to: .timestamp(precision: nil, hasZone: true))
                == .timestamp(try Timestamp.parse("2026-05-01T12:00:00Z")))
        #expect(Self.failure(.string("tomorrow"), .date) == "mismatch")
    }

    @Test func castsIntervals() throws {
        let type = IntervalType(leading: .second, trailing: .second, precision: 3, fractionDigits: 3)
        let interval = Value.interval(try .seconds(1, nanoseconds: 123_456_789))
        #expect(try Cast.cast(interval, to: .interval(type)) == .interval(try .seconds(1, nanoseconds: 123_000_000)))
        let days = IntervalType(leading: .day, trailing: .day, precision: nil, fractionDigits: nil)
        #expect(
            try Cast.cast(.interval(try .seconds(-90_000)), to: .interval(days)) == .interval(try .seconds(-86_400)))
        #expect(Self.failure(.interval(try .seconds(8_640_000)), .interval(days)) == "invalid_time")
        #expect(Self.failure(.interval(.months(1)), .interval(days)) == "mismatch")
    }

    @Test func asksWhetherACastIsPossible() {
        #expect(Cast.canCast(.string("1.5"), to: .decimal(precision: nil, scale: 0)))
        #expect(!Cast.canCast(.string("x"), to: .integer(bits: 64)))
        #expect(Cast.canLosslessCast(.decimal("2.0"), to: .integer(bits: 64)))
        #expect(!Cast.canLosslessCast(.decimal("2.5"), to: .integer(bits: 64)))
    }

    private static func failure(_ value: Value, _ type: TypeDescriptor) -> String {
        do {
            return "\(try Cast.cast(value, to: type))"
        } catch {
            switch error {
            case .mismatch: return "mismatch"
            case .failed(let code, _): return code.rawValue
            }
        }
    }
}
