import HindsightTestSupport
import HindsightValues
import Testing

@Suite struct ValueOrderingTests {
    private typealias Make = ValueEqualityTests

    /// In the order of ORDER BY; the values of one line tie.
    private static let ladder: [[Value]] = [
        [.bool(false)], [.bool(true)],
        [.float(.nan)], [.float(-.infinity)], [.decimal("-9E+125")], [.int(.min)], [.int(-1), .float(-1)],
        [.decimal("-1E-130")], [.int(0), .float(-0.0), .decimal("0.0")], [.decimal("1E-130")],
        [.decimal("0.5"), .float(0.5)], [.int(1), .decimal("1.000")], [.decimal("1.1")], [.int(.max)],
        [.decimal("9.99E+125")], [.float(1e300)], [.float(.infinity)],
        [.date(Make.date("0001-01-01"))], [.date(Make.date("2026-05-01"))],
        [.time(Make.time("00:30:00+01:00"))], [.time(Make.time("00:00:00"))],
        [.time(Make.time("12:00:00")), .time(Make.time("13:00:00+01:00"))],
        [.timestamp(Make.timestamp("1969-12-31T23:59:59.9Z"))],
        [.timestamp(Make.timestamp("1970T")), .timestamp(Make.timestamp("1970-01-01T01:00+01:00"))],
        [.interval(.months(-1))], [.interval(.months(1))], [.interval(Make.seconds(-1))], [.interval(Make.seconds(1))],
        [.string("")], [.string("A"), .symbol("A")], [.string("AA")], [.string("a")], [.string("e\u{301}")],
        [.string("é")], [.string("\u{FFFF}")], [.string("\u{1F4A9}")],
        [.blob([])], [.clob([])], [.blob([1, 2])], [.blob([2])], [.clob([2])], [.blob([255])],
        [.list([]), .sexp([])], [.list([true])], [.list([1])], [.list([1, 1])], [.list(["a"])], [.list([.list([])])],
        [.list([[:]])], [.list([.bag([])])], [.list([.null])], [.list([.missing])],
        [[:]], [["a": 1]], [["a": 1, "b": 1], ["b": 1, "a": 1]], [["a": 2]], [["a": .null]], [["b": 0]],
        [.bag([])], [.bag([1])], [.bag([2, 1]), .bag([1, 2])], [.bag([2])],
        [.null, .missing],
    ]

    @Test func theLadderIsInOrder() {
        for (leftStep, leftValues) in Self.ladder.enumerated() {
            for (rightStep, rightValues) in Self.ladder.enumerated() {
                let expected = (leftStep - rightStep).signum()
                for left in leftValues {
                    for right in rightValues {
                        #expect(Value.compare(left, right) == expected, "\(left) and \(right)")
                    }
                }
            }
        }
    }

    @Test func onlyValuesOfOneGroupAreComparable() {
        #expect(Value.comparable(.int(1), .decimal("1.5")) == -1)
        #expect(Value.comparable(.float(2), .decimal("1.5")) == 1)
        #expect(Value.comparable("a", .symbol("a")) == 0)
        #expect(Value.comparable(.bool(false), .bool(true)) == -1)
        #expect(Value.comparable(.date(Make.date("2026-05-01")), .timestamp(Make.timestamp("2026-05-01"))) == 0)
        #expect(Value.comparable(.timestamp(Make.timestamp("2026-05-02")), .date(Make.date("2026-05-01"))) == 1)
        #expect(Value.comparable(.blob([1]), .clob([2])) == -1)
        #expect(Value.comparable(.interval(.months(1)), .interval(.months(2))) == -1)

        #expect(Value.comparable(.int(1), "1") == nil)
        #expect(Value.comparable(.bool(true), .int(1)) == nil)
        #expect(Value.comparable(.interval(.months(1)), .interval(Make.seconds(2))) == nil)
        #expect(Value.comparable(.date(Make.date("2026-05-01")), .time(Make.time("12:00:00"))) == nil)
        #expect(Value.comparable([1], [2]) == nil)
        #expect(Value.comparable(["a": 1], ["a": 2]) == nil)
        #expect(Value.comparable(.null, .null) == nil)
        #expect(Value.comparable(.missing, .int(1)) == nil)
    }

    @Test func orderAndEqualityAgree() {
        var random = SeededGenerator(seed: 4)
        let values = (0..<250).map { _ in RandomValue.make(depth: 2, using: &random) }
        for left in values {
            for right in values where !(left.isAbsent && right.isAbsent) {
                let order = Value.compare(left, right)
                let isTie = order == 0
                // Plain conditions: an expectation for each of so many pairs would take most of the time.
                if order != -Value.compare(right, left) { Issue.record("\(left) and \(right) have no order") }
                if isTie && !left.isEqual(to: right) { Issue.record("\(left) and \(right) tie and differ") }
                if isTie && left.hashValue != right.hashValue { Issue.record("\(left) and \(right) hash apart") }
            }
        }
    }

    @Test func sortingIsStableUnderShuffling() {
        var random = SeededGenerator(seed: 5)
        let values = (0..<300).map { _ in RandomValue.make(depth: 2, using: &random) }
        let sorted = values.sorted { Value.compare($0, $1) < 0 }
        let again = values.shuffled(using: &random).sorted { Value.compare($0, $1) < 0 }
        for (left, right) in zip(sorted, again) { #expect(Value.compare(left, right) == 0) }
    }
}
