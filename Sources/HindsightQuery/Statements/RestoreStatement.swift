import HindsightSyntax
import HindsightValues

/// `RESTORE TABLE t TO u AT time | FROM BACKUP b …`, ready to run.
///
/// What is wrong is found in the order of DynamoDB: the statement and its options, the source, its recovery, the moment,
/// the name of the new table.
final class RestoreStatement: ItemChange {
    /// Where the items come from, with the exact names of the indexes to restore; nil for all.
    private enum Origin: Sendable {
        case past(of: String, at: MomentEvaluator, indexes: [String]?)
        case backup(Identifier, of: String, indexes: [String]?)
    }

    private let origin: Origin
    private let target: String
    private let settings: SettingsCompiler.Evaluation
    private let executions: ExecutionPool
    private let targetSpan: SourceSpan
    private let originSpan: SourceSpan

    init(_ restore: Restore, _ statement: StatementBinder) throws(QueryError) {
        settings = try SettingsCompiler(statement).compile(restore.settings)
        targetSpan = restore.target.span
        target = try DefinitionCompiler(statement).newName(restore.target)
        switch restore.origin {
        case .time(let time):
            originSpan = time.span
            let moment = try statement.compiler.compile(try statement.bind(time, in: Scope(parent: nil)))
            let source = try DefinitionCompiler(statement).existing(restore.source)
            let indexes = try statement.catalog.resolve(restore.source).schema.indexes
            origin = .past(of: source, at: moment, indexes: try restore.indexes.names(among: indexes, of: source))
        case .backup(let backup):
            originSpan = backup.span
            let source = restore.source.lastName
            let indexes = try statement.catalog.indexes(ofBackup: backup.text, table: source)
            origin = .backup(backup, of: source, indexes: try restore.indexes.names(among: indexes, of: source))
        }
        executions = ExecutionPool({ SingleRow() }, statement)
    }

    func run(_ writer: any TableWriter, _ environment: ExecutionEnvironment) throws(QueryError) -> ChangeOutcome {
        var outcome = ChangeOutcome()
        try executions.run(environment) { (_, frame) throws(QueryError) in
            let values = try settings(&frame)
            try environment.undoing(writer) { () throws(QueryError) in
                do throws(QueryError) {
                    try restore(writer, &frame)
                    try configure(writer, values)
                    outcome.restored = try writer.restoreSummary(of: target)
                } catch {
                    throw error.located(at: isOfTarget(error) ? targetSpan : originSpan)
                }
            }
        }
        return outcome
    }

    private func restore(_ writer: any TableWriter, _ frame: inout Frame) throws(QueryError) {
        switch origin {
        case .past(let source, let moment, let indexes):
            let moment = try moment(&frame)
            do throws(QueryError) {
                try writer.restore(source, to: target, at: moment, indexes: indexes)
            } catch {
                throw error.named("TableNotFoundException", for: .unknownTable)
            }
        case .backup(let backup, let source, let indexes):
            try writer.restore(backup: backup.text, of: source, to: target, indexes: indexes)
        }
    }

    private func configure(_ writer: any TableWriter, _ values: SettingsCompiler.Values) throws(QueryError) {
        if let recovery = values.recovery { try writer.setRecovery(of: target, recovery) }
        if !values.others.isEmpty { try writer.setSettings(of: target, values.others) }
    }

    private func isOfTarget(_ error: QueryError) -> Bool {
        error.diagnostic.code == .tableExists || error.diagnostic.code == .invalidName
    }
}

extension Restore.Indexes {
    /// The exact names; nil for all.
    ///
    /// - Parameter indexes: those of the source; nil if it is not known.
    /// - Throws: `unknownIndex`, with the name that may have been meant; `duplicateName`.
    fileprivate func names(among indexes: [IndexSchema]?, of source: String) throws(QueryError) -> [String]? {
        switch self {
        case .all: return nil
        case .none: return []
        case .only(let names):
            var kept: [String] = []
            for name in names {
                let index = try indexes.map { (indexes) throws(QueryError) in
                    try Catalog.index(name, among: indexes, of: source)
                }
                let exact = index ?? name.text
                if kept.contains(where: { TextOrder.isEqual($0, exact) }) {
                    throw QueryError(.duplicateName, "'\(exact)' is named twice", at: name.span)
                }
                kept.append(exact)
            }
            return kept
        }
    }
}
