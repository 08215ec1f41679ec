import Hindsight
import HindsightSyntax

/// The commands that show what the database holds.
enum CatalogCommands {
    @Sendable static func printTables(_ shell: Shell, _ argument: String) throws(ShellError) -> Shell.Flow {
        for table in try tables(of: shell) {
            shell.output.writeLine(table.name)
        }
        return .goOn
    }

    @Sendable static func printSchema(_ shell: Shell, _ name: String) throws(ShellError) -> Shell.Flow {
        let tables = try tables(of: shell)
        for table in name.isEmpty ? tables : [try found(name, among: tables)] {
            for statement in table.statements {
                shell.output.writeLine(statement)
            }
        }
        return .goOn
    }

    @Sendable static func printKeys(_ shell: Shell, _ name: String) throws(ShellError) -> Shell.Flow {
        let table = try found(name, among: try tables(of: shell))
        do throws(DatabaseError) {
            for line in try shell.connection.storedKeys(of: table.name) {
                shell.output.writeLine(line)
            }
            return .goOn
        } catch {
            throw .statement(error)
        }
    }

    private static func tables(of shell: Shell) throws(ShellError) -> [Connection.TableDescription] {
        do throws(DatabaseError) {
            return try shell.connection.tables()
        } catch {
            throw .statement(error)
        }
    }

    /// The table of a name, in quotes or without regard to case.
    private static func found(
        _ name: String, among tables: [Connection.TableDescription]
    ) throws(ShellError) -> Connection.TableDescription {
        if let table = tables.first(where: { $0.name == name || NameText.quoted($0.name) == name }) { return table }
        if let table = tables.first(where: { $0.name.lowercased() == name.lowercased() }) { return table }
        let hint = Spelling.hint(for: name, among: tables.map(\.name))
        throw .shell(
            Diagnostic(.unknownTable, name.isEmpty ? "no table is named" : "there is no table '\(name)'", hint: hint))
    }
}
