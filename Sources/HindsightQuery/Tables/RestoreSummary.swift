/// What a restore has made, before it is committed.
package struct RestoreSummary: Sendable, Hashable {
    /// The new table.
    package let table: String
    /// The name that the source has, or had when the backup was made.
    package let source: String
    /// The backup that the items come from; nil if they come from the table's past.
    package let backup: String?
    /// The moment that the items are of, in microseconds since 1970-01-01T00:00Z.
    package let microseconds: Int64
    package let itemCount: Int
    /// The names of the new table's indexes.
    package let indexes: [String]
    /// What the source has and the new table has not.
    package let notCarriedOver: [Omission]

    /// A setting of the source with its value there.
    package struct Omission: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(
        table: String, source: String, backup: String?, microseconds: Int64, itemCount: Int, indexes: [String],
        notCarriedOver: [Omission]
    ) {
        self.table = table
        self.source = source
        self.backup = backup
        self.microseconds = microseconds
        self.itemCount = itemCount
        self.indexes = indexes
        self.notCarriedOver = notCarriedOver
    }
}
