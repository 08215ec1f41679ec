import HindsightValues

/// The row being worked on: one slot for each FROM variable, needed path, group key, aggregate and LET of a statement,
/// and what all of the statement's evaluators share.
///
/// A statement has one frame, passed `inout` through operators and evaluators; correlated subqueries use it too, in
/// slots of their own.
package struct Frame {
    package var slots: ContiguousArray<Value>
    package var context: ExecutionContext

    /// A frame of `slotCount` slots, all MISSING.
    @inlinable
    package init(slotCount: Int, context: ExecutionContext) {
        slots = ContiguousArray(repeating: .missing, count: slotCount)
        self.context = context
    }
}
