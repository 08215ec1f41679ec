/// A moment as `AS OF` and `AT` name it, before a table's history turns it into a version.
package enum Moment: Sendable, Hashable {
    /// The statement's own snapshot.
    case now
    /// The newest moment that the table can be read at.
    case latest
    /// The oldest moment that the table can be read at.
    case earliest
    /// The state after the last commit at or before this time, in microseconds since 1970-01-01T00:00Z.
    case time(microseconds: Int64)
    case version(UInt64)
    case restorePoint(String)
}

/// Which commit made a change durable, and when.
package struct CommitStamp: Sendable, Hashable {
    package let version: UInt64
    /// Microseconds since 1970-01-01T00:00Z.
    package let microseconds: Int64

    package init(version: UInt64, microseconds: Int64) {
        self.version = version
        self.microseconds = microseconds
    }
}
