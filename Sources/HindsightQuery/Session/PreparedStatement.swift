import HindsightSyntax
import HindsightValues

/// One statement, parsed and, for the catalog of its session, bound and planned. It may be executed any number of times,
/// by any session of the same database and from any thread; when the catalog has changed, it is planned anew.
package final class PreparedStatement: Sendable {
    package let text: String
    package let statement: Statement
    package let kind: Kind

    /// What a statement does, as far as its caller must know.
    package enum Kind: Sendable, Hashable {
        case query
        /// INSERT, UPDATE, DELETE and their kin.
        case change
        /// Changes tables, settings, restore points.
        case definition
        /// BEGIN, COMMIT, ROLLBACK, SET.
        case session
    }

    /// What the statement wants to be bound.
    package var parameters: ParameterList { statement.parameters }

    init(text: String, statement: Statement, kind: Kind) {
        self.text = text
        self.statement = statement
        self.kind = kind
    }
}
