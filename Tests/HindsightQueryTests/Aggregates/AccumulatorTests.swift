import HindsightQuery
import HindsightValues
import Testing

@Suite struct AccumulatorTests {
    private static func result(
        _ kind: AggregateKind, _ values: [Value], isDistinct: Bool = false
    ) throws -> Value {
        var accumulator = Accumulator(kind, isDistinct: isDistinct)
        for value in values { try accumulator.add(value) }
        return try accumulator.value()
    }

    @Test func countsPresentValues() throws {
        #expect(try Self.result(.count, [.int(1), .null, .missing, .string("a")]) == .int(2))
        #expect(try Self.result(.count, []) == .int(0))
        #expect(try Self.result(.count, [.int(1), .decimal("1.0"), .float(1), .int(2)], isDistinct: true) == .int(2))
        var rows = Accumulator(.count, isDistinct: false)
        rows.addRow()
        rows.addRow()
        #expect(try rows.value() == .int(2))
    }

    @Test func sums() throws {
        guard case .int(6) = try Self.result(.sum, [.int(1), .int(2), .null, .int(3)]) else {
            Issue.record("a sum of ints is an int")
            return
        }
        #expect(try Self.result(.sum, [.int(1), .decimal("2.5")]) == .decimal("3.5"))
        #expect(try Self.result(.sum, [.int(1), .float(0.5)]) == .float(1.5))
        #expect(try Self.result(.sum, [.null, .missing]) == .null)
        #expect(try Self.result(.sum, [.interval(.months(1)), .interval(.months(2))]) == .interval(.months(3)))
        let beyond = try Number(Int64.max).adding(Number(1))
        #expect(try Self.result(.sum, [.int(Int64.max), .int(1)]) == .decimal(beyond))
    }

    @Test func averages() throws {
        #expect(try Self.result(.average, [.int(1), .int(2)]) == .decimal("1.5"))
        #expect(
            try Self.result(.average, [.int(1), .int(1), .int(2)])
                == .decimal("1.3333333333333333333333333333333333333"))
        #expect(try Self.result(.average, [.int(Int64.max), .int(Int64.max)]) == .int(Int64.max))
        #expect(try Self.result(.average, []) == .null)
    }

    @Test func findsExtremesOverAllKinds() throws {
        let mixed: [Value] = [.string("a"), .int(2), .bool(true), .null, .decimal("1.5")]
        #expect(try Self.result(.minimum, mixed) == .bool(true))
        #expect(try Self.result(.maximum, mixed) == .string("a"))
        #expect(try Self.result(.minimum, [.missing]) == .null)
    }

    @Test func joinsTruths() throws {
        #expect(try Self.result(.any, [.bool(false), .null, .bool(true)]) == .bool(true))
        #expect(try Self.result(.some, [.bool(false), .null]) == .bool(false))
        #expect(try Self.result(.every, [.bool(true), .bool(false), .bool(true)]) == .bool(false))
        #expect(try Self.result(.every, [.null]) == .null)
    }

    @Test func turnsMissingAfterAMismatch() throws {
        var accumulator = Accumulator(.sum, isDistinct: false)
        try accumulator.add(.int(1))
        #expect(throws: EvaluationFailure.self) { try accumulator.add(.string("x")) }
        try accumulator.add(.int(1))
        #expect(try accumulator.value() == .missing)
    }

    @Test func collectsGroups() {
        var collector = GroupCollector(variables: [("a", 0), ("b", 2)])
        var frame = Frame(slotCount: 3, context: ExecutionContext(now: Timestamp(clock: 0)))
        frame.slots[0] = .int(1)
        collector.add(frame)
        #expect(collector.value() == .bag([.structure(Structure(fields: [.init(name: "a", value: .int(1))]))]))
    }
}
