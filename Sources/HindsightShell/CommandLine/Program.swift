import Hindsight

/// The program `pq`: what its arguments ask for, from opening the database to the exit status.
package struct Program {
    private let arguments: CommandLineArguments
    private let output = TextOutput.standardOutput()
    private let errors = TextOutput.standardError()

    /// Runs the program as its command line says.
    /// - Returns: the exit status.
    package static func run() -> ExitStatus {
        do throws(UsageError) {
            return Program(arguments: try CommandLineArguments.parse(ProgramWords.read())).run()
        } catch {
            let errors = TextOutput.standardError()
            errors.writeLine("pq: \(error.message)\n`pq --help` lists the options")
            errors.flush()
            return .wrongUsage
        }
    }

    private func run() -> ExitStatus {
        var status = ExitStatus.success
        switch arguments.prints {
        case .help: output.write(CommandLineOption.helpText)
        case .version: output.writeLine("pq \(ProductVersion.text)")
        case nil: status = runStatements()
        }
        output.flush()
        if let failure = output.failure, status == .success { return fail("\(failure)", .statementFailed) }
        return status
    }

    private func runStatements() -> ExitStatus {
        do {
            let time = try arguments.clock.map(Self.time)
            if let golden = arguments.golden { return try run(golden, clock: time) }
            let source = try givenSource()
            let connection = try Connection(path: arguments.database, isReadOnly: arguments.isReadOnly, clock: time)
            if arguments.maintains { return try maintain(connection) }
            let signals = try SignalPipe()
            return try arguments.usesJSONProtocol
                ? answer(source, on: connection, signals) : run(source, on: connection, signals)
        } catch let error as UsageError {
            return fail(error.message, .wrongUsage)
        } catch {
            return fail(Self.message(error), .cannotOpen)
        }
    }

    private func maintain(_ connection: Connection) throws(DatabaseError) -> ExitStatus {
        output.writeLine(MaintainCommand.text(try connection.database.maintain()))
        return .success
    }

    /// The statements of `-c` or of the script; nil if they come from standard input.
    private func givenSource() throws(ShellError) -> [ScriptSource]? {
        if !arguments.commands.isEmpty {
            return arguments.commands.map { ScriptSource(name: "-c", text: $0) }
        }
        guard !arguments.scripts.isEmpty else { return nil }
        return [try ScriptSource.file(arguments.scripts[0])]
    }

    // MARK: Statements

    private func run(_ sources: [ScriptSource]?, on connection: Connection, _ signals: SignalPipe) throws -> ExitStatus
    {
        var settings = ShellSettings()
        settings.mode = arguments.mode ?? .table
        settings.width = Terminal.outputColumns
        if sources == nil, Terminal.inputIsTerminal, Terminal.outputIsTerminal {
            if let status = runPrompt(connection, settings, signals) { return status }
        }
        let sources = try sources ?? [Self.standardInput()]
        let shell = Shell(
            connection, settings: settings, output: output, reporter: SourceErrorReporter(errors),
            watcher: InterruptWatcher(signals: signals, isInteractive: false))
        for source in sources {
            switch shell.run(source) {
            case .goOn: continue
            case .quit: return .success
            case .failed: return shell.signal.map(ExitStatus.killed) ?? .statementFailed
            }
        }
        return .success
    }

    /// - Returns: nil if the terminal cannot be used.
    private func runPrompt(_ connection: Connection, _ settings: ShellSettings, _ signals: SignalPipe) -> ExitStatus? {
        var settings = settings
        settings.isInteractive = true
        settings.stopsAtError = true
        settings.showsTime = true
        let shell = Shell(
            connection, settings: settings, output: output, reporter: SourceErrorReporter(output),
            watcher: InterruptWatcher(signals: signals, isInteractive: true), history: HistoryFile.ofUser())
        return Prompt(shell, signals: signals, output: output)?.run()
    }

    private func answer(_ sources: [ScriptSource]?, on connection: Connection, _ signals: SignalPipe) throws
        -> ExitStatus
    {
        let watcher = InterruptWatcher(signals: signals, isInteractive: false)
        let pipe = JSONPipe(connection, output: output, watcher: watcher)
        var flow = Shell.Flow.goOn
        if let sources {
            for source in sources where flow == .goOn { flow = pipe.run(source) }
        } else {
            flow = try pipe.run()
        }
        if let signal = watcher.signal { return .killed(by: signal) }
        return flow == .failed ? .statementFailed : .success
    }

    private static func standardInput() throws -> ScriptSource {
        var bytes: [UInt8] = []
        while let chunk = try InputDescriptor.standardInput.read("cannot read standard input") { bytes += chunk }
        return try ScriptSource(name: "<stdin>", bytes: bytes)
    }

    // MARK: Golden scripts

    private func run(_ golden: CommandLineArguments.Golden, clock: Int64?) throws -> ExitStatus {
        var status = ExitStatus.success
        for path in arguments.scripts {
            let source = try ScriptSource.file(path)
            switch golden {
            case .rewrite:
                let text = try GoldenRunner.rewrite(source, database: arguments.database, clock: clock)
                try FileSystem.write(text, to: path)
            case .check:
                let outcome = try GoldenRunner.check(source, database: arguments.database, clock: clock)
                guard case .different(let difference) = outcome else { continue }
                output.write("\(path): not as expected (-)\n\(difference)")
                status = .statementFailed
            }
        }
        return status
    }

    // MARK: Failing

    private func fail(_ message: String, _ status: ExitStatus) -> ExitStatus {
        output.flush()
        errors.writeLine("pq: \(message)")
        errors.flush()
        return status
    }

    private static func message(_ error: any Error) -> String {
        switch error {
        case let error as DatabaseError: error.message
        case let error as ShellError: error.diagnostics[0].message
        default: "\(error)"
        }
    }

    private static func time(_ text: String) throws(UsageError) -> Int64 {
        guard let time = ClockTime.parse(text) else {
            throw UsageError("'\(text)' is no time; \(ClockTime.hint)")
        }
        return time
    }
}
