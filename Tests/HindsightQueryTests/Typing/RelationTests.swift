import HindsightQuery
import HindsightSyntax
import HindsightValues
import Testing

@Suite struct RelationTests {
    @Test(arguments: [
        (Value.int(1), Value.int(2), Relation.less),
        (.int(2), .float(2), .equal),
        (.decimal("2.00"), .int(2), .equal),
        (.decimal("1.5"), .float(1.25), .greater),
        (.float(.nan), .int(1), .unordered),
        (.string("a"), .symbol("a"), .equal),
        (.string("Z"), .string("a"), .less),
        (.string("\u{e9}"), .string("e\u{301}"), .greater),
        (.bool(false), .bool(true), .less),
        (.blob([1, 2]), .blob([1]), .greater),
        (.int(5), .string("a"), .incomparable),
        (.list([.int(1)]), .bag([.int(1)]), .incomparable),
        (.list([.int(1)]), .sexp([.decimal("1.0")]), .equal),
        (.list([.int(1)]), .list([.int(2)]), .different),
        (.list([.null]), .list([.null]), .equal),
        (.list([.null, .missing]), .list([.null]), .different),
        (.null, .int(1), .null),
        (.null, .missing, .null),
        (.missing, .int(1), .missing),
        (.missing, .missing, .missing),
    ])
    func relatesValues(left: Value, right: Value, expected: Relation) {
        #expect(Relation.of(left, right) == expected)
    }

    @Test func relatesDatesToTimestamps() throws {
        let date = Value.date(try CalendarDate.parse("2023-05-15"))
        #expect(Relation.of(date, .timestamp(try Timestamp.parse("2023-05-15T00:00:00Z"))) == .equal)
        #expect(Relation.of(date, .timestamp(try Timestamp.parse("2023-05-15T10:30:00+05:00"))) == .less)
        let time = Value.time(try TimeOfDay.parse("10:00:00+01:00"))
        #expect(Relation.of(time, .time(try TimeOfDay.parse("09:00:00"))) == .equal)
        #expect(Relation.of(time, date) == .incomparable)
        #expect(Relation.of(.interval(.months(1)), .interval(try .seconds(1))) == .different)
    }

    @Test func findsMembers() {
        #expect(Membership.of(.int(2), in: [.int(1), .float(2)]) == .bool(true))
        #expect(Membership.of(.int(2), in: [.int(1), .string("2")]) == .bool(false))
        #expect(Membership.of(.int(2), in: [.int(1), .null]) == .null)
        #expect(Membership.of(.int(1), in: [.int(1), .null]) == .bool(true))
        #expect(Membership.of(.null, in: []) == .bool(false))
    }
}
