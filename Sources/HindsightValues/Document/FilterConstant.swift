import HindsightKeyValue

/// The constant side of a comparison, prepared for comparing values in documents with it.
enum FilterConstant: Sendable {
    case int(Int64)
    /// A string or symbol, as UTF-8.
    case text([UInt8])
    /// Compared with the decoded value.
    case other(Value)

    /// How a value stands to the constant.
    enum Relation: UInt8 {
        case less = 0
        case equal = 1
        case greater = 2
        /// Of another kind, NaN, or of a kind that has no order and not equal.
        case different = 3
        /// Equal, and of a kind that has no order: neither `<=` nor `>=` is true.
        case same = 4
    }

    /// - Precondition: `value` is neither NULL nor MISSING.
    init(_ value: Value) {
        switch value {
        case .int(let int): self = .int(int)
        case .string(let text), .symbol(let text): self = .text(Array(text.utf8))
        default: self = .other(value)
        }
    }

    /// How the value at `offset` stands to the constant.
    @inline(__always)
    func relation(ofValueAt offset: Int, in document: RawSpan) throws(ValueError) -> Relation {
        switch self {
        case .int(let constant):
            if let int = try Document.int(at: offset, in: document) { return Relation(int, constant) }
            return try Self.relation(ofNumberAt: offset, in: document, to: constant)
        case .text(let constant):
            guard Document.isText(try Document.tag(at: offset, in: document)),
                let octets = try Document.octets(at: offset, in: document)
            else { return .different }
            return Relation(order: document.extracting(octets).compare(constant.rawSpan))
        case .other(let constant):
            return Self.relation(of: try Document.value(at: offset, in: document), to: constant)
        }
    }

    /// The relation of a value that is no int to an int.
    private static func relation(
        ofNumberAt offset: Int, in document: RawSpan, to constant: Int64
    ) throws(ValueError) -> Relation {
        if let number = try Document.number(at: offset, in: document) {
            return Relation(order: Number.compare(number, Number(constant)))
        }
        guard document.byte(at: offset) == Document.Tag.float else { return .different }
        return relation(of: try Document.value(at: offset, in: document), to: .int(constant))
    }

    /// Whether the value at `offset` is equal to the constant.
    func equals(valueAt offset: Int, in document: RawSpan) throws(ValueError) -> Bool {
        let relation = try relation(ofValueAt: offset, in: document)
        return relation == .equal || relation == .same
    }

    private static func relation(of value: Value, to constant: Value) -> Relation {
        if let order = Value.comparable(value, constant) {
            return value.isNaN || constant.isNaN ? .different : Relation(order: order)
        }
        return value.isEqual(to: constant) ? .same : .different
    }
}

extension FilterConstant.Relation {
    fileprivate init(order: Int) {
        self = order < 0 ? .less : order == 0 ? .equal : .greater
    }

    @inline(__always)
    fileprivate init(_ left: Int64, _ right: Int64) {
        self = left < right ? .less : left == right ? .equal : .greater
    }
}

extension Value {
    fileprivate var isNaN: Bool {
        if case .float(let float) = self { float.isNaN } else { false }
    }
}

extension Document {
    /// Whether a string or symbol starts with this tag.
    @inline(__always)
    static func isText(_ tag: UInt8) -> Bool {
        tag >= Tag.shortString || Tag.family(of: tag) == Tag.string || Tag.family(of: tag) == Tag.symbol
    }
}
