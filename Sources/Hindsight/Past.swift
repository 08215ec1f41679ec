import HindsightQuery

/// The database as it stood at a moment: the same reading calls, and nothing can be changed.
///
/// Tables in FROM are read at the moment; a table with an `AS OF` of its own at that. A table that keeps no past, or whose
/// past does not reach that far, is an error, never an empty answer.
public struct Past: Reading, Sendable {
    public let moment: Moment
    private let sessions: SessionPool
    private let queue: BlockingQueue

    init(moment: Moment, sessions: SessionPool, queue: BlockingQueue) {
        self.moment = moment
        self.sessions = sessions
        self.queue = queue
    }

    public func withResult<R>(of statement: Statement, _ body: (Session.Result) throws -> R) throws -> R {
        try sessions.withSession { try body($0.execute(statement)) }
    }

    /// Runs `body` on one snapshot.
    public func read<R>(_ body: (Reader) throws -> R) throws -> R {
        try sessions.withSession { try $0.read(body) }
    }

    /// Runs `body` on one snapshot, on a thread that may block.
    public func read<R: Sendable>(_ body: @escaping @Sendable (Reader) throws -> R) async throws -> R {
        let session = sessions.make()
        return try await queue.run(cancelling: session) { try session.read(body) }
    }

    /// The rows of a query as a `Decodable` type.
    public func query<T: Decodable & Sendable>(_ statement: Statement, as type: T.Type) async throws -> [T] {
        try await read { try $0.query(statement, as: type) }
    }

    /// The rows of a query as they are read.
    public func stream(_ statement: Statement) -> RowSequence {
        RowSequence(queue: queue, session: { sessions.make() }, statement: statement)
    }
}
