import Hindsight
import HindsightSyntax

/// Runs one statement and prints what it gives: rows and how many, or what it did, and how long it took.
struct StatementPrinter {
    let settings: ShellSettings
    let output: TextOutput

    func run(_ text: String, on connection: Connection) throws(ShellError) {
        let start = ContinuousClock.now
        let result: Session.Result
        let statement: PreparedStatement
        let line = settings.isInteractive && Terminal.outputIsTerminal ? ProgressLine() : nil
        let progress: @Sendable (FileProgress) -> Void = { line?.show($0) }
        do throws(DatabaseError) {
            (result, statement) = try connection.execute(text, progress: line == nil ? nil : progress)
            line?.clear()
        } catch {
            line?.clear()
            throw .statement(error)
        }
        try print(result, of: statement.syntax.node, since: start)
        if let commit = result.commit {
            connection.lastWrite = commit
            hintAtUndo(of: commit, on: connection)
        }
    }

    private func hintAtUndo(of commit: Commit, on connection: Connection) {
        guard settings.isInteractive, settings.showsUndo, !connection.session.isInTransaction,
            let hint = Undo(connection: connection, commit: commit).hint()
        else { return }
        output.writeLine("undo: \(hint)")
    }

    private func print(
        _ result: Session.Result, of node: HindsightSyntax.Statement.Node, since start: ContinuousClock.Instant
    ) throws(ShellError) {
        switch result {
        case .rows(let rows):
            let count = try print(rows, of: node)
            say("(\(count) \(count == 1 ? "row" : "rows"))", since: start)
        case .value(let value):
            print(value)
            say("", since: start)
        case .changed(let outcome):
            try print(outcome.returning)
            say(StatementMessage.changed(node, count: outcome.changed, outcome.commit), since: start)
        case .restored(let report):
            say(StatementMessage.restored(report), since: start)
        case .done(let commit):
            say(StatementMessage.done(node, commit), since: start)
        }
    }

    /// - Returns: how many rows there were.
    private func print(_ rows: Rows, of node: HindsightSyntax.Statement.Node) throws(ShellError) -> Int {
        defer { rows.close() }
        var renderer = settings.mode.renderer(width: settings.width)
        if settings.mode == .table, case .show(let show) = node, show.subject == .timeline {
            renderer = TimelineRenderer(width: settings.width)
        }
        var count = 0
        renderer.begin(columns: rows.columns, output)
        while let row = try next(of: rows) {
            try add(row.value, to: &renderer)
            count += 1
        }
        try end(&renderer)
        return count
    }

    private func print(_ rows: [Row]) throws(ShellError) {
        guard !rows.isEmpty else { return }
        var renderer = settings.mode.renderer(width: settings.width)
        renderer.begin(columns: nil, output)
        for row in rows {
            try add(row.value, to: &renderer)
        }
        try end(&renderer)
    }

    private func print(_ value: Value) {
        let cell = CellText(value)
        output.writeLine(
            settings.mode.isForPrograms ? value.json : cell.kind == .number ? cell.text : value.description)
    }

    /// Prints a message for people, with the time if that is asked for.
    private func say(_ message: String, since start: ContinuousClock.Instant) {
        guard !settings.mode.isForPrograms || settings.isInteractive else { return }
        let time = settings.showsTime ? TimeText.duration(start.duration(to: .now)) : ""
        let words = [message, time].filter { !$0.isEmpty }
        if !words.isEmpty { output.writeLine(words.joined(separator: "  ")) }
    }

    private func next(of rows: Rows) throws(ShellError) -> Row? {
        do throws(DatabaseError) {
            return try rows.next()
        } catch {
            throw .statement(error)
        }
    }

    private func add(_ value: Value, to renderer: inout any RowRenderer) throws(ShellError) {
        do throws(RenderError) {
            try renderer.add(value, output)
        } catch {
            throw .rendering(error)
        }
    }

    private func end(_ renderer: inout any RowRenderer) throws(ShellError) {
        do throws(RenderError) {
            try renderer.end(output)
        } catch {
            throw .rendering(error)
        }
    }
}

extension Session.Result {
    /// The commit that the statement made.
    fileprivate var commit: Commit? {
        switch self {
        case .changed(let outcome): outcome.commit
        case .restored(let report): report.commit
        case .done(let commit): commit
        case .rows, .value: nil
        }
    }
}
