import HindsightSyntax
import HindsightValues

/// What becomes of a call with OVER in the clause that is being bound.
enum WindowPlace {
    case open(WindowCollection)
    case refused(Reason)

    enum Reason {
        /// A clause that is evaluated before windows are.
        case clause(String)
        /// The argument of an aggregate.
        case aggregate
        /// An argument or a part of another window.
        case window
        case elsewhere
    }
}

extension WindowPlace.Reason {
    /// Why a function may not stand here, and what to write instead.
    func refusal(of function: String, at span: SourceSpan) -> QueryError {
        let (message, hint): (String, String) =
            switch self {
            case .clause(let clause):
                (
                    "\(clause) is evaluated before window functions",
                    "compute it in a subquery, FROM (SELECT …, \(function)(…) OVER (…) AS w FROM …) AS t, and use t.w"
                )
            case .aggregate:
                (
                    "a window function cannot stand inside an aggregate",
                    "compute \(function) in a subquery in FROM, and aggregate over that"
                )
            case .window:
                (
                    "window functions do not nest", "compute the inner \(function) in a subquery in FROM"
                )
            case .elsewhere:
                (
                    "a window function is not allowed here", "window functions stand in SELECT and ORDER BY"
                )
            }
        return QueryError(.misplacedWindow, message, at: span, hint: hint)
    }
}

/// The window calls of a query block, collected while SELECT and ORDER BY are bound, and the windows that the WINDOW
/// clause names.
final class WindowCollection {
    private var named: [(name: Identifier, definition: WindowDefinition)] = []
    private(set) var groups: [WindowGroup] = []
    /// What names mean in windows: EXCLUDE comes after them.
    let names: Scope.Names

    /// - Throws: `duplicateName`; `invalidWindow` for a definition that does not fit the one it refines.
    init(_ windows: [NamedWindow], names: Scope.Names) throws(QueryError) {
        self.names = names
        for window in windows {
            if named.contains(where: { $0.name.isSameName(as: window.name) }) {
                throw QueryError(
                    .duplicateName, "the window '\(window.name.text)' is defined twice", at: window.name.span)
            }
            named.append((window.name, try refined(window.definition)))
        }
    }

    /// The whole definition that OVER refers to.
    func definition(of reference: WindowReference) throws(QueryError) -> WindowDefinition {
        switch reference {
        case .inline(let definition): try refined(definition)
        case .named(let name): try find(name)
        }
    }

    /// The calls that split and sort rows like a definition; nil if there are none yet.
    func group(of definition: WindowDefinition) -> WindowGroup? {
        groups.first { $0.definition.partition == definition.partition && $0.definition.order == definition.order }
    }

    func add(_ group: WindowGroup) {
        groups.append(group)
    }

    private func find(_ name: Identifier) throws(QueryError) -> WindowDefinition {
        if let window = named.first(where: { $0.name.isSameName(as: name) }) { return window.definition }
        let hint = Suggestion.closest(to: name.text, in: named.map(\.name.text)).map { "did you mean '\($0)'?" }
        throw QueryError(
            .unknownName, "there is no window '\(name.text)'", at: name.span,
            hint: hint ?? "define it in a WINDOW clause, before windows that refine it: WINDOW \(name.text) AS (…)")
    }

    /// The definition with what it takes from its base (SQL:2016, 7.15): the base splits the rows, one of both sorts
    /// them, and only the last has a frame.
    private func refined(_ definition: WindowDefinition) throws(QueryError) -> WindowDefinition {
        guard let name = definition.base else { return definition }
        let base = try find(name)
        if base.frame != nil {
            throw QueryError(
                .invalidWindow, "the window '\(name.text)' has a frame and cannot be refined", at: name.span,
                hint: "write OVER \(name.text), or give the frame where the window is used")
        }
        if let partition = definition.partition.first {
            throw QueryError(
                .invalidWindow, "PARTITION BY belongs into the window '\(name.text)' that is refined",
                at: partition.span)
        }
        if !base.order.isEmpty, let item = definition.order.first {
            throw QueryError(
                .invalidWindow, "the window '\(name.text)' has an ORDER BY already", at: item.expression.span)
        }
        return WindowDefinition(
            base: nil, partition: base.partition, order: base.order.isEmpty ? definition.order : base.order,
            frame: definition.frame, span: definition.span)
    }
}

/// The calls of a block that split and sort the rows alike.
final class WindowGroup {
    let definition: WindowDefinition
    let partition: [SortKeyPlan]
    let order: [SortKeyPlan]
    let orderSlots: [Int]
    private(set) var calls: [WindowCallPlan] = []
    private var written: [(call: FunctionCall, frame: WindowFrame?, slot: Int)] = []

    init(_ definition: WindowDefinition, partition: [SortKeyPlan], order: [SortKeyPlan], orderSlots: [Int]) {
        self.definition = definition
        self.partition = partition
        self.order = order
        self.orderSlots = orderSlots
    }

    var span: SourceSpan { definition.span }

    /// What the rows are sorted by.
    var keys: [SortKeyPlan] { partition + order }

    /// The slot of an equal call that was bound before.
    func slot(of call: FunctionCall, _ frame: WindowFrame?) -> Int? {
        written.first { $0.call == call && $0.frame == frame }?.slot
    }

    func add(_ plan: WindowCallPlan, for call: FunctionCall, _ frame: WindowFrame?) {
        calls.append(plan)
        written.append((call, frame, plan.slot))
    }

    /// Whether rows that are sorted for another window are sorted for this one too.
    func isSorted(byKeysOf other: WindowGroup) -> Bool {
        let (keys, others) = (sortItems, other.sortItems)
        return keys.count <= others.count && zip(keys, others).allSatisfy { $0 == $1 }
    }

    private var sortItems: [OrderItem] {
        definition.partition.map { OrderItem(expression: $0, isDescending: false, nulls: nil) } + definition.order
    }
}
