import HindsightKeyValue
import HindsightSyntax
import HindsightValues

/// The temporary file of one operator, and how rows lie in it: in *blocks*, each of which belongs to one run.
///
/// Blocks are read and written whole. They are small enough that an operator that merges many runs or writes many at once
/// holds a small part of the memory limit in them.
final class Spill {
    let blockBytes: Int
    private let file: SpillFile
    private let context: ExecutionContext
    private(set) var statistics = SpillStatistics()
    /// What needs the file, for its errors.
    private let span: SourceSpan?

    init(_ context: ExecutionContext, span: SourceSpan?) throws(QueryError) {
        blockBytes = min(max(context.memoryLimit / Spill.blocksOfLimit, Spill.leastBlock), Spill.largestBlock)
        self.context = context
        self.span = span
        do {
            file = try SpillFile(directory: context.spilling.directory, interceptor: context.spilling.interceptor)
        } catch {
            throw QueryError(error).located(at: span)
        }
    }

    /// A writer of a further run.
    func makeRun() -> RunWriter {
        statistics.runCount += 1
        return RunWriter(self)
    }

    func write(_ block: RawSpan) throws(QueryError) -> Range<Int> {
        try context.checkCancellation()
        statistics.byteCount += block.byteCount
        do { return try file.append(block) } catch { throw QueryError(error).located(at: span) }
    }

    func read(_ block: Range<Int>) throws(QueryError) -> [UInt8] {
        try context.checkCancellation()
        do { return try file.read(block) } catch { throw QueryError(error).located(at: span) }
    }

    /// The error of bytes that come back other than they were written.
    func damaged(_ error: ValueError) -> QueryError {
        QueryError(error).located(at: span)
    }

    private static let blocksOfLimit = 512
    private static let leastBlock = 512
    private static let largestBlock = 1 << 16
}

/// Rows in a spill file, in the order in which they were written.
struct SpilledRun {
    fileprivate(set) var blocks: [Range<Int>] = []
    fileprivate(set) var rowCount = 0
}

/// Writes the rows of one run, value by value.
final class RunWriter {
    private let spill: Spill
    private var encoder = RowEncoder()
    private var run = SpilledRun()

    fileprivate init(_ spill: Spill) {
        self.spill = spill
    }

    /// Adds a value to the row that is being written.
    func append(_ value: Value) {
        encoder.append(value)
    }

    func append(_ values: some Sequence<Value>) {
        for value in values { encoder.append(value) }
    }

    /// Adds these slots of the frame to the row that is being written.
    func append(slots: [Int], of frame: borrowing Frame) {
        for slot in slots { encoder.append(frame.slots[slot]) }
    }

    /// Ends the row.
    ///
    /// - Throws: `diskFull`, `inputOutput`.
    func endRow() throws(QueryError) {
        run.rowCount += 1
        if encoder.byteCount >= spill.blockBytes { try flush() }
    }

    /// Ends the run.
    ///
    /// - Throws: `diskFull`, `inputOutput`.
    func finish() throws(QueryError) -> SpilledRun {
        if encoder.byteCount > 0 { try flush() }
        return run
    }

    private func flush() throws(QueryError) {
        run.blocks.append(try encoder.withBytes { (bytes) throws(QueryError) in try spill.write(bytes) })
        encoder.removeAll()
    }
}

/// Reads the rows of one run, one after the other.
final class RunReader {
    private let spill: Spill
    private let run: SpilledRun
    private var nextBlock = 0
    private var block: [UInt8] = []
    private var offset = 0
    private var remaining: Int

    init(_ run: SpilledRun, _ spill: Spill) {
        self.run = run
        self.spill = spill
        remaining = run.rowCount
    }

    /// Puts the values of the next row into `row`, which is as wide as the rows of the run are.
    ///
    /// - Returns: false at the end.
    func next(_ row: inout ContiguousArray<Value>) throws(QueryError) -> Bool {
        guard remaining > 0 else { return false }
        remaining -= 1
        if offset == block.count {
            block = try spill.read(run.blocks[nextBlock])
            nextBlock += 1
            offset = 0
        }
        let block = self.block
        let bytes = block.rawSpan
        do throws(ValueError) {
            for column in row.indices { row[column] = try RowCode.value(at: &offset, in: bytes) }
        } catch {
            throw spill.damaged(error)
        }
        return true
    }
}
