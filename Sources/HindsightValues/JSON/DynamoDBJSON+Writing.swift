/// Values as DynamoDB's JSON.
///
/// Numbers are written in DynamoDB's normal form: plain digits, no trailing zeros. Finite floats become numbers, symbols
/// strings; a bag becomes a set if its elements are unique strings, numbers, or binaries, and is refused otherwise, as is
/// every kind that DynamoDB does not have. Attributes that are MISSING are left out.
extension Value {
    /// Appends the value with its type, in UTF-8: `{"S":"text"}`.
    ///
    /// - Throws: `notExpressible`; for floats `numberOverflow`, `numberUnderflow`. What was appended before stays.
    public func appendDynamoDBJSON(to bytes: inout [UInt8]) throws(ValueError) {
        switch self {
        case .null: bytes.append(ascii: #"{"NULL":true}"#)
        case .bool(let bool): bytes.append(ascii: bool ? #"{"BOOL":true}"# : #"{"BOOL":false}"#)
        case .int, .decimal, .float, .string, .symbol, .blob:
            bytes.append(ascii: "{\"\(try scalarType)\":")
            try appendQuotedScalar(to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        case .list(let elements):
            bytes.append(ascii: #"{"L":["#)
            for index in elements.indices {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                try elements[index].appendDynamoDBJSON(to: &bytes)
            }
            bytes.append(ascii: "]}")
        case .structure(let structure):
            bytes.append(ascii: #"{"M":"#)
            try structure.appendDynamoDBItem(to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        case .bag(let elements): try appendSet(elements, to: &bytes)
        case .missing, .timestamp, .date, .time, .interval, .clob, .sexp: throw .notExpressible(kind, .dynamoDBJSON)
        }
    }

    /// The name of a type that a set can be made of.
    private var scalarType: String {
        get throws(ValueError) {
            switch self {
            case .string, .symbol: "S"
            case .int, .decimal, .float: "N"
            case .blob: "B"
            default: throw .notExpressible(kind, .dynamoDBJSON)
            }
        }
    }

    private func appendQuotedScalar(to bytes: inout [UInt8]) throws(ValueError) {
        switch self {
        case .string(let text), .symbol(let text): JSONWriter.append(text, to: &bytes)
        case .blob(let octets): JSONWriter.appendQuoted(&bytes) { Base64.append(octets, to: &$0) }
        default:
            guard let number = try dynamoDBNumber else { throw .notExpressible(kind, .dynamoDBJSON) }
            JSONWriter.appendQuoted(&bytes) { number.appendPlain(to: &$0) }
        }
    }

    /// A number in the form in which DynamoDB keeps it.
    private var dynamoDBNumber: Number? {
        get throws(ValueError) {
            switch self {
            case .int(let integer): Number(integer)
            case .decimal(let number): number.normalized
            case .float(let float): float.isFinite ? try Number(float).normalized : nil
            default: nil
            }
        }
    }

    private func appendSet(_ elements: [Value], to bytes: inout [UInt8]) throws(ValueError) {
        guard let first = elements.first, Set(elements).count == elements.count else {
            throw .notExpressible(.bag, .dynamoDBJSON)
        }
        let type = try first.scalarType
        bytes.append(ascii: "{\"\(type)S\":[")
        for index in elements.indices {
            guard try elements[index].scalarType == type else { throw .notExpressible(.bag, .dynamoDBJSON) }
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            try elements[index].appendQuotedScalar(to: &bytes)
        }
        bytes.append(ascii: "]}")
    }

    /// The value with its type: `{"S":"text"}`.
    ///
    /// - Throws: as `appendDynamoDBJSON(to:)`.
    public var dynamoDBJSON: String {
        get throws(ValueError) {
            var bytes: [UInt8] = []
            try appendDynamoDBJSON(to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}

extension Structure {
    /// Appends the structure as an item, in UTF-8: `{"Id":{"N":"101"}}`.
    ///
    /// - Throws: as `Value.appendDynamoDBJSON(to:)`.
    public func appendDynamoDBItem(to bytes: inout [UInt8]) throws(ValueError) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for field in fields {
            if case .missing = field.value { continue }
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            JSONWriter.append(field.name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            try field.value.appendDynamoDBJSON(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// The structure as an item: `{"Id":{"N":"101"}}`.
    ///
    /// - Throws: as `Value.appendDynamoDBJSON(to:)`.
    public var dynamoDBItem: String {
        get throws(ValueError) {
            var bytes: [UInt8] = []
            try appendDynamoDBItem(to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
