extension Printer {
    mutating func print(_ statement: Statement) {
        switch statement.node {
        case .query(let query): print(query)
        case .insert(let insert): print(insert)
        case .update(let update): print(update)
        case .delete(let delete): print(delete)
        case .createTable, .createIndex, .createBackup, .createBackupPlan, .createRestorePoint:
            printCreation(statement.node)
        case .alterTable(let table, let change): print(table, change)
        case .dropTable, .dropIndex, .dropBackup, .dropBackupPlan, .dropRestorePoint: printDrop(statement.node)
        case .undropTable(let table, let newName): tables("UNDROP TABLE", table, "AS", newName)
        case .renameTable(let table, let newName): tables("RENAME TABLE", table, "TO", newName)
        case .restore(let restore): print(restore)
        case .revert(let revert): print(revert)
        case .difference(let difference): print(difference)
        case .export(let export): print(export)
        case .importItems(let items): print(items)
        case .begin: write("BEGIN")
        case .commit: write("COMMIT")
        case .rollback: write("ROLLBACK")
        default: printSession(statement.node)
        }
    }

    private mutating func printSession(_ node: Statement.Node) {
        switch node {
        case .explain(let statement, let isAnalyze):
            write(isAnalyze ? "EXPLAIN ANALYZE " : "EXPLAIN ")
            print(statement)
        case .verify(let table): tables("VERIFY", nil, "TABLE", table)
        case .vacuum: write("VACUUM")
        case .attach(let file, let name):
            write("ATTACH ")
            printArithmetic(file)
            clause("AS", name)
        case .detach(let name):
            write("DETACH ")
            print(name)
        case .show(let show):
            tables("SHOW \(show.subject.rawValue)", nil, "OF", show.table)
            if let period = show.period { between(period.from, period.to) }
        case .describe(let table): tables("DESCRIBE", table, "", nil)
        case .setOption(let name, let value):
            write("SET ")
            print(name)
            write(" = ")
            print(value)
        default: break
        }
    }

    /// `WORDS first WORD second`, each with its table if there is one.
    mutating func tables(_ words: String, _ first: TableName?, _ word: String, _ second: TableName?) {
        write(words)
        if let first {
            write(" ")
            print(first)
        }
        if let second {
            write(" \(word) ")
            print(second)
        }
    }

    // MARK: Data

    private mutating func print(_ insert: Insert) {
        write("\(insert.verb.rawValue) INTO ")
        print(insert.table)
        clause("AS", insert.alias)
        if !insert.columns.isEmpty {
            write(" ")
            names(insert.columns)
        }
        switch insert.source {
        case .value(let expression): clause("VALUE", expression)
        case .query(let query):
            write(" ")
            print(query)
        }
        if let conflict = insert.onConflict { print(conflict) }
        print(insert.returning)
    }

    private mutating func print(_ conflict: OnConflict) {
        write(" ON CONFLICT ")
        if !conflict.target.isEmpty {
            names(conflict.target)
            write(" ")
        }
        switch conflict.action {
        case .nothing: write("DO NOTHING")
        case .replaceExcluded: write("DO REPLACE EXCLUDED")
        case .updateExcluded: write("DO UPDATE EXCLUDED")
        case .update(let changes):
            write("DO UPDATE")
            print(changes)
        }
        clause("WHERE", conflict.condition)
    }

    private mutating func print(_ returning: Returning?) {
        guard let returning else { return }
        write(" RETURNING ")
        list(returning.items) { printer, item in
            printer.write("\(item.image.words) ")
            if let expression = item.expression { printer.print(expression) } else { printer.write("*") }
            printer.clause("AS", item.alias)
        }
    }

    private mutating func print(_ update: Update) {
        tables(update.isFilterFirst ? "FROM" : "UPDATE", update.table, "", nil)
        clause("AS", update.alias)
        if update.isFilterFirst { clause("WHERE", update.filter) }
        print(update.changes)
        if !update.isFilterFirst { clause("WHERE", update.filter) }
        print(update.returning)
    }

    private mutating func print(_ changes: [Update.Change]) {
        var isSetting: Bool?
        for change in changes {
            switch change {
            case .set(let path, let value):
                write(isSetting == true ? ", " : " SET ")
                print(path)
                write(" = ")
                print(value)
                isSetting = true
            case .remove(let path):
                write(isSetting == false ? ", " : " REMOVE ")
                print(path)
                isSetting = false
            }
        }
    }

    private mutating func print(_ delete: Delete) {
        tables("DELETE FROM", delete.table, "", nil)
        clause("AS", delete.alias)
        clause("WHERE", delete.filter)
        print(delete.returning)
    }

    // MARK: Definitions

    private mutating func printCreation(_ node: Statement.Node) {
        switch node {
        case .createTable(let table):
            tables(table.ifNotExists ? "CREATE TABLE IF NOT EXISTS" : "CREATE TABLE", table.name, "", nil)
            print(table.keys)
            print(table.settings)
        case .createIndex(let index): print(index)
        case .createBackup(let backup):
            write(backup.ifNotExists ? "CREATE BACKUP IF NOT EXISTS " : "CREATE BACKUP ")
            print(backup.name)
            tables(" OF", backup.table, "", nil)
        case .createBackupPlan(let plan): print(plan)
        case .createRestorePoint(let name, let ifNotExists):
            write(ifNotExists ? "CREATE RESTORE POINT IF NOT EXISTS " : "CREATE RESTORE POINT ")
            print(name)
        default: break
        }
    }

    private mutating func print(_ keys: [KeyDefinition]) {
        write(" (")
        list(keys) { printer, key in
            printer.print(key.name)
            printer.write(" \(key.type.rawValue) \(key.role.rawValue) KEY")
        }
        write(")")
    }

    private mutating func print(_ settings: [Setting]) {
        guard !settings.isEmpty else { return }
        write(" WITH ")
        printList(settings)
    }

    private mutating func printList(_ settings: [Setting]) {
        write("(")
        list(settings) { printer, setting in
            printer.print(setting.name)
            printer.write(" = ")
            printer.print(setting.value)
        }
        write(")")
    }

    /// A variable in parentheses is no bare word.
    private mutating func print(_ value: SettingValue) {
        switch value {
        case .word(let word): print(word)
        case .expression(let expression):
            if case .variable = expression.node { printInParentheses(expression) } else { print(expression) }
        }
    }

    private mutating func print(_ index: CreateIndex) {
        write("CREATE ")
        if let scope = index.scope { write("\(scope.rawValue) ") }
        write(index.ifNotExists ? "INDEX IF NOT EXISTS " : "INDEX ")
        print(index.name)
        tables(" ON", index.table, "", nil)
        print(index.keys)
        switch index.projection {
        case .all: write(" PROJECT ALL")
        case .keys: write(" PROJECT KEYS")
        case .attributes(let attributes):
            write(" PROJECT ")
            names(attributes)
        case nil: break
        }
        print(index.settings)
    }

    private mutating func print(_ table: TableName, _ change: TableChange) {
        tables("ALTER TABLE", table, "", nil)
        switch change {
        case .recoveryOff: write(" SET POINT_IN_TIME_RECOVERY OFF")
        case .recoveryOn(let days):
            write(" SET POINT_IN_TIME_RECOVERY ON")
            dayCount("WITH RETENTION", days)
        case .settings(let settings):
            write(" SET ")
            printList(settings)
        }
    }

    /// Writes ` WORDS n DAYS` if there is a number.
    private mutating func dayCount(_ words: String, _ days: Expression?) {
        guard let days else { return }
        write(" \(words) ")
        printArithmetic(days)
        write(" DAYS")
    }

    private mutating func printDrop(_ node: Statement.Node) {
        switch node {
        case .dropTable(let table, let ifExists):
            tables(ifExists ? "DROP TABLE IF EXISTS" : "DROP TABLE", table, "", nil)
        case .dropIndex(let name, let table, let ifExists): drop("INDEX", ifExists, name, "ON", table)
        case .dropBackup(let name, let table, let ifExists): drop("BACKUP", ifExists, name, "OF", table)
        case .dropBackupPlan(let name, let ifExists): drop("BACKUP PLAN", ifExists, name, "", nil)
        case .dropRestorePoint(let name, let ifExists): drop("RESTORE POINT", ifExists, name, "", nil)
        default: break
        }
    }

    private mutating func drop(
        _ what: String, _ ifExists: Bool, _ name: Identifier, _ word: String, _ table: TableName?
    ) {
        write(ifExists ? "DROP \(what) IF EXISTS " : "DROP \(what) ")
        print(name)
        tables("", nil, word, table)
    }

    // MARK: Recovery

    private mutating func print(_ restore: Restore) {
        tables("RESTORE TABLE", restore.source, "TO", restore.target)
        switch restore.origin {
        case .time(let time):
            write(" AT ")
            print(time)
        case .backup(let name): clause("FROM BACKUP", name)
        }
        switch restore.indexes {
        case .all: break
        case .none: write(" WITHOUT INDEXES")
        case .only(let indexes):
            write(" WITH INDEXES ")
            names(indexes)
        }
        print(restore.settings)
    }

    private mutating func print(_ revert: Revert) {
        tables("REVERT TABLE", revert.table, "", nil)
        write(" TO ")
        print(revert.time)
        clause("WHERE", revert.filter)
    }

    mutating func print(_ difference: Difference) {
        tables("DIFF TABLE", difference.table, "", nil)
        asOf(difference.time)
        guard difference.otherTable != nil || difference.otherTime != nil else { return }
        tables(" WITH", difference.otherTable, "", nil)
        asOf(difference.otherTime)
    }

    private mutating func print(_ plan: CreateBackupPlan) {
        write(plan.ifNotExists ? "CREATE BACKUP PLAN IF NOT EXISTS " : "CREATE BACKUP PLAN ")
        print(plan.name)
        write(" OF ")
        list(plan.tables) { $0.print($1) }
        switch plan.schedule {
        case .everyDays(let days): dayCount("EVERY", days)
        case .cron(let text):
            write(" SCHEDULE ")
            printArithmetic(text)
        }
        dayCount("KEEP", plan.keepDays)
        guard let copy = plan.copy else { return }
        write(" COPY TO ")
        printArithmetic(copy.destination)
        dayCount("KEEP", copy.keepDays)
    }

    private mutating func print(_ export: Export) {
        tables("EXPORT TABLE", export.table, "", nil)
        switch export.content {
        case .present: break
        case .asOf(let time): asOf(time)
        case .changes(let from, let to): between("CHANGES", from, to)
        }
        clause("WHERE", export.filter)
        write(" TO ")
        printArithmetic(export.destination)
        clause("FORMAT", export.format)
        clause("VIEW", export.view)
    }

    private mutating func print(_ items: ImportItems) {
        tables("IMPORT INTO", items.table, "", nil)
        write(" FROM ")
        printArithmetic(items.source)
        clause("FORMAT", items.format)
    }
}
