import HindsightSyntax

/// A FROM clause with its names resolved: the shape in which it was written.
indirect enum BoundFrom {
    case table(TableVariable, name: String)
    case value(BoundValueSource)
    case join(Join.Side, BoundFrom, BoundFrom, condition: BoundExpression?, span: SourceSpan)

    /// The slots that the sources below set.
    var slots: Set<Int> {
        switch self {
        case .table(let variable, _): variable.slots
        case .value(let source): source.slots
        case .join(_, let left, let right, _, _): left.slots.union(right.slots)
        }
    }

    /// The slots that expressions of the sources below read.
    var readSlots: Set<Int> {
        switch self {
        case .table(let variable, _): (variable.moment?.slots ?? []).union(variable.end?.slots ?? [])
        case .value(let source): source.expression.slots
        case .join(_, let left, let right, let condition, _):
            left.readSlots.union(right.readSlots).union(condition?.slots ?? [])
        }
    }

    /// Whether an outer join keeps rows of what stands left in it: conditions on the whole must then wait.
    var keepsRight: Bool {
        guard case .join(let side, let left, let right, _, _) = self else { return false }
        return side == .right || side == .full || left.keepsRight || right.keepsRight
    }
}

/// A value that FROM ranges over, or a struct that it unpivots.
struct BoundValueSource: Sendable {
    let expression: BoundExpression
    let isUnpivot: Bool
    let slot: Int
    /// AT.
    let positionSlot: Int?
    /// For EXPLAIN.
    let name: String
    let span: SourceSpan

    var slots: Set<Int> {
        var slots: Set<Int> = [slot]
        if let positionSlot { slots.insert(positionSlot) }
        return slots
    }
}

extension BoundMoment {
    var slots: Set<Int> {
        switch kind {
        case .fixed: []
        case .expression(let expression), .ago(let expression): expression.slots
        }
    }
}
