/// The payload of a value, if it is of the kind that is asked for.
extension Value {
    @inlinable public var isNull: Bool { if case .null = self { true } else { false } }
    @inlinable public var isMissing: Bool { if case .missing = self { true } else { false } }

    public var boolValue: Bool? { if case .bool(let bool) = self { bool } else { nil } }

    /// The integer, also of a decimal or a float that is one.
    public var intValue: Int64? {
        switch self {
        case .int(let integer): integer
        case .decimal(let number): number.exactInt64
        case .float(let float): Int64(exactly: float)
        default: nil
        }
    }

    /// The exact number of an int or a decimal.
    public var numberValue: Number? {
        switch self {
        case .int(let integer): Number(integer)
        case .decimal(let number): number
        default: nil
        }
    }

    /// The float nearest to a number of any kind.
    public var doubleValue: Double? {
        switch self {
        case .int, .decimal, .float: NumericOrder.nearestDouble(self)
        default: nil
        }
    }

    /// The text of a string or a symbol.
    public var stringValue: String? {
        switch self {
        case .string(let text), .symbol(let text): text
        default: nil
        }
    }

    /// The octets of a blob or a clob.
    public var bytesValue: [UInt8]? {
        switch self {
        case .blob(let bytes), .clob(let bytes): bytes
        default: nil
        }
    }

    public var timestampValue: Timestamp? { if case .timestamp(let timestamp) = self { timestamp } else { nil } }
    public var structureValue: Structure? { if case .structure(let structure) = self { structure } else { nil } }

    /// The elements of a list, a bag, or an s-expression.
    public var elements: [Value]? {
        switch self {
        case .list(let elements), .bag(let elements), .sexp(let elements): elements
        default: nil
        }
    }

    /// The attribute of this very name; MISSING if there is none, or the value is no structure. So a path is
    /// `value["a"]["b"][2]`.
    public subscript(_ name: String) -> Value {
        guard case .structure(let structure) = self else { return .missing }
        return structure[name] ?? .missing
    }

    /// The element at an index, from 0, of a list or an s-expression; MISSING if there is none.
    public subscript(_ index: Int) -> Value {
        switch self {
        case .list(let elements), .sexp(let elements): elements.indices.contains(index) ? elements[index] : .missing
        default: .missing
        }
    }

    /// The number in its usual kind: an int if it is an integer of 64 bits, else a decimal without trailing zeros. So
    /// DynamoDB's one number type is read.
    public init(normalizing number: Number) {
        self = number.exactInt64.map(Value.int) ?? .decimal(number.normalized)
    }
}
