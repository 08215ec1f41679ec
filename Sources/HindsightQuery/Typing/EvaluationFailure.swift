import HindsightSyntax
import HindsightValues

/// Why an operation on values has no result, before it is known where in the statement it stands.
package enum EvaluationFailure: Error, Sendable {
    /// A value of a wrong kind: MISSING in permissive typing, an error in strict typing.
    case mismatch(String)
    /// An error that no typing mode forgives: overflow, division by zero, a malformed pattern.
    case failed(DiagnosticCode, String)

    static let divisionByZero = EvaluationFailure.failed(.divisionByZero, "division by zero")

    /// A failure of the value layer.
    package init(_ error: ValueError) {
        switch error {
        case .numberOverflow: self = .failed(.numberOutOfRange, "the result is larger than 9.99…E+125")
        case .numberUnderflow: self = .failed(.numberOutOfRange, "the result is not zero but smaller than 1E-130")
        case .numberTooPrecise: self = .failed(.numberOutOfRange, "the number has more than 38 digits")
        case .integerOverflow: self = .failed(.numberOutOfRange, "the result does not fit into 64 bits")
        case .divisionByZero: self = .divisionByZero
        case .typeMismatch: self = .mismatch("the operation is not defined for these values")
        case .invalidNumber: self = .mismatch("the text is not a number")
        case .invalidTime: self = .failed(.invalidTime, "the text is not a date, time or interval")
        case .timeOverflow: self = .failed(.invalidTime, "the date, time or interval is out of range")
        case .invalidJSON(let fault, let offset):
            self = .failed(.invalidText, "the text is not JSON: \(fault.rawValue) at offset \(offset)")
        case .invalidDynamoDBJSON(let offset):
            self = .failed(.invalidText, "the text is not DynamoDB JSON: see offset \(offset)")
        case .notExpressible(let kind, let format):
            self = .mismatch("a \(kind.rawValue) cannot be written as \(format.rawValue)")
        case .nestingTooDeep(let limit):
            self = .failed(.nestingTooDeep, "the value is nested deeper than \(limit) levels")
        default: self = .failed(.invalidText, "the value cannot be used: \(error)")
        }
    }
}
