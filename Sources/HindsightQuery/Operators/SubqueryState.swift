import HindsightValues

/// The operators of one subquery in one execution, and its result if it is the same for all rows.
final class SubqueryState {
    let operators: Operator
    var cachedCollection: Value?
    var cachedScalar: Value?
    var cachedExistence: Bool?
    /// The elements of the cached collection, for IN.
    var cachedElements: Set<Value>?

    init(_ operators: Operator) {
        self.operators = operators
    }

    /// Drops the results of an execution.
    func forget() {
        cachedCollection = nil
        cachedScalar = nil
        cachedExistence = nil
        cachedElements = nil
    }
}
