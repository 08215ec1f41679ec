import HindsightSyntax
import HindsightValues

/// What a subquery stands for at its place in an expression.
package enum SubqueryUse: Sendable, Hashable {
    /// The whole result, a bag or list.
    case collection
    /// The single value of the single row of a SQL subquery.
    case scalar
    /// The single row, as a list of its values.
    case row
}

/// A planned subquery as an expression sees it. It runs in the frame of the query around it, whose slots it may read.
package protocol BoundSubquery: Sendable {
    /// The slots that the subquery reads and does not set itself, so that the planner knows what it depends on.
    var outerSlots: [Int] { get }

    /// The whole result: a list if the query is ordered, else a bag.
    func collection(_ frame: inout Frame) throws(QueryError) -> Value
    /// The value of the only column of the only row.
    func scalar(_ frame: inout Frame) throws(QueryError) -> Value
    /// The values of the only row as a list.
    func row(_ frame: inout Frame) throws(QueryError) -> Value
    /// Whether there is a row; stops at the first.
    func exists(_ frame: inout Frame) throws(QueryError) -> Bool
    /// `value IN (subquery)` for a present value: true, false or NULL.
    func contains(_ value: Value, _ frame: inout Frame) throws(QueryError) -> Value
}
