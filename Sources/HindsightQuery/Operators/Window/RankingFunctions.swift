import HindsightSyntax
import HindsightValues

/// The functions of a row's place in its partition: numbers and ranks.
final class Ranking: WindowComputation {
    private let kind: WindowFunction.Kind
    private let site: EvaluationSite

    init(_ kind: WindowFunction.Kind, site: EvaluationSite) {
        self.kind = kind
        self.site = site
    }

    override func value(in partition: WindowPartition, _ context: ExecutionContext) throws(QueryError) -> Value {
        switch kind {
        case .rank: .int(Int64(partition.peers.lowerBound) + 1)
        case .denseRank: .int(Int64(partition.group) + 1)
        case .percentRank: try part(partition.peers.lowerBound, of: partition.count - 1)
        case .cumulativeDistribution: try part(partition.peers.upperBound, of: partition.count)
        default: .int(Int64(partition.row) + 1)
        }
    }

    private func part(_ count: Int, of whole: Int) throws(QueryError) -> Value {
        try site.run { () throws(EvaluationFailure) in
            try Arithmetic.apply(.divide, .decimal(Number(Int64(count))), .decimal(Number(Int64(max(whole, 1)))))
        }
    }
}

/// NTILE: cuts the partition into parts whose sizes differ by one at most, the larger ones first.
final class Tiling: WindowComputation {
    private let column: Int
    private let site: EvaluationSite

    init(column: Int, site: EvaluationSite) {
        self.column = column
        self.site = site
    }

    /// The number of parts is that of the partition's first row.
    override func value(in partition: WindowPartition, _ context: ExecutionContext) throws(QueryError) -> Value {
        let wanted = partition.rows[0, column]
        if wanted.isAbsent { return .null }
        guard let parts = wanted.exactInteger else {
            return try site.mismatch("NTILE expects an integer, found \(wanted.kindPhrase)")
        }
        guard parts > 0 else {
            throw QueryError(.invalidArgument, "NTILE needs 1 or more parts, found \(parts)", at: site.span)
        }
        let (size, larger) = partition.count.quotientAndRemainder(dividingBy: Int(parts))
        let row = partition.row
        let rowsInLarger = larger * (size + 1)
        let part = row < rowsInLarger ? row / (size + 1) : larger + (row - rowsInLarger) / size
        return .int(Int64(part) + 1)
    }
}
