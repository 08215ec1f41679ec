import HindsightKeyValue
import HindsightTestSupport
import Testing

@testable import HindsightValues

@Suite struct KeyRangeTests {
    private func key(_ components: Value...) throws -> [UInt8] { try KeyCode.encode(components) }

    private let texts = ["", "\0", "\u{1}", "a", "a\0", "a\0b", "a\u{1}", "aa", "ab", "b"]

    /// Every partition under every other: a partition's range holds its items and no others.
    @Test func aPartitionsRangeIsItsItems() throws {
        for partition in texts {
            let range = KeyRange(prefix: try key(.string(partition)))
            for other in texts {
                for sort in texts {
                    let item = try key(.string(other), .string(sort))
                    #expect(range.contains(item) == (other == partition), "\(partition), \(other)/\(sort)")
                }
            }
        }
    }

    @Test func aKeysRangeIsTheKey() throws {
        for one in texts {
            let range = KeyRange(key: try key(.string(one)))
            for other in texts {
                #expect(range.contains(try key(.string(other))) == (one == other))
            }
        }
    }

    /// All comparisons of all small texts.
    @Test func boundsHoldWhatComparisonsSay() throws {
        let prefix = try key(.string("p"))
        for bound in texts {
            let atLeast = try KeyRange(prefix: prefix, from: .including(.string(bound)), to: nil)
            let above = try KeyRange(prefix: prefix, from: .excluding(.string(bound)), to: nil)
            let atMost = try KeyRange(prefix: prefix, from: nil, to: .including(.string(bound)))
            let below = try KeyRange(prefix: prefix, from: nil, to: .excluding(.string(bound)))
            for sort in texts {
                let item = try key(.string("p"), .string(sort))
                let order = KeyCodeOrder.compare(Array(sort.utf8), Array(bound.utf8))
                #expect(atLeast.contains(item) == (order >= 0), "\(sort) >= \(bound)")
                #expect(above.contains(item) == (order > 0), "\(sort) > \(bound)")
                #expect(atMost.contains(item) == (order <= 0), "\(sort) <= \(bound)")
                #expect(below.contains(item) == (order < 0), "\(sort) < \(bound)")
            }
        }
    }

    @Test func numbersLieBetweenBounds() throws {
        let prefix = try key(.int(1))
        for low in -3...3 as ClosedRange<Int64> {
            for high in -3...3 as ClosedRange<Int64> {
                let range = try KeyRange(prefix: prefix, from: .excluding(.int(low)), to: .including(.int(high)))
                #expect(range.isEmpty == (low >= high))
                for sort in -4...4 as ClosedRange<Int64> {
                    let inside = range.contains(try key(.int(1), .int(sort)))
                    #expect(inside == (sort > low && sort <= high))
                }
            }
        }
    }

    /// `s >= 5` is not true of a text, though texts stand behind the numbers.
    @Test func anOpenSideEndsWithTheKind() throws {
        let prefix = try key(.string("p"))
        let range = try KeyRange(prefix: prefix, from: .including(.int(5)), to: nil)
        #expect(range.contains(try key(.string("p"), .decimal(.greatestFiniteMagnitude))))
        #expect(!range.contains(try key(.string("p"), .string(""))))
        let below = try KeyRange(prefix: prefix, from: nil, to: .excluding(.string("a")))
        #expect(!below.contains(try key(.string("p"), .int(1))))
        #expect(try KeyRange(prefix: prefix, from: .including(.int(5)), to: .including(.string("a"))).isEmpty)
        #expect(try KeyRange(prefix: prefix, from: nil, to: nil) == KeyRange(prefix: prefix))
    }

    @Test func beginningsMatchTextAndBinary() throws {
        let prefix = try key(.string("p"))
        for start in texts {
            let range = try KeyRange(prefix: prefix, beginningWith: .string(start))
            let binaryRange = try KeyRange(prefix: prefix, beginningWith: .blob(Array(start.utf8)))
            for sort in texts {
                let isMatch = sort.utf8.starts(with: start.utf8)
                #expect(range.contains(try key(.string("p"), .string(sort))) == isMatch)
                #expect(!range.contains(try key(.string("p"), .blob(Array(sort.utf8)))))
                #expect(binaryRange.contains(try key(.string("p"), .blob(Array(sort.utf8)))) == isMatch)
            }
        }
        #expect(throws: ValueError.notAKey(.int)) { try KeyRange(prefix: [], beginningWith: .int(1)) }
    }

    @Test func prefixesHaveSuccessors() {
        #expect(KeyRange.successor(ofPrefix: [1, 2]) == [1, 3])
        #expect(KeyRange.successor(ofPrefix: [1, 0xFF, 0xFF]) == [2])
        #expect(KeyRange.successor(ofPrefix: [0xFF]) == nil)
        #expect(KeyRange.successor(ofPrefix: []) == nil)
        #expect(KeyRange.all.contains([]))
        #expect(KeyRange.all.contains([0xFF, 0xFF]))
    }

    @Test func rangesIntersect() {
        let low = KeyRange(lower: [1], upper: [5])
        #expect(low.intersection(KeyRange(lower: [3], upper: nil)) == KeyRange(lower: [3], upper: [5]))
        #expect(KeyRange(lower: [3], upper: nil).intersection(low) == KeyRange(lower: [3], upper: [5]))
        #expect(low.intersection(KeyRange(lower: [0], upper: [4])) == KeyRange(lower: [1], upper: [4]))
        #expect(KeyRange.all.intersection(.all) == .all)
        #expect(low.intersection(KeyRange(lower: [5], upper: [6])).isEmpty)
    }

    // MARK: Long keys

    @Test func shortKeysAreStoredWhole() throws {
        let exact = Array(repeating: UInt8(0x61), count: 480)
        #expect(KeyCode.storedKey(exact) == exact)
        #expect(!KeyCode.isShortened(exact))
        let longer = exact + [0x61]
        #expect(KeyCode.storedKey(longer).count == 496)
        #expect(KeyCode.isShortened(KeyCode.storedKey(longer)))
        #expect(KeyCode.seekKey(exact) == exact)
        #expect(KeyCode.seekKey(longer) == exact)
    }

    @Test func theHashIsPartOfTheFormat() {
        let stored = KeyCode.storedKey((0..<600).map { UInt8(truncatingIfNeeded: $0) })
        #expect(
            stored[480...].map { String($0, radix: 16) }.joined(separator: " ")
                == "6 db 18 a3 d3 89 fc 88 6c c4 34 e1 62 87 34 42")
    }

    /// Long and short keys in one order, except among those that share the stored prefix.
    @Test func storedKeysSortLikeWholeKeys() throws {
        let seed = TestSeed.fresh
        print("KeyRangeTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let keys = try (0..<100).map { _ in
            let key = try randomLongKey(using: &generator)
            return (whole: key, stored: KeyCode.storedKey(key), seek: KeyCode.seekKey(key))
        }
        for left in keys {
            for right in keys {
                let order = KeyCodeOrder.compare(left.whole, right.whole)
                let storedOrder = KeyCodeOrder.compare(left.stored, right.stored)
                let sharesRun = min(left.whole.count, right.whole.count) > 480 && left.seek == right.seek
                let isRight = sharesRun ? (storedOrder == 0) == (order == 0) : storedOrder == order
                // A seek for one key does not pass over another that is not before it.
                let isPassed = KeyCodeOrder.compare(left.stored, right.seek) < 0
                if !isRight || order >= 0 && isPassed { Issue.record("\(left), \(right), seed \(seed)") }
            }
        }
    }

    /// Keys of about 470 to 500 bytes, and of 2,000, whose beginnings are few.
    private func randomLongKey(using generator: inout SeededGenerator) throws -> [UInt8] {
        let filler = ["x", "y", "\0"].randomElement(using: &generator) ?? "x"
        let lengths = [0...3, 465...485, 465...485, 1_000...1_003]
        let length = Int.random(in: lengths.randomElement(using: &generator) ?? 0...0, using: &generator)
        let text = String(repeating: filler, count: filler == "\0" ? length / 2 : length)
        return try key(.string(text), .string(RandomValues.text(upTo: 3, using: &generator)))
    }
}

extension KeyRange {
    fileprivate func contains(_ key: [UInt8]) -> Bool { contains(key.rawSpan) }
}

extension KeyCode {
    fileprivate static func isShortened(_ key: [UInt8]) -> Bool { isShortened(key.rawSpan) }
}
