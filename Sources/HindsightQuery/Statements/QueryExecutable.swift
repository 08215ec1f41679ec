import HindsightSyntax
import HindsightValues

/// A query ready to run.
struct QueryExecutable: Sendable {
    let plan: QueryPlan
    let frameSize: FrameSize
    private let makeOperators: OperatorFactory

    init(_ plan: QueryPlan, _ statement: StatementBinder) throws(QueryError) {
        self.plan = plan
        frameSize = FrameSize(statement)
        makeOperators = try statement.compiler.compile(plan.root)
    }

    /// Starts the query. Its rows are computed as they are pulled; a query that is one value is run to its end.
    ///
    /// - Parameter reader: to be closed at the end of the rows. If starting fails, the caller closes it.
    func start(
        _ environment: ExecutionEnvironment, closing reader: (any TableReader)?
    ) throws(QueryError) -> StatementResult {
        let run = QueryRun(makeOperators(), environment.makeFrame(frameSize), slot: plan.resultSlot, closing: reader)
        do {
            try run.open()
            guard plan.kind != .rows else {
                return .rows(ResultRows(columns: plan.columns, isOrdered: plan.isOrdered, source: run))
            }
            var folder = RowFolder(plan, isStrict: environment.typing == .strict)
            while let row = try run.next() { try folder.add(row, run.context) }
            run.close()
            return .value(try folder.value())
        } catch {
            run.close()
            throw error
        }
    }
}

/// The rows of a running query.
final class QueryRun: RowSource {
    private let root: Operator
    private var frame: Frame
    private let slot: Int
    private var reader: (any TableReader)?

    init(_ root: Operator, _ frame: Frame, slot: Int, closing reader: (any TableReader)?) {
        self.root = root
        self.frame = frame
        self.slot = slot
        self.reader = reader
    }

    var context: ExecutionContext { frame.context }

    func open() throws(QueryError) {
        try root.open(&frame)
    }

    func next() throws(QueryError) -> Value? {
        try frame.context.checkCancellation()
        guard try root.next(&frame) else { return nil }
        return frame.slots[slot]
    }

    func close() {
        root.close()
        frame.context.runtime?.close()
        reader?.close()
        reader = nil
    }
}
