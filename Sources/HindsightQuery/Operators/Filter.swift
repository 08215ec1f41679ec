/// Keeps the rows for which a predicate is true.
final class Filter: Operator {
    private let input: Operator
    private let predicate: PredicateEvaluator

    init(_ input: Operator, predicate: @escaping PredicateEvaluator) {
        self.input = input
        self.predicate = predicate
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        try input.open(&frame)
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        while try input.next(&frame) {
            if try predicate(&frame) { return true }
        }
        return false
    }

    override func close() {
        input.close()
    }
}

/// Computes values from a row into further slots: LET, sort keys, and the SELECT list.
final class Compute: Operator {
    private let input: Operator
    private let assignments: [Assignment]

    struct Assignment: Sendable {
        let slot: Int
        let evaluator: Evaluator

        init(_ slot: Int, _ evaluator: @escaping Evaluator) {
            self.slot = slot
            self.evaluator = evaluator
        }
    }

    init(_ input: Operator, assignments: [Assignment]) {
        self.input = input
        self.assignments = assignments
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        try input.open(&frame)
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        guard try input.next(&frame) else { return false }
        for assignment in assignments {
            let value = try assignment.evaluator(&frame)
            frame.slots[assignment.slot] = value
        }
        return true
    }

    override func close() {
        input.close()
    }
}
