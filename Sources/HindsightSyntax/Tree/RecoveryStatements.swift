/// `RESTORE TABLE t TO u AT time | FROM BACKUP b [WITHOUT INDEXES | WITH INDEXES (…)] [WITH (…)]`
package struct Restore: Sendable, Equatable {
    package let source: TableName
    package let target: TableName
    package let origin: Origin
    package let indexes: Indexes
    package let settings: [Setting]

    package enum Origin: Sendable, Equatable {
        case time(TimePoint)
        case backup(Identifier)
    }

    package enum Indexes: Sendable, Equatable {
        /// As the source has them: nothing was written.
        case all
        case none
        case only([Identifier])
    }

    package init(source: TableName, target: TableName, origin: Origin, indexes: Indexes, settings: [Setting]) {
        self.source = source
        self.target = target
        self.origin = origin
        self.indexes = indexes
        self.settings = settings
    }
}

/// `REVERT TABLE t TO time [WHERE …]`
package struct Revert: Sendable, Equatable {
    package let table: TableName
    package let time: TimePoint
    package let filter: Expression?

    package init(table: TableName, time: TimePoint, filter: Expression?) {
        self.table = table
        self.time = time
        self.filter = filter
    }
}

/// `DIFF TABLE t [AS OF a] WITH [u] [AS OF b]`, as a statement and as a source in FROM.
package struct Difference: Sendable, Equatable {
    package let table: TableName
    /// nil: the present.
    package let time: TimePoint?
    /// nil: the same table.
    package let otherTable: TableName?
    /// nil: the present.
    package let otherTime: TimePoint?

    package init(table: TableName, time: TimePoint?, otherTable: TableName?, otherTime: TimePoint?) {
        self.table = table
        self.time = time
        self.otherTable = otherTable
        self.otherTime = otherTime
    }
}

/// `CREATE BACKUP b OF t`
package struct CreateBackup: Sendable, Equatable {
    package let name: Identifier
    package let table: TableName
    package let ifNotExists: Bool

    package init(name: Identifier, table: TableName, ifNotExists: Bool) {
        self.name = name
        self.table = table
        self.ifNotExists = ifNotExists
    }
}

/// `CREATE BACKUP PLAN p OF t, … EVERY n DAYS [KEEP n DAYS] [COPY TO 'file' [KEEP n DAYS]]`
package struct CreateBackupPlan: Sendable, Equatable {
    package let name: Identifier
    package let ifNotExists: Bool
    package let tables: [TableName]
    package let schedule: Schedule
    package let keepDays: Expression?
    package let copy: Copy?

    package enum Schedule: Sendable, Equatable {
        case everyDays(Expression)
        /// `SCHEDULE 'cron text'`
        case cron(Expression)
    }

    package struct Copy: Sendable, Equatable {
        package let destination: Expression
        package let keepDays: Expression?

        package init(destination: Expression, keepDays: Expression?) {
            self.destination = destination
            self.keepDays = keepDays
        }
    }

    package init(
        name: Identifier, ifNotExists: Bool, tables: [TableName], schedule: Schedule, keepDays: Expression?,
        copy: Copy?
    ) {
        self.name = name
        self.ifNotExists = ifNotExists
        self.tables = tables
        self.schedule = schedule
        self.keepDays = keepDays
        self.copy = copy
    }
}

/// `EXPORT TABLE t [AS OF time | CHANGES BETWEEN a AND b] [WHERE …] TO 'folder' [FORMAT f] [VIEW v]`
package struct Export: Sendable, Equatable {
    package let table: TableName
    package let content: Content
    package let filter: Expression?
    package let destination: Expression
    package let format: Identifier?
    package let view: Identifier?

    package enum Content: Sendable, Equatable {
        case present
        case asOf(TimePoint)
        case changes(from: TimePoint, to: TimePoint)
    }

    package init(
        table: TableName, content: Content, filter: Expression?, destination: Expression, format: Identifier?,
        view: Identifier?
    ) {
        self.table = table
        self.content = content
        self.filter = filter
        self.destination = destination
        self.format = format
        self.view = view
    }
}

/// `IMPORT INTO t FROM 'file' [FORMAT f]`
package struct ImportItems: Sendable, Equatable {
    package let table: TableName
    package let source: Expression
    package let format: Identifier?

    package init(table: TableName, source: Expression, format: Identifier?) {
        self.table = table
        self.source = source
        self.format = format
    }
}
