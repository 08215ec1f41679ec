import HindsightSyntax
import HindsightValues

/// How one table in FROM is read.
struct ScanPlan: Sendable {
    let table: TableReference
    let schema: TableSchema
    /// The variable's name, for EXPLAIN.
    let name: String
    let span: SourceSpan
    /// AS OF, or the beginning of VERSIONS BETWEEN.
    let moment: BoundMoment?
    /// The end of VERSIONS BETWEEN.
    let end: BoundMoment?
    var access: AccessPlan
    /// Conditions that the table applies.
    var conditions: [ConditionPlan]
    var columns: [(column: ScanColumn, slot: Int)]
    var direction = ScanDirection.forward
    /// How many rows at most will be asked for, if nothing above drops any.
    var limit: LimitPlan?
}

/// The way into the table.
enum AccessPlan: Sendable {
    /// All of it, and why.
    case full(reason: String)
    case keys(KeyPlan)
    /// Through a secondary index, or all of the table where that cannot serve.
    case index(IndexPlan)

    /// At most one item for each value of the partition key.
    var isPoint: Bool {
        if case .keys(let keys) = self { keys.isPoint } else { false }
    }
}

/// Conditions on the keys of a secondary index; they are also applied to the rows.
struct IndexPlan: Sendable {
    let index: IndexSchema
    let keys: KeyPlan
}

/// Conditions on the key that the statement fixes before it reads.
struct KeyPlan: Sendable {
    let partition: PartitionPlan
    let sort: SortConditionPlan
    /// The conditions' places in the text, for EXPLAIN.
    let spans: [SourceSpan]
    /// The whole key is given, so there is at most one item for each value of the partition key.
    let isPoint: Bool
}

enum PartitionPlan: Sendable {
    case equal(BoundExpression)
    /// The values of a list or bag.
    case oneOf(BoundExpression)

    var isSingle: Bool {
        if case .equal = self { true } else { false }
    }
}

enum SortConditionPlan: Sendable {
    case any
    case equal(BoundExpression)
    case between(lower: Bound?, upper: Bound?)
    case prefix(BoundExpression)

    struct Bound: Sendable {
        let value: BoundExpression
        let isInclusive: Bool
    }
}

/// A condition on one path that the table applies, before its operands are evaluated.
struct ConditionPlan: Sendable {
    enum Test: Sendable {
        case compare(ComparisonOperator, BoundExpression)
        case isNull(isNegated: Bool)
        case isMissing(isNegated: Bool)
        case beginsWith(BoundExpression)
        case oneOf(BoundExpression)
    }

    let path: ItemPath
    let test: Test
    /// For EXPLAIN.
    let span: SourceSpan
}
