import HindsightValues

/// One step of a running query. It pulls rows from the operators below it and leaves its own in slots of the frame.
///
/// `open` may be called again after `close`: the inner side of a join and a correlated subquery run once for each row
/// outside. A class with overridden methods, not a protocol, because `next` runs for each row.
class Operator {
    /// Makes ready to give the first row. What the frame holds of outer rows may be read.
    func open(_ frame: inout Frame) throws(QueryError) {}

    /// Puts the next row into the frame.
    ///
    /// - Returns: false if there is none; the operator's slots are then undefined.
    func next(_ frame: inout Frame) throws(QueryError) -> Bool { false }

    /// Gives up rows, cursors and memory; safe to call twice, and before `open`.
    func close() {}

    /// What the operator itself has put aside in all of its life.
    var spilled: SpillStatistics { SpillStatistics() }
}

/// Gives one row without content: what a query without FROM ranges over.
final class SingleRow: Operator {
    private var isDone = false

    override func open(_ frame: inout Frame) throws(QueryError) {
        isDone = false
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        defer { isDone = true }
        return !isDone
    }
}
