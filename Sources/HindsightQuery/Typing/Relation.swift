import HindsightSyntax
import HindsightValues

/// How two values stand to each other under the comparison operators.
package enum Relation: UInt8, Sendable {
    case less = 0
    case equal = 1
    case greater = 2
    /// NaN beside a number: none of the three, but comparable.
    case unordered = 3
    /// Values of one kind that has no order, which differ.
    case different = 4
    /// Values of kinds that are not compared: `=` is false, `<` is a mismatch.
    case incomparable = 5
    /// At least one is NULL.
    case null = 6
    /// At least one is MISSING, and none is NULL.
    case missing = 7
}

extension Relation {
    /// Compares two values. The kinds that occur most in rows come first.
    ///
    /// - Complexity: constant for numbers, O(bytes) for text; collections as `isEqual`.
    @inline(__always)
    package static func of(_ left: Value, _ right: Value) -> Relation {
        switch (left, right) {
        case (.int(let left), .int(let right)): left < right ? .less : left == right ? .equal : .greater
        case (.string(let left), .string(let right)): of(TextOrder.compare(left, right))
        case (.decimal(let left), .decimal(let right)): of(Number.compare(left, right))
        default: ofOthers(left, right)
        }
    }

    @inline(__always)
    private static func of(_ order: Int) -> Relation {
        order < 0 ? .less : order == 0 ? .equal : .greater
    }

    @inline(never)
    private static func ofOthers(_ left: Value, _ right: Value) -> Relation {
        if left.isAbsent || right.isAbsent {
            if case .null = left { return .null }
            if case .null = right { return .null }
            return .missing
        }
        if let order = Value.comparable(left, right) { return left.isNaN || right.isNaN ? .unordered : of(order) }
        guard areOfOneKind(left, right) else { return .incomparable }
        return left.isEqual(to: right) ? .equal : .different
    }

    /// Whether two collections are of kinds that can be equal.
    private static func areOfOneKind(_ left: Value, _ right: Value) -> Bool {
        let kinds = (KindSet(left.kind), KindSet(right.kind))
        return kinds.0 == kinds.1 || KindSet.ordered.isSuperset(of: kinds.0.union(kinds.1))
    }
}

extension Value {
    fileprivate var isNaN: Bool {
        if case .float(let number) = self { number.isNaN } else { false }
    }
}

extension ComparisonOperator {
    /// Bit n is set if the relation of raw value n makes the operator true; of the relations up to `unordered`.
    @inline(__always)
    var trueRelations: UInt8 {
        switch self {
        case .equal: 0b0010
        case .notEqual: 0b1101
        case .less: 0b0001
        case .lessOrEqual: 0b0011
        case .greater: 0b0100
        case .greaterOrEqual: 0b0110
        }
    }

    /// Whether the operator asks for an order, not only for equality.
    @inline(__always)
    var isOrdering: Bool {
        self != .equal && self != .notEqual
    }
}
