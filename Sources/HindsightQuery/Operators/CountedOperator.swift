/// Counts the rows of an operator, and what it has put aside, for EXPLAIN ANALYZE.
final class CountedOperator: Operator {
    private let input: Operator
    private let number: Int

    init(_ input: Operator, number: Int) {
        self.input = input
        self.number = number
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        try input.open(&frame)
        frame.context.runtime?.spilled[number] = input.spilled
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        let hasRow = try input.next(&frame)
        frame.context.runtime?.spilled[number] = input.spilled
        guard hasRow else { return false }
        frame.context.runtime?.rowCounts[number] += 1
        return true
    }

    override func close() {
        input.close()
    }
}
