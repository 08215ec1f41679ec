/// What dot-commands change about how the shell behaves.
package struct ShellSettings: Sendable {
    package var mode: OutputMode = .table
    /// Whether each statement's time is printed.
    package var showsTime = false
    /// Whether statements are printed before they run.
    package var echoes = false
    /// Whether, at a terminal, a write is followed by the statement that would undo it.
    package var showsUndo = true
    /// Whether a script ends at its first error.
    package var stopsAtError = true
    /// Whether someone sits at a terminal: then statements are answered in words in every mode.
    package var isInteractive = false
    /// Columns to fit tables into; nil for as many as they take.
    package var width: Int?

    package init() {}
}
