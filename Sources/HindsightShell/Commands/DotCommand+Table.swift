extension DotCommand {
    /// All commands, by name.
    package static let all: [DotCommand] = [
        DotCommand(
            ".ast", "STATEMENT", .statement, "show how a statement is understood", action: SyntaxInspection.printTree),
        DotCommand(
            ".bail", "[on|off]", .words(onOff), "whether a script ends at its first error",
            action: SettingCommands.bail),
        DotCommand(".clock", "[TIME|+AGE]", .none, "show the clock, set it, or move it on", action: ClockCommand.run),
        DotCommand(
            ".echo", "[on|off]", .words(onOff), "whether statements are printed before they run",
            action: SettingCommands.echo),
        DotCommand(".exit", "", .none, "leave the shell", action: quit),
        DotCommand(
            ".help", "[COMMAND|KEYWORD]", .topic, "list the commands, or explain one command or statement",
            action: HelpText.print),
        DotCommand(
            ".hints", "[on|off]", .words(onOff), "whether a prompt tells how to undo each write",
            action: SettingCommands.undoHints),
        DotCommand(
            ".history", "[N]", .none, "show the last statements typed, 20 unless told", action: HistoryCommand.run),
        DotCommand(
            ".keys", "TABLE", .table, "show a table's stored keys and headers as words",
            action: CatalogCommands.printKeys),
        DotCommand(
            ".maintain", "", .none, "do what is due by the clock: backup plans, expiry, collection of old versions",
            action: MaintainCommand.run),
        DotCommand(
            ".mode", "[\(modeNames.joined(separator: "|"))]", .words(modeNames), "how rows are printed",
            action: SettingCommands.mode),
        DotCommand(".quit", "", .none, "leave the shell", action: quit),
        DotCommand(".read", "FILE", .file, "run the statements of a file", action: read),
        DotCommand(
            ".schema", "[TABLE]", .table, "show the statements that make a table, or all tables",
            action: CatalogCommands.printSchema),
        DotCommand(".tables", "", .none, "list the tables", action: CatalogCommands.printTables),
        DotCommand(
            ".timer", "[on|off]", .words(onOff), "whether the time that a statement takes is printed",
            action: SettingCommands.timer),
        DotCommand(".tokens", "TEXT", .statement, "show the tokens of a text", action: SyntaxInspection.printTokens),
        DotCommand(
            ".undo", "", .none, "take back what the last write of this session changed", action: UndoCommand.run),
    ]

    private static let onOff = ["on", "off"]
    private static let modeNames = OutputMode.allCases.map(\.rawValue)

    @Sendable private static func quit(_ shell: Shell, _ argument: String) throws(ShellError) -> Shell.Flow {
        .quit
    }

    @Sendable private static func read(_ shell: Shell, _ path: String) throws(ShellError) -> Shell.Flow {
        guard !path.isEmpty else { throw .command("no file to read", hint: "usage: .read FILE") }
        return try shell.read(path)
    }
}
