import HindsightSyntax
import HindsightValues

/// Rows kept aside by a sort, a group or a join: the same slots of each, in one flat array. The memory is accounted for
/// in the execution's context.
struct SavedRows {
    /// Columns of a row.
    let width: Int
    private(set) var values: ContiguousArray<Value> = []
    private(set) var count = 0
    private var memory = MemoryAccount()
    /// What needs the rows, for the error when memory runs out.
    private let span: SourceSpan?

    init(width: Int, span: SourceSpan?) {
        self.width = width
        self.span = span
    }

    /// Adds a row that consists of these slots of the frame.
    ///
    /// - Throws: `memoryLimit`.
    mutating func append(slots: [Int], of frame: inout Frame) throws(QueryError) {
        if !add(slots: slots, of: &frame) { throw .memoryLimit(frame.context.memoryLimit, at: span) }
    }

    /// Adds a row that consists of these values and these slots of the frame.
    ///
    /// - Returns: false if the memory limit is passed. The row is there all the same; the rows are then to be put aside
    ///   before more of them are added.
    mutating func add(_ head: ContiguousArray<Value> = [], slots: [Int], of frame: inout Frame) -> Bool {
        var bytes = SavedRows.rowOverhead
        for value in head {
            bytes &+= value.estimatedBytes
            values.append(value)
        }
        for slot in slots {
            bytes &+= frame.slots[slot].estimatedBytes
            values.append(frame.slots[slot])
        }
        count += 1
        return memory.charge(bytes, frame.context)
    }

    /// Adds a row of these columns of a longer one; as `add(_:slots:of:)`.
    mutating func add(_ row: ContiguousArray<Value>.SubSequence, _ context: ExecutionContext) -> Bool {
        var bytes = SavedRows.rowOverhead
        for value in row {
            bytes &+= value.estimatedBytes
            values.append(value)
        }
        count += 1
        return memory.charge(bytes, context)
    }

    /// Puts columns of a row, from `column` on, into slots of the frame.
    func restore(_ row: Int, from column: Int = 0, to slots: [Int], of frame: inout Frame) {
        var index = row * width + column
        for slot in slots {
            frame.slots[slot] = values[index]
            index += 1
        }
    }

    /// Swaps the columns of some rows, from `column` on, into a buffer, row by row: for rows that are not looked at again.
    /// The processor fetches rows far apart at the same time in this way.
    mutating func take(
        _ rows: ContiguousArray<Int>.SubSequence, from column: Int, into buffer: inout ContiguousArray<Value>
    ) {
        var place = 0
        for row in rows {
            for index in row * width + column..<(row + 1) * width {
                swap(&buffer[place], &values[index])
                place += 1
            }
        }
    }

    subscript(row: Int, column: Int) -> Value {
        get { values[row * width + column] }
        set { values[row * width + column] = newValue }
    }

    mutating func removeAll(_ context: ExecutionContext?) {
        values.removeAll()
        count = 0
        memory.release(context)
    }

    /// Keeps the named rows only, in this order.
    mutating func keep(_ rows: ContiguousArray<Int>.SubSequence, _ context: ExecutionContext) {
        var kept: ContiguousArray<Value> = []
        kept.reserveCapacity(rows.count * width)
        var bytes = rows.count * SavedRows.rowOverhead
        for row in rows {
            let base = row * width
            for column in 0..<width {
                bytes += values[base + column].estimatedBytes
                kept.append(values[base + column])
            }
        }
        values = kept
        count = rows.count
        memory.release(context)
        // These are some of the rows for which there was room.
        _ = memory.charge(bytes, context)
    }

    /// Bytes that a row costs beside its values: its place in an order or a hash table.
    static let rowOverhead = 32
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
