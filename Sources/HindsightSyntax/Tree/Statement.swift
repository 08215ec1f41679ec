/// One statement with its place in the text, without the `;` behind it.
package struct Statement: Sendable, Equatable {
    package let node: Node
    package let parameters: ParameterList
    @Uncompared package private(set) var span: SourceSpan

    package init(_ node: Node, parameters: ParameterList, span: SourceSpan) {
        self.node = node
        self.parameters = parameters
        self.span = span
    }

    package indirect enum Node: Sendable, Equatable {
        case query(Query)

        case insert(Insert)
        case update(Update)
        case delete(Delete)

        case createTable(CreateTable)
        case createIndex(CreateIndex)
        case createBackup(CreateBackup)
        case createBackupPlan(CreateBackupPlan)
        case createRestorePoint(Identifier, ifNotExists: Bool)
        case alterTable(TableName, TableChange)
        case dropTable(TableName, ifExists: Bool)
        case dropIndex(Identifier, table: TableName, ifExists: Bool)
        case dropBackup(Identifier, table: TableName?, ifExists: Bool)
        case dropBackupPlan(Identifier, ifExists: Bool)
        case dropRestorePoint(Identifier, ifExists: Bool)
        /// `UNDROP TABLE t [AS u]`
        case undropTable(TableName, newName: TableName?)
        case renameTable(TableName, to: TableName)

        case restore(Restore)
        case revert(Revert)
        case difference(Difference)
        case export(Export)
        case importItems(ImportItems)

        case begin
        case commit
        case rollback

        case explain(Statement, isAnalyze: Bool)
        /// The whole database without a table.
        case verify(TableName?)
        case vacuum
        case attach(Expression, as: Identifier)
        case detach(Identifier)
        case show(Show)
        case describe(TableName)
        /// `SET TYPING = STRICT`
        case setOption(Identifier, SettingValue)
    }
}

/// What a statement wants to be bound before it runs.
package struct ParameterList: Sendable, Equatable {
    /// How many `?` there are.
    package var positionalCount: Int
    /// The `:name` parameters, each once, in the order of their first use.
    package var names: [String]

    package init(positionalCount: Int = 0, names: [String] = []) {
        self.positionalCount = positionalCount
        self.names = names
    }

    package var isEmpty: Bool { positionalCount == 0 && names.isEmpty }
}

/// `SHOW TABLES`, `SHOW BACKUPS OF t`
package struct Show: Sendable, Equatable {
    package let subject: Subject
    package let table: TableName?
    /// BETWEEN, of a timeline.
    package let period: Period?

    package struct Period: Sendable, Equatable {
        package let from: TimePoint
        package let to: TimePoint

        package init(from: TimePoint, to: TimePoint) {
            self.from = from
            self.to = to
        }
    }

    package enum Subject: String, Sendable, CaseIterable {
        case tables = "TABLES"
        case indexes = "INDEXES"
        case backups = "BACKUPS"
        case backupPlans = "BACKUP PLANS"
        case restores = "RESTORES"
        case restorePoints = "RESTORE POINTS"
        case recovery = "RECOVERY"
        case exports = "EXPORTS"
        case commits = "COMMITS"
        case changes = "CHANGES"
        case timeline = "TIMELINE"
    }

    package init(subject: Subject, table: TableName?, period: Period? = nil) {
        self.subject = subject
        self.table = table
        self.period = period
    }
}

/// `name = value` behind WITH or SET.
package struct Setting: Sendable, Equatable {
    package let name: Identifier
    package let value: SettingValue

    package init(name: Identifier, value: SettingValue) {
        self.name = name
        self.value = value
    }
}

package enum SettingValue: Sendable, Equatable {
    /// A bare word: `ON`, `STRICT`, `PAY_PER_REQUEST`.
    case word(Identifier)
    case expression(Expression)

    package var span: SourceSpan {
        switch self {
        case .word(let word): word.span
        case .expression(let expression): expression.span
        }
    }
}
