/// `.history`: the last statements that were typed, oldest first.
enum HistoryCommand {
    private static let shownByDefault = 20

    @Sendable static func run(_ shell: Shell, _ text: String) throws(ShellError) -> Shell.Flow {
        let count = text.isEmpty ? shownByDefault : Int(text)
        guard let count, count > 0 else {
            throw .command("'\(text)' is no number of statements", hint: "usage: .history [N]")
        }
        for entry in (shell.history?.entries() ?? []).suffix(count) {
            shell.output.writeLine(entry)
        }
        return .goOn
    }
}
