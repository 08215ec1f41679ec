import HindsightSyntax
import HindsightValues

/// Binds and compiles any statement for one state of the catalog.
struct StatementCompiler {
    let text: String
    let catalog: Catalog
    let dialect: Dialect
    let typing: TypingMode
    let globals: [String: Value]

    func compile(_ statement: Statement) throws(QueryError) -> Executable {
        let binder = makeBinder(statement)
        switch statement.node {
        case .query(let query):
            return .query(try QueryExecutable(try QueryBinder(statement: binder).bind(query, in: nil), binder))
        case .insert(let insert):
            return .change(try InsertStatement(insert, binder))
        case .update(let update):
            return .change(try TargetedStatement(update, binder))
        case .delete(let delete):
            return .change(try TargetedStatement(delete, binder))
        case .importItems(let items):
            return .change(try ImportStatement(items, binder))
        case .export(let export):
            return .export(try ExportStatement(export, binder))
        case .revert(let revert):
            return .change(try RevertStatement(revert, binder))
        case .restore(let restore):
            return .change(try RestoreStatement(restore, binder))
        case .createTable, .createIndex, .alterTable, .dropTable, .dropIndex, .renameTable, .createBackup,
            .createBackupPlan, .dropBackup, .dropBackupPlan, .undropTable, .createRestorePoint, .dropRestorePoint:
            return .definition(try DefinitionCompiler(binder).compile(statement))
        case .explain(let explained, let isAnalyze):
            return .report(try Explanation(self, isAnalyze: isAnalyze).report(explained))
        case .show(let show) where show.subject == .timeline:
            return .report(try TimelineStatement(binder).report(show, at: statement.span))
        case .show(let show):
            return try compile(SystemQuery(show, catalog, at: statement.span))
        case .describe(let table):
            return try compile(SystemQuery(describing: table, catalog))
        case .difference(let difference):
            let plan = try DifferenceBinder(binder, in: Scope(parent: nil)).plan(difference, at: statement.span)
            return .query(try QueryExecutable(plan, binder))
        case .verify(let table):
            return .report(try VerifyStatement(binder).report(table, at: statement.span))
        default:
            throw QueryError(.unsupported, "\(statement.node.name) is not available yet", at: statement.span)
        }
    }

    func makeBinder(_ statement: Statement) -> StatementBinder {
        StatementBinder(
            catalog: catalog, dialect: dialect, typing: typing, parameters: statement.parameters, globals: globals)
    }

    /// Compiles the query that a short form stands for; its rows lack attributes, so that strict typing does not fit.
    private func compile(_ query: SystemQuery) throws(QueryError) -> Executable {
        let compiler = StatementCompiler(
            text: query.text, catalog: catalog, dialect: .partiql, typing: .permissive, globals: [:])
        do {
            return try compiler.compile(try Parser.statement(query.text))
        } catch let error as SyntaxError {
            throw QueryError(error.diagnostics[0])
        } catch let error as QueryError {
            throw error
        } catch {
            throw QueryError(.internalError, "\(error)", at: nil)
        }
    }
}

extension Statement.Node {
    /// The statement's first words.
    fileprivate var name: String {
        switch self {
        case .createBackupPlan: "CREATE BACKUP PLAN"
        case .dropBackupPlan: "DROP BACKUP PLAN"
        case .attach: "ATTACH"
        case .detach: "DETACH"
        default: "this statement"
        }
    }
}
