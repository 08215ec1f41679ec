import CEditLine

/// The signals that the shell handles.
enum Signals {
    static let interrupt = SIGINT
    static let suspend = SIGTSTP
    static let terminate = SIGTERM
    static let hangUp = SIGHUP

    /// Stop the statement that runs.
    static let thatEndStatements = [SIGINT, SIGTERM, SIGHUP]

    /// While a line is edited the terminal is in the editor's hands: stopping, ending and resizing pass through it.
    static let whileEditing = [SIGINT, SIGTSTP, SIGCONT, SIGWINCH, SIGTERM, SIGHUP]
}
