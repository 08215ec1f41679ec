import HindsightSyntax
import HindsightValues

/// Why an operation on values has no result, before it is known where in the statement it stands.
package enum EvaluationFailure: Error, Sendable {
    /// A value of a wrong kind: MISSING in permissive typing, an error in strict typing.
    case mismatch(String)
    /// An error that no typing mode forgives: overflow, division by zero, a malformed pattern.
    case failed(DiagnosticCode, String)
}
