/// Counts the rows of an operator for EXPLAIN ANALYZE.
final class CountedOperator: Operator {
    private let input: Operator
    private let number: Int

    init(_ input: Operator, number: Int) {
        self.input = input
        self.number = number
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        try input.open(&frame)
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        guard try input.next(&frame) else { return false }
        frame.context.runtime?.rowCounts[number] += 1
        return true
    }

    override func close() {
        input.close()
    }
}
