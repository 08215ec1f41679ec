import HindsightQuery
import Synchronization

/// The rows of a query as they are read, some at a time on a thread that may block; the reader's pace is the database's.
///
/// ```swift
/// for try await row in db.stream("SELECT * FROM Music") { … }
/// ```
///
/// Until the loop ends, it holds the snapshot that it reads.
public struct RowSequence: AsyncSequence, Sendable {
    public typealias Element = Row

    let queue: BlockingQueue
    let session: @Sendable () -> Session
    let statement: Statement

    public func makeAsyncIterator() -> Iterator {
        Iterator(queue: queue, source: RowSource(session: session(), statement: statement))
    }

    public struct Iterator: AsyncIteratorProtocol {
        let queue: BlockingQueue
        let source: RowSource
        private var buffer: [Row] = []
        private var position = 0

        init(queue: BlockingQueue, source: RowSource) {
            self.queue = queue
            self.source = source
        }

        public mutating func next() async throws -> Row? {
            if position == buffer.count {
                let source = self.source
                buffer = try await queue.run(cancelling: source.session) { try source.nextRows() }
                position = 0
            }
            guard position < buffer.count else { return nil }
            position += 1
            return buffer[position - 1]
        }
    }
}

/// The rows of one pass over a `RowSequence`; started by the first call, closed when it is released.
final class RowSource: Sendable {
    private enum State {
        case unstarted
        case running(Rows)
        case ended
    }

    let session: Session
    private let statement: Statement
    private let state = Mutex(State.unstarted)

    /// Rows fetched in one visit to a blocking thread.
    private static let batch = 64

    init(session: Session, statement: Statement) {
        self.session = session
        self.statement = statement
    }

    /// The next rows; none at the end.
    func nextRows() throws -> [Row] {
        try state.withLock { state in
            if case .unstarted = state { state = try start() }
            guard case .running(let rows) = state else { return [] }
            var fetched: [Row] = []
            while fetched.count < RowSource.batch {
                guard let row = try rows.next() else {
                    state = .ended
                    break
                }
                fetched.append(row)
            }
            return fetched
        }
    }

    private func start() throws -> State {
        switch try session.execute(statement) {
        case .rows(let rows): .running(rows)
        default: .ended
        }
    }
}
