import HindsightSyntax

/// The aggregate functions, in SQL's form (`SUM(x)` over a group) and most as COLL_ functions over a collection.
package enum AggregateKind: String, Sendable, Hashable, CaseIterable {
    case count = "COUNT"
    case sum = "SUM"
    case average = "AVG"
    case minimum = "MIN"
    case maximum = "MAX"
    case any = "ANY"
    case some = "SOME"
    case every = "EVERY"
    case list = "ARRAY_AGG"
    case joined = "STRING_AGG"
    case median = "MEDIAN"
    case populationVariance = "VAR_POP"
    case sampleVariance = "VAR_SAMP"
    case populationDeviation = "STDDEV_POP"
    case sampleDeviation = "STDDEV_SAMP"
    case minimumBy = "MIN_BY"
    case maximumBy = "MAX_BY"

    /// The aggregate of a name or alias, without regard to case.
    package init?(named name: String) {
        guard case .aggregate(let kind) = FunctionTable.lookup(name, in: .partiql)?.body else { return nil }
        self = kind
    }

    /// Takes a list of two values: the second is a key, or a separator.
    var takesPair: Bool { self == .joined || self == .minimumBy || self == .maximumBy }

    /// The result over some rows can be had from those over parts of them, in whatever order they are taken.
    var isMergeable: Bool {
        switch self {
        case .count, .sum, .average, .minimum, .maximum, .any, .some, .every: true
        default: false
        }
    }

    /// Keeps its values until the end.
    var keepsValues: Bool { self == .list || self == .joined || self == .median }
}
