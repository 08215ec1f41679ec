/// A tuple: attributes in the order in which they were written. Names may repeat; which one a look-up finds is then the
/// first.
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
