/// What a write has returned, and the commit that made it durable.
package struct Committed<Value> {
    package let value: Value
    /// `nil` if nothing was changed: then nothing was committed.
    package let commit: Commit?
}

extension Committed: Sendable where Value: Sendable {}

/// A commit: its number, and its time in microseconds since 1970.
package struct Commit: Equatable, Sendable {
    package let version: Version
    package let time: Int64
}
