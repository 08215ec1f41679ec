import HindsightValues

/// Functions about the kind of a value.
enum TypeFunctions {
    static let all: [Function] = [
        Function(
            "TYPEOF", [.init("value", .any)], absent: .accept,
            summary: "the name of the value's kind, of NULL and MISSING too",
            example: .init("TYPEOF([1])", gives: "'list'"), body: .unary { value in .string(value.kind.rawValue) }),
        Function(
            "ATTRIBUTE_TYPE", [.init("value", .any), .init("type", .text)], absent: .accept,
            summary: "whether the value is of a DynamoDB type: S, N, B, SS, NS, BS, BOOL, NULL, L, or M",
            example: .init("attribute_type('abc', 'S')", gives: "true"),
            body: .binary { (value, type) throws(EvaluationFailure) in
                if type.isAbsent { return type }
                let name = try string(type)
                guard let wanted = ItemType(rawValue: name) else {
                    throw .failed(
                        .invalidArgument,
                        "'\(name.preview)' is no attribute type; there are S, N, B, SS, NS, BS, BOOL, NULL, L, and M")
                }
                return .bool(ItemType(of: value) == wanted)
            }),
    ]
}

/// The types of DynamoDB's attributes.
private enum ItemType: String {
    case string = "S"
    case number = "N"
    case binary = "B"
    case stringSet = "SS"
    case numberSet = "NS"
    case binarySet = "BS"
    case bool = "BOOL"
    case null = "NULL"
    case list = "L"
    case map = "M"

    /// nil for MISSING and for kinds that DynamoDB lacks.
    init?(of value: Value) {
        switch value {
        case .string, .symbol: self = .string
        case .int, .decimal, .float: self = .number
        case .blob, .clob: self = .binary
        case .bool: self = .bool
        case .null: self = .null
        case .list, .sexp: self = .list
        case .structure: self = .map
        case .bag(let elements):
            guard let first = elements.first, let type = ItemType(of: first) else { return nil }
            switch type {
            case .string: self = .stringSet
            case .number: self = .numberSet
            case .binary: self = .binarySet
            default: return nil
            }
        case .missing, .timestamp, .date, .time, .interval: return nil
        }
    }
}
