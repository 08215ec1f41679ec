/// The commands that change how the shell behaves. Without an argument each shows how it is set.
enum SettingCommands {
    @Sendable static func bail(_ shell: Shell, _ text: String) throws(ShellError) -> Shell.Flow {
        try set(\.stopsAtError, ".bail", shell, text)
    }

    @Sendable static func echo(_ shell: Shell, _ text: String) throws(ShellError) -> Shell.Flow {
        try set(\.echoes, ".echo", shell, text)
    }

    @Sendable static func timer(_ shell: Shell, _ text: String) throws(ShellError) -> Shell.Flow {
        try set(\.showsTime, ".timer", shell, text)
    }

    @Sendable static func undoHints(_ shell: Shell, _ text: String) throws(ShellError) -> Shell.Flow {
        try set(\.showsUndo, ".hints", shell, text)
    }

    @Sendable static func mode(_ shell: Shell, _ text: String) throws(ShellError) -> Shell.Flow {
        if text.isEmpty {
            shell.output.writeLine(".mode \(shell.settings.mode.rawValue)")
        } else if let mode = OutputMode(rawValue: text.lowercased()) {
            shell.settings.mode = mode
        } else {
            let names = OutputMode.allCases.map(\.rawValue).joined(separator: ", ")
            throw .command("no output mode '\(text)'", hint: "there are \(names)")
        }
        return .goOn
    }

    private static func set(
        _ setting: WritableKeyPath<ShellSettings, Bool>, _ name: String, _ shell: Shell, _ text: String
    ) throws(ShellError) -> Shell.Flow {
        switch text.lowercased() {
        case "on": shell.settings[keyPath: setting] = true
        case "off": shell.settings[keyPath: setting] = false
        case "": shell.output.writeLine("\(name) \(shell.settings[keyPath: setting] ? "on" : "off")")
        default: throw .command("'\(text)' is neither on nor off", hint: "usage: \(name) [on|off]")
        }
        return .goOn
    }
}
