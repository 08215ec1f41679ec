extension Parser {
    // MARK: Restoring

    ///     restore ::= 'RESTORE' 'TABLE' tableName 'TO' tableName restoreOrigin restoredIndexes? settings?
    mutating func restore() throws(SyntaxError) -> Restore {
        try expect(.restore)
        try expect(.table)
        let source = try tableName()
        try expect(.to)
        let target = try tableName("a name for the new table")
        let origin = try restoreOrigin()
        let indexes = try restoredIndexes()
        return Restore(
            source: source, target: target, origin: origin, indexes: indexes,
            settings: at(.with) ? try settings() : [])
    }

    ///     restoreOrigin ::= 'AT' timePoint | 'FROM' 'BACKUP' name
    mutating func restoreOrigin() throws(SyntaxError) -> Restore.Origin {
        if consume(.at) { return .time(try timePoint()) }
        if at(.as), peek(1, is: .of) {
            throw unexpected("`AT` and a time", hint: "reading the past is `AS OF`, restoring it is `AT`")
        }
        guard consume(.from) else { throw unexpected("`AT` and a time, or `FROM BACKUP`") }
        try expect(.backup)
        return .backup(try name("a backup's name"))
    }

    ///     restoredIndexes ::= 'WITHOUT' 'INDEXES' | 'WITH' 'INDEXES' nameList
    mutating func restoredIndexes() throws(SyntaxError) -> Restore.Indexes {
        if consume(.without) {
            try expect(.indexes)
            return .none
        }
        guard at(.with), peek(1, is: .indexes) else { return .all }
        advance()
        try expect(.indexes)
        return .only(try nameList("an index name"))
    }

    ///     revert ::= 'REVERT' 'TABLE' tableName 'TO' timePoint where?
    mutating func revert() throws(SyntaxError) -> Revert {
        try expect(.revert)
        try expect(.table)
        let table = try tableName()
        try expect(.to)
        let time = try timePoint()
        return Revert(table: table, time: time, filter: at(.where) ? try `where`() : nil)
    }

    /// A statement, and a source in FROM.
    ///
    ///     difference ::= 'DIFF' 'TABLE' tableName asOf? ( 'WITH' tableName? asOf? )?
    mutating func difference() throws(SyntaxError) -> Difference {
        try expect(.diff)
        try expect(.table)
        let table = try tableName()
        let time = isAsOf() ? try asOf() : nil
        guard consume(.with) else {
            return Difference(table: table, time: time, otherTable: nil, otherTime: nil)
        }
        let other = startsOtherTable ? try tableName() : nil
        return Difference(table: table, time: time, otherTable: other, otherTime: isAsOf() ? try asOf() : nil)
    }

    /// Whether a table's name stands here, and no word that goes on in the query around.
    private var startsOtherTable: Bool {
        switch kind {
        case .identifier, .quotedIdentifier: true
        case .keyword(let keyword): keyword.isBareAlias
        default: false
        }
    }

    // MARK: Restore points and backups

    ///     createRestorePoint ::= 'CREATE' 'RESTORE' 'POINT' ifNotExists? name
    mutating func createRestorePoint() throws(SyntaxError) -> Statement.Node {
        try expect(.create)
        try expect(.restore)
        try expect(.point)
        let ifNotExists = try ifNotExists()
        return .createRestorePoint(try name("a restore point's name"), ifNotExists: ifNotExists)
    }

    ///     dropRestorePoint ::= 'DROP' 'RESTORE' 'POINT' ifExists? name
    mutating func dropRestorePoint() throws(SyntaxError) -> Statement.Node {
        try expect(.drop)
        try expect(.restore)
        try expect(.point)
        let ifExists = try ifExists()
        return .dropRestorePoint(try name("a restore point's name"), ifExists: ifExists)
    }

    ///     createBackup ::= 'CREATE' 'BACKUP' ifNotExists? name 'OF' tableName
    mutating func createBackup() throws(SyntaxError) -> CreateBackup {
        try expect(.create)
        try expect(.backup)
        let ifNotExists = try ifNotExists()
        let name = try name("a backup's name")
        try expect(.of)
        return CreateBackup(name: name, table: try tableName(), ifNotExists: ifNotExists)
    }

    ///     dropBackup ::= 'DROP' 'BACKUP' ifExists? name ( 'OF' tableName )?
    mutating func dropBackup() throws(SyntaxError) -> Statement.Node {
        try expect(.drop)
        try expect(.backup)
        let ifExists = try ifExists()
        let name = try name("a backup's name")
        return .dropBackup(name, table: consume(.of) ? try tableName() : nil, ifExists: ifExists)
    }

    ///     createBackupPlan ::= 'CREATE' 'BACKUP' 'PLAN' ifNotExists? name 'OF' tableName ( ',' tableName )*
    ///                          backupSchedule keep? backupCopy?
    mutating func createBackupPlan() throws(SyntaxError) -> CreateBackupPlan {
        try expect(.create)
        try expect(.backup)
        try expect(.plan)
        let ifNotExists = try ifNotExists()
        let name = try name("a plan's name")
        try expect(.of)
        var tables: [TableName] = []
        repeat { tables.append(try tableName()) } while consume(.comma)
        let schedule = try backupSchedule()
        let keep = at(.keep) ? try keep() : nil
        return CreateBackupPlan(
            name: name, ifNotExists: ifNotExists, tables: tables, schedule: schedule, keepDays: keep,
            copy: at(.copy) ? try backupCopy() : nil)
    }

    ///     backupSchedule ::= 'EVERY' dayCount | 'SCHEDULE' textArgument
    mutating func backupSchedule() throws(SyntaxError) -> CreateBackupPlan.Schedule {
        if consume(.every) { return .everyDays(try dayCount()) }
        guard consume(.schedule) else { throw unexpected("`EVERY n DAYS` or `SCHEDULE` and a cron text") }
        return .cron(try textArgument("a cron text in quotes"))
    }

    ///     keep ::= 'KEEP' dayCount
    mutating func keep() throws(SyntaxError) -> Expression {
        try expect(.keep)
        return try dayCount()
    }

    ///     backupCopy ::= 'COPY' 'TO' textArgument keep?
    mutating func backupCopy() throws(SyntaxError) -> CreateBackupPlan.Copy {
        try expect(.copy)
        try expect(.to)
        let destination = try textArgument("a file's name in quotes")
        return CreateBackupPlan.Copy(destination: destination, keepDays: at(.keep) ? try keep() : nil)
    }

    ///     dropBackupPlan ::= 'DROP' 'BACKUP' 'PLAN' ifExists? name
    mutating func dropBackupPlan() throws(SyntaxError) -> Statement.Node {
        try expect(.drop)
        try expect(.backup)
        try expect(.plan)
        let ifExists = try ifExists()
        return .dropBackupPlan(try name("a plan's name"), ifExists: ifExists)
    }

    // MARK: Export and import

    ///     export ::= 'EXPORT' 'TABLE' tableName exportContent? where? 'TO' textArgument format? ( 'VIEW' name )?
    mutating func export() throws(SyntaxError) -> Export {
        try expect(.export)
        try expect(.table)
        let table = try tableName()
        let content = try exportContent()
        let filter = at(.where) ? try `where`() : nil
        try expect(.to)
        let destination = try textArgument("a folder's name in quotes")
        let format = at(.format) ? try format() : nil
        let view = consume(.view) ? try name("a view: `NEW_IMAGE` or `NEW_AND_OLD_IMAGES`") : nil
        return Export(
            table: table, content: content, filter: filter, destination: destination, format: format, view: view)
    }

    ///     exportContent ::= asOf | 'CHANGES' 'BETWEEN' timePoint 'AND' timePoint
    mutating func exportContent() throws(SyntaxError) -> Export.Content {
        if isAsOf() { return .asOf(try asOf()) }
        guard consume(.changes) else { return .present }
        try expect(.between)
        let from = try timePoint()
        try expect(.and)
        return .changes(from: from, to: try timePoint())
    }

    ///     textArgument ::= STRING | parameter
    mutating func textArgument(_ description: String) throws(SyntaxError) -> Expression {
        if at(.stringLiteral) { return try literal() }
        guard at(.question) || at(.colon) else { throw unexpected(description) }
        return try parameter()
    }

    ///     format ::= 'FORMAT' name
    mutating func format() throws(SyntaxError) -> Identifier {
        try expect(.format)
        return try name("a format's name")
    }

    ///     importItems ::= 'IMPORT' 'INTO' tableName 'FROM' textArgument format?
    mutating func importItems() throws(SyntaxError) -> ImportItems {
        try expect(.import)
        try expect(.into)
        let table = try tableName()
        try expect(.from)
        let source = try textArgument("a file's name in quotes")
        return ImportItems(table: table, source: source, format: at(.format) ? try format() : nil)
    }
}
