import HindsightQuery
import HindsightValues

/// The rows of a query, pulled one by one on one thread.
///
/// Until they are used up or closed they hold the snapshot that they come from, so that the disk space of later changes
/// is not reused: do not keep them waiting.
public final class Rows {
    private let rows: ResultRows
    private let text: String

    init(_ rows: ResultRows, text: String) {
        self.rows = rows
        self.text = text
    }

    /// The names of the columns, where the SELECT list fixes them.
    public var columns: [String]? { rows.columns }
    /// Whether the rows are in an order of their own (ORDER BY), a list and not a bag.
    public var isOrdered: Bool { rows.isOrdered }

    /// The next row, or nil at the end.
    ///
    /// - Throws: `DatabaseError`; there are no rows after that.
    public func next() throws(DatabaseError) -> Row? {
        do {
            return try rows.next().map { Row(value: $0, columns: rows.columns) }
        } catch {
            throw DatabaseError(error, statement: text)
        }
    }

    /// All rows that are left.
    ///
    /// - Complexity: O(rows) of memory.
    public func collect() throws(DatabaseError) -> [Row] {
        var collected: [Row] = []
        while let row = try next() { collected.append(row) }
        return collected
    }

    /// All rows that are left as a `Decodable` type; MISSING attributes are absent keys.
    public func collect<T: Decodable>(as type: T.Type) throws -> [T] {
        let decoder = ValueDecoder()
        var collected: [T] = []
        while let row = try next() { collected.append(try decoder.decode(type, from: row.value)) }
        return collected
    }

    /// Gives up the rows that are left and their snapshot; safe to call twice.
    public func close() {
        rows.close()
    }
}
