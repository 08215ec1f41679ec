import HindsightSyntax

/// The arguments were wrong: what was found and what was expected.
package struct UsageError: Error, Equatable, Sendable {
    package let message: String

    init(_ message: String) {
        self.message = message
    }
}

/// What the command line asks for.
package struct CommandLineArguments: Equatable, Sendable {
    /// What to print in place of doing anything.
    package enum Printing: Sendable { case help, version }
    /// What to do with the expected output in a script.
    package enum Golden: Sendable { case check, rewrite }

    /// The database file; nil for one in memory.
    package var database: String?
    package var scripts: [String] = []
    package var commands: [String] = []
    package var mode: OutputMode?
    package var usesJSONProtocol = false
    package var isReadOnly = false
    /// Do what is due in the database, and nothing else.
    package var maintains = false
    package var clock: String?
    package var golden: Golden?
    package var prints: Printing?

    /// Parses the arguments after the program's name.
    package static func parse(_ words: some Sequence<String>) throws(UsageError) -> CommandLineArguments {
        var arguments = CommandLineArguments()
        var words = Array(words)[...]
        var takesOptions = true
        while let word = words.popFirst() {
            if takesOptions, word == "--" {
                takesOptions = false
            } else if takesOptions, word.hasPrefix("-"), word != "-" {
                try arguments.takeOption(word, &words)
            } else {
                try arguments.takeFile(word)
            }
        }
        try arguments.checkCombination()
        return arguments
    }

    /// Takes `--name value`, `--name=value`, `-n value` or `--flag`.
    private mutating func takeOption(_ word: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let option = CommandLineOption.all.first(where: { $0.name == parts[0] || $0.shortName == parts[0] })
        else {
            let hint = Spelling.hint(for: parts[0], among: CommandLineOption.all.map(\.name))
            throw UsageError("no option '\(parts[0])'" + (hint.map { "; " + $0 } ?? ""))
        }
        if option.placeholder == nil {
            guard parts.count == 1 else { throw UsageError("the option '\(option.name)' takes no value") }
            try option.apply(&self, "")
        } else if parts.count == 2 {
            try option.apply(&self, parts[1])
        } else if let value = rest.popFirst() {
            try option.apply(&self, value)
        } else {
            throw UsageError("the option '\(parts[0])' needs a value")
        }
    }

    private mutating func takeFile(_ path: String) throws(UsageError) {
        if path == "maintain", database == nil, scripts.isEmpty, !maintains {
            maintains = true
        } else if path.hasSuffix(".pq") {
            scripts.append(path)
        } else if database == nil {
            database = path
        } else {
            throw UsageError("a second database '\(path)'; one can be opened")
        }
    }

    private func checkCombination() throws(UsageError) {
        if golden != nil, scripts.isEmpty {
            throw UsageError("'--check' and '--rewrite' need a script, a file that ends in .pq")
        }
        if golden != nil, !commands.isEmpty {
            throw UsageError("'--check' and '--rewrite' take no '-c'")
        }
        if golden == nil, scripts.count > 1 {
            throw UsageError("a second script '\(scripts[1])'; one is run at a time")
        }
        if !commands.isEmpty, !scripts.isEmpty {
            throw UsageError("both '-c' and the script '\(scripts[0])'; one of them is run")
        }
        if usesJSONProtocol, mode != nil {
            throw UsageError("both '--json' and '--mode'")
        }
        if maintains, database == nil {
            throw UsageError("'maintain' needs a database file")
        }
        if maintains, !scripts.isEmpty || !commands.isEmpty || isReadOnly {
            throw UsageError("'maintain' takes a database file, and no statements")
        }
        if isReadOnly, database == nil, prints == nil {
            throw UsageError("'--read-only' needs a database file")
        }
    }
}
