/// The number of a commit. Numbers are dense: the first commit of a file is 1, and each next one is one more. 0 is the
/// empty database before it.
package typealias Version = UInt64

/// A point in the life of the database, as a statement names it.
package enum Moment: Equatable, Sendable {
    /// What the transaction sees, its own writes included.
    case now
    /// The newest commit, which is also the latest restorable moment.
    case latest
    /// The earliest restorable moment of the table in question.
    case earliest
    /// The last commit at or before a time, in microseconds since 1970.
    case time(Int64)
    case version(Version)
    case restorePoint(String)
}
