import HindsightQuery
import HindsightSyntax

/// What `.help` prints, from the tables of commands, statements and functions.
enum HelpText {
    /// Prints the help for a topic, or the list of commands for none.
    /// - Throws: `.command` for an unknown topic.
    @Sendable static func print(_ shell: Shell, _ topic: String) throws(ShellError) -> Shell.Flow {
        let output = shell.output
        let wanted = topic.uppercased()
        if topic.isEmpty {
            overview(output)
        } else if let command = DotCommand.all.first(where: { $0.name == topic.lowercased() }) {
            output.writeLine("\(command.usage)\n    \(command.help)")
        } else if topic.lowercased() == "keys" {
            rows(Self.editingKeys, output)
        } else if let statement = StatementHelp.all.first(where: { $0.keywords.contains(wanted) }) {
            print(statement, output)
        } else if let function = FunctionTable.all.first(where: { $0.names.contains(wanted) }) {
            print(function, output)
        } else if let function = WindowFunction.lookup(wanted) {
            print(function, output)
        } else {
            let known = DotCommand.all.map(\.name) + keywords + FunctionTable.allNames + WindowFunction.names
            throw .command(
                "no help on '\(topic)'", hint: Spelling.hint(for: topic, among: known) ?? "`.help` lists all commands")
        }
        return .goOn
    }

    /// Words of statements that there is help on.
    static var keywords: [String] { StatementHelp.all.flatMap(\.keywords) }

    private static func overview(_ output: TextOutput) {
        rows(DotCommand.all.map { ($0.usage, $0.help) }, output)
        output.writeLine("")
        output.writeLine("Statements end in ';'. There is help on each function by its name, on the keys of the prompt")
        output.writeLine("(.help keys), and on")
        output.write(Completions.columns(keywords, width: overviewWidth))
    }

    private static let overviewWidth = 100

    private static func print(_ statement: StatementHelp, _ output: TextOutput) {
        output.writeLine(statement.summary)
        output.writeLine("")
        for line in statement.syntax { output.writeLine("    " + line) }
        output.writeLine("")
        for line in statement.example { output.writeLine("    " + line) }
    }

    private static func print(_ function: Function, _ output: TextOutput) {
        output.writeLine("\(function.signature)\n    \(function.summary)")
        for (index, parameter) in function.parameters.enumerated() where parameter.accepts != .any {
            let separator = index == 0 ? "\n" : ""
            output.writeLine("\(separator)    \(parameter.name) is \(parameter.accepts.phrase)")
        }
        if !function.aliases.isEmpty {
            output.writeLine("\n    also called \(function.aliases.joined(separator: ", "))")
        }
        output.writeLine("")
        output.writeLine("    \(function.example.call) gives \(function.example.result)")
    }

    private static func print(_ function: WindowFunction, _ output: TextOutput) {
        output.writeLine("\(function.signature)\n    \(function.summary)")
        output.writeLine("")
        output.writeLine("    \(function.example.call) gives \(function.example.result)")
    }

    /// Two columns.
    private static func rows(_ rows: [(String, String)], _ output: TextOutput) {
        let width = rows.map(\.0.count).max() ?? 0
        for (name, help) in rows {
            output.writeLine(name + String(repeating: " ", count: width - name.count + 2) + help)
        }
    }

    private static let editingKeys = [
        ("Enter", "run the statement if it is whole, else a new row"),
        ("Alt-Enter", "a new row"),
        ("Tab", "complete the word, or list what fits"),
        ("Up, Down", "the row above or below, then earlier and later statements"),
        ("Ctrl-R", "search earlier statements"),
        ("Ctrl-A, Ctrl-E", "start and end of the row"),
        ("Ctrl-K, Ctrl-U", "delete to the end or the start of the row; Ctrl-Y brings it back"),
        ("Ctrl-C", "drop what is typed, or stop the statement that runs"),
        ("Ctrl-D", "leave, on an empty line"),
    ]
}
