import HindsightValues

// With `ValueEncoder` and `ValueDecoder` the types of the language go through unchanged (`ValueConvertible`). These
// conformances serve every other coder, JSON's for one: numbers of 38 digits and times travel as text there.

extension Number: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let integer = try? container.decode(Int64.self) {
            self.init(integer)
        } else if let text = try? container.decode(String.self), let number = Number(text) {
            self = number
        } else {
            self = try Number(container.decode(Double.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let integer = exactInt64 { try container.encode(integer) } else { try container.encode(description) }
    }
}

extension Structure: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: PlainKey.self)
        self.init()
        for key in container.allKeys { append(key.stringValue, try container.decode(Value.self, forKey: key)) }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: PlainKey.self)
        for field in fields {
            if case .missing = field.value { continue }
            try container.encode(field.value, forKey: PlainKey(field.name))
        }
    }
}

extension Value: Codable {
    public init(from decoder: any Decoder) throws {
        if let structure = try? Structure(from: decoder) {
            self = .structure(structure)
        } else if let elements = try? [Value](from: decoder) {
            self = .list(elements)
        } else {
            self = try Value.scalar(in: decoder.singleValueContainer())
        }
    }

    private static func scalar(in container: any SingleValueDecodingContainer) throws -> Value {
        if container.decodeNil() { return .null }
        if let flag = try? container.decode(Bool.self) { return .bool(flag) }
        if let integer = try? container.decode(Int64.self) { return .int(integer) }
        if let double = try? container.decode(Double.self) { return .float(double) }
        return .string(try container.decode(String.self))
    }

    /// Bags and S-expressions as lists, octets as lists of integers, times as their text, MISSING as NULL.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .missing, .null: try container.encodeNil()
        case .bool(let flag): try container.encode(flag)
        case .int(let integer): try container.encode(integer)
        case .decimal(let number): try container.encode(number)
        case .float(let double): try container.encode(double)
        case .string(let text), .symbol(let text): try container.encode(text)
        case .blob(let bytes), .clob(let bytes): try container.encode(bytes)
        case .list(let elements), .bag(let elements), .sexp(let elements): try container.encode(elements)
        case .structure(let structure): try container.encode(structure)
        case .timestamp, .date, .time, .interval: try container.encode("\(self)")
        }
    }
}
