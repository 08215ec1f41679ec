import HindsightSyntax
import HindsightValues
import Synchronization

// Statements over time. Must not know: how rows are stored, how results are shown.

/// Statements over time: the plan cache in front of the tables, the transaction that BEGIN opens, the typing mode.
///
/// It may be used from any thread, one statement at a time; `cancel` may be called while one runs.
package final class Session: Sendable {
    package let provider: any TableProvider
    package let options: SessionOptions
    private let cache = PlanCache()
    private let cancellation = Cancellation()
    private let state: Mutex<State>

    private struct State {
        var scope = Scope.none
        var typing: TypingMode
    }

    /// What a statement runs in.
    enum Scope {
        /// By itself.
        case none
        /// A view that several statements share.
        case snapshot(any TableReader)
        /// The body of `write`.
        case writing(any TableWriter)
        /// BEGIN … COMMIT.
        case transaction(any TableTransaction)
    }

    package init(provider: any TableProvider, options: SessionOptions = SessionOptions()) {
        self.provider = provider
        self.options = options
        state = Mutex(State(typing: options.typing))
    }

    // MARK: Statements

    /// Parses one statement, and binds and plans it for the present catalog. A text that was prepared before costs a
    /// look-up.
    ///
    /// - Throws: syntax and binding errors; `syntaxError` if the text holds no statement or more than one.
    package func prepare(_ text: String) throws(QueryError) -> PreparedStatement {
        if let known = cache.statement(text) { return known }
        let prepared = PreparedStatement(text: text, statement: try parse(text))
        if prepared.kind != .session {
            try withReader { (reader) throws(QueryError) in _ = try executable(prepared, reader, typing) }
        }
        cache.add(prepared)
        return prepared
    }

    /// Runs a statement. Outside a transaction it is one of its own.
    ///
    /// - Throws: `parameterMismatch` if parameters are missing or not known to the statement; binding errors if the
    ///   catalog has changed since it was prepared; and all that running it meets. What it changed is undone then.
    package func execute(
        _ statement: PreparedStatement, _ parameters: Parameters = .none,
        progress: (@Sendable (ExchangeProgress) -> Void)? = nil
    ) throws(QueryError) -> StatementResult {
        let arguments = try statement.isPlanOnly ? Arguments() : parameters.arguments(for: statement.parameters)
        cancellation.reset()
        let (scope, typing) = state.withLock { ($0.scope, $0.typing) }
        let run = StatementRun(
            session: self, statement: statement, arguments: arguments, typing: typing, cancellation: cancellation,
            progress: progress)
        switch statement.kind {
        case .query: return try run.query(in: scope)
        case .change, .definition: return try run.change(in: scope)
        case .export: return try run.export(in: scope)
        case .session: return try control(statement)
        }
    }

    /// Prepares and runs a statement.
    package func execute(_ text: String, _ parameters: Parameters = .none) throws(QueryError) -> StatementResult {
        try execute(try parsed(text), parameters)
    }

    /// Asks the statement that runs, or whose rows are being pulled, to stop with the error `cancelled`. From any thread.
    package func cancel() {
        cancellation.cancel()
    }

    /// A statement that is planned only when it runs, so that it costs one look at the catalog.
    package func parsed(_ text: String) throws(QueryError) -> PreparedStatement {
        if let known = cache.statement(text) { return known }
        let prepared = PreparedStatement(text: text, statement: try parse(text))
        cache.add(prepared)
        return prepared
    }

    private func parse(_ text: String) throws(QueryError) -> Statement {
        do {
            return try Parser.statement(text)
        } catch {
            throw QueryError(error.diagnostics[0])
        }
    }

    // MARK: Plans

    /// The plan of a statement for the catalog of a reader.
    func executable(
        _ statement: PreparedStatement, _ reader: any TableReader, _ typing: TypingMode
    ) throws(QueryError) -> Executable {
        let key = PreparedStatement.PlanKey(
            provider: ObjectIdentifier(provider), catalogVersion: reader.catalogVersion, dialect: options.dialect,
            typing: typing)
        if let known = statement.executable(for: key) { return known }
        return try statement.plan(for: key, isKept: reader.isCatalogCommitted) { () throws(QueryError) in
            let compiler = StatementCompiler(
                text: statement.text, catalog: Catalog(reader), dialect: options.dialect, typing: typing,
                globals: options.globals)
            return try compiler.compile(statement.statement)
        }
    }

    private func withReader(_ body: (any TableReader) throws(QueryError) -> Void) throws(QueryError) {
        switch scope {
        case .none:
            let reader = try provider.beginReading()
            defer { reader.close() }
            try body(reader)
        case .snapshot(let reader):
            try body(reader)
        case .writing(let writer):
            try body(writer)
        case .transaction(let transaction):
            try QueryError.rethrowing {
                try transaction.run("") { writer in try body(writer) }
            }
        }
    }

    // MARK: State

    var scope: Scope { state.withLock { $0.scope } }

    var typing: TypingMode { state.withLock { $0.typing } }

    /// Whether a BEGIN waits for its COMMIT or ROLLBACK.
    package var isInTransaction: Bool {
        if case .transaction = scope { true } else { false }
    }

    /// - Throws: `readOnly` if the session may not change anything.
    func checkWritable() throws(QueryError) {
        if options.moment != .now {
            throw QueryError(.readOnly, "the past cannot be changed", at: nil)
        }
        if options.isReadOnly { throw QueryError(.readOnly, "the session only reads", at: nil) }
    }
}

// MARK: - Transactions

extension Session {
    /// Runs statements that all see one snapshot. Statements that change something are refused.
    package func read<R>(_ body: () throws -> R) throws -> R {
        guard case .none = scope else { return try body() }
        let reader = try provider.beginReading()
        state.withLock { $0.scope = .snapshot(reader) }
        defer {
            state.withLock { $0.scope = .none }
            reader.close()
        }
        return try body()
    }

    /// Runs statements as one transaction: a failing statement undoes itself only, an error that leaves `body` undoes
    /// all.
    ///
    /// - Returns: what `body` gives, and the commit if something was changed.
    package func write<R>(_ body: () throws -> R) throws -> (value: R, commit: CommitStamp?) {
        guard case .none = scope else {
            throw QueryError(.transactionState, "a transaction is open already", at: nil)
        }
        try checkWritable()
        var value: R?
        let commit = try provider.write("") { writer in
            state.withLock { $0.scope = .writing(writer) }
            defer { state.withLock { $0.scope = .none } }
            value = try body()
        }
        guard let value else { preconditionFailure("the body of a write was run") }
        return (value, commit)
    }

    private func control(_ statement: PreparedStatement) throws(QueryError) -> StatementResult {
        switch statement.statement.node {
        case .begin: try begin(at: statement.statement.span)
        case .commit: return .done(try commit(at: statement.statement.span))
        case .rollback: try rollback(at: statement.statement.span)
        case .setOption(let name, let value): try set(name, to: value)
        case .vacuum: try vacuum(at: statement.statement.span)
        default:
            throw QueryError(.unsupported, "this statement is not available yet", at: statement.statement.span)
        }
        return .done(nil)
    }

    private func vacuum(at span: SourceSpan) throws(QueryError) {
        guard case .none = scope else {
            throw QueryError(
                .transactionState, "VACUUM cannot run inside a transaction", at: span,
                hint: "end it with COMMIT or ROLLBACK")
        }
        do throws(QueryError) {
            try checkWritable()
            try provider.vacuum()
        } catch {
            throw error.located(at: span)
        }
    }

    private func begin(at span: SourceSpan) throws(QueryError) {
        guard case .none = scope else {
            throw QueryError(.transactionState, "a transaction is open already", at: span)
        }
        do {
            try checkWritable()
            let transaction = try provider.beginTransaction()
            state.withLock { $0.scope = .transaction(transaction) }
        } catch {
            throw error.located(at: span)
        }
    }

    private func commit(at span: SourceSpan) throws(QueryError) -> CommitStamp? {
        let transaction = try endTransaction(at: span)
        do {
            return try transaction.commit()
        } catch {
            throw error.located(at: span)
        }
    }

    private func rollback(at span: SourceSpan) throws(QueryError) {
        try endTransaction(at: span).rollback()
    }

    private func endTransaction(at span: SourceSpan) throws(QueryError) -> any TableTransaction {
        guard case .transaction(let transaction) = scope else {
            throw QueryError(.transactionState, "there is no open transaction", at: span, hint: "BEGIN opens one")
        }
        state.withLock { $0.scope = .none }
        return transaction
    }

    /// Undoes a transaction that is still open; for the end of a session's life.
    package func close() {
        guard case .transaction(let transaction) = scope else { return }
        state.withLock { $0.scope = .none }
        transaction.rollback()
    }

    private func set(_ name: Identifier, to value: SettingValue) throws(QueryError) {
        guard name.text.uppercased() == "TYPING" else {
            throw QueryError(
                .unknownSetting, "there is no session setting '\(name.text)'", at: name.span, hint: "TYPING is one")
        }
        guard case .word(let word) = value, let typing = TypingMode(word: word.text) else {
            throw QueryError(
                .invalidSetting, "TYPING is PERMISSIVE or STRICT", at: value.span)
        }
        state.withLock { $0.typing = typing }
    }
}

extension TypingMode {
    fileprivate init?(word: String) {
        switch word.uppercased() {
        case "PERMISSIVE": self = .permissive
        case "STRICT": self = .strict
        default: return nil
        }
    }
}

extension QueryError {
    /// Runs what throws nothing but query errors, though its type does not say so.
    static func rethrowing<R>(_ body: () throws -> R) throws(QueryError) -> R {
        do {
            return try body()
        } catch let error as QueryError {
            throw error
        } catch {
            throw QueryError(.internalError, "\(error)", at: nil)
        }
    }
}
