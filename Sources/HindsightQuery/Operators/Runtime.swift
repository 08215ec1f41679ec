import HindsightValues

/// What the operators of one execution share beside the frame: the view of the tables, and the operators and results of
/// its subqueries. It is used again by the next execution.
package final class Runtime {
    private(set) var reader: any TableReader
    /// What a table without `AS OF` is read at.
    private(set) var moment: Moment
    /// Counts the executions, so that operators know when what they keep belongs to an earlier one.
    private(set) var execution = 0
    /// The operators of each subquery, by its number; made when it first runs.
    var subqueries: [SubqueryState?]
    /// The rows of each operator, for EXPLAIN ANALYZE.
    var rowCounts: [Int] = []
    /// What each operator has put aside, for EXPLAIN ANALYZE.
    var spilled: [SpillStatistics] = []
    private var opened: [(reference: TableReference, table: any Table)] = []

    init(reader: any TableReader, moment: Moment, subqueryCount: Int) {
        self.reader = reader
        self.moment = moment
        subqueries = Array(repeating: nil, count: subqueryCount)
    }

    /// Makes ready for a further execution.
    func begin(_ reader: any TableReader, _ moment: Moment) {
        self.reader = reader
        self.moment = moment
        execution += 1
        opened.removeAll(keepingCapacity: true)
        for state in subqueries { state?.forget() }
    }

    /// The table of a plan's name; the same object for the whole execution.
    func table(_ name: TableReference) throws(QueryError) -> any Table {
        for entry in opened where entry.reference == name { return entry.table }
        let found = try find(name)
        guard let found else { throw .unknownTable(name.text, at: nil) }
        opened.append((name, found))
        return found
    }

    private func find(_ name: TableReference) throws(QueryError) -> (any Table)? {
        if name.isSystem { return try reader.systemTable(named: name.name) }
        if let index = name.index { return try reader.index(named: index, of: name.name) }
        return try reader.table(named: name.name)
    }

    /// Closes what subqueries still hold.
    func close() {
        for state in subqueries { state?.operators.close() }
    }
}

/// The exact name of a table in a plan.
package struct TableReference: Sendable, Hashable {
    package let name: String
    /// A table of the schema SYSTEM.
    package let isSystem: Bool
    /// The exact name of a secondary index of the table, if that is meant.
    package let index: String?

    package init(_ name: String, isSystem: Bool = false, index: String? = nil) {
        self.name = name
        self.index = index
        self.isSystem = isSystem
    }

    /// By code points: `String ==` would take canonically equivalent names for one.
    package static func == (left: TableReference, right: TableReference) -> Bool {
        left.isSystem == right.isSystem && left.name.utf8.elementsEqual(right.name.utf8)
            && (left.index ?? "").utf8.elementsEqual((right.index ?? "").utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name.utf8.count)
    }

    /// The name as messages and plans show it.
    package var text: String {
        if let index { return "\(name).\(index)" }
        return isSystem ? "SYSTEM." + name : name
    }
}

extension Frame {
    /// The execution's tables.
    ///
    /// - Throws: `unsupported` where an expression is evaluated by itself, without a statement.
    func runtime() throws(QueryError) -> Runtime {
        guard let runtime = context.runtime else {
            throw QueryError(.unsupported, "there are no tables here", at: nil)
        }
        return runtime
    }
}
