import HindsightSyntax
import HindsightValues

/// Binds and compiles statements that change tables, their settings, and restore points.
struct DefinitionCompiler {
    let statement: StatementBinder

    init(_ statement: StatementBinder) {
        self.statement = statement
    }

    func compile(_ written: Statement) throws(QueryError) -> Definition {
        let action = try compile(written.node, at: written.span)
        let executions = ExecutionPool({ SingleRow() }, statement)
        return Definition(executions: executions) { (writer, frame) throws(QueryError) in
            do throws(QueryError) {
                try action(writer, &frame)
            } catch {
                throw error.located(at: written.span)
            }
        }
    }

    typealias Action = @Sendable (any TableWriter, inout Frame) throws(QueryError) -> Void

    private func compile(_ node: Statement.Node, at span: SourceSpan) throws(QueryError) -> Action {
        switch node {
        case .createTable(let create): return try compileCreate(create)
        case .createIndex(let create): return try compileCreate(create)
        case .dropIndex(let name, let table, let ifExists):
            return try compileDrop(name, of: table, ifExists: ifExists)
        case .alterTable(let table, let change): return try compileAlter(table, change)
        case .dropTable(let table, let ifExists): return try compileDrop(table, ifExists: ifExists)
        case .renameTable(let table, let newName): return try compileRename(table, to: newName)
        case .createRestorePoint(let name, let ifNotExists):
            return compileRestorePoint(name, ifNotExists: ifNotExists)
        case .dropRestorePoint(let name, let ifExists): return compileDropRestorePoint(name, ifExists: ifExists)
        case .createBackup(let create): return try compileCreate(create)
        case .dropBackup(let name, let table, let ifExists):
            return compileDropBackup(name, of: table, ifExists: ifExists)
        case .createBackupPlan(let create): return try compileCreate(create)
        case .dropBackupPlan(let name, let ifExists): return compileDropPlan(name, ifExists: ifExists)
        case .undropTable(let table, let newName): return try compileUndrop(table, as: newName)
        default: throw QueryError(.unsupported, "this statement is not available yet", at: span)
        }
    }

    // MARK: Tables

    private func compileCreate(_ create: CreateTable) throws(QueryError) -> Action {
        let name = try newName(create.name)
        let schema = try schema(name, create.keys, at: create.name.span)
        let settings = try SettingsCompiler(statement).compile(create.settings)
        let (span, ifNotExists) = (create.name.span, create.ifNotExists)
        return { (writer, frame) throws(QueryError) in
            if ifNotExists, try writer.table(named: name) != nil { return }
            let values = try settings(&frame)
            do throws(QueryError) {
                try writer.createTable(
                    TableDefinition(schema: schema, recovery: values.recovery, settings: values.others))
            } catch {
                throw error.named("ResourceInUseException", for: .tableExists).located(at: span)
            }
        }
    }

    func schema(
        _ name: String, _ keys: [KeyDefinition], at span: SourceSpan
    ) throws(QueryError) -> TableSchema {
        var (partition, sort): (KeyAttribute?, KeyAttribute?)
        for key in keys {
            let attribute = KeyAttribute(name: key.name.text, type: key.type)
            switch key.role {
            case .partition where partition == nil: partition = attribute
            case .sort where sort == nil: sort = attribute
            default:
                throw QueryError(
                    .duplicateName, "there is a second \(key.role.rawValue) KEY", at: key.span,
                    hint: "a table has one partition key, and one sort key at most")
            }
        }
        guard let partition else {
            throw QueryError(
                .keyMissing, "the table needs a PARTITION KEY", at: span,
                hint: "for example CREATE TABLE \(name) (Id STRING PARTITION KEY)")
        }
        if let sort, TextOrder.isEqual(sort.name, partition.name) {
            throw QueryError(.duplicateName, "both keys are named '\(sort.name)'", at: keys[keys.count - 1].span)
        }
        return TableSchema(name: name, partitionKey: partition, sortKey: sort)
    }

    private func compileAlter(_ table: TableName, _ change: TableChange) throws(QueryError) -> Action {
        let name = try existing(table)
        switch change {
        case .recoveryOff:
            return { (writer, _) throws(QueryError) in try writer.setRecovery(of: name, .off) }
        case .recoveryOn(let days):
            let retention = try SettingsCompiler(statement).compileDays(days)
            let span = days?.span ?? table.span
            return { (writer, frame) throws(QueryError) in
                let setting = RecoverySetting.on(retentionDays: try retention(&frame))
                do throws(QueryError) {
                    try writer.setRecovery(of: name, setting)
                } catch {
                    throw error.located(at: span)
                }
            }
        case .settings(let settings):
            let compiled = try SettingsCompiler(statement).compile(settings)
            return { (writer, frame) throws(QueryError) in
                let values = try compiled(&frame)
                if let recovery = values.recovery { try writer.setRecovery(of: name, recovery) }
                if !values.others.isEmpty { try writer.setSettings(of: name, values.others) }
            }
        }
    }

    private func compileDrop(_ table: TableName, ifExists: Bool) throws(QueryError) -> Action {
        if ifExists, table.parts.count == 1, try statement.catalog.find(table) == nil {
            return { (_, _) throws(QueryError) in }
        }
        let name = try existing(table)
        return { (writer, _) throws(QueryError) in try writer.dropTable(name) }
    }

    private func compileRename(_ table: TableName, to newName: TableName) throws(QueryError) -> Action {
        let (old, new) = (try existing(table), try self.newName(newName))
        let span = newName.span
        return { (writer, _) throws(QueryError) in
            do throws(QueryError) {
                try writer.renameTable(old, to: new)
            } catch {
                throw error.located(at: span)
            }
        }
    }

    // MARK: Recovery

    private func compileRestorePoint(_ name: Identifier, ifNotExists: Bool) -> Action {
        { (writer, _) throws(QueryError) in
            do throws(QueryError) {
                try writer.createRestorePoint(name.text)
            } catch {
                if ifNotExists, error.diagnostic.code == .restorePointExists { return }
                throw error.located(at: name.span)
            }
        }
    }

    private func compileDropRestorePoint(_ name: Identifier, ifExists: Bool) -> Action {
        { (writer, _) throws(QueryError) in
            do throws(QueryError) {
                try writer.dropRestorePoint(name.text)
            } catch {
                if ifExists, error.diagnostic.code == .unknownRestorePoint { return }
                throw error.located(at: name.span)
            }
        }
    }

    // MARK: Names

    /// The exact name of a table that is there.
    func existing(_ table: TableName) throws(QueryError) -> String {
        do throws(QueryError) {
            let found = try statement.catalog.resolve(table)
            if found.reference.isSystem {
                throw QueryError(.readOnlyTable, "'\(found.reference.text)' cannot be changed", at: table.span)
            }
            return found.reference.name
        } catch {
            throw error.named("TableNotFoundException", for: .unknownTable)
        }
    }

    /// The name of a table to be made.
    func newName(_ table: TableName) throws(QueryError) -> String {
        guard table.parts.count == 1 else {
            throw QueryError(.invalidName, "a new table's name has one part", at: table.span)
        }
        return table.parts[0].text
    }
}

extension QueryError {
    /// The error with DynamoDB's name for it in this statement.
    func named(_ exceptionName: String, for code: DiagnosticCode) -> QueryError {
        guard diagnostic.code == code else { return self }
        var error = self
        error.diagnostic.exceptionName = exceptionName
        return error
    }
}
