import HindsightValues

/// What a statement gives.
package enum StatementResult {
    /// A query's rows, still to be pulled.
    case rows(ResultRows)
    /// A query that is one value and no collection of rows: `1 + 1`, PIVOT.
    case value(Value)
    /// What INSERT, UPDATE, DELETE and their kin have changed.
    case changed(ChangeSummary)
    /// The table that RESTORE has made. The stamp is there if a commit was made.
    case restored(RestoreSummary, CommitStamp?)
    /// A statement without a result: DDL, BEGIN, COMMIT, SET. The stamp is there if a commit was made.
    case done(CommitStamp?)
}

package struct ChangeSummary {
    /// Items inserted, updated or deleted.
    package let count: Int
    /// Nil if nothing was changed, or if the transaction around the statement is still open.
    package let commit: CommitStamp?
    /// The rows of RETURNING; nil without it.
    package let returning: [Value]?

    package init(count: Int, commit: CommitStamp?, returning: [Value]?) {
        self.count = count
        self.commit = commit
        self.returning = returning
    }
}

/// The rows of a query, pulled one by one. Until they are used up or closed, they hold the snapshot that they are read
/// from, so the disk space of later changes is not reused.
///
/// To be used by one thread at a time.
package final class ResultRows {
    /// The names of the columns, if the SELECT list fixes them; each row then is a struct of these attributes, without
    /// those that are MISSING in it.
    package let columns: [String]?
    /// Whether the rows have an order of their own (ORDER BY): a list, not a bag.
    package let isOrdered: Bool
    private var source: (any RowSource)?

    init(columns: [String]?, isOrdered: Bool, source: any RowSource) {
        self.columns = columns
        self.isOrdered = isOrdered
        self.source = source
    }

    /// The next row, or nil at the end.
    ///
    /// - Throws: what evaluating the row meets; there are no rows after that.
    package func next() throws(QueryError) -> Value? {
        guard let source else { return nil }
        do {
            if let row = try source.next() { return row }
        } catch {
            close()
            throw error
        }
        close()
        return nil
    }

    /// All rows that are left.
    package func collect() throws(QueryError) -> [Value] {
        var rows: [Value] = []
        while let row = try next() { rows.append(row) }
        return rows
    }

    /// Gives up the rows that are left and the snapshot; safe to call twice.
    package func close() {
        source?.close()
        source = nil
    }

    deinit {
        source?.close()
    }
}

/// What stands behind `ResultRows`.
protocol RowSource: AnyObject {
    func next() throws(QueryError) -> Value?
    func close()
}
