import HindsightQuery

extension Session {
    /// Runs `body` on one snapshot.
    func read<R>(_ body: (Reader) throws -> R) throws -> R {
        do {
            return try base.read { try body(Reader(session: self)) }
        } catch let error as QueryError {
            throw DatabaseError(error)
        }
    }

    /// Runs `body` as one transaction.
    func write<R>(_ body: (Transaction) throws -> R) throws -> Written<R> {
        do {
            let (value, stamp) = try base.write { try body(Transaction(session: self)) }
            return Written(value: value, commit: stamp.map(Commit.init))
        } catch let error as QueryError {
            throw DatabaseError(error)
        }
    }
}

/// What `write` gives: the closure's value, and the commit that made its changes durable.
public struct Written<Value> {
    public let value: Value
    /// Nil if nothing was changed.
    public let commit: Commit?
}

extension Written: Sendable where Value: Sendable {}
