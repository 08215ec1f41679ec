/// The kind of a value, without its payload; the names are the language's type names.
public enum ValueKind: String, Sendable, CaseIterable {
    case missing
    case null
    case bool
    case int
    case decimal
    case float
    case string
    case symbol
    case timestamp
    case date
    case time
    case interval
    case blob
    case clob
    case list
    case bag
    case sexp
    case structure = "struct"
}

extension Value {
    @inlinable
    public var kind: ValueKind {
        switch self {
        case .missing: .missing
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .decimal: .decimal
        case .float: .float
        case .string: .string
        case .symbol: .symbol
        case .timestamp: .timestamp
        case .date: .date
        case .time: .time
        case .interval: .interval
        case .blob: .blob
        case .clob: .clob
        case .list: .list
        case .bag: .bag
        case .sexp: .sexp
        case .structure: .structure
        }
    }

    /// Whether the value is NULL or MISSING.
    @inlinable
    public var isAbsent: Bool {
        switch self {
        case .missing, .null: true
        default: false
        }
    }
}
