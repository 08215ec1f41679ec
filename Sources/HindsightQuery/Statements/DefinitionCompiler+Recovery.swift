import HindsightSyntax
import HindsightValues

// RESTORE, backups, and tables brought back.
extension DefinitionCompiler {
    func compileRestore(_ restore: Restore) throws(QueryError) -> Action {
        switch restore.origin {
        case .time(let time): try compileRestore(restore, at: time)
        case .backup(let backup): try compileRestore(restore, from: backup)
        }
    }

    private func compileRestore(_ restore: Restore, at time: TimePoint) throws(QueryError) -> Action {
        let indexes = try restoredIndexes(restore)
        let (source, target) = (try existing(restore.source), try newName(restore.target))
        let moment = try statement.compiler.compile(try statement.bind(time, in: Scope(parent: nil)))
        let configure = try compileSettings(of: restore, target)
        return { (writer, frame) throws(QueryError) in
            let point = try moment(&frame)
            do throws(QueryError) {
                try writer.restore(source, to: target, at: point, indexes: indexes)
                try configure(writer, &frame)
            } catch {
                throw error.located(at: error.diagnostic.code == .tableExists ? restore.target.span : time.span)
            }
        }
    }

    private func compileRestore(_ restore: Restore, from backup: Identifier) throws(QueryError) -> Action {
        let (source, target) = (restore.source.lastName, try newName(restore.target))
        let indexes: [String]? =
            switch restore.indexes {
            case .all: nil
            case .none: []
            case .only(let names): names.map(\.text)
            }
        let configure = try compileSettings(of: restore, target)
        return { (writer, frame) throws(QueryError) in
            do throws(QueryError) {
                try writer.restore(backup: backup.text, of: source, to: target, indexes: indexes)
                try configure(writer, &frame)
            } catch {
                throw error.located(at: error.diagnostic.code == .unknownBackup ? backup.span : restore.target.span)
            }
        }
    }

    /// `WITH (…)`, for the new table.
    private func compileSettings(of restore: Restore, _ target: String) throws(QueryError) -> Action {
        let settings = try SettingsCompiler(statement).compile(restore.settings)
        return { (writer, frame) throws(QueryError) in
            let values = try settings(&frame)
            if let recovery = values.recovery { try writer.setRecovery(of: target, recovery) }
            if !values.others.isEmpty { try writer.setSettings(of: target, values.others) }
        }
    }

    // MARK: Backups

    func compileCreate(_ create: CreateBackup) throws(QueryError) -> Action {
        let (name, table) = (create.name, try existing(create.table))
        let ifNotExists = create.ifNotExists
        return { (writer, _) throws(QueryError) in
            do throws(QueryError) {
                try writer.createBackup(name.text, of: table)
            } catch {
                if ifNotExists, error.diagnostic.code == .backupExists { return }
                throw error.located(at: name.span)
            }
        }
    }

    func compileDropBackup(_ name: Identifier, of table: TableName?, ifExists: Bool) -> Action {
        let tableName = table?.lastName
        return { (writer, _) throws(QueryError) in
            do throws(QueryError) {
                try writer.dropBackup(name.text, of: tableName)
            } catch {
                if ifExists, error.diagnostic.code == .unknownBackup { return }
                throw error.located(at: name.span)
            }
        }
    }

    func compileUndrop(_ table: TableName, as newName: TableName?) throws(QueryError) -> Action {
        let name = table.lastName
        let target = try newName.map { (newName) throws(QueryError) in try self.newName(newName) }
        let targetSpan = newName?.span ?? table.span
        return { (writer, _) throws(QueryError) in
            do throws(QueryError) {
                try writer.undropTable(name, as: target)
            } catch {
                guard error.diagnostic.code == .unknownBackup else { throw error.located(at: targetSpan) }
                throw QueryError(
                    .unknownBackup, "there is nothing left of a table '\(name)'", at: table.span,
                    hint: "a dropped table can come back for 35 days if its point-in-time recovery was on")
            }
        }
    }
}

extension TableName {
    /// The name of a table that need not be there any more.
    var lastName: String { parts[parts.count - 1].text }
}
