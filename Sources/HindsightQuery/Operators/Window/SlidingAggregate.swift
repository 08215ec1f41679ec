import HindsightValues

/// An aggregate over a range of rows that moves forward: a queue of two stacks, so that each row is added twice at most,
/// and nothing has to be subtracted, which MIN, MAX and rounded sums could not do.
///
/// Rows `start..<boundary` are in `front`, whose k-th accumulator holds the rows from `boundary - 1 - k` to the boundary;
/// rows `boundary..<end` are in `back`.
struct SlidingAggregate {
    private let kind: AggregateKind
    private var front: ContiguousArray<Accumulator> = []
    private var back: Accumulator
    private var start = 0
    private var boundary = 0
    private var end = 0

    typealias Adder = (Int, inout Accumulator) throws(EvaluationFailure) -> Void

    init(_ kind: AggregateKind) {
        self.kind = kind
        back = Accumulator(kind, isDistinct: false)
    }

    /// How many accumulators are held.
    var heldCount: Int { front.count }

    /// Goes to a range; `add` adds a row to an accumulator. Moving backward starts anew.
    mutating func move(to range: Range<Int>, _ add: Adder) throws(EvaluationFailure) {
        if range.lowerBound < start || range.upperBound < end || range.lowerBound >= end { restart(range.lowerBound) }
        for row in end..<range.upperBound { try add(row, &back) }
        end = range.upperBound
        start = range.lowerBound
        if start > boundary {
            try turnOver(add)
        } else {
            front.removeLast(front.count - (boundary - start))
        }
    }

    /// The accumulator over the range.
    func accumulated() throws(EvaluationFailure) -> Accumulator {
        guard var result = front.last else { return back }
        try result.merge(back)
        return result
    }

    private mutating func restart(_ row: Int) {
        front.removeAll(keepingCapacity: true)
        back = Accumulator(kind, isDistinct: false)
        (start, boundary, end) = (row, row, row)
    }

    /// Moves all rows to the front.
    private mutating func turnOver(_ add: Adder) throws(EvaluationFailure) {
        front.removeAll(keepingCapacity: true)
        back = Accumulator(kind, isDistinct: false)
        boundary = end
        var suffix = back
        for row in (start..<end).reversed() {
            try add(row, &suffix)
            front.append(suffix)
        }
    }
}
