/// `.undo`: takes back what the session's last write changed.
enum UndoCommand {
    @Sendable static func run(_ shell: Shell, _ text: String) throws(ShellError) -> Shell.Flow {
        guard let commit = shell.connection.lastWrite else {
            throw .command("nothing to undo: this session has written nothing")
        }
        defer { shell.connection.clock.step() }
        let done = try Undo(connection: shell.connection, commit: commit).run(shell.output)
        guard let done else {
            shell.output.writeLine("nothing is left to undo of v\(commit.version)")
            return .goOn
        }
        shell.connection.lastWrite = done
        shell.output.writeLine("v\(commit.version) undone" + StatementMessage.text(done))
        return .goOn
    }
}
