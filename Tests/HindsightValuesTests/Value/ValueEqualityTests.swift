import HindsightValues
import Testing

@Suite struct ValueEqualityTests {
    /// Groups of values that are equal to each other and to nothing in another group.
    static let groups: [[Value]] = [
        [.missing], [.null], [.bool(true)], [.bool(false)],
        [.int(2), .decimal("2"), .decimal("2.00"), .float(2)],
        [.int(0), .decimal("0.00"), .float(0), .float(-0.0)],
        [.decimal("0.1"), .decimal("0.100000000000000000000"), .float(0.1)],
        [.decimal("0.10000000000000000555111512312578270212")],
        [.int(1 << 60), .float(0x1p60)], [.int(1 << 60 + 1)], [.float(0x1p63)],
        [.float(.nan), .float(-.nan)], [.float(.infinity)],
        [.decimal("12345678901234567890.123456789012345678")],
        [.int(.max)], [.int(.min), .decimal("-9223372036854775808"), .float(-0x1p63)],
        [.string(""), .symbol("")], [.string("é"), .symbol("é")], [.string("e\u{301}")],
        [.blob([1]), .blob([1])], [.clob([1])], [.blob([])],
        [.list([]), .sexp([])], [.bag([])], [.structure(Structure())],
        [.list([.int(1), .null]), .sexp([.decimal("1.0"), .null])], [.list([.null, .int(1)])],
        [.list([.missing])], [.list([.null])], [.list([.null, .missing])],
        [.bag([.int(1), .int(2), .int(1)]), .bag([.float(1), .int(1), .decimal("2.0")])],
        [.bag([.int(1), .int(2), .int(2)])], [.bag([.int(1), .int(2)])],
        [["a": 1, "b": 2], ["b": 2.0, "a": 1]], [["a": 1]], [["A": 1]], [["a": 1, "b": .null]],
        [["a": 1, "a": 2], ["a": 2, "a": 1]], [["a": 1, "a": 1]],
        [
            .date(date("2026-05-01")), .timestamp(timestamp("2026-05-01")),
            .timestamp(timestamp("2026-05-01T02:00+02:00")),
        ],
        [.timestamp(timestamp("2026-05-01T00:00:00.000000001Z"))],
        [.time(time("00:30:00+01:00"))], [.time(time("23:30:00"))],
        [.time(time("12:00:00")), .time(time("14:00:00.000+02:00"))],
        [.interval(.months(12))], [.interval(.months(13))], [.interval(seconds(0))], [.interval(.months(0))],
    ]

    static func date(_ text: String) -> CalendarDate { CalendarDate(text)! }
    static func time(_ text: String) -> TimeOfDay { TimeOfDay(text)! }
    static func timestamp(_ text: String) -> Timestamp { Timestamp(text)! }
    static func seconds(_ seconds: Int64) -> Interval { (try? .seconds(seconds)) ?? .months(-999) }

    @Test func valuesAreEqualWithinTheirGroupOnly() {
        for (leftIndex, leftGroup) in Self.groups.enumerated() {
            for (rightIndex, rightGroup) in Self.groups.enumerated() {
                for left in leftGroup {
                    for right in rightGroup {
                        #expect(left.isEqual(to: right) == (leftIndex == rightIndex), "\(left) and \(right)")
                    }
                }
            }
        }
    }

    @Test func equalValuesHashAlike() {
        for group in Self.groups {
            #expect(Set(group.map(\.hashValue)).count == 1, "\(group)")
            #expect(Set(group).count == 1)
        }
    }

    @Test func equalNumbersOfManyFormsHashAlike() {
        let forms: [Number] = ["1", "1.0", "1.00", "100E-2", "0.1E1"]
        #expect(Set(forms.map(\.hashValue)).count == 1)
        #expect(Set<Number>(["0", "0.00", "0E+5", "-0"]).count == 1)
    }

    @Test func numbersThatDifferInTheLastDigitDiffer() {
        let left: Value = .decimal("0.10000000000000000000000000000000000001")
        let right: Value = .decimal("0.10000000000000000000000000000000000002")
        #expect(!left.isEqual(to: right))
        #expect(!left.isEqual(to: .float(0.1)))
    }
}
