import HindsightSyntax
import HindsightValues
import Synchronization

/// One statement, parsed and, for the catalog of its session, bound and planned. It may be executed any number of times,
/// by any session of the same database and from any thread; when the catalog has changed, it is planned anew.
package final class PreparedStatement: Sendable {
    package let text: String
    package let statement: Statement
    package let kind: Kind
    private let planned = Mutex<Planned?>(nil)

    /// What a statement does, as far as its caller must know.
    package enum Kind: Sendable, Hashable {
        case query
        /// INSERT, UPDATE, DELETE and their kin.
        case change
        /// Changes tables, settings, restore points.
        case definition
        /// Writes files: reads a snapshot of its own, and then notes what it did.
        case export
        /// Runs outside of any transaction: BEGIN, COMMIT, ROLLBACK, SET, VACUUM.
        case session
    }

    /// What a plan was made for.
    struct PlanKey: Equatable, Sendable {
        let provider: ObjectIdentifier
        let catalogVersion: UInt64
        let dialect: Dialect
        let typing: TypingMode
    }

    private final class Planned: Sendable {
        let key: PlanKey
        let executable: Executable

        init(_ key: PlanKey, _ executable: Executable) {
            self.key = key
            self.executable = executable
        }
    }

    /// What the statement wants to be bound.
    package var parameters: ParameterList { statement.parameters }

    /// EXPLAIN without ANALYZE: nothing is run, so no values are needed.
    var isPlanOnly: Bool {
        if case .explain(_, isAnalyze: false) = statement.node { true } else { false }
    }

    init(text: String, statement: Statement) {
        self.text = text
        self.statement = statement
        kind = Kind(statement.node)
    }

    /// The plan for a key; nil if the last one was made for another.
    func executable(for key: PlanKey) -> Executable? {
        guard let known = planned.withLock({ $0 }), known.key == key else { return nil }
        return known.executable
    }

    /// Makes a plan for a key.
    func plan(
        for key: PlanKey, isKept: Bool, _ make: () throws(QueryError) -> Executable
    ) throws(QueryError) -> Executable {
        let executable = try make()
        if isKept { planned.withLock { $0 = Planned(key, executable) } }
        return executable
    }
}

extension PreparedStatement.Kind {
    init(_ node: Statement.Node) {
        switch node {
        case .query, .explain, .show, .describe, .difference, .verify: self = .query
        case .insert, .update, .delete, .revert, .importItems: self = .change
        case .begin, .commit, .rollback, .setOption, .attach, .detach, .vacuum: self = .session
        case .createTable, .createIndex, .createBackup, .createBackupPlan, .createRestorePoint, .alterTable,
            .dropTable, .dropIndex, .dropBackup, .dropBackupPlan, .dropRestorePoint, .undropTable, .renameTable,
            .restore:
            self = .definition
        case .export: self = .export
        }
    }
}
