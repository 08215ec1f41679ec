import Hindsight

/// Runs statements and dot-commands one after the other and prints what comes of them.
package final class Shell {
    /// What comes after a unit.
    package enum Flow: Equatable, Sendable {
        case goOn
        /// The unit failed; its error has been printed.
        case failed
        case quit
    }

    /// Files that may be read from within one another.
    private static let readingLimit = 16

    let connection: Connection
    package var settings: ShellSettings
    let output: TextOutput
    let history: HistoryFile?
    private let reporter: any ErrorReporter
    private let watcher: InterruptWatcher?
    private var readingDepth = 0

    /// - Parameter watcher: stops statements on Ctrl-C; nil to leave signals alone.
    package init(
        _ connection: Connection, settings: ShellSettings = ShellSettings(), output: TextOutput,
        reporter: any ErrorReporter, watcher: InterruptWatcher? = nil, history: HistoryFile? = nil
    ) {
        self.connection = connection
        self.settings = settings
        self.output = output
        self.reporter = reporter
        self.watcher = watcher
        self.history = history
    }

    /// The signal that stopped the last statement, if one did.
    package var signal: Int32? { watcher?.signal }

    /// Runs the units of a text up to its end, the first error (unless the settings say otherwise) or `.quit`.
    /// - Returns: `.failed` if any unit failed.
    package func run(_ source: ScriptSource) -> Flow {
        var reader = ScriptReader(source.text)
        var result = Flow.goOn
        while let unit = reader.next() {
            switch run(unit, of: source) {
            case .goOn: continue
            case .quit: return .quit
            case .failed where settings.stopsAtError || signal != nil: return .failed
            case .failed: result = .failed
            }
        }
        return result
    }

    /// Runs one unit and prints what it gives, or its error.
    package func run(_ unit: ScriptUnit, of source: ScriptSource) -> Flow {
        let start = ContinuousClock.now
        if settings.echoes { output.writeLine(unit.kind == .statement ? unit.text + ";" : unit.text) }
        defer { output.flush() }
        do throws(ShellError) {
            switch unit.kind {
            case .statement: try runStatement(unit.text)
            case .command: return try DotCommand.run(unit.text, in: self)
            }
            return .goOn
        } catch {
            output.flush()
            if error.isCancellation, signal != nil {
                reporter.reportInterruption(after: start.duration(to: .now))
            } else {
                reporter.report(error, of: unit, in: source)
            }
            return .failed
        }
    }

    /// Runs the units of a file, as `.read` does.
    func read(_ path: String) throws(ShellError) -> Flow {
        guard readingDepth < Self.readingLimit else {
            throw .command("files are read \(Self.readingLimit) deep at most")
        }
        readingDepth += 1
        defer { readingDepth -= 1 }
        let source = try ScriptSource.file(path)
        return run(source)
    }

    private func runStatement(_ text: String) throws(ShellError) {
        let printer = StatementPrinter(settings: settings, output: output)
        guard let watcher else { return try printer.run(text, on: connection) }
        let session = connection.session
        try watcher.watch(
            stop: { session.cancel() }, body: { () throws(ShellError) in try printer.run(text, on: connection) })
    }
}
