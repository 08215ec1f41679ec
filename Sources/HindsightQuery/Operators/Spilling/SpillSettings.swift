import HindsightKeyValue

/// Where and how operators put rows aside that do not fit into memory.
package struct SpillSettings: Sendable {
    /// The directory of the temporary files; nil for the system's.
    package var directory: String?
    /// Sees each step with these files and may refuse it, in tests.
    package var interceptor: (any CallInterceptor)?

    package init(directory: String? = nil, interceptor: (any CallInterceptor)? = nil) {
        self.directory = directory
        self.interceptor = interceptor
    }
}

/// What an operator has put aside, for EXPLAIN ANALYZE.
struct SpillStatistics: Sendable, Equatable {
    /// How many runs were written: sorted rows, or one part of rows told apart by their hashes.
    var runCount = 0
    var byteCount = 0

    /// As EXPLAIN ANALYZE has it; empty if everything was in memory.
    var words: String {
        runCount == 0 ? "" : ", spilled \(byteCount) bytes in \(runCount) run\(runCount == 1 ? "" : "s")"
    }

    mutating func add(_ other: SpillStatistics) {
        runCount += other.runCount
        byteCount += other.byteCount
    }
}
