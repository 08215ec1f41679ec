import HindsightSyntax
import HindsightValues

/// A hash join ready to run; shared by all executions.
struct CompiledJoin: Sendable {
    /// What is kept of the rows of one side: the values of the keys that are no slots, and then the slots.
    struct Side: Sendable {
        let keys: [Evaluator]
        let slots: [Int]
        /// Which keys are no slots.
        let computed: [Int]
        /// The column of each key.
        let keyColumns: [Int]

        /// Columns of a row.
        var width: Int { computed.count + slots.count }

        init(_ keys: [BoundExpression], slots: [Int], _ compiler: ExpressionCompiler) throws(QueryError) {
            var evaluators: [Evaluator] = []
            for key in keys { evaluators.append(try compiler.compile(key)) }
            let places = keys.map { key in key.slot.flatMap { slots.firstIndex(of: $0) } }
            let computed = places.indices.filter { places[$0] == nil }
            self.keys = evaluators
            self.slots = slots
            self.computed = computed
            keyColumns = places.indices.map { key in
                places[key].map { $0 + computed.count } ?? computed.firstIndex(of: key) ?? 0
            }
        }
    }

    /// Which rows without a partner are kept, padded with NULL.
    let keepsLeft: Bool
    let keepsRight: Bool
    let left: Side
    let right: Side
    let condition: PredicateEvaluator?
    let span: SourceSpan

    init(
        _ join: HashJoinPlan, _ compiler: ExpressionCompiler, condition: PredicateEvaluator?
    ) throws(QueryError) {
        left = try Side(join.keys.map(\.left), slots: join.left.producedSlots, compiler)
        right = try Side(join.keys.map(\.right), slots: join.right.producedSlots, compiler)
        keepsLeft = join.side == .left || join.side == .full
        keepsRight = join.side == .right || join.side == .full
        self.condition = condition
        span = join.span
    }
}
