import HindsightQuery
import HindsightStorage
import HindsightSyntax

/// Everything that can go wrong, as one type: what (`code`), in words (`message`), where in the statement, and what to do.
///
/// ```swift
/// do {
///     try db.execute("SELCT 1")
/// } catch let error as DatabaseError where error.code == .syntaxError {
///     print(error)
/// }
/// ```
public struct DatabaseError: Error, Sendable {
    /// What is wrong, first fault first; never empty.
    public let diagnostics: [Diagnostic]
    /// The text of the statement, if the fault lies in one.
    public let statement: String?

    public init(_ diagnostics: [Diagnostic], statement: String? = nil) {
        precondition(!diagnostics.isEmpty, "an error has a diagnostic")
        self.diagnostics = diagnostics
        self.statement = statement
    }

    public init(_ code: DiagnosticCode, _ message: String, hint: String? = nil, statement: String? = nil) {
        self.init([Diagnostic(code, message, hint: hint)], statement: statement)
    }

    init(_ error: QueryError, statement: String? = nil) {
        self.init([error.diagnostic], statement: statement)
    }

    init(_ error: StorageError) {
        self.init(QueryError(error))
    }

    /// The stable name of the fault.
    public var code: DiagnosticCode { diagnostics[0].code }
    /// Lower case, without a full stop.
    public var message: String { diagnostics[0].message }
    /// What to write instead, if that is known.
    public var hint: String? { diagnostics[0].hint }
    /// The name under which DynamoDB reports this fault, such as `InvalidRestoreTimeException`.
    public var exceptionName: String? { diagnostics[0].exceptionName }
}

extension DatabaseError: CustomStringConvertible {
    /// The faults, each drawn with its line of the statement and its place in it. Parameters are not shown.
    public var description: String {
        let renderer = DiagnosticRenderer(source: statement ?? "")
        return diagnostics.map(renderer.render).joined(separator: "\n")
    }
}
