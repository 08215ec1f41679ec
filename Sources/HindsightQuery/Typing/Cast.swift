import HindsightSyntax
import HindsightValues

/// CAST, CAN_CAST and CAN_LOSSLESS_CAST.
///
/// | from, to | bool | int | decimal, float | text | date, time, timestamp | interval | list, bag, sexp | struct |
/// | --- | --- | --- | --- | --- | --- | --- | --- | --- |
/// | bool | = | 0, 1 | 0, 1 | true, false | | | | |
/// | numbers | not 0 | half to even | nearest | as written | | | | |
/// | text | true, false | also 0x, 0b | as a literal | = | as a literal | | | |
/// | temporal | | | | as written | the part in common | | | |
/// | interval | | | | as written | | of one family | | |
/// | collections | | | | | | | = | |
///
/// All else is a mismatch. A number that leaves the target's range is an error in both typing modes; so is a text that is
/// a number beyond that range.
enum Cast {
    /// The value as the type has it.
    ///
    /// - Precondition: the value is present.
    static func cast(_ value: Value, to type: TypeDescriptor) throws(EvaluationFailure) -> Value {
        switch type {
        case .any: return value
        case .null, .missing: throw impossible(value, type)
        case .bool: return .bool(try bool(value))
        case .integer(let bits): return .int(try integer(value, bits: bits))
        case .decimal(let precision, let scale):
            return .decimal(try decimal(value, precision: precision, scale: scale))
        case .number: return try number(value)
        case .float: return .float(try float(value))
        case .string: return .string(try text(value, type))
        case .symbol: return .symbol(try text(value, type))
        case .characters(let length, let isFixed):
            return .string(fitted(try text(value, type), to: length, isFixed: isFixed))
        case .blob:
            if let bytes = value.bytes { return .blob(bytes) }
            throw impossible(value, type)
        case .clob:
            if let bytes = value.bytes { return .clob(bytes) }
            return .clob(Array(try text(value, type).utf8))
        case .date, .time, .timestamp, .interval: return try temporal(value, type)
        case .list, .bag, .sexp: return try collection(value, type)
        case .structure:
            if case .structure = value { return value }
            throw impossible(value, type)
        }
    }

    /// Whether CAST would succeed; of absent values it does.
    static func canCast(_ value: Value, to type: TypeDescriptor) -> Bool {
        if value.isAbsent { return true }
        return (try? cast(value, to: type)) != nil
    }

    /// Whether the value could be cast and back again without a change.
    static func canLosslessCast(_ value: Value, to type: TypeDescriptor) -> Bool {
        if value.isAbsent { return true }
        guard let there = try? cast(value, to: type), let ownType = TypeDescriptor(of: value) else { return false }
        guard let back = try? cast(there, to: ownType) else { return false }
        return back.isEqual(to: value)
    }

    static func impossible(_ value: Value, _ type: TypeDescriptor) -> EvaluationFailure {
        .mismatch("\(value.kindPhrase) cannot be cast to \(type.name)")
    }

    private static func bool(_ value: Value) throws(EvaluationFailure) -> Bool {
        switch value {
        case .bool(let bool): return bool
        case .int(let number): return number != 0
        case .decimal(let number): return !number.isZero
        case .float(let number) where !number.isNaN: return number != 0
        case .string(let text), .symbol(let text):
            switch text.lowercased() {
            case "true": return true
            case "false": return false
            default: throw .mismatch("the text '\(text.preview)' is no boolean")
            }
        default: throw impossible(value, .bool)
        }
    }

    private static func text(_ value: Value, _ type: TypeDescriptor) throws(EvaluationFailure) -> String {
        switch value {
        case .string(let text), .symbol(let text): return text
        case .bool(let bool): return bool ? "true" : "false"
        case .int(let number): return String(number)
        case .decimal(let number): return number.description
        case .float(let number): return number.isNaN ? "nan" : number.description
        case .clob(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw .mismatch("the clob is no UTF-8 text")
            }
            return text
        case .date(let date): return date.description
        case .time(let time): return time.description
        case .timestamp(let timestamp): return timestamp.description
        case .interval(let interval): return interval.description
        default: throw impossible(value, type)
        }
    }

    /// CHAR(n) is filled up with spaces; both are cut at n code points.
    private static func fitted(_ text: String, to length: Int, isFixed: Bool) -> String {
        let count = text.codePointCount
        if count > length { return text.codePoints(from: 1, count: Int64(length)) }
        return isFixed ? text + String(repeating: " ", count: length - count) : text
    }

    private static func collection(_ value: Value, _ type: TypeDescriptor) throws(EvaluationFailure) -> Value {
        guard let elements = value.elements else { throw impossible(value, type) }
        switch type {
        case .list: return .list(elements)
        case .bag: return .bag(elements)
        default: return .sexp(elements)
        }
    }
}

extension TypeDescriptor {
    /// The widest type of a value's kind; nil for absent values.
    init?(of value: Value) {
        switch value {
        case .missing, .null: return nil
        case .bool: self = .bool
        case .int: self = .integer(bits: 64)
        case .decimal: self = .decimal(precision: nil, scale: 0)
        case .float: self = .float
        case .string: self = .string
        case .symbol: self = .symbol
        case .timestamp(let timestamp): self = .timestamp(precision: nil, hasZone: timestamp.zone != .none)
        case .date: self = .date
        case .time(let time): self = .time(precision: nil, hasZone: time.offsetMinutes != nil)
        case .interval: self = .interval(nil)
        case .blob: self = .blob
        case .clob: self = .clob
        case .list: self = .list
        case .bag: self = .bag
        case .sexp: self = .sexp
        case .structure: self = .structure
        }
    }

    /// The type as it is written.
    package var name: String {
        switch self {
        case .any: "ANY"
        case .missing: "MISSING"
        case .null: "NULL"
        case .bool: "BOOL"
        case .integer(8): "TINYINT"
        case .integer(16): "SMALLINT"
        case .integer(32): "INTEGER"
        case .integer: "INT"
        case .decimal(nil, _): "DECIMAL"
        case .decimal(let precision?, let scale): "DECIMAL(\(precision), \(scale))"
        case .number: "NUMBER"
        case .float: "FLOAT"
        case .string: "STRING"
        case .characters(let length, let isFixed): "\(isFixed ? "CHAR" : "VARCHAR")(\(length))"
        case .symbol: "SYMBOL"
        case .blob: "BLOB"
        case .clob: "CLOB"
        case .date: "DATE"
        case .time(_, let hasZone): hasZone ? "TIME WITH TIME ZONE" : "TIME"
        case .timestamp(_, let hasZone): hasZone ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP"
        case .interval: "INTERVAL"
        case .list: "LIST"
        case .bag: "BAG"
        case .sexp: "SEXP"
        case .structure: "STRUCT"
        }
    }
}

extension String {
    /// The beginning of a text, for messages.
    package var preview: String {
        codePointCount > 40 ? codePoints(from: 1, count: 39) + "…" : self
    }
}
