import Hindsight

/// Why a unit of a script failed.
package enum ShellError: Error {
    /// The database refused the statement; places are in the statement's text.
    case statement(DatabaseError)
    /// The shell itself could not do what was asked.
    case shell(Diagnostic)

    /// A dot-command that was used wrongly.
    static func command(_ message: String, hint: String? = nil) -> ShellError {
        .shell(Diagnostic(.invalidArgument, message, hint: hint))
    }

    /// A file that could not be read or written.
    static func file(_ error: SystemError) -> ShellError {
        .shell(Diagnostic(error.code, error.description))
    }

    /// A row that does not fit into the output format.
    static func rendering(_ error: RenderError) -> ShellError {
        .shell(Diagnostic(.unsupported, error.message))
    }

    /// Whether a statement was stopped from outside.
    var isCancellation: Bool { diagnostics[0].code == .cancelled }

    package var diagnostics: [Diagnostic] {
        switch self {
        case .statement(let error): error.diagnostics
        case .shell(let diagnostic): [diagnostic]
        }
    }
}

extension SystemError {
    fileprivate var code: DiagnosticCode {
        switch number {
        case Self.noSuchFile: .fileNotFound
        case Self.permissionDenied: .permissionDenied
        case Self.noSpace: .diskFull
        default: .inputOutput
        }
    }
}
