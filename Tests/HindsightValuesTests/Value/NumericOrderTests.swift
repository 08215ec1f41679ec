import HindsightTestSupport
import HindsightValues
import Testing

/// Ints, decimals and floats have one total order, and what ties in it is equal and hashes alike.
@Suite struct NumericOrderTests {
    /// Numbers of all kinds next to a float: itself, its neighbours, and the decimals and ints around it.
    private func neighbours(of float: Double, using random: inout SeededGenerator) -> [Value] {
        var values: [Value] = [.float(float), .float(float.nextUp), .float(float.nextDown)]
        if let integer = Int64(exactly: float.rounded()) {
            values += [.int(integer), .int(integer &+ 1), .int(integer &- 1)]
        }
        guard let shortest = try? Number(float) else { return values }
        values.append(.decimal(shortest))
        for digits in [15, 16, 17, 38] {
            // The exponents keep the differences inside the float's rounding interval, or just outside of it.
            let exponent = shortest.adjustedExponent - digits + 1
            guard
                let step = try? Number(
                    coefficient: UInt128(Int.random(in: 1...9, using: &random)), exponent: exponent,
                    isNegative: .random(using: &random)),
                let moved = try? shortest.adding(step)
            else { continue }
            values.append(.decimal(moved))
            if let negated = try? shortest.subtracting(step) { values.append(.decimal(negated)) }
        }
        return values
    }

    private static let edges: [Double] = [
        .nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0x1p53, 0x1p54, 0x1p62,
        0x1p63, -0x1p63, 0x1p64, 1e22, 1e23, 1e125, 1e126, 9.999999999999999e125, 1e-130, 9.9e-131, 0.1, 0.3, 5e-5,
        123_456_789_012_345_680, 1.15292150460685e18,
    ]

    private func numbers(using random: inout SeededGenerator) -> [Value] {
        var floats = Self.edges
        floats += (0..<2).map { _ in RandomValue.double(using: &random) }
        floats += (0..<2).map { _ in .random(in: 0..<1, using: &random) }
        floats += (0..<2).map { _ in Double(Int64.random(in: .min ... .max, using: &random)) }
        var values = floats.flatMap { neighbours(of: $0, using: &random) }
        values += (0..<20).map { _ in .decimal(RandomValue.number(using: &random)) }
        values += [.int(.max), .int(.min), .decimal(.greatestFiniteMagnitude), .decimal(.leastNonzeroMagnitude)]
        return values
    }

    @Test func theOrderIsTotal() {
        let seed = TestSeed.fresh
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        let sorted = numbers(using: &random).shuffled(using: &random).sorted { Value.compare($0, $1) < 0 }
        // If each pair of a sorted list compares like its places, runs of ties apart, then the order is transitive.
        var step = 0
        let steps = sorted.indices.map { index in
            if index > 0, Value.compare(sorted[index - 1], sorted[index]) != 0 { step += 1 }
            return step
        }
        for (left, leftStep) in zip(sorted, steps) {
            for (right, rightStep) in zip(sorted, steps)
            where Value.compare(left, right) != (leftStep - rightStep).signum() {
                Issue.record("\(left) and \(right) compare unlike their places, seed \(seed)")
            }
        }
    }

    @Test func tiesAreEqualAndHashAlike() {
        let seed = TestSeed.fresh
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        // What is far apart neither ties nor has prefixes or hashes that are close.
        let numbers = numbers(using: &random).sorted { Value.compare($0, $1) < 0 }
        for (place, left) in numbers.enumerated() {
            for right in numbers[max(0, place - 12)..<min(numbers.count, place + 12)] {
                let isTie = Value.compare(left, right) == 0
                if isTie != left.isEqual(to: right) || isTie != (Value.comparable(left, right) == 0) {
                    Issue.record("\(left) and \(right) are equal by one rule only, seed \(seed)")
                }
                if isTie && (left.hashValue != right.hashValue || left.quickHash != right.quickHash) {
                    Issue.record("\(left) and \(right) hash apart, seed \(seed)")
                }
                let (leftWord, rightWord) = (left.orderPrefix().word, right.orderPrefix().word)
                if leftWord < rightWord && Value.compare(left, right) >= 0 {
                    Issue.record("the prefixes of \(left) and \(right) are ordered otherwise, seed \(seed)")
                }
            }
        }
    }

    /// The same numbers have the same bytes in keys, and the bytes have the same order.
    @Test func keysAgreeWithTheOrder() throws {
        let seed = TestSeed.fresh
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        let keys = numbers(using: &random).compactMap { value in
            (try? KeyCode.encode([value])).map { (value, $0) }
        }
        #expect(keys.count > 100)
        let sorted = keys.sorted { Value.compare($0.0, $1.0) < 0 }
        for (place, (left, leftKey)) in sorted.enumerated() {
            for (right, rightKey) in sorted[max(0, place - 12)...place] {
                let order = leftKey == rightKey ? 0 : leftKey.lexicographicallyPrecedes(rightKey) ? -1 : 1
                if Value.compare(left, right) != order {
                    Issue.record("the keys of \(left) and \(right) are ordered otherwise, seed \(seed)")
                }
            }
        }
    }

    @Test func floatsCountAsTheirShortestDecimals() {
        #expect(Value.compare(.float(0.1), .decimal("0.1")) == 0)
        #expect(Value.compare(.float(0.1), .decimal("0.10000000000000000001")) == -1)
        #expect(Value.compare(.decimal("0.09999999999999999999"), .float(0.1)) == -1)
        #expect(Value.compare(.float(1e23), .decimal("1E+23")) == 0)
        #expect(Value.compare(.float(0x1p53), .int(1 << 53 + 1)) == -1)
        #expect(Value.compare(.float(0x1p63), .int(.max)) == 1)
        #expect(Value.compare(.float(1e126), .decimal(.greatestFiniteMagnitude)) == 1)
        #expect(Value.compare(.decimal(.greatestFiniteMagnitude.negated), .float(-1e126)) == 1)
    }
}
