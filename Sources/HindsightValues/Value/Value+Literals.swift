/// Values written in Swift source: `["Id": 101, "Tags": ["red", .null]]`.
///
/// `nil` is no NULL: where a `Value?` is meant, as in `isThere ? value : nil`, Swift would take it for one.
extension Value: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    public init(integerLiteral value: Int64) {
        self = .int(value)
    }

    /// A float, for that is what Swift makes of the literal; exact decimals are written `.decimal("19.95")`.
    public init(floatLiteral value: Double) {
        self = .float(value)
    }

    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// A list.
    public init(arrayLiteral elements: Value...) {
        self = .list(elements)
    }

    /// A structure with its attributes in written order.
    public init(dictionaryLiteral elements: (String, Value)...) {
        self = .structure(Structure(elements))
    }
}

extension Structure: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, Value)...) {
        self.init(elements)
    }

    /// Attributes in the order of the pairs.
    public init(_ pairs: some Sequence<(String, Value)>) {
        self.init(fields: pairs.map { Field(name: $0.0, value: $0.1) })
    }
}
