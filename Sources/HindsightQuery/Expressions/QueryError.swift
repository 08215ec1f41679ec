import HindsightSyntax

/// An error of binding or running a statement: a diagnostic that points into its text.
package struct QueryError: Error, Sendable {
    package var diagnostic: Diagnostic

    package init(_ diagnostic: Diagnostic) {
        self.diagnostic = diagnostic
    }

    package init(_ code: DiagnosticCode, _ message: String, at span: SourceSpan?, hint: String? = nil) {
        diagnostic = Diagnostic(code, message, span: span, hint: hint)
    }
}
