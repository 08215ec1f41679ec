import HindsightQuery
import HindsightValues

/// Statements over time, as a shell or a connection needs them: `BEGIN … COMMIT` over several calls, rows one by one,
/// and a way to stop what runs.
///
/// It may be used from any thread, one statement at a time; `cancel` may be called while one runs.
public final class Session: Sendable {
    let base: HindsightQuery.Session
    /// Whether the session serves one call after another, of whoever comes: then no state may stay in it.
    private let isShared: Bool

    init(base: HindsightQuery.Session, isShared: Bool) {
        self.base = base
        self.isShared = isShared
    }

    deinit {
        base.close()
    }

    /// What a statement gave.
    public enum Result {
        /// A query's rows, still to be pulled.
        case rows(Rows)
        /// A query that is one value and no collection of rows, such as `1 + 1`.
        case value(Value)
        /// What INSERT, UPDATE, DELETE and their kin did.
        case changed(Outcome)
        /// The table that RESTORE has made.
        case restored(RestoreReport)
        /// A statement without a result, such as CREATE TABLE or BEGIN; the commit is there if one was made.
        case done(Commit?)
    }

    /// Runs one statement. Outside a transaction it is one of its own.
    ///
    /// - Parameters:
    ///   - statement: the statement with its values.
    ///   - progress: told now and then how far an EXPORT or IMPORT has come, on the thread that it runs on.
    /// - Throws: `DatabaseError`; what the statement changed is undone then.
    public func execute(
        _ statement: Statement, progress: (@Sendable (FileProgress) -> Void)? = nil
    ) throws(DatabaseError) -> Result {
        do throws(QueryError) {
            let prepared = try parsed(statement)
            if isShared, prepared.kind == .session {
                throw QueryError(
                    .transactionState, "this statement needs a session of its own", at: nil,
                    hint: "use `write { }`, or a session from `makeSession()`")
            }
            let report = progress.map { report in
                { @Sendable (progress: ExchangeProgress) in report(FileProgress(progress)) }
            }
            return switch try base.execute(prepared, statement.parameters, progress: report) {
            case .rows(let rows): .rows(Rows(rows, text: statement.text))
            case .value(let value): .value(value)
            case .changed(let summary): .changed(Outcome(summary))
            case .restored(let summary, let stamp): .restored(RestoreReport(summary, stamp))
            case .done(let stamp): .done(stamp.map(Commit.init))
            }
        } catch {
            throw DatabaseError(error, statement: statement.text)
        }
    }

    /// Parses and plans a statement without running it.
    public func prepare(_ text: String) throws(DatabaseError) -> PreparedStatement {
        do {
            return PreparedStatement(prepared: try base.prepare(text))
        } catch {
            throw DatabaseError(error, statement: text)
        }
    }

    /// Stops the statement that runs, or whose rows are being pulled, with the error `cancelled`. From any thread.
    public func cancel() {
        base.cancel()
    }

    /// Whether a BEGIN waits for its COMMIT or ROLLBACK.
    public var isInTransaction: Bool { base.isInTransaction }

    private func parsed(_ statement: Statement) throws(QueryError) -> HindsightQuery.PreparedStatement {
        switch statement.source {
        case .prepared(let prepared): prepared
        case .text(let text): try base.parsed(text)
        }
    }
}
