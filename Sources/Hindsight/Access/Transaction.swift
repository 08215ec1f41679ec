import HindsightQuery
import HindsightValues

/// What runs inside `read`: statements that all see one snapshot. Valid inside its closure only.
public final class Reader: Reading {
    private let session: Session

    init(session: Session) {
        self.session = session
    }

    public func withResult<R>(of statement: Statement, _ body: (Session.Result) throws -> R) throws -> R {
        try body(session.execute(statement))
    }
}

/// What runs inside `write`: statements that become durable and visible together, or not at all. They see what the ones
/// before them did. Valid inside its closure only.
public final class Transaction: Reading {
    private let session: Session

    init(session: Session) {
        self.session = session
    }

    public func withResult<R>(of statement: Statement, _ body: (Session.Result) throws -> R) throws -> R {
        try body(session.execute(statement))
    }

    /// Runs a statement that changes something. If it fails, it alone is undone; what came before stays, unless the error
    /// leaves the closure.
    ///
    /// - Throws: `DatabaseError`.
    @discardableResult
    public func execute(_ statement: Statement) throws(DatabaseError) -> Outcome {
        try session.execute(statement).outcome()
    }

    /// Adds an item.
    ///
    /// - Throws: `DatabaseError` with `duplicateKey` if there is one of its key; what encoding throws.
    public func insert(_ item: some Encodable, into table: String) throws {
        try execute("INSERT INTO \(identifier: table) VALUE \(encoding: item)")
    }

    /// Adds an item, in place of the one of its key if there is one.
    public func put(_ item: some Encodable, into table: String) throws {
        try execute("REPLACE INTO \(identifier: table) VALUE \(encoding: item)")
    }
}

extension Session.Result {
    /// What was done; the rows of a query are given up unread.
    func outcome() -> Outcome {
        switch self {
        case .changed(let outcome): return outcome
        case .restored(let report): return Outcome(restored: report)
        case .done(let commit): return Outcome(commit: commit)
        case .value: return Outcome()
        case .rows(let rows):
            rows.close()
            return Outcome()
        }
    }
}
