import HindsightKeyValue
import HindsightTestSupport
import Testing

@testable import HindsightValues

@Suite struct DocumentFilterTests {
    private typealias Test = DocumentFilter.Test

    private let comparisons: [DocumentFilter.Comparison] = [
        .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
    ]

    /// Whether an item with the attribute `a` of this value passes; MISSING leaves it out.
    private func passes(_ value: Value, _ test: Test) throws -> Bool {
        try passes(["a": value], [DocumentFilter.Condition(DocumentPath(attribute: "a"), test)])
    }

    private func passes(_ item: Structure, _ conditions: [DocumentFilter.Condition]) throws -> Bool {
        let document = try DocumentEncoder.encode(item)
        return try DocumentFilter(conditions).matches(document.rawSpan)
    }

    /// The answers of `=`, `<>`, `<`, `<=`, `>`, `>=` as letters.
    private func answers(_ value: Value, _ constant: Value) throws -> String {
        try comparisons.map { try passes(value, .compare($0, constant)) ? "T" : "-" }.joined()
    }

    private let less = "-TTT--"
    private let equal = "T--T-T"
    private let greater = "-T--TT"
    /// Equal, and of a kind without order.
    private let same = "T-----"
    private let different = "-T----"
    private let unknown = "------"

    @Test func numbersCompareOverTheirKinds() throws {
        let ones: [Value] = [1, .decimal("1.00"), .float(1)]
        let twos: [Value] = [2, .decimal("2"), .float(2)]
        for one in ones {
            for other in ones { #expect(try answers(one, other) == equal) }
            for two in twos {
                #expect(try answers(one, two) == less)
                #expect(try answers(two, one) == greater)
            }
        }
        #expect(try answers(.int(.max), .decimal("9223372036854775807.5")) == less)
        #expect(try answers(.decimal("0.1"), .float(0.1)) == equal)
        #expect(try answers(.float(.nan), .float(.nan)) == different)
        #expect(try answers(1, .float(.nan)) == different)
        #expect(try answers(.float(.nan), 1) == different)
    }

    @Test func textComparesByItsBytes() throws {
        #expect(try answers("a", "a") == equal)
        #expect(try answers(.symbol("a"), "a") == equal)
        #expect(try answers("a", .symbol("b")) == less)
        #expect(try answers("", "a") == less)
        #expect(try answers("ab", "a") == greater)
        #expect(try answers("\u{E9}", "e\u{301}") == greater)
        #expect(try answers("\u{FFFF}", "\u{1F600}") == less)
        let long = String(repeating: "x", count: 100)
        #expect(try answers(.string(long + "a"), .string(long + "b")) == less)
    }

    @Test func otherKindsCompareWithTheirOwn() throws {
        #expect(try answers(false, true) == less)
        #expect(try answers(.blob([1, 2]), .blob([1, 3])) == less)
        #expect(try answers([1, 2], .list([.float(1), 2])) == same)
        #expect(try answers([1, 2], [1, 3]) == different)
        #expect(try answers(["x": 1, "y": 2], ["y": 2, "x": 1]) == same)
        #expect(try answers(.bag([1, 2]), .bag([2, 1])) == same)
        #expect(try answers(.timestamp(Timestamp(seconds: 0)), .timestamp(Timestamp(seconds: 1))) == less)
        let date = try #require(CalendarDate(year: 1970, month: 1, day: 1))
        #expect(try answers(.date(date), .timestamp(Timestamp(seconds: 0))) == equal)
    }

    @Test func kindsThatDifferAreDifferentAndNotOrdered() throws {
        let values: [Value] = [true, 1, "1", .blob([0x31]), [1], .bag([1]), ["a": 1], .date(try #require(date))]
        for (index, left) in values.enumerated() {
            for (other, right) in values.enumerated() where index != other {
                #expect(try answers(left, right) == different, "\(left), \(right)")
            }
        }
    }

    private let date = CalendarDate(year: 2026, month: 5, day: 1)

    @Test func absentValuesAreNeverTrue() throws {
        for value in [Value.null, .missing] {
            for constant in [Value.null, .missing, 1, "a", [1]] {
                #expect(try answers(value, constant) == unknown)
                #expect(try answers(constant, value) == unknown)
            }
            for isNegated in [false, true] {
                #expect(try !passes(value, .beginsWith("", isNegated: isNegated)))
                #expect(try !passes(value, .isIn([1, .null], isNegated: isNegated)))
            }
        }
    }

    @Test func nullAndMissingAreToldApart() throws {
        let cases: [(Value, isNull: Bool, isMissing: Bool)] = [
            (1, false, false), (.null, true, false), (.missing, true, true),
        ]
        for (value, isNull, isMissing) in cases {
            #expect(try passes(value, .isNull(isNegated: false)) == isNull)
            #expect(try passes(value, .isNull(isNegated: true)) == !isNull)
            #expect(try passes(value, .isMissing(isNegated: false)) == isMissing)
            #expect(try passes(value, .isMissing(isNegated: true)) == !isMissing)
        }
    }

    @Test func beginningsAreOfOneKind() throws {
        let long = String(repeating: "x", count: 100)
        for (value, start, begins) in [
            ("abc", "ab", true), ("abc", "abc", true), ("abc", "", true), ("abc", "abcd", false), ("abc", "b", false),
            (.symbol("abc"), "ab", true), ("abc", .symbol("ab"), true), (.string(long), "xx", true),
            (.blob([1, 2]), .blob([1]), true), (.blob([1, 2]), .blob([2]), false),
        ] as [(Value, Value, Bool)] {
            #expect(try passes(value, .beginsWith(start, isNegated: false)) == begins)
            #expect(try passes(value, .beginsWith(start, isNegated: true)) == !begins)
        }
        for (value, start) in [(1, "1"), ("abc", .blob([0x61])), (.blob([0x61]), "a"), ("1", 1)] as [(Value, Value)] {
            #expect(try !passes(value, .beginsWith(start, isNegated: false)))
            #expect(try !passes(value, .beginsWith(start, isNegated: true)))
        }
    }

    @Test func membershipIsEquality() throws {
        let values: [Value] = [1, "a", [2], .decimal("3.0")]
        for (value, isMember) in [
            (1, true), (.float(1), true), ("a", true), ([2], true), (3, true), (2, false), ("b", false), (true, false),
        ] as [(Value, Bool)] {
            #expect(try passes(value, .isIn(values, isNegated: false)) == isMember)
            #expect(try passes(value, .isIn(values, isNegated: true)) == !isMember)
            // An absent member leaves open whether there is an equal one.
            #expect(try passes(value, .isIn(values + [.null], isNegated: false)) == isMember)
            #expect(try !passes(value, .isIn(values + [.null], isNegated: true)))
        }
        #expect(try !passes(1, .isIn([], isNegated: false)))
        #expect(try passes(1, .isIn([], isNegated: true)))
    }

    @Test func allConditionsMustBeTrue() throws {
        let item: Structure = ["a": 1, "b": ["c": [10, "x"]]]
        let isOne = DocumentFilter.Condition(DocumentPath(attribute: "a"), .compare(.equal, 1))
        let path = DocumentPath([
            .attribute("b", ignoringCase: true), .attribute("C", ignoringCase: true), .index(1),
        ])
        #expect(try passes(item, []))
        #expect(DocumentFilter([]).isEmpty)
        #expect(try passes(item, [isOne, .init(path, .compare(.equal, "x"))]))
        #expect(try !passes(item, [isOne, .init(path, .compare(.equal, "y"))]))
        #expect(try !passes(item, [.init(path, .compare(.equal, "y")), isOne]))
    }

    /// Against the same questions asked of decoded values.
    @Test func randomConditionsAgreeWithValues() throws {
        let seed = TestSeed.fresh
        print("DocumentFilterTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            let value = simpleValue(using: &generator)
            let constant = simpleValue(using: &generator)
            for comparison in comparisons {
                let expected = isTrue(value, comparison, constant)
                if try passes(value, .compare(comparison, constant)) != expected {
                    Issue.record("\(value) \(comparison) \(constant), seed \(seed)")
                }
            }
        }
    }

    private func simpleValue(using generator: inout SeededGenerator) -> Value {
        switch Int.random(in: 0..<7, using: &generator) {
        case 0: .int(Int64.random(in: -3...3, using: &generator))
        case 1:
            .decimal((try? Number(coefficient: UInt128.random(in: 0...30, using: &generator), exponent: -1)) ?? .zero)
        case 2: .float(Double(Int.random(in: -6...6, using: &generator)) / 2)
        case 3: .string(RandomValues.text(upTo: 2, using: &generator))
        case 4: .symbol(RandomValues.text(upTo: 2, using: &generator))
        case 5: .blob(RandomValues.bytes(upTo: 2, using: &generator))
        default: RandomDocuments.value(level: 3, using: &generator)
        }
    }

    private func isTrue(_ value: Value, _ comparison: DocumentFilter.Comparison, _ constant: Value) -> Bool {
        if value.isAbsent || constant.isAbsent { return false }
        let isNaN = [value, constant].contains { if case .float(let float) = $0 { float.isNaN } else { false } }
        let order = isNaN ? nil : Value.comparable(value, constant)
        switch comparison {
        case .equal: return !isNaN && value == constant
        case .notEqual: return isNaN || value != constant
        case .less: return order.map { $0 < 0 } ?? false
        case .lessOrEqual: return order.map { $0 <= 0 } ?? false
        case .greater: return order.map { $0 > 0 } ?? false
        case .greaterOrEqual: return order.map { $0 >= 0 } ?? false
        }
    }
}
