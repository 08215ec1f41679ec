/// One option of `pq`. The table of all of them is what arguments are parsed by and what `--help` prints.
struct CommandLineOption {
    let name: String
    /// The short form, as `-c`; nil for none.
    let shortName: String?
    /// What stands for the value in the help; nil for an option without one.
    let placeholder: String?
    let help: String
    /// Takes the option, with its value or an empty text, into the arguments.
    let apply: @Sendable (inout CommandLineArguments, String) throws(UsageError) -> Void

    private init(
        _ name: String, short: String? = nil, value placeholder: String? = nil, _ help: String,
        apply: @escaping @Sendable (inout CommandLineArguments, String) throws(UsageError) -> Void
    ) {
        self.name = name
        self.shortName = short
        self.placeholder = placeholder
        self.help = help
        self.apply = apply
    }

    static let all: [CommandLineOption] = [
        CommandLineOption("--command", short: "-c", value: "STATEMENT", "run a statement and leave; may be repeated") {
            $0.commands.append($1)
        },
        CommandLineOption("--mode", value: "MODE", "how rows are printed: \(modeNames)") {
            (arguments, value) throws(UsageError) in
            arguments.mode = try mode(value)
        },
        CommandLineOption("--json", "answer each statement on standard input with one line of JSON") { arguments, _ in
            arguments.usesJSONProtocol = true
        },
        CommandLineOption("--read-only", "refuse statements that change something") { arguments, _ in
            arguments.isReadOnly = true
        },
        CommandLineOption("--clock", value: "TIME", "start a clock of its own at TIME; a second passes a statement") {
            $0.clock = $1
        },
        CommandLineOption("--check", "compare the script's output with the '-->' lines in it") { arguments, _ in
            arguments.golden = .check
        },
        CommandLineOption("--rewrite", "write the script's output into it, as '-->' lines") { arguments, _ in
            arguments.golden = .rewrite
        },
        CommandLineOption("--version", "print the version") { arguments, _ in arguments.prints = .version },
        CommandLineOption("--help", short: "-h", "print this text") { arguments, _ in arguments.prints = .help },
    ]

    private static let modeNames = OutputMode.allCases.map(\.rawValue).joined(separator: ", ")

    private static func mode(_ name: String) throws(UsageError) -> OutputMode {
        guard let mode = OutputMode(rawValue: name) else {
            throw UsageError("no output mode '\(name)'; there are \(modeNames)")
        }
        return mode
    }

    /// What `--help` prints.
    static var helpText: String {
        let usage = all.map { option in
            let short = option.shortName.map { $0 + ", " } ?? "    "
            return (short + option.name + (option.placeholder.map { " " + $0 } ?? ""), option.help)
        }
        let width = usage.map(\.0.count).max() ?? 0
        let options = usage.map { name, help in
            "  " + name + String(repeating: " ", count: width - name.count + 2) + help + "\n"
        }
        return """
            Usage: pq [OPTION…] [FILE.hsdb] [SCRIPT.pq]
                   pq maintain FILE.hsdb

            Opens the database FILE.hsdb, made if it is not there, or one in memory, and runs the script, the statements
            of -c, those on standard input, or what is typed at a prompt. `pq maintain` does what is due by the clock: backups
            of plans, items whose time to live is over, versions that have left the retention.

            Options:
            \(options.joined())
            Exit status: 0 all statements ran, 1 a statement failed, 2 wrong usage, 3 the database or script cannot be
            opened, 130 interrupted.

            """
    }
}
