import HindsightSyntax
import HindsightValues

// Statements: what each kind of statement does with its plan. Must not know: sessions and their transactions.

/// A statement bound and compiled for one state of the catalog; shared by all of its executions.
enum Executable: Sendable {
    /// Gives rows as they are pulled.
    case query(QueryExecutable)
    /// Gives rows that are made at once.
    case report(Report)
    /// Writes files, outside of any transaction.
    case export(ExportStatement)
    /// Changes items.
    case change(any ItemChange)
    /// Changes tables and what belongs to them.
    case definition(Definition)

    func change(_ writer: any TableWriter, _ environment: ExecutionEnvironment) throws(QueryError) -> ChangeOutcome {
        switch self {
        case .change(let change):
            return try change.run(writer, environment)
        case .definition(let definition):
            try definition.executions.run(environment) { (_, frame) throws(QueryError) in
                try environment.undoing(writer) { () throws(QueryError) in try definition.run(writer, &frame) }
            }
            return ChangeOutcome()
        case .query, .report, .export:
            preconditionFailure("a change is planned as one")
        }
    }
}

/// INSERT, UPDATE, DELETE and what else answers with what it did, ready to run.
protocol ItemChange: AnyObject, Sendable {
    /// Finds what is to be written, writes it, and undoes it if it fails in between.
    func run(_ writer: any TableWriter, _ environment: ExecutionEnvironment) throws(QueryError) -> ChangeOutcome
}

/// What a change did, before it is committed.
struct ChangeOutcome {
    /// Nil for statements that do not change items.
    var count: Int?
    /// The rows of RETURNING; nil without it.
    var returning: [Value]?
    /// Set by RESTORE.
    var restored: RestoreSummary?

    /// Notes one changed item with its row of RETURNING.
    ///
    /// - Throws: `memoryLimit`.
    mutating func note(_ row: Value?, for span: SourceSpan, _ context: ExecutionContext) throws(QueryError) {
        count = (count ?? 0) + 1
        guard let row else { return }
        try context.reserveMemory(row.estimatedBytes, for: span)
        returning?.append(row)
    }

    func result(_ stamp: CommitStamp?) -> StatementResult {
        if let restored { return .restored(restored, stamp) }
        guard let count else { return .done(stamp) }
        return .changed(ChangeSummary(count: count, commit: stamp, returning: returning))
    }
}

/// A statement that changes the catalog.
struct Definition: Sendable {
    let executions: ExecutionPool
    let run: @Sendable (any TableWriter, inout Frame) throws(QueryError) -> Void
}

/// A statement whose rows are made at once: EXPLAIN.
struct Report: Sendable {
    let columns: [String]?
    let rows: @Sendable (ExecutionEnvironment) throws(QueryError) -> [Value]
}
