import HindsightSyntax
import HindsightValues

/// Rows parted by the hashes of their keys, so that equal keys are in the same part: how a hash table that does not fit
/// is worked on piece by piece. A part that does not fit either is parted again by further bits, its *level* one deeper.
struct Partitions {
    private let writers: [RunWriter]
    private let level: Int

    init(_ spill: Spill, level: Int) {
        self.level = level
        writers = (0..<Partitions.count).map { _ in spill.makeRun() }
    }

    /// Parts of a part.
    ///
    /// - Throws: `memoryLimit` if there are no bits left to tell rows apart by.
    init(deeper level: Int, _ spill: Spill, _ context: ExecutionContext, span: SourceSpan) throws(QueryError) {
        guard level <= Partitions.deepestLevel else { throw .memoryLimit(context.memoryLimit, at: span) }
        self.init(spill, level: level)
    }

    /// The writer that a row with this hash goes to.
    ///
    /// The lowest half of the bits is left for hash tables.
    subscript(hash: UInt64) -> RunWriter {
        writers[Int(truncatingIfNeeded: hash >> UInt64(60 - 4 * level)) & (Partitions.count - 1)]
    }

    func write(_ row: ContiguousArray<Value>, hash: UInt64) throws(QueryError) {
        let writer = self[hash]
        writer.append(row)
        try writer.endRow()
    }

    /// The finished parts, empty ones included, so that those of two sides of a join fit each other.
    func finish() throws(QueryError) -> [SpilledRun] {
        var runs: [SpilledRun] = []
        for writer in writers { runs.append(try writer.finish()) }
        return runs
    }

    private static let count = 16
    /// How often rows can be parted by different bits.
    private static let deepestLevel = 7
}
