import HindsightSyntax
import HindsightValues

// Plans: how a bound statement is run. Made by the binder, printed by EXPLAIN, turned into operators by the compiler.
// They hold no rows and no readers, so one plan serves any number of executions on any thread.

/// A tree of the operators that a query will run, with bound expressions.
indirect enum PlanNode: Sendable {
    /// One row without content: no FROM.
    case singleRow
    case tableScan(ScanPlan)
    case valueScan(BoundValueSource)
    case filter(PlanNode, [BoundExpression])
    case compute(PlanNode, [ComputedSlot])
    case nestedLoop(NestedLoopPlan)
    case hashJoin(HashJoinPlan)
    case group(GroupPlan)
    case sort(SortPlan)
    case window(WindowPlan)
    case limit(PlanNode, LimitPlan)
    case project(PlanNode, Projector, slot: Int)
    case distinct(PlanNode, resultSlot: Int, keptSlots: [Int], span: SourceSpan)
    case setOperation(SetOperationPlan)
    case recursion(RecursionPlan)
}

/// A planned query: its operators, and what its rows look like.
struct QueryPlan: Sendable {
    var root: PlanNode
    /// Each row's value is left in this slot.
    let resultSlot: Int
    /// The names of the rows' attributes, if they are fixed.
    let columns: [String]?
    let isOrdered: Bool
    let kind: Kind
    let span: SourceSpan

    enum Kind: Sendable {
        case rows
        /// A bare expression: the only row is the query's value.
        case value
        /// PIVOT: rows are lists of a name and a value, which become the attributes of one struct.
        case pivot
    }
}

/// LET: a value computed from each row into a slot.
struct ComputedSlot: Sendable {
    let slot: Int
    let expression: BoundExpression
    /// For EXPLAIN; nil for values that only the plan needs.
    let name: String?
}

struct NestedLoopPlan: Sendable {
    let left: PlanNode
    let right: PlanNode
    let isLeftOuter: Bool
    let condition: [BoundExpression]
}

struct HashJoinPlan: Sendable {
    let side: Join.Side
    let left: PlanNode
    let right: PlanNode
    /// Pairs that must be equal; none for a product whose right side is kept in memory.
    let keys: [(left: BoundExpression, right: BoundExpression)]
    let condition: [BoundExpression]
    let span: SourceSpan
}

struct GroupPlan: Sendable {
    let input: PlanNode
    let keys: [(expression: BoundExpression, slot: Int)]
    let aggregates: [AggregatePlan]
    /// GROUP AS: the slot, and the variables that the structs in its bag are made of.
    let group: (slot: Int, variables: [(name: String, slot: Int)])?
    /// Without GROUP BY there is one group even of no rows.
    let isWhole: Bool
    let span: SourceSpan
}

struct AggregatePlan: Sendable {
    let kind: AggregateKind
    let isDistinct: Bool
    /// Nil for COUNT(*).
    let argument: BoundExpression?
    let slot: Int
    let span: SourceSpan
}

struct SortPlan: Sendable {
    let input: PlanNode
    let keys: [SortKeyPlan]
    /// How many rows at most will be asked for.
    var limit: LimitPlan?
    let span: SourceSpan
}

struct SortKeyPlan: Sendable {
    let expression: BoundExpression
    let isDescending: Bool
    let nullsFirst: Bool
}

struct LimitPlan: Sendable {
    let limit: BoundExpression?
    let offset: BoundExpression?
}

/// How the value of a result row is made.
enum Projector: Sendable {
    case value(BoundExpression)
    case items([(name: String, value: BoundExpression)])
    /// `*`, `t.*`, and items between them.
    case merge([MergePart])
    case renamed(BoundExpression, ColumnRenaming)

    enum MergePart: Sendable {
        /// All attributes of a struct; any other value as an attribute of the name.
        case all(BoundExpression, otherwiseNamed: String)
        case item(String, BoundExpression)
    }
}

struct SetOperationPlan: Sendable {
    let operation: SetOperation
    let isDistinct: Bool
    let isOuter: Bool
    let left: QueryPlan
    let right: QueryPlan
    let slot: Int
    /// Gives the right side's columns the names of the left side; nil if they have them already.
    let renaming: ColumnRenaming?
    let span: SourceSpan
}

/// WITH RECURSIVE: a query that reads its own rows, round by round.
struct RecursionPlan: Sendable {
    /// For EXPLAIN.
    let name: String
    let base: QueryPlan
    /// At least one; their rows have the columns of the base.
    let steps: [QueryPlan]
    /// Holds the rows of the round before, as a bag, while the steps run.
    let rowsSlot: Int
    let slot: Int
    let isDistinct: Bool
    let span: SourceSpan
}

extension PlanNode {
    /// The slots that hold something for the operators above.
    var producedSlots: [Int] {
        switch self {
        case .singleRow: []
        case .tableScan(let scan): scan.columns.map(\.slot)
        case .valueScan(let source): [source.slot] + (source.positionSlot.map { [$0] } ?? [])
        case .filter(let input, _), .limit(let input, _): input.producedSlots
        case .compute(let input, let computed): input.producedSlots + computed.map(\.slot)
        case .nestedLoop(let join): join.left.producedSlots + join.right.producedSlots
        case .hashJoin(let join): join.left.producedSlots + join.right.producedSlots
        case .group(let group):
            group.keys.map(\.slot) + group.aggregates.map(\.slot) + (group.group.map { [$0.slot] } ?? [])
        case .sort(let sort): sort.input.producedSlots
        case .window(let window): window.input.producedSlots + window.calls.map(\.slot)
        case .project(let input, _, let slot): input.producedSlots + [slot]
        case .distinct(_, let slot, let kept, _): [slot] + kept
        case .setOperation(let operation): [operation.slot]
        case .recursion(let recursion): [recursion.slot]
        }
    }
}
