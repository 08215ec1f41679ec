import HindsightValues

/// `value IN elements`: true if one is equal; else NULL if an element or the value is absent; else false.
package enum Membership {
    /// - Complexity: O(elements).
    package static func of(_ value: Value, in elements: [Value]) -> Value {
        var isUnknown = false
        for element in elements {
            switch Relation.of(value, element) {
            case .equal: return .bool(true)
            case .null, .missing: isUnknown = true
            default: break
            }
        }
        return isUnknown ? .null : .bool(false)
    }
}

/// A constant collection on the right side of IN, hashed so that a long list costs no more than a short one.
struct MemberTable: Sendable {
    private let members: Set<Value>
    private let elements: [Value]
    private let hasAbsent: Bool

    /// nil for a value that is no collection.
    init?(_ collection: Value) {
        guard let elements = collection.elements else { return nil }
        self.elements = elements
        members = Set(elements)
        hasAbsent = elements.contains(where: \.isAbsent)
    }

    /// Below this many elements a walk is quicker than a hash.
    private static let walkedCount = 4

    func contains(_ value: Value) -> Value {
        if case .missing = value { return .missing }
        if elements.count <= MemberTable.walkedCount { return Membership.of(value, in: elements) }
        if case .null = value { return .null }
        if members.contains(value) { return .bool(true) }
        return hasAbsent ? .null : .bool(false)
    }
}
