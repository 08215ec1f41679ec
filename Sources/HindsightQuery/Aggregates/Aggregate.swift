import HindsightSyntax
import HindsightValues

/// An aggregate call of a query, ready to run: what it computes, and where its errors point.
package struct Aggregate: Sendable {
    package let kind: AggregateKind
    package let isDistinct: Bool
    /// The compiled argument; nil for COUNT(*).
    package let argument: Evaluator?
    private let site: EvaluationSite

    package init(
        _ kind: AggregateKind, isDistinct: Bool, argument: Evaluator?, typing: TypingMode, at span: SourceSpan
    ) {
        self.kind = kind
        self.isDistinct = isDistinct
        self.argument = argument
        site = EvaluationSite(typing: typing, span: span)
    }

    package func makeAccumulator() -> Accumulator {
        Accumulator(kind, isDistinct: isDistinct)
    }

    /// Takes the row in the frame.
    @inline(__always)
    package func add(_ frame: inout Frame, to accumulator: inout Accumulator) throws(QueryError) {
        guard let argument else { return accumulator.addRow() }
        try add(try argument(&frame), to: &accumulator)
    }

    /// Takes a row by the value of the argument; COUNT(*) takes any.
    @inline(__always)
    package func add(_ value: Value, to accumulator: inout Accumulator) throws(QueryError) {
        if argument == nil { return accumulator.addRow() }
        do throws(EvaluationFailure) {
            try accumulator.add(value)
        } catch {
            _ = try site.resolve(error)
        }
    }

    /// The result over the rows taken.
    package func value(of accumulator: Accumulator) throws(QueryError) -> Value {
        try site.run { () throws(EvaluationFailure) in try accumulator.value() }
    }
}
