/// `CREATE TABLE t (a STRING PARTITION KEY, b NUMBER SORT KEY) [WITH (…)]`
package struct CreateTable: Sendable, Equatable {
    package let name: TableName
    package let ifNotExists: Bool
    /// At least one; which roles they must have is for the binder to say.
    package let keys: [KeyDefinition]
    package let settings: [Setting]

    package init(name: TableName, ifNotExists: Bool, keys: [KeyDefinition], settings: [Setting]) {
        self.name = name
        self.ifNotExists = ifNotExists
        self.keys = keys
        self.settings = settings
    }
}

/// `a STRING PARTITION KEY`
package struct KeyDefinition: Sendable, Equatable {
    package let name: Identifier
    package let type: KeyType
    package let role: KeyRole
    @Uncompared package private(set) var span: SourceSpan

    package init(name: Identifier, type: KeyType, role: KeyRole, span: SourceSpan) {
        self.name = name
        self.type = type
        self.role = role
        self.span = span
    }
}

package enum KeyType: String, Sendable, CaseIterable {
    case string = "STRING"
    case number = "NUMBER"
    case binary = "BINARY"
}

package enum KeyRole: String, Sendable, CaseIterable {
    /// PARTITION KEY, HASH KEY
    case partition = "PARTITION"
    /// SORT KEY, RANGE KEY
    case sort = "SORT"
}

/// `CREATE [GLOBAL|LOCAL] INDEX i ON t (…) [PROJECT …] [WITH (…)]`
package struct CreateIndex: Sendable, Equatable {
    package let name: Identifier
    package let table: TableName
    /// nil if not written.
    package let scope: Scope?
    package let ifNotExists: Bool
    package let keys: [KeyDefinition]
    /// nil if not written.
    package let projection: IndexProjection?
    package let settings: [Setting]

    package enum Scope: String, Sendable {
        case global = "GLOBAL"
        case local = "LOCAL"
    }

    package init(
        name: Identifier, table: TableName, scope: Scope?, ifNotExists: Bool, keys: [KeyDefinition],
        projection: IndexProjection?, settings: [Setting]
    ) {
        self.name = name
        self.table = table
        self.scope = scope
        self.ifNotExists = ifNotExists
        self.keys = keys
        self.projection = projection
        self.settings = settings
    }
}

package enum IndexProjection: Sendable, Equatable {
    case all
    case keys
    case attributes([Identifier])
}

/// What ALTER TABLE does.
package enum TableChange: Sendable, Equatable {
    /// `SET POINT_IN_TIME_RECOVERY ON [WITH RETENTION n DAYS]`
    case recoveryOn(retentionDays: Expression?)
    /// `SET POINT_IN_TIME_RECOVERY OFF`
    case recoveryOff
    /// `SET (setting = value, …)`
    case settings([Setting])
}
