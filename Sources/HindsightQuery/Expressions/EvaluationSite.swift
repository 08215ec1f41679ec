import HindsightSyntax
import HindsightValues

/// The place of an operation in the statement and the typing mode that it runs under: what turns a failure on values
/// into MISSING or into an error that points into the text.
struct EvaluationSite: Sendable {
    let typing: TypingMode
    let span: SourceSpan

    /// A value of a wrong kind was met.
    @inline(never)
    func mismatch(_ message: @autoclosure () -> String) throws(QueryError) -> Value {
        if typing == .permissive { return .missing }
        throw QueryError(.typeMismatch, message(), at: span)
    }

    @inline(never)
    func resolve(_ failure: EvaluationFailure) throws(QueryError) -> Value {
        switch failure {
        case .mismatch(let message): return try mismatch(message)
        case .failed(let code, let message): throw QueryError(code, message, at: span)
        }
    }

    /// Runs an operation on values.
    @inline(__always)
    func run(_ operation: () throws(EvaluationFailure) -> Value) throws(QueryError) -> Value {
        do throws(EvaluationFailure) {
            return try operation()
        } catch {
            return try resolve(error)
        }
    }
}
