import HindsightSyntax
import HindsightValues

// Backups, and tables brought back.
extension DefinitionCompiler {
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
