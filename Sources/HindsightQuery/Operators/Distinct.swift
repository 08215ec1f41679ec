import HindsightSyntax
import HindsightValues

/// Gives each value of a slot once, at its first row.
final class Distinct: Operator {
    private let input: Operator
    private let slot: Int
    private let span: SourceSpan
    private var seen: Set<Value> = []
    private var reservedBytes = 0
    private var context: ExecutionContext?

    init(_ input: Operator, slot: Int, span: SourceSpan) {
        self.input = input
        self.slot = slot
        self.span = span
    }

    override func open(_ frame: inout Frame) throws(QueryError) {
        context = frame.context
        try input.open(&frame)
    }

    override func next(_ frame: inout Frame) throws(QueryError) -> Bool {
        while try input.next(&frame) {
            let value = frame.slots[slot]
            guard seen.insert(value).inserted else { continue }
            let bytes = value.estimatedBytes + Distinct.entryOverhead
            try frame.context.reserveMemory(bytes, for: span)
            reservedBytes += bytes
            return true
        }
        return false
    }

    override func close() {
        input.close()
        seen.removeAll()
        context?.releaseMemory(reservedBytes)
        reservedBytes = 0
        context = nil
    }

    /// Bytes of a set's entry beside the value.
    private static let entryOverhead = 16
}
