import HindsightSyntax
import HindsightValues
import Synchronization

/// What an execution needs beside its plan.
struct ExecutionEnvironment {
    let reader: any TableReader
    let moment: Moment
    let arguments: Arguments
    let typing: TypingMode
    let cancellation: Cancellation
    let memoryLimit: Int
    let spilling: SpillSettings
    /// The statement is a transaction of its own, which an error undoes as a whole.
    let isAlone: Bool
    let exchange: ExchangeEnvironment

    /// Runs what writes several times, so that an error undoes it.
    func undoing(_ writer: any TableWriter, _ body: () throws(QueryError) -> Void) throws(QueryError) {
        if isAlone { try body() } else { try writer.atomically(body) }
    }

    /// Runs what writes each of some items: a single write fails before it has changed anything, or not at all.
    func undoing(
        _ writer: any TableWriter, ifMoreThanOne count: Int, _ body: () throws(QueryError) -> Void
    ) throws(QueryError) {
        if count <= 1 { try body() } else { try undoing(writer, body) }
    }

    /// The context of an execution that uses `runtime`.
    func context(_ runtime: Runtime) -> ExecutionContext {
        ExecutionContext(
            parameters: arguments.values, now: Timestamp(clock: reader.now), typing: typing, cancellation: cancellation,
            memoryLimit: memoryLimit, spilling: spilling, runtime: runtime)
    }
}

/// How much room a plan needs in its frame.
struct FrameSize: Sendable {
    let slotCount: Int
    let subqueryCount: Int

    init(_ statement: StatementBinder) {
        slotCount = statement.slotCount
        subqueryCount = statement.subqueryCount
    }
}

/// Operators with their frame: what runs a plan. When an execution is over, the next one goes on with them, so that a
/// repeated statement builds nothing anew.
///
/// `@unchecked Sendable`: it belongs to one execution at a time, which takes it out of a pool and gives it back under a
/// lock.
final class Execution: @unchecked Sendable {
    let operators: Operator
    /// Nil while it is lent out by `withFrame`.
    private var ownFrame: Frame?
    private let runtime: Runtime

    init(_ operators: Operator, _ size: FrameSize, _ environment: ExecutionEnvironment) {
        self.operators = operators
        runtime = Runtime(
            reader: environment.reader, moment: environment.moment, subqueryCount: size.subqueryCount)
        ownFrame = Frame(slotCount: size.slotCount, context: environment.context(runtime))
    }

    func begin(_ environment: ExecutionEnvironment) {
        runtime.begin(environment.reader, environment.moment)
        ownFrame?.context = environment.context(runtime)
    }

    /// Lends the frame to `body`, which may run operators with it. It is moved out for the time, as an access to a
    /// property would be checked again and again.
    func withFrame<R>(_ body: (inout Frame) throws(QueryError) -> R) throws(QueryError) -> R {
        guard var frame = ownFrame.take() else { preconditionFailure("the frame of an execution is lent once") }
        defer { ownFrame = frame }
        return try body(&frame)
    }

    /// Gives up what the execution holds: cursors, rows and values.
    func end() {
        operators.close()
        runtime.close()
        guard let count = ownFrame?.slots.count else { return }
        for slot in 0..<count { ownFrame?.slots[slot] = .missing }
    }
}

/// The executions of one plan: the one that waits for its next use, or new ones.
final class ExecutionPool: Sendable {
    private let frameSize: FrameSize
    private let makeOperators: OperatorFactory
    private let idle = Mutex<Execution?>(nil)

    init(_ makeOperators: @escaping OperatorFactory, _ statement: StatementBinder) {
        self.makeOperators = makeOperators
        frameSize = FrameSize(statement)
    }

    func take(_ environment: ExecutionEnvironment) -> Execution {
        guard let execution = idle.withLock({ $0.take() }) else {
            return Execution(makeOperators(), frameSize, environment)
        }
        execution.begin(environment)
        return execution
    }

    /// Takes back an execution that has ended without an error.
    func give(_ execution: Execution) {
        idle.withLock { $0 = execution }
    }

    /// Runs `body` with the frame of an execution, which ends with it.
    func run<R>(
        _ environment: ExecutionEnvironment, _ body: (Operator, inout Frame) throws(QueryError) -> R
    ) throws(QueryError) -> R {
        let execution = take(environment)
        do {
            let result = try execution.withFrame { (frame) throws(QueryError) in
                try body(execution.operators, &frame)
            }
            execution.end()
            give(execution)
            return result
        } catch {
            execution.end()
            throw error
        }
    }
}
