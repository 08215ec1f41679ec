import Hindsight
import HindsightSyntax

/// Where and how errors are printed.
package protocol ErrorReporter {
    /// Prints the error that a unit of a text failed with.
    func report(_ error: ShellError, of unit: ScriptUnit, in source: ScriptSource)
    /// Says that the user stopped a statement.
    func reportInterruption(after duration: Duration)
}

extension ErrorReporter {
    /// A statement that is stopped is undone whole.
    static func interruption(after duration: Duration) -> String {
        "interrupted after \(TimeText.duration(duration)); the statement changed nothing"
    }
}

/// Errors of a script or the prompt: drawn with their place in the whole text.
package struct SourceErrorReporter: ErrorReporter {
    private let output: TextOutput

    package init(_ output: TextOutput) {
        self.output = output
    }

    package func report(_ error: ShellError, of unit: ScriptUnit, in source: ScriptSource) {
        let renderer = DiagnosticRenderer(source: source.text, fileName: source.name)
        for diagnostic in error.placed(in: unit) {
            output.writeLine(renderer.render(diagnostic.shifted(by: unit.range.lowerBound)))
        }
        output.flush()
    }

    package func reportInterruption(after duration: Duration) {
        // The terminal has shown ^C.
        output.writeLine((Terminal.outputIsTerminal ? "\n" : "") + Self.interruption(after: duration))
        output.flush()
    }
}

/// Errors of a golden script: drawn with their place in the statement, so that what stands above it may change.
struct StatementErrorReporter: ErrorReporter {
    private let output: TextOutput

    init(_ output: TextOutput) {
        self.output = output
    }

    func report(_ error: ShellError, of unit: ScriptUnit, in source: ScriptSource) {
        let renderer = DiagnosticRenderer(source: unit.text)
        for diagnostic in error.placed(in: unit) {
            output.writeLine(renderer.render(diagnostic))
        }
    }

    func reportInterruption(after duration: Duration) {
        output.writeLine(Self.interruption(after: duration))
    }
}

extension ShellError {
    /// The error of a text that starts at byte `offset` of another.
    func shifted(by offset: Int) -> ShellError {
        switch self {
        case .statement(let error):
            .statement(DatabaseError(error.diagnostics.map { $0.shifted(by: offset) }, statement: error.statement))
        case .shell(let diagnostic): .shell(diagnostic.shifted(by: offset))
        }
    }

    /// The diagnostics; those without a place stand at the unit's first word, so that every error names a line.
    func placed(in unit: ScriptUnit) -> [Diagnostic] {
        let firstWord = unit.text.prefix { !$0.isWhitespace }
        return diagnostics.map { diagnostic in
            var placed = diagnostic
            placed.span = diagnostic.span ?? SourceSpan(0..<firstWord.utf8.count)
            return placed
        }
    }
}

extension Diagnostic {
    /// The same for a text that this one's starts at byte `offset` of.
    func shifted(by offset: Int) -> Diagnostic {
        var shifted = self
        shifted.span = span?.shifted(by: offset)
        for index in notes.indices {
            shifted.notes[index].span = notes[index].span?.shifted(by: offset)
        }
        return shifted
    }
}
