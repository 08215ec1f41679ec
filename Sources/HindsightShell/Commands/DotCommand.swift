import HindsightSyntax

/// A command to the shell itself: a line that starts with a dot. The table of all of them is what runs, helps and
/// completes.
package struct DotCommand: Sendable {
    package let name: String
    /// What follows the name, as the help shows it.
    package let arguments: String
    package let help: String
    /// What its argument is, for completion.
    let argumentKind: ArgumentKind
    let action: @Sendable (Shell, _ argument: String) throws(ShellError) -> Shell.Flow

    enum ArgumentKind: Sendable {
        case none, table, file, statement
        case words([String])
        /// The names of commands and keywords.
        case topic
    }

    init(
        _ name: String, _ arguments: String, _ argumentKind: ArgumentKind, _ help: String,
        action: @escaping @Sendable (Shell, _ argument: String) throws(ShellError) -> Shell.Flow
    ) {
        self.name = name
        self.arguments = arguments
        self.argumentKind = argumentKind
        self.help = help
        self.action = action
    }

    /// The command and its arguments, as one types them.
    package var usage: String {
        arguments.isEmpty ? name : name + " " + arguments
    }

    /// Runs the command that a line holds.
    static func run(_ line: String, in shell: Shell) throws(ShellError) -> Shell.Flow {
        let (name, argument) = split(line)
        guard let command = all.first(where: { $0.name == name }) else {
            let hint = Spelling.hint(for: name, among: all.map(\.name)) ?? "`.help` lists all commands"
            throw .command("unknown command '\(name)'", hint: hint)
        }
        do throws(ShellError) {
            return try command.action(shell, argument)
        } catch {
            let beginning = line.firstRange(of: argument)?.lowerBound ?? line.startIndex
            throw error.shifted(by: line.utf8.distance(from: line.startIndex, to: beginning))
        }
    }

    /// The command's name in lower case, and what follows it without blanks around. One `;` at the end is a habit, not
    /// a part.
    static func split(_ line: String) -> (name: String, argument: String) {
        let name = line.prefix { !$0.isWhitespace }
        var argument = String(line.dropFirst(name.count).drop { $0.isWhitespace }).droppingTrailingWhitespace
        if argument.hasSuffix(";") { argument = String(argument.dropLast()).droppingTrailingWhitespace }
        let bareName = name.hasSuffix(";") ? name.dropLast() : name
        return (bareName.lowercased(), argument)
    }
}
