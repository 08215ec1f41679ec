import HindsightSyntax

/// What the planner knows of a secondary index.
package struct IndexSchema: Sendable, Hashable {
    package let name: String
    /// Of the table's partition key, with another sort key.
    package let isLocal: Bool
    package let partitionKey: KeyAttribute
    package let sortKey: KeyAttribute?
    /// The names of the attributes that an entry itself has: the keys of the index and of the table.
    package let keyNames: [String]
    /// Further attributes that are seen when the index is read by its name; nil for all.
    package let projected: [String]?
    /// What the planner must know to choose the index by itself.
    package let use: Use

    package struct Use: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The index is complete, and what is in it can be told from its keys.
        package static let isPossible = Use(rawValue: 1)
        /// There may be items with the partition key but without the sort key.
        package static let needsSortKey = Use(rawValue: 2)
        /// There may be attributes whose names differ from those of the keys by case alone.
        package static let needsExactNames = Use(rawValue: 4)
    }

    package init(
        name: String, isLocal: Bool, partitionKey: KeyAttribute, sortKey: KeyAttribute?, keyNames: [String],
        projected: [String]?, use: Use
    ) {
        self.name = name
        self.isLocal = isLocal
        self.partitionKey = partitionKey
        self.sortKey = sortKey
        self.keyNames = keyNames
        self.projected = projected
        self.use = use
    }

    /// Whether whoever reads the index by its name sees an attribute; both names are exact.
    package func projects(_ name: String) -> Bool {
        guard let projected else { return true }
        return (keyNames + projected).contains { $0.utf8.elementsEqual(name.utf8) }
    }
}

/// What CREATE INDEX asks for.
package struct IndexDefinition: Sendable {
    package let name: String
    package let isLocal: Bool
    package let partitionKey: KeyAttribute
    package let sortKey: KeyAttribute?
    /// Attributes to be seen beside the keys; nil for all.
    package let projected: [String]?

    package init(
        name: String, isLocal: Bool = false, partitionKey: KeyAttribute, sortKey: KeyAttribute? = nil,
        projected: [String]? = nil
    ) {
        self.name = name
        self.isLocal = isLocal
        self.partitionKey = partitionKey
        self.sortKey = sortKey
        self.projected = projected
    }
}

extension ItemPath {
    /// The name of the attribute that the path starts with.
    var attributeName: String? {
        if case .attribute(let name, _) = steps[0] { name } else { nil }
    }

    /// Whether the path is the one attribute of exactly this name, where an item has it.
    func isExactAttribute(_ name: String) -> Bool {
        steps.count == 1 && attributeName.map { $0.utf8.elementsEqual(name.utf8) } ?? false
    }

    /// Whether another attribute may be meant if there is none of the path's exact name.
    var ignoresCase: Bool {
        if case .attribute(_, let isCaseSensitive) = steps[0] { !isCaseSensitive } else { false }
    }
}
