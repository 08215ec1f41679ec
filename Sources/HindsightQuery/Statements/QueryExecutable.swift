import HindsightSyntax
import HindsightValues

/// A query ready to run.
final class QueryExecutable: Sendable {
    let plan: QueryPlan
    private let executions: ExecutionPool

    init(_ plan: QueryPlan, _ statement: StatementBinder) throws(QueryError) {
        self.plan = plan
        executions = ExecutionPool(try statement.compiler.compile(plan.root), statement)
    }

    /// Starts the query. Its rows are computed as they are pulled; a query that is one value is run to its end.
    ///
    /// - Parameter reader: to be closed at the end of the rows. If starting fails, the caller closes it.
    func start(
        _ environment: ExecutionEnvironment, closing reader: (any TableReader)?
    ) throws(QueryError) -> StatementResult {
        guard plan.kind == .rows else {
            let folded = try executions.run(environment) { (operators, frame) throws(QueryError) in
                try value(operators, &frame, isStrict: environment.typing == .strict)
            }
            reader?.close()
            return .value(folded)
        }
        let execution = executions.take(environment)
        do {
            try execution.withFrame { (frame) throws(QueryError) in try execution.operators.open(&frame) }
        } catch {
            execution.end()
            throw error
        }
        let run = QueryRun(execution, executions, slot: plan.resultSlot, closing: reader)
        return .rows(ResultRows(columns: plan.columns, isOrdered: plan.isOrdered, source: run))
    }

    private func value(
        _ operators: Operator, _ frame: inout Frame, isStrict: Bool
    ) throws(QueryError) -> Value {
        var folder = RowFolder(plan, isStrict: isStrict)
        try operators.open(&frame)
        while try operators.next(&frame) {
            try frame.context.checkCancellation()
            try folder.add(frame.slots[plan.resultSlot], frame.context)
        }
        return try folder.value()
    }
}

/// The rows of a running query.
final class QueryRun: RowSource {
    private var execution: Execution?
    private let executions: ExecutionPool
    private let slot: Int
    private var reader: (any TableReader)?
    private var hasFailed = false

    init(_ execution: Execution, _ executions: ExecutionPool, slot: Int, closing reader: (any TableReader)?) {
        self.execution = execution
        self.executions = executions
        self.slot = slot
        self.reader = reader
    }

    func next() throws(QueryError) -> Value? {
        guard let execution else { return nil }
        do {
            return try execution.withFrame { (frame) throws(QueryError) in
                try frame.context.checkCancellation()
                guard try execution.operators.next(&frame) else { return nil }
                return frame.slots[slot]
            }
        } catch {
            hasFailed = true
            throw error
        }
    }

    func close() {
        guard let execution = execution.take() else { return }
        execution.end()
        if !hasFailed { executions.give(execution) }
        reader?.close()
        reader = nil
    }
}
