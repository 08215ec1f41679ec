import HindsightKeyValue

/// A range of keys: all whole keys from `lower` on and before `upper`, as bytes in `memcmp` order.
///
/// One form serves all conditions on keys: a bound that leaves a value out, or takes everything under it in, is the
/// first byte string behind all keys that begin with it.
package struct KeyRange: Sendable, Equatable {
    /// The lowest key that is inside.
    package let lower: [UInt8]
    /// The lowest key behind the range; nil if the range has no end.
    package let upper: [UInt8]?

    package init(lower: [UInt8], upper: [UInt8]?) {
        self.lower = lower
        self.upper = upper
    }

    /// Every key.
    package static let all = KeyRange(lower: [], upper: nil)

    /// All keys that begin with `prefix`: with a partition's component, the items of the partition.
    package init(prefix: [UInt8]) {
        self.init(lower: prefix, upper: KeyRange.successor(ofPrefix: prefix))
    }

    /// The key `key` alone.
    package init(key: [UInt8]) {
        self.init(lower: key, upper: key + [0])
    }

    package var isEmpty: Bool {
        guard let upper else { return false }
        return !lower.lexicographicallyPrecedes(upper)
    }

    /// Whether the whole key `key` is inside.
    package func contains(_ key: RawSpan) -> Bool {
        guard key.compare(lower.rawSpan) >= 0 else { return false }
        guard let upper else { return true }
        return key.compare(upper.rawSpan) < 0
    }

    /// The keys that are in both ranges.
    package func intersection(_ other: KeyRange) -> KeyRange {
        let lower = self.lower.lexicographicallyPrecedes(other.lower) ? other.lower : self.lower
        guard let upper, let otherUpper = other.upper else {
            return KeyRange(lower: lower, upper: upper ?? other.upper)
        }
        return KeyRange(lower: lower, upper: upper.lexicographicallyPrecedes(otherUpper) ? upper : otherUpper)
    }

    /// The lowest byte string above all those that begin with `prefix`; nil if there is none.
    package static func successor(ofPrefix prefix: [UInt8]) -> [UInt8]? {
        guard let last = prefix.lastIndex(where: { $0 != 0xFF }) else { return nil }
        var successor = Array(prefix[...last])
        successor[last] += 1
        return successor
    }
}

// MARK: - Ranges of components

/// An end of a range of values.
package enum KeyBound: Sendable {
    case including(Value)
    case excluding(Value)

    var value: Value {
        switch self {
        case .including(let value), .excluding(let value): value
        }
    }
}

extension KeyRange {
    /// The keys that begin with `prefix` and go on with a component between the bounds. A side without a bound ends
    /// where the kind of the other bound ends, for a comparison holds only between values of one kind; without any
    /// bound, all keys under `prefix` are inside.
    ///
    /// - Throws: As `KeyCode.encode(_:)`.
    package init(prefix: [UInt8], from low: KeyBound?, to high: KeyBound?) throws(ValueError) {
        var range = KeyRange(prefix: prefix)
        if let low {
            range = range.intersection(try KeyRange(prefix: prefix, atOrAfter: low))
        }
        if let high {
            range = range.intersection(try KeyRange(prefix: prefix, atOrBefore: high))
        }
        self = range
    }

    /// The keys that begin with `prefix` and go on with a text or binary component that begins with `start`.
    ///
    /// - Throws: `ValueError.notAKey` for another kind of value.
    package init(prefix: [UInt8], beginningWith start: Value) throws(ValueError) {
        var bytes = prefix
        switch start {
        case .string(let text), .symbol(let text):
            bytes.append(KeyCode.Tag.text)
            KeyCode.appendEscaped(RawSpan(_elements: text.utf8.span), to: &bytes)
        case .blob(let binary):
            bytes.append(KeyCode.Tag.binary)
            KeyCode.appendEscaped(binary.rawSpan, to: &bytes)
        default: throw .notAKey(start.kind)
        }
        self.init(prefix: bytes)
    }

    private init(prefix: [UInt8], atOrAfter bound: KeyBound) throws(ValueError) {
        let (key, kind) = try KeyRange.key(prefix, bound)
        let upper = KeyRange.successor(ofPrefix: prefix + [kind.upperBound])
        switch bound {
        case .including: self.init(lower: key, upper: upper)
        case .excluding: self.init(lower: KeyRange.successor(ofPrefix: key) ?? key, upper: upper)
        }
    }

    private init(prefix: [UInt8], atOrBefore bound: KeyBound) throws(ValueError) {
        let (key, kind) = try KeyRange.key(prefix, bound)
        let lower = prefix + [kind.lowerBound]
        switch bound {
        case .including: self.init(lower: lower, upper: KeyRange.successor(ofPrefix: key))
        case .excluding: self.init(lower: lower, upper: key)
        }
    }

    /// `prefix` and the component of the bound behind it, and the tags of the component's kind.
    private static func key(
        _ prefix: [UInt8], _ bound: KeyBound
    ) throws(ValueError) -> (key: [UInt8], kind: ClosedRange<UInt8>) {
        var key = prefix
        try KeyCode.append(bound.value, to: &key)
        let tag = key[prefix.count]
        return (key, KeyCode.Tag.kind(of: tag) ?? tag...tag)
    }
}
