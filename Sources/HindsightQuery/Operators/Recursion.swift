import HindsightSyntax
import HindsightValues

/// WITH RECURSIVE: gives the rows of the base, then those of the steps, which run over the rows of the round before
/// until a round gives none.
///
/// The rows of a round are held in memory, and with UNION the distinct rows of all rounds. Rows are given as they are
/// found, so that a LIMIT ends a recursion that would not end by itself.
final class Recursion: Operator {
    private let plan: RecursionPlan
    private let base: Operator
    private let steps: [Operator]
    /// The step that runs; nil for the base.
    private var step: Int?
    private var upcoming: [Value] = []
    private var seen: Set<Value> = []
    /// Accounted for: the rows in the frame, the upcoming rows, and the seen ones.
    private var (currentBytes, upcomingBytes, seenBytes) = (0, 0, 0)
    private var isDone = false
    private var context: ExecutionContext?

    init(_ plan: RecursionPlan, base: Operator, steps: [Operator]) {
        self.plan = plan
        self.base = base
        self.steps = steps
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        context = frame.context
        isDone = false
        step = nil
        try base.open(&frame)
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        while !isDone {
            let operators = step.map { steps[$0] } ?? base
            while try operators.next(&frame) {
                try frame.context.checkCancellation()
                let row = frame.slots[resultSlot]
                guard try keep(row, frame.context) else { continue }
                frame.slots[plan.slot] = row
                return true
            }
            operators.close()
            try advance(&frame)
        }
        return false
    }

    override func close() {
        base.close()
        for step in steps { step.close() }
        upcoming = []
        seen = []
        context?.releaseMemory(currentBytes + upcomingBytes + seenBytes)
        (currentBytes, upcomingBytes, seenBytes) = (0, 0, 0)
        context = nil
    }

    private var resultSlot: Int {
        step.map { plan.steps[$0].resultSlot } ?? plan.base.resultSlot
    }

    /// Notes a row for the next round.
    ///
    /// - Returns: false if UNION has given it before.
    private func keep(_ row: Value, _ context: ExecutionContext) throws(QueryError) -> Bool {
        let bytes = row.estimatedBytes + Recursion.entryOverhead
        if plan.isDistinct {
            guard seen.insert(row).inserted else { return false }
            try context.reserveMemory(bytes, for: plan.span)
            seenBytes += bytes
        }
        try context.reserveMemory(bytes, for: plan.span)
        upcomingBytes += bytes
        upcoming.append(row)
        return true
    }

    /// Goes on to the next step, or to the next round.
    private func advance(_ frame: inout Frame) throws(QueryError) {
        if let step, step + 1 < steps.count {
            self.step = step + 1
        } else if upcoming.isEmpty {
            isDone = true
            return
        } else {
            frame.slots[plan.rowsSlot] = .bag(upcoming)
            upcoming = []
            frame.context.releaseMemory(currentBytes)
            (currentBytes, upcomingBytes) = (upcomingBytes, 0)
            step = 0
        }
        if let step { try steps[step].open(&frame) }
    }

    /// Bytes of an entry beside the value.
    private static let entryOverhead = 24
}
