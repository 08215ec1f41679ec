import HindsightValues
import Testing

@testable import HindsightQuery

@Suite struct TypeTestTests {
    @Test(arguments: [
        (Value.int(127), TypeDescriptor.integer(bits: 8), true), (.int(128), .integer(bits: 8), false),
        (.int(Int64.max), .integer(bits: 64), true), (.decimal("1"), .integer(bits: 64), false),
        (.decimal("123.456"), .decimal(precision: 6, scale: 3), true),
        (.decimal("123.456"), .decimal(precision: 6, scale: 2), false),
        (.decimal("0.001"), .decimal(precision: 3, scale: 3), true), (.float(1), .number, true),
        (.string("ab"), .characters(length: 2, isFixed: true), true),
        (.string("a"), .characters(length: 2, isFixed: true), false),
        (.string("a"), .characters(length: 2, isFixed: false), true), (.null, .string, false), (.missing, .any, true),
        (.null, .null, true), (.list([]), .list, true), (.bag([]), .list, false),
        (.structure(Structure()), .structure, true),
    ])
    func tells(value: Value, type: TypeDescriptor, expected: Bool) {
        #expect(type.includes(value) == expected)
    }

    @Test func tellsTimesWithZones() throws {
        let zoned = Value.time(try TimeOfDay.parse("12:00:00+01:00"))
        #expect(TypeDescriptor.time(precision: nil, hasZone: true).includes(zoned))
        #expect(TypeDescriptor.time(precision: nil, hasZone: false).includes(zoned))
        let plain = Value.time(try TimeOfDay.parse("12:00:00"))
        #expect(!TypeDescriptor.time(precision: nil, hasZone: true).includes(plain))
        let fine = Value.time(try TimeOfDay.parse("12:00:00.123"))
        #expect(TypeDescriptor.time(precision: 3, hasZone: false).includes(fine))
        #expect(!TypeDescriptor.time(precision: 2, hasZone: false).includes(fine))
    }
}
