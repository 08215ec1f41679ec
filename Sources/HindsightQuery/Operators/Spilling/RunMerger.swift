import HindsightValues

/// Merges sorted runs into one. Of rows that tie, those of an earlier run come first.
struct RunMerger {
    /// Below zero if the first row comes first.
    typealias Comparator = (ContiguousArray<Value>, ContiguousArray<Value>) -> Int

    private let compare: Comparator
    private let readers: [RunReader]
    /// The next row of each run.
    private var heads: [ContiguousArray<Value>]
    /// The runs with rows left, as a heap: none comes before the one at half its place.
    private var heap: [Int] = []

    /// - Parameter width: the columns of a row.
    init(_ runs: [SpilledRun], _ spill: Spill, width: Int, by compare: @escaping Comparator) throws(QueryError) {
        self.compare = compare
        let runs = try RunMerger.reduce(runs, spill, width: width, by: compare)
        readers = runs.map { RunReader($0, spill) }
        heads = Array(repeating: ContiguousArray(repeating: .missing, count: width), count: runs.count)
        for run in readers.indices where try readers[run].next(&heads[run]) {
            heap.append(run)
            rise(heap.count - 1)
        }
    }

    /// A merger of runs whose rows start with their numbers in the result.
    init(byNumber runs: [SpilledRun], _ spill: Spill, width: Int) throws(QueryError) {
        try self.init(runs, spill, width: width) { left, right in
            guard case .int(let left) = left[0], case .int(let right) = right[0] else { return 0 }
            return left < right ? -1 : left == right ? 0 : 1
        }
    }

    /// Swaps the next row into `row`.
    ///
    /// - Returns: false at the end.
    mutating func next(_ row: inout ContiguousArray<Value>) throws(QueryError) -> Bool {
        guard let run = heap.first else { return false }
        swap(&row, &heads[run])
        if try !readers[run].next(&heads[run]) {
            let last = heap.removeLast()
            guard !heap.isEmpty else { return true }
            heap[0] = last
        }
        sink()
        return true
    }

    // MARK: Heap

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        let order = compare(heads[left], heads[right])
        return order != 0 ? order < 0 : left < right
    }

    private mutating func rise(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard precedes(heap[child], heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return }
            if child + 1 < heap.count, precedes(heap[child + 1], heap[child]) { child += 1 }
            guard precedes(heap[child], heap[parent]) else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }

    // MARK: Many runs

    /// Merges neighbouring runs until there are few enough to merge at once.
    private static func reduce(
        _ runs: [SpilledRun], _ spill: Spill, width: Int, by compare: @escaping Comparator
    ) throws(QueryError) -> [SpilledRun] {
        var runs = runs
        while runs.count > fanIn {
            var merged: [SpilledRun] = []
            for start in stride(from: 0, to: runs.count, by: fanIn) {
                let neighbours = Array(runs[start..<min(start + fanIn, runs.count)])
                var merger = try RunMerger(neighbours, spill, width: width, by: compare)
                merged.append(try merger.writeAll(spill, width: width))
            }
            runs = merged
        }
        return runs
    }

    private mutating func writeAll(_ spill: Spill, width: Int) throws(QueryError) -> SpilledRun {
        let writer = spill.makeRun()
        var row = ContiguousArray(repeating: Value.missing, count: width)
        while try next(&row) {
            writer.append(row)
            try writer.endRow()
        }
        return try writer.finish()
    }

    private static let fanIn = 64
}
