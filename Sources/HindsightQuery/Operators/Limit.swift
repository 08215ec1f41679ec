/// Skips some rows, gives some, and then stops its input.
final class Limit: Operator {
    private let input: Operator
    private let limit: CountEvaluator?
    private let offset: CountEvaluator?
    private var remaining = Int.max

    /// Evaluates to a number of rows, 0 or more.
    typealias CountEvaluator = @Sendable (inout Frame) throws(QueryError) -> Int

    init(_ input: Operator, limit: CountEvaluator?, offset: CountEvaluator?) {
        self.input = input
        self.limit = limit
        self.offset = offset
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        remaining = try limit?(&frame) ?? Int.max
        var skipped = try offset?(&frame) ?? 0
        guard remaining > 0 else { return }
        try input.open(&frame)
        while skipped > 0, try input.next(&frame) { skipped -= 1 }
        if skipped > 0 { remaining = 0 }
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        guard remaining > 0, try input.next(&frame) else {
            remaining = 0
            return false
        }
        remaining -= 1
        return true
    }

    override func close() {
        input.close()
    }
}
