import HindsightQuery
import HindsightValues

/// What a restore has made.
public struct RestoreReport: Sendable, Hashable {
    /// The new table.
    public let table: String
    /// The name that the source has, or had when the backup was made.
    public let source: String
    /// The backup that the items come from; nil if they come from the table's past.
    public let backup: String?
    /// The moment that the items are of.
    public let time: Timestamp
    public let itemCount: Int
    /// The names of the new table's indexes.
    public let indexes: [String]
    /// What the source has and the new table begins without, as in DynamoDB.
    public let notCarriedOver: [Omission]
    /// Nil if the transaction around the restore is still open.
    public let commit: Commit?

    /// A setting of the source with its value there, such as `TIME_TO_LIVE` and the name of an attribute.
    public struct Omission: Sendable, Hashable {
        public let name: String
        public let value: String
    }

    init(_ summary: RestoreSummary, _ stamp: CommitStamp?) {
        table = summary.table
        source = summary.source
        backup = summary.backup
        time = Timestamp(clock: summary.microseconds)
        itemCount = summary.itemCount
        indexes = summary.indexes
        notCarriedOver = summary.notCarriedOver.map { Omission(name: $0.name, value: $0.value) }
        commit = stamp.map(Commit.init)
    }
}
