import HindsightSyntax
import HindsightValues

/// Window functions that split and sort the rows alike; the input comes sorted by the keys of both.
struct WindowPlan: Sendable {
    let input: PlanNode
    /// PARTITION BY; only whether values are equal counts.
    let partition: [SortKeyPlan]
    let order: [SortKeyPlan]
    /// Where the values of the keys of `order` are put.
    let orderSlots: [Int]
    let calls: [WindowCallPlan]
    let span: SourceSpan

    /// The slots that the node sets.
    var ownSlots: [Int] { orderSlots + calls.flatMap { $0.arguments.map(\.slot) + [$0.slot] } }

    /// The expressions that the node evaluates.
    var expressions: [BoundExpression] {
        (partition + order).map(\.expression) + calls.flatMap { $0.arguments.map(\.expression) + $0.frame.offsets }
    }
}

/// One call with OVER.
struct WindowCallPlan: Sendable {
    let function: WindowedFunction
    /// Computed from each row into slots of their own.
    let arguments: [ComputedSlot]
    let frame: FramePlan
    let ignoresNulls: Bool
    let slot: Int
    let span: SourceSpan
}

/// What stands before OVER.
enum WindowedFunction: Sendable, Hashable {
    case aggregate(AggregateKind)
    case window(WindowFunction.Kind)
}

/// The rows around the current one that a window function sees.
struct FramePlan: Sendable {
    enum Bound: Sendable {
        case unboundedPreceding
        case preceding(BoundExpression)
        case currentRow
        case following(BoundExpression)
        case unboundedFollowing

        fileprivate var offset: BoundExpression? {
            switch self {
            case .preceding(let offset), .following(let offset): offset
            case .unboundedPreceding, .currentRow, .unboundedFollowing: nil
            }
        }
    }

    var unit = WindowFrame.Unit.range
    var start = Bound.unboundedPreceding
    var end = Bound.currentRow
    var exclusion = WindowFrame.Exclusion.noOthers

    var offsets: [BoundExpression] { [start.offset, end.offset].compactMap { $0 } }
}
