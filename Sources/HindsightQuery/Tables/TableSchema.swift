import HindsightSyntax

/// One attribute of a table's key.
package struct KeyAttribute: Sendable, Hashable {
    package let name: String
    package let type: KeyType

    package init(name: String, type: KeyType) {
        self.name = name
        self.type = type
    }
}

/// What the planner knows of a table: its name and its key. Everything else is in its items.
package struct TableSchema: Sendable, Hashable {
    package let name: String
    /// Nil for tables without a key, which can only be scanned.
    package let partitionKey: KeyAttribute?
    package let sortKey: KeyAttribute?
    /// The table's secondary indexes.
    package let indexes: [IndexSchema]
    /// Set if this is not a table but a secondary index of one, whose keys these are.
    package let index: IndexSchema?

    package init(
        name: String, partitionKey: KeyAttribute? = nil, sortKey: KeyAttribute? = nil, indexes: [IndexSchema] = [],
        index: IndexSchema? = nil
    ) {
        self.name = name
        self.partitionKey = partitionKey
        self.sortKey = sortKey
        self.indexes = indexes
        self.index = index
    }

    /// The key's attributes, partition key first.
    package var keyAttributes: [KeyAttribute] {
        [partitionKey, sortKey].compactMap { $0 }
    }
}
