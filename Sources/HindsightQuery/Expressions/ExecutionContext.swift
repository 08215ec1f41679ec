import HindsightSyntax
import HindsightValues
import Synchronization

/// What one execution of a statement knows besides its rows: parameters, its own time, and its limits.
///
/// It belongs to the thread that runs the statement; only `cancellation` may be touched from elsewhere.
package final class ExecutionContext {
    /// The values of the statement's parameters, in the order of the binder's numbering.
    package let parameters: [Value]
    /// The time of the statement: CURRENT_TIMESTAMP has the same value in all of its rows.
    package let now: Timestamp
    package let typing: TypingMode
    package let cancellation: Cancellation
    /// The most bytes that sorts, groups, joins and collections of this statement may hold at once.
    package let memoryLimit: Int
    /// Where rows go that do not fit into it.
    package let spilling: SpillSettings
    /// The view of the tables and the state of subqueries; nil where an expression is evaluated by itself.
    package let runtime: Runtime?
    /// The bytes held now.
    package private(set) var memoryInUse = 0
    /// The graphs that are the same for all rows, by the match that searches them.
    private(set) var graphs: [ObjectIdentifier: Graph] = [:]

    package init(
        parameters: [Value] = [], now: Timestamp, typing: TypingMode = .permissive,
        cancellation: Cancellation = Cancellation(), memoryLimit: Int = ExecutionContext.defaultMemoryLimit,
        spilling: SpillSettings = SpillSettings(), runtime: Runtime? = nil
    ) {
        self.parameters = parameters
        self.now = now
        self.typing = typing
        self.cancellation = cancellation
        self.memoryLimit = memoryLimit
        self.spilling = spilling
        self.runtime = runtime
    }

    /// 1 GiB.
    package static let defaultMemoryLimit = 1 << 30

    /// Throws if the statement was cancelled; called between two rows.
    package func checkCancellation() throws(QueryError) {
        try cancellation.check()
    }

    /// Accounts for `bytes` more of held memory.
    ///
    /// - Throws: `memoryLimit` if the limit is passed; nothing is accounted for then.
    package func reserveMemory(_ bytes: Int, for span: SourceSpan?) throws(QueryError) {
        guard tryToReserveMemory(bytes) else { throw .memoryLimit(memoryLimit, at: span) }
    }

    /// Accounts for `bytes` more of held memory, unless the limit is passed with them.
    func tryToReserveMemory(_ bytes: Int) -> Bool {
        guard bytes <= memoryLimit - memoryInUse else { return false }
        memoryInUse += bytes
        return true
    }

    /// Accounts for `bytes` more even if the limit is passed with them: the little without which an operator cannot go on.
    func overdrawMemory(_ bytes: Int) {
        memoryInUse += bytes
    }

    /// Keeps a match's graph until the execution ends.
    func keep(_ graph: Graph, for plan: MatchPlan) throws(QueryError) {
        try reserveMemory(graph.byteCount, for: plan.graphSpan)
        graphs[ObjectIdentifier(plan)] = graph
    }

    /// Gives back what `reserveMemory` accounted for.
    package func releaseMemory(_ bytes: Int) {
        memoryInUse -= bytes
    }
}

extension QueryError {
    static func memoryLimit(_ bytes: Int, at span: SourceSpan?) -> QueryError {
        QueryError(.memoryLimit, "the statement needs more than its memory limit of \(bytes) bytes", at: span)
    }
}

/// A flag by which another thread asks a running statement to stop.
package final class Cancellation: Sendable {
    private let flag = Atomic(false)

    package init() {}

    package var isCancelled: Bool { flag.load(ordering: .relaxed) }

    /// - Throws: `cancelled`.
    package func check() throws(QueryError) {
        if isCancelled { throw QueryError(.cancelled, "the statement was cancelled", at: nil) }
    }

    package func cancel() {
        flag.store(true, ordering: .relaxed)
    }

    /// Makes the flag ready for a further statement.
    package func reset() {
        flag.store(false, ordering: .relaxed)
    }
}
