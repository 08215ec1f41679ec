import HindsightTestSupport

extension Generator {
    /// A window function; its window orders all rows, unless the function treats peers alike.
    mutating func windowCall(
        _ kind: Kind, _ scope: FromScope, _ visible: [Expression], _ depth: Int, _ named: inout [NamedWindow]
    ) -> Expression {
        let held = budget
        budget = 0
        defer { budget = held }
        var definition = WindowDefinition()
        if chance(50) { definition.partition = [pick(scope.columns)] }
        definition.order = [orderItem(pick(scope.columns))]
        let row: Templates.Row
        if kind == .integer, chance(35) {
            row = pick(Templates.rankings)
            definition.order += scope.unique.map { orderItem($0) }
        } else if chance(40) {
            row = pick(Templates.navigations(of: kind))
            definition.order += scope.unique.map { orderItem($0) }
            if row.template.hindsight.contains("_VALUE"), chance(60) { definition.frame = frame() }
        } else {
            row = pick(Templates.aggregates(of: kind).filter(\.isWindowed))
            framed(&definition, scope)
        }
        let arguments = row.operands.map { expression($0.kind, visible, min(depth, 2) - 1) }
        var call = WindowCall(function: row.template, arguments: arguments, definition: definition)
        if chance(25) {
            let window = NamedWindow(name: name("v"), definition: definition)
            named.append(window)
            call.windowName = window.name
        }
        return Expression(kind, .window(call))
    }

    private mutating func framed(_ definition: inout WindowDefinition, _ scope: FromScope) {
        if chance(25) {
            definition.order = []
        } else if chance(60) {
            definition.order += scope.unique.map { orderItem($0) }
            definition.frame = frame()
        }
    }

    private mutating func frame() -> String {
        let starts = ["UNBOUNDED PRECEDING", "2 PRECEDING", "1 PRECEDING", "CURRENT ROW"]
        let ends = ["CURRENT ROW", "1 FOLLOWING", "2 FOLLOWING", "UNBOUNDED FOLLOWING"]
        return "ROWS BETWEEN \(pick(starts)) AND \(pick(ends))"
    }
}

extension Templates.Row {
    /// Whether OVER can follow: a plain call without DISTINCT.
    fileprivate var isWindowed: Bool {
        !template.hindsight.hasPrefix("(") && !template.hindsight.contains("DISTINCT")
    }
}
