import HindsightQuery
import HindsightValues

/// An item that differs between two moments.
public struct Change: Sendable {
    public enum Kind: String, Sendable, Hashable {
        case inserted
        case updated
        case deleted
    }

    /// The key attributes.
    public let key: Structure
    /// The item at the first moment; nil if there was none.
    public let before: Structure?
    /// The item at the second moment; nil if there was none.
    public let after: Structure?

    public var kind: Kind {
        before == nil ? .inserted : after == nil ? .deleted : .updated
    }

    /// The rows of `TableReader.changes`: key, before, after.
    static func collect(_ cursor: any RowCursor) throws(QueryError) -> [Change] {
        var changes: [Change] = []
        var batch = RowBatch(width: width)
        repeat {
            batch.removeAll()
            try cursor.fill(&batch, limit: rowsAtOnce)
            for row in 0..<batch.count { changes.append(Change(batch, row: row)) }
        } while batch.count > 0
        return changes
    }

    private static let width = 3
    private static let rowsAtOnce = 256

    private init(_ batch: RowBatch, row: Int) {
        let base = row * Change.width
        key = Structure(exactly: batch.values[base]) ?? Structure()
        before = Structure(exactly: batch.values[base + 1])
        after = Structure(exactly: batch.values[base + 2])
    }
}
