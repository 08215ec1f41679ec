/// A tuple: attributes in the order in which they were written. Names may repeat; a look-up finds the first.
public struct Structure: Sendable {
    /// One attribute.
    public struct Field: Sendable {
        public var name: String
        public var value: Value

        @inlinable
        public init(name: String, value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// All attributes, in written order.
    public var fields: [Field]

    @inlinable
    public init() {
        fields = []
    }

    @inlinable
    public init(fields: [Field]) {
        self.fields = fields
    }

    @inlinable public var count: Int { fields.count }
    @inlinable public var isEmpty: Bool { fields.isEmpty }

    /// Makes room for `count` attributes in all.
    @inlinable
    public mutating func reserveCapacity(_ count: Int) {
        fields.reserveCapacity(count)
    }

    /// Adds an attribute at the end, even if one of this name is there.
    @inlinable
    public mutating func append(_ name: String, _ value: Value) {
        fields.append(Field(name: name, value: value))
    }
}

/// What a name finds that is looked up without regard to case.
package enum StructureMatch: Sendable {
    case none
    case one(Value)
    /// Several attributes whose names differ by case: the value of the one of exactly this name, or else of the first.
    case ambiguous(first: Value)
}

extension Structure {
    /// The position of the first attribute whose name has exactly these bytes.
    ///
    /// - Complexity: O(`count`)
    public func firstIndex(of name: String) -> Int? {
        for index in fields.indices where TextOrder.isEqual(fields[index].name, name) { return index }
        return nil
    }

    /// The value of the first attribute whose name has exactly these bytes. Setting it replaces that value or adds an
    /// attribute; setting nil removes all attributes of this name.
    public subscript(_ name: String) -> Value? {
        get { firstIndex(of: name).map { fields[$0].value } }
        set {
            guard let newValue else { return fields.removeAll { TextOrder.isEqual($0.name, name) } }
            if let index = firstIndex(of: name) { fields[index].value = newValue } else { append(name, newValue) }
        }
    }

    /// Looks a name up as an unquoted identifier does: ASCII letters match in either case.
    ///
    /// Attributes of the very same name are one match, and their first counts. Documents are looked up alike: see
    /// `DocumentPath.Step`.
    /// - Complexity: O(`count`)
    package func match(ignoringCase name: String) -> StructureMatch {
        var first: Int?
        var exact: Int?
        var isAmbiguous = false
        for index in fields.indices where TextOrder.isEqualIgnoringCase(fields[index].name, name) {
            if exact == nil, TextOrder.isEqual(fields[index].name, name) { exact = index }
            if let first { isAmbiguous = isAmbiguous || !TextOrder.isEqual(fields[first].name, fields[index].name) }
            first = first ?? index
        }
        guard let found = exact ?? first else { return .none }
        return isAmbiguous ? .ambiguous(first: fields[found].value) : .one(fields[found].value)
    }
}
