/// The prompt loop: reads an entry, runs what it holds, and again, until the user leaves.
package final class Prompt {
    private let shell: Shell
    private let editor: LineEditor
    private let guide: PromptGuide
    private let output: TextOutput

    /// - Returns: nil if the terminal cannot be used.
    package init?(_ shell: Shell, signals: SignalPipe, output: TextOutput) {
        let guide = PromptGuide(Completer(shell.connection))
        guard let editor = LineEditor(signals: signals, history: shell.history, guide: guide) else { return nil }
        self.shell = shell
        self.editor = editor
        self.guide = guide
        self.output = output
    }

    /// - Returns: the exit status.
    package func run() -> ExitStatus {
        output.writeLine("Hindsight \(ProductVersion.text). '.help' lists the commands, Ctrl-D leaves.")
        while true {
            output.flush()
            switch editor.read(prompt: text) {
            case .entry(let entry):
                guard run(entry) else { return leave() }
            case .interrupted:
                output.writeLine("^C")
            case .endOfInput:
                output.writeLine("")
                return leave()
            case .terminated(let signal):
                return .killed(by: signal)
            }
        }
    }

    /// The database's name, a star while a transaction is open.
    private var text: String {
        shell.connection.name + (shell.connection.session.isInTransaction ? "*" : "") + "> "
    }

    /// The signal that asked the process to end while a statement ran.
    private var endingSignal: Int32? {
        shell.signal.flatMap { $0 == Signals.interrupt ? nil : $0 }
    }

    /// - Returns: whether to go on.
    private func run(_ entry: String) -> Bool {
        remember(entry)
        shell.settings.width = Terminal.outputColumns
        if let command = Self.meantCommand(entry) {
            output.writeLine("did you mean '\(command)'?")
            return true
        }
        let flow = shell.run(ScriptSource(name: nil, text: entry))
        return flow != .quit && endingSignal == nil
    }

    private func remember(_ entry: String) {
        do throws(SystemError) {
            try editor.remember(entry)
        } catch {
            output.writeLine("\(error)")
        }
    }

    /// The dot-command that a bare word stands for in other shells.
    static func meantCommand(_ entry: String) -> String? {
        let word = entry.filter { !$0.isWhitespace && $0 != ";" }.lowercased()
        switch word {
        case "quit", "exit", "help": return "." + word
        case "\\q": return ".quit"
        case "\\?", "?": return ".help"
        default: return nil
        }
    }

    private func leave() -> ExitStatus {
        if shell.connection.session.isInTransaction {
            output.writeLine("the open transaction is rolled back")
        }
        output.flush()
        return endingSignal.map(ExitStatus.killed) ?? .success
    }
}
