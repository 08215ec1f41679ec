import HindsightQuery

/// The same words for `async` code. The work runs on threads that may block; cancelling the task cancels the statement
/// that runs.
extension Database {
    /// Runs `body` on one snapshot; see the synchronous `read`.
    public func read<R: Sendable>(_ body: @escaping @Sendable (Reader) throws -> R) async throws -> R {
        let session = makeSession()
        return try await queue.run(cancelling: session) { try session.read(body) }
    }

    /// Runs `body` as one transaction; see the synchronous `write`.
    @discardableResult
    public func write<R: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> R) async throws -> Written<R> {
        let session = makeSession()
        return try await queue.run(cancelling: session) { try session.write(body) }
    }

    /// The rows of a query as a `Decodable` type.
    public func query<T: Decodable & Sendable>(_ statement: Statement, as type: T.Type) async throws -> [T] {
        try await read { try $0.query(statement, as: type) }
    }

    /// The rows of a query.
    public func query(_ statement: Statement) async throws -> [Row] {
        try await read { try $0.query(statement) }
    }

    /// Runs one statement as a transaction of its own.
    @discardableResult
    public func execute(_ statement: Statement) async throws -> Outcome {
        let session = makeSession()
        return try await queue.run(cancelling: session) { try session.execute(statement).outcome() }
    }

    /// The rows of a query as they are read.
    public func stream(_ statement: Statement) -> RowSequence {
        RowSequence(queue: queue, session: { self.makeSession() }, statement: statement)
    }
}
