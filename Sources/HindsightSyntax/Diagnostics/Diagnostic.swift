/// One thing to tell the user about a text: what is wrong, where, and what would be right. A value; drawing it is the
/// matter of `DiagnosticRenderer`.
public struct Diagnostic: Sendable, Hashable {
    public var code: DiagnosticCode
    public var severity: Severity
    /// Lower case, without a full stop: what was found, what was expected; names in quotes.
    public var message: String
    /// nil if the fault has no place in the text.
    public var span: SourceSpan?
    public var notes: [Note]
    /// What to write instead.
    public var hint: String?
    /// The name under which DynamoDB reports this fault, if it has one.
    public var exceptionName: String?

    public enum Severity: String, Sendable, Hashable {
        case error
        case warning
        case note
    }

    /// A further remark, mostly at another place.
    public struct Note: Sendable, Hashable {
        public var message: String
        public var span: SourceSpan?

        public init(_ message: String, span: SourceSpan? = nil) {
            self.message = message
            self.span = span
        }
    }

    /// The exception name is the code's own unless another is given.
    public init(
        _ code: DiagnosticCode, _ message: String, span: SourceSpan? = nil, severity: Severity = .error,
        notes: [Note] = [], hint: String? = nil, exceptionName: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.span = span
        self.notes = notes
        self.hint = hint
        self.exceptionName = exceptionName ?? code.exceptionName
    }

    /// The same diagnostic for a text in which this one's text starts at byte `offset`.
    public func shifted(by offset: Int) -> Diagnostic {
        var shifted = self
        shifted.span = span?.shifted(by: offset)
        shifted.notes = notes.map { Note($0.message, span: $0.span?.shifted(by: offset)) }
        return shifted
    }
}

/// Why a text could not be read. Holds at least one diagnostic, the first fault first.
package struct SyntaxError: Error, Sendable, Equatable {
    package let diagnostics: [Diagnostic]

    package init(_ diagnostic: Diagnostic) {
        diagnostics = [diagnostic]
    }

    package init(_ diagnostics: [Diagnostic]) {
        precondition(!diagnostics.isEmpty, "a syntax error has a diagnostic")
        self.diagnostics = diagnostics
    }
}
