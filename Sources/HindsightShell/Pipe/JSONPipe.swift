import Hindsight

/// Answers statements with lines of JSON, for other programs.
package final class JSONPipe {
    private let connection: Connection
    private let output: TextOutput
    private let watcher: InterruptWatcher?
    /// For dot-commands, whose output becomes a text in the answer.
    private let shell: Shell
    private let commandOutput = TextOutput.memory()

    package init(_ connection: Connection, output: TextOutput, watcher: InterruptWatcher?) {
        self.connection = connection
        self.output = output
        self.watcher = watcher
        shell = Shell(connection, output: commandOutput, reporter: StatementErrorReporter(commandOutput))
    }

    /// Answers what arrives on standard input until it ends; an error does not end it.
    /// - Returns: `.failed` if any statement failed.
    package func run() throws(SystemError) -> Shell.Flow {
        var feed = StatementFeed()
        var result = Shell.Flow.goOn
        repeat {
            while let unit = feed.next() {
                let flow = answer(unit, in: unit.text)
                if flow == .quit || watcher?.signal != nil { return flow }
                if flow == .failed { result = .failed }
            }
        } while try feed.readMore()
        return result
    }

    /// Answers the units of a text up to its end, an error or `.quit`.
    package func run(_ source: ScriptSource) -> Shell.Flow {
        var reader = ScriptReader(source.text)
        while let unit = reader.next() {
            let flow = answer(unit, in: source.text, offset: unit.range.lowerBound)
            if flow != .goOn { return flow }
        }
        return .goOn
    }

    /// - Parameter offset: where the unit starts in `text`, which lines are counted in.
    private func answer(_ unit: ScriptUnit, in text: String, offset: Int = 0) -> Shell.Flow {
        var answer = JSONAnswer(output)
        var flow = Shell.Flow.goOn
        do throws(ShellError) {
            if let byte = unit.invalidByte { throw .shell(Diagnostic(.invalidUTF8, "the text is not UTF-8: \(byte)")) }
            switch unit.kind {
            case .statement: try run(unit.text, &answer)
            case .command: flow = try run(command: unit, &answer)
            }
        } catch {
            answer.failed(error.placed(in: unit)[0].shifted(by: offset), in: text)
            flow = .failed
        }
        answer.send()
        return flow
    }

    private func run(_ text: String, _ answer: inout JSONAnswer) throws(ShellError) {
        do throws(DatabaseError) {
            guard let watcher else { return try execute(text, &answer) }
            let session = connection.session
            try watcher.watch(
                stop: { session.cancel() }, body: { () throws(DatabaseError) in try execute(text, &answer) })
        } catch {
            throw .statement(error)
        }
    }

    private func execute(_ text: String, _ answer: inout JSONAnswer) throws(DatabaseError) {
        switch try connection.execute(text).result {
        case .rows(let rows):
            answer.beginRows()
            while let row = try rows.next() { answer.add(row.value) }
            answer.endRows()
        case .value(let value):
            answer.beginRows()
            answer.add(value)
            answer.endRows()
        case .changed(let outcome):
            answer.changed(outcome.changed, outcome.commit)
            guard !outcome.returning.isEmpty else { return }
            answer.beginRows()
            for row in outcome.returning { answer.add(row.value) }
            answer.endRows()
        case .restored(let report):
            answer.restored(report)
        case .done(let commit):
            answer.changed(0, commit)
        }
    }

    private func run(command unit: ScriptUnit, _ answer: inout JSONAnswer) throws(ShellError) -> Shell.Flow {
        let flow = try DotCommand.run(unit.text, in: shell)
        answer.printed(commandOutput.takeText())
        return flow
    }
}
