import HindsightSyntax
import HindsightValues

/// Rows kept aside by a sort, a group or a join: the same slots of each, in one flat array. The memory is accounted for
/// in the execution's context.
struct SavedRows {
    /// Columns of a row.
    let width: Int
    private(set) var values: ContiguousArray<Value> = []
    private(set) var count = 0
    private var reservedBytes = 0
    /// What needs the rows, for the error when memory runs out.
    private let span: SourceSpan?

    init(width: Int, span: SourceSpan?) {
        self.width = width
        self.span = span
    }

    /// Adds a row that consists of these slots of the frame.
    mutating func append(slots: [Int], of frame: inout Frame) throws(QueryError) {
        var bytes = SavedRows.rowOverhead
        for slot in slots {
            let value = frame.slots[slot]
            bytes += value.estimatedBytes
            values.append(value)
        }
        count += 1
        try reserve(bytes, frame.context)
    }

    /// Adds a row of `head` and then these slots of the frame.
    mutating func append(_ head: [Value], slots: [Int], of frame: inout Frame) throws(QueryError) {
        var bytes = 0
        for value in head {
            bytes += value.estimatedBytes
            values.append(value)
        }
        try reserve(bytes, frame.context)
        try append(slots: slots, of: &frame)
    }

    /// Puts columns of a row, from `column` on, into slots of the frame.
    func restore(_ row: Int, from column: Int = 0, to slots: [Int], of frame: inout Frame) {
        var index = row * width + column
        for slot in slots {
            frame.slots[slot] = values[index]
            index += 1
        }
    }

    subscript(row: Int, column: Int) -> Value {
        get { values[row * width + column] }
        set { values[row * width + column] = newValue }
    }

    mutating func removeAll(_ context: ExecutionContext?) {
        values.removeAll()
        count = 0
        context?.releaseMemory(reservedBytes)
        reservedBytes = 0
    }

    /// Keeps the named rows only, in this order.
    mutating func keep(_ rows: ArraySlice<Int>, _ context: ExecutionContext) throws(QueryError) {
        var kept: ContiguousArray<Value> = []
        kept.reserveCapacity(rows.count * width)
        var bytes = 0
        for row in rows {
            let base = row * width
            for column in 0..<width {
                bytes += values[base + column].estimatedBytes
                kept.append(values[base + column])
            }
        }
        values = kept
        count = rows.count
        context.releaseMemory(reservedBytes)
        reservedBytes = 0
        try reserve(bytes + count * SavedRows.rowOverhead, context)
    }

    private mutating func reserve(_ bytes: Int, _ context: ExecutionContext) throws(QueryError) {
        try context.reserveMemory(bytes, for: span)
        reservedBytes += bytes
    }

    /// Bytes that a row costs beside its values: its place in an order or a hash table.
    private static let rowOverhead = 32
}

extension Value {
    /// About how many bytes the value takes in memory, for accounting: its 24 bytes and what it points to.
    var estimatedBytes: Int {
        switch self {
        case .string(let text), .symbol(let text):
            let length = text.utf8.count
            return length > 15 ? 56 + length : 24
        case .blob(let bytes), .clob(let bytes):
            return 56 + bytes.count
        case .list(let elements), .bag(let elements), .sexp(let elements):
            return elements.reduce(56) { $0 + $1.estimatedBytes }
        case .structure(let structure):
            return structure.fields.reduce(56) { $0 + 16 + $1.value.estimatedBytes }
        default:
            return 24
        }
    }
}
