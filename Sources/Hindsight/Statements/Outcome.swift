import HindsightQuery
import HindsightValues

/// What a statement did.
public struct Outcome: Sendable {
    /// Items inserted, updated or deleted.
    public let changed: Int
    /// The commit that made it durable; nil if nothing was changed, or if the transaction around it is still open.
    public let commit: Commit?
    /// The rows of RETURNING; empty without it.
    public let returning: [Row]
    /// What RESTORE has made; nil after any other statement.
    public let restored: RestoreReport?

    init(_ summary: ChangeSummary) {
        changed = summary.count
        commit = summary.commit.map(Commit.init)
        returning = (summary.returning ?? []).map { Row(value: $0, columns: nil) }
        restored = nil
    }

    init(commit: Commit? = nil) {
        changed = 0
        self.commit = commit
        returning = []
        restored = nil
    }

    init(restored report: RestoreReport) {
        changed = 0
        commit = report.commit
        returning = []
        restored = report
    }
}

/// A commit: all that one transaction changed, under a number and a time that belong to no other.
public struct Commit: Sendable, Hashable {
    /// Commits are numbered without gaps, oldest first.
    public let version: UInt64
    /// Microseconds since 1970-01-01T00:00Z.
    public let microsecondsSince1970: Int64

    /// The time as a value of the language, in UTC.
    public var time: Timestamp { Timestamp(clock: microsecondsSince1970) }

    init(_ stamp: CommitStamp) {
        version = stamp.version
        microsecondsSince1970 = stamp.microseconds
    }
}
