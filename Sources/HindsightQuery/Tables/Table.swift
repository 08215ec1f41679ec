import HindsightValues

/// A table as the operators read it, bound to the reader that it came from: it must not be used after that is closed.
///
/// This is the seam behind which stored tables, computed tables, the collections of a host program, and tables of other
/// engines look alike. No operator knows which of them it reads.
package protocol Table: AnyObject {
    var schema: TableSchema { get }

    /// The version that a moment stands for.
    ///
    /// - Throws: if the table keeps no history, or the moment is in the future or before the oldest one kept.
    func version(at moment: Moment) throws(QueryError) -> UInt64

    /// Reads the one item of a key into a batch of `request.columns`; `request.range` is not looked at.
    ///
    /// - Returns: false, with no row added, if there is no such item or it does not fulfil the conditions.
    func get(_ key: ItemKey, _ request: ScanRequest, into batch: inout RowBatch) throws(QueryError) -> Bool

    /// Starts to read the rows of a request, in key order if the table has a key.
    func openCursor(_ request: ScanRequest) throws(QueryError) -> any RowCursor

    /// A secondary index of the table, to read whole items through.
    ///
    /// - Parameter version: at which it is to be read; nil for the reader's own snapshot.
    /// - Returns: nil if it cannot be read at this version.
    func index(named name: String, at version: UInt64?) throws(QueryError) -> (any Table)?
}

extension Table {
    package func index(named name: String, at version: UInt64?) throws(QueryError) -> (any Table)? { nil }
}

/// Rows under way. A cursor must not outlive the reader of its table.
package protocol RowCursor: AnyObject {
    /// Adds the next rows, `limit` at most, to an empty batch. None are added only at the end.
    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError)

    /// Gives up what the cursor holds; safe to call twice.
    func close()
}

/// The values of an item's key attributes.
package struct ItemKey: Sendable {
    package let partition: Value
    package let sort: Value?

    package init(partition: Value, sort: Value? = nil) {
        self.partition = partition
        self.sort = sort
    }
}
