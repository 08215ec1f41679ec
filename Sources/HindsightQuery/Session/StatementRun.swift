import HindsightSyntax
import HindsightValues

/// One execution of a statement: makes its context, runs it where the session stands, and undoes it if it fails.
struct StatementRun {
    let session: Session
    let statement: PreparedStatement
    let arguments: Arguments
    let typing: TypingMode
    let cancellation: Cancellation
    let progress: (@Sendable (ExchangeProgress) -> Void)?

    // MARK: Queries

    func query(in scope: Session.Scope) throws(QueryError) -> StatementResult {
        switch scope {
        case .none:
            let reader = try session.provider.beginReading()
            do {
                return try query(reader, isOwned: true)
            } catch {
                reader.close()
                throw error
            }
        case .snapshot(let reader):
            return try query(reader, isOwned: false)
        case .writing(let writer):
            return try query(writer, isOwned: false)
        case .transaction(let transaction):
            // The transaction may be used from its own thread only, so the rows are collected there.
            var result: StatementResult?
            try QueryError.rethrowing {
                try transaction.run("") { writer in result = try query(writer, isOwned: false).collected() }
            }
            guard let result else { preconditionFailure("the body of a transaction was run") }
            return result
        }
    }

    private func query(_ reader: any TableReader, isOwned: Bool) throws(QueryError) -> StatementResult {
        switch try session.executable(statement, reader, typing) {
        case .query(let query):
            return try query.start(environment(reader), closing: isOwned ? reader : nil)
        case .report(let report):
            let rows = try report.rows(environment(reader))
            if isOwned { reader.close() }
            return .rows(ResultRows(columns: report.columns, isOrdered: true, source: CollectedRows(rows)))
        case .change, .definition, .export:
            preconditionFailure("a query is planned as one")
        }
    }

    // MARK: Exports

    /// Reads one snapshot and writes files; then a short transaction notes what was done.
    func export(in scope: Session.Scope) throws(QueryError) -> StatementResult {
        guard case .none = scope else {
            throw QueryError(
                .transactionState, "EXPORT cannot run inside a transaction", at: statement.statement.span,
                hint: "end it with COMMIT or ROLLBACK")
        }
        let description = try exportSnapshot()
        var stamp: CommitStamp?
        // What only reads is exported all the same, and not noted.
        if !session.options.isReadOnly {
            do throws(QueryError) {
                stamp = try QueryError.rethrowing {
                    try session.provider.write(statement.text) { writer in try writer.record(description) }
                }
            } catch  where error.diagnostic.code == .readOnly {}
        }
        return .changed(
            ChangeSummary(count: description.itemCount, commit: stamp, returning: [.structure(description.row)]))
    }

    private func exportSnapshot() throws(QueryError) -> ExportDescription {
        let reader = try session.provider.beginReading()
        defer { reader.close() }
        guard case .export(let export) = try session.executable(statement, reader, typing) else {
            preconditionFailure("an export is planned as one")
        }
        return try export.run(environment(reader))
    }

    // MARK: Changes

    func change(in scope: Session.Scope) throws(QueryError) -> StatementResult {
        try session.checkWritable()
        switch scope {
        case .none: return try changeAlone()
        case .snapshot:
            throw QueryError(
                .readOnly, "the statement changes something, but runs in a read", at: statement.statement.span)
        case .writing(let writer):
            let outcome = try change(writer, isAlone: false)
            if outcome.count != 0 { writer.note(statement: statement.text) }
            return outcome.result(nil)
        case .transaction(let transaction):
            var outcome: ChangeOutcome?
            try QueryError.rethrowing {
                // The transaction undoes a statement that fails.
                try transaction.run(statement.text) { writer in outcome = try change(writer, isAlone: true) }
            }
            guard let outcome else { preconditionFailure("the body of a transaction was run") }
            return outcome.result(nil)
        }
    }

    private func changeAlone() throws(QueryError) -> StatementResult {
        var outcome: ChangeOutcome?
        let stamp = try QueryError.rethrowing {
            try session.provider.write(statement.text) { writer in outcome = try change(writer, isAlone: true) }
        }
        guard let outcome else { preconditionFailure("the body of a write was run") }
        return outcome.result(stamp)
    }

    /// - Parameter isAlone: an error undoes the whole transaction, so that the statement need not undo itself.
    private func change(_ writer: any TableWriter, isAlone: Bool) throws(QueryError) -> ChangeOutcome {
        try session.executable(statement, writer, typing).change(writer, environment(writer, isAlone: isAlone))
    }

    private func environment(_ reader: any TableReader, isAlone: Bool = true) -> ExecutionEnvironment {
        ExecutionEnvironment(
            reader: reader, moment: session.options.moment, arguments: arguments, typing: typing,
            cancellation: cancellation, memoryLimit: session.options.memoryLimit,
            spilling: session.options.spilling, isAlone: isAlone,
            exchange: ExchangeEnvironment(
                folder: session.options.folder, fileByteLimit: session.options.exportFileBytes, report: progress))
    }
}

extension StatementResult {
    /// The result with all of its rows in memory.
    fileprivate func collected() throws(QueryError) -> StatementResult {
        guard case .rows(let rows) = self else { return self }
        let source = CollectedRows(try rows.collect())
        return .rows(ResultRows(columns: rows.columns, isOrdered: rows.isOrdered, source: source))
    }
}

/// Rows that are all there.
final class CollectedRows: RowSource {
    private var rows: [Value]
    private var position = 0

    init(_ rows: [Value]) {
        self.rows = rows
    }

    func next() throws(QueryError) -> Value? {
        guard position < rows.count else { return nil }
        position += 1
        return rows[position - 1]
    }

    func close() {
        rows = []
        position = 0
    }
}
