import HindsightSyntax
import HindsightValues
import Synchronization

/// Statements over time: the plan cache in front of the tables, the transaction that BEGIN opens, the typing mode.
///
/// It may be used from any thread, one statement at a time; `cancel` may be called while one runs.
package final class Session: Sendable {
    package let provider: any TableProvider
    package let options: SessionOptions

    package init(provider: any TableProvider, options: SessionOptions = SessionOptions()) {
        self.provider = provider
        self.options = options
    }

    /// Parses one statement, and binds and plans it for the present catalog. A text that was prepared before costs a
    /// look-up.
    ///
    /// - Throws: syntax and binding errors; `syntaxError` if the text holds no statement or more than one.
    package func prepare(_ text: String) throws(QueryError) -> PreparedStatement {
        throw QueryError(.unsupported, "statements are not available yet", at: nil)
    }

    /// Runs a statement. Outside a transaction it is one of its own.
    ///
    /// - Throws: `parameterMismatch` if parameters are missing or not known to the statement; binding errors if the
    ///   catalog has changed since it was prepared; and all that running it meets. What it changed is undone then.
    package func execute(
        _ statement: PreparedStatement, _ parameters: Parameters = .none
    ) throws(QueryError) -> StatementResult {
        throw QueryError(.unsupported, "statements are not available yet", at: nil)
    }

    /// Prepares and runs a statement.
    package func execute(_ text: String, _ parameters: Parameters = .none) throws(QueryError) -> StatementResult {
        try execute(try prepare(text), parameters)
    }

    /// Asks the statement that runs, or whose rows are being pulled, to stop with the error `cancelled`. From any thread.
    package func cancel() {}

    /// Whether a BEGIN waits for its COMMIT or ROLLBACK.
    package var isInTransaction: Bool { false }

    /// Runs statements that all see one snapshot. Statements that change something are refused.
    package func read<R>(_ body: () throws -> R) throws -> R {
        try body()
    }

    /// Runs statements as one transaction: a failing statement undoes itself only, an error that leaves `body` undoes
    /// all.
    ///
    /// - Returns: what `body` gives, and the commit if something was changed.
    package func write<R>(_ body: () throws -> R) throws -> (value: R, commit: CommitStamp?) {
        (try body(), nil)
    }
}
