import HindsightValues

// Reading the arguments of functions. The caller has checked their kinds, so that a mismatch thrown here is the second
// line of defence.

/// The text of a string or symbol.
func string(_ value: Value) throws(EvaluationFailure) -> String {
    guard let text = value.text else { throw .mismatch("expected a string, found \(value.kindPhrase)") }
    return text
}

/// The value of an int.
func integer(_ value: Value) throws(EvaluationFailure) -> Int64 {
    guard case .int(let number) = value else { throw .mismatch("expected an integer, found \(value.kindPhrase)") }
    return number
}

extension Value {
    /// The elements of a list, bag or sexp.
    @inlinable
    package var elements: [Value]? {
        switch self {
        case .list(let elements), .bag(let elements), .sexp(let elements): elements
        default: nil
        }
    }

    /// The octets of a blob or clob.
    @inlinable
    package var bytes: [UInt8]? {
        switch self {
        case .blob(let bytes), .clob(let bytes): bytes
        default: nil
        }
    }

    /// The kind as messages name it: `an int`, `a list`, `NULL`.
    package var kindPhrase: String {
        switch kind {
        case .missing: "MISSING"
        case .null: "NULL"
        case .int, .interval: "an \(kind.rawValue)"
        default: "a \(kind.rawValue)"
        }
    }
}
