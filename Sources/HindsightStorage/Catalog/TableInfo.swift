import HindsightValues

/// An attribute that is part of a table's primary key.
package struct KeyAttribute: Equatable, Sendable {
    /// The types that a key attribute can have.
    package enum Kind: UInt8, Equatable, Sendable {
        case string = 1
        case number = 2
        case binary = 3
    }

    package let name: String
    package let kind: Kind
    /// The way to it in a document.
    let path: DocumentPath

    package init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
        path = DocumentPath(attribute: name)
    }
}

/// What a new table is to be.
package struct TableDefinition: Equatable, Sendable {
    package var name: String
    package var partitionKey: KeyAttribute
    package var sortKey: KeyAttribute?
    package var settings: [String: String]

    package init(
        name: String, partitionKey: KeyAttribute, sortKey: KeyAttribute? = nil, settings: [String: String] = [:]
    ) {
        self.name = name
        self.partitionKey = partitionKey
        self.sortKey = sortKey
        self.settings = settings
    }
}

/// A table as one snapshot of the catalog knows it.
package struct TableInfo: Equatable, Sendable {
    package enum Status: Equatable, Sendable {
        /// The table still reads from the one that it was restored from.
        case restoring
        case active
    }

    /// Never reused. It is also the number of the keyspace that holds the table's items.
    package let id: UInt32
    package var name: String
    package let partitionKey: KeyAttribute
    package let sortKey: KeyAttribute?
    package var settings: [String: String]
    package let createdVersion: Version
    /// Microseconds since 1970, as all times here.
    package let createdTime: Int64
    /// Point-in-time recovery, `nil` where it is off.
    package var recovery: Recovery?
    /// Where this table reads what its own keyspace has not.
    package var base: ForkBase?
    /// What a restored table was made from; it stays when the base is gone.
    package let origin: RestoreOrigin?
    /// Set if this is the keyspace of an index and not of a table's items.
    package var index: IndexInfo?
    /// Set if this is a backup and no table.
    package var backup: BackupInfo?

    package var status: Status { base == nil ? .active : .restoring }

    /// Whether it cannot be dropped: the setting `DELETION_PROTECTION`.
    package var isDeletionProtected: Bool {
        ["ON", "TRUE", "ENABLED"].contains(settings["DELETION_PROTECTION"]?.uppercased())
    }
}

/// Point-in-time recovery that is switched on.
package struct Recovery: Equatable, Sendable {
    /// The commit that switched it on.
    package let enabledVersion: Version
    package let enabledTime: Int64
    package var retentionDays: Int
    /// The earliest restorable time is never before this one: the switch, or what a shorter retention has ended.
    package var floorTime: Int64
}

/// The table and version under a fork.
package struct ForkBase: Equatable, Sendable {
    package let table: UInt32
    package let version: Version
}

/// What DynamoDB calls the restore summary.
package struct RestoreOrigin: Equatable, Sendable {
    package let table: UInt32
    package let tableName: String
    package let version: Version
    /// The time that was restored to.
    package let time: Int64
}

/// A named moment.
package struct RestorePoint: Equatable, Sendable {
    package let name: String
    package let version: Version
    package let time: Int64
}
