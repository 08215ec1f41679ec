import HindsightSyntax
import HindsightValues

/// Prints plans for EXPLAIN: a line an operator, what it reads from indented below it, and conditions in the words of the
/// statement.
struct PlanPrinter {
    struct Line: Sendable {
        var depth: Int
        let text: String
        /// The operator's number in the order of printing; nil for further lines about it.
        var node: Int?

        var description: String { String(repeating: "  ", count: depth) + text }

        var indented: Line { Line(depth: depth + 1, text: text, node: node) }
    }

    /// The statement's text, which spans are cut out of.
    let text: String

    func lines(_ root: PlanNode) -> [Line] {
        var lines: [Line] = []
        var count = 0
        append(root, depth: 0, &lines, &count)
        return lines
    }

    private func append(_ node: PlanNode, depth: Int, _ lines: inout [Line], _ count: inout Int) {
        let (head, details) = describe(node)
        lines.append(Line(depth: depth, text: head, node: count))
        count += 1
        for detail in details { lines.append(Line(depth: depth + 1, text: detail)) }
        for child in node.children { append(child, depth: depth + 1, &lines, &count) }
    }

    private func describe(_ node: PlanNode) -> (head: String, details: [String]) {
        switch node {
        case .singleRow: ("one row", [])
        case .tableScan(let scan): describe(scan)
        case .valueScan(let source): describe(source)
        case .filter(_, let conditions): ("filter \(list(conditions, " AND "))", [])
        case .compute(_, let computed): (describe(computed), [])
        case .nestedLoop(let join): describe(join)
        case .hashJoin(let join): describe(join)
        case .group(let group): describe(group)
        case .sort(let sort): (describe(sort), [])
        case .window(let window): describe(window)
        case .limit(_, let limit): (describe(limit), [])
        case .project(_, let projector, _): (describe(projector), [])
        case .distinct: ("distinct", [])
        case .recursion(let recursion): ("recursion of \(recursion.name)", [])
        case .setOperation(let operation):
            ("\(operation.operation.rawValue.lowercased())\(operation.isDistinct ? "" : " all")", [])
        }
    }

    // MARK: Sources

    private func describe(_ scan: ScanPlan) -> (String, [String]) {
        let alias = TextOrder.isEqual(scan.name, scan.table.name) ? "" : " as \(scan.name)"
        var head = "\(access(scan)) \(scan.table.text)\(alias)"
        if let moment = scan.moment {
            head +=
                scan.end.map { " versions between \(source(moment.span)) and \(source($0.span))" }
                ?? " as of \(source(moment.span))"
        }
        if case .full(let reason) = scan.access { head += ": \(reason)" }
        if case .keys(let keys) = scan.access { head += ": \(spans(keys.spans))" }
        if case .index(let plan) = scan.access { head += " through \(plan.index.name): \(spans(plan.keys.spans))" }
        if scan.direction == .backward { head += ", backward" }
        var details: [String] = []
        if !scan.conditions.isEmpty { details.append("where \(spans(scan.conditions.map(\.span)))") }
        details.append("read \(columns(scan.columns.map(\.column)))")
        return (head, details)
    }

    private func access(_ scan: ScanPlan) -> String {
        switch scan.access {
        case .full: return "full scan"
        case .keys(let keys) where keys.isPoint: return scan.end == nil ? "get by key" : "history by key"
        case .keys(let keys): return access(keys)
        case .index(let plan): return access(plan.keys)
        }
    }

    private func access(_ keys: KeyPlan) -> String {
        if case .any = keys.sort { return "read partition" }
        return "range on sort key"
    }

    private func columns(_ columns: [ScanColumn]) -> String {
        if columns.isEmpty { return "nothing but the count" }
        return columns.map { column in
            switch column {
            case .item: "whole item"
            case .path(let path): path.text
            }
        }.joined(separator: ", ")
    }

    private func describe(_ source: BoundValueSource) -> (String, [String]) {
        let name = source.name.isEmpty ? "" : " as \(source.name)"
        if case .match(_, let plan) = source.expression.node { return describe(plan, name) }
        if source.comparison != nil { return ("compare \(self.source(source.span))\(name)", []) }
        let head = "\(source.isUnpivot ? "unpivot" : "unnest") \(self.source(source.expression.span))\(name)"
        return (head, [])
    }

    private func describe(_ match: MatchPlan, _ name: String) -> (String, [String]) {
        let paths = match.pathSpans.map { "path \(source($0))" }
        let filter = match.filterSpan.map { ["where \(source($0))"] } ?? []
        return ("search the graph \(source(match.graphSpan))\(name)", paths + filter)
    }

    // MARK: Joins

    private func describe(_ join: NestedLoopPlan) -> (String, [String]) {
        let head = "\(join.isLeftOuter ? "left " : "")join, right side read for each row of the left"
        return (head, join.condition.isEmpty ? [] : ["on \(list(join.condition, " AND "))"])
    }

    private func describe(_ join: HashJoinPlan) -> (String, [String]) {
        let side = join.side == .inner ? "" : "\(join.side.rawValue.lowercased()) "
        if join.keys.isEmpty {
            return ("\(side)product, right side kept in memory", condition(join.condition))
        }
        let keys = join.keys.map { "\(source($0.left.span)) = \(source($0.right.span))" }.joined(separator: ", ")
        return ("\(side)hash join on \(keys)", condition(join.condition))
    }

    private func condition(_ condition: [BoundExpression]) -> [String] {
        condition.isEmpty ? [] : ["and \(list(condition, " AND "))"]
    }

    // MARK: Rows

    private func describe(_ computed: [ComputedSlot]) -> String {
        let excluding = computed.filter { if case .excluding = $0.expression.node { true } else { false } }
        if excluding.count == computed.count { return "exclude \(list(excluding.map(\.expression), ", "))" }
        let named = computed.map { slot in
            source(slot.expression.span) + (slot.name.map { " as \($0)" } ?? "")
        }
        return "compute \(named.joined(separator: ", "))"
    }

    private func describe(_ group: GroupPlan) -> (String, [String]) {
        let head = group.isWhole ? "aggregate" : "group by \(list(group.keys.map(\.expression), ", "))"
        let calls = group.aggregates.map { source($0.span) }
        return (calls.isEmpty ? head : "\(head): \(calls.joined(separator: ", "))", [])
    }

    private func describe(_ window: WindowPlan) -> (String, [String]) {
        var head = "window"
        if !window.partition.isEmpty { head += " for each \(list(window.partition.map(\.expression), ", "))" }
        if !window.order.isEmpty { head += " in the order of \(keys(window.order))" }
        return (head, window.calls.map { source($0.span) })
    }

    private func keys(_ keys: [SortKeyPlan]) -> String {
        keys.map { source($0.expression.span) + ($0.isDescending ? " desc" : "") }.joined(separator: ", ")
    }

    private func describe(_ sort: SortPlan) -> String {
        let limit = sort.limit?.limit.map { _ in ", keeping only what LIMIT wants" } ?? ""
        return "sort by \(keys(sort.keys))\(limit)"
    }

    private func describe(_ limit: LimitPlan) -> String {
        [("limit", limit.limit), ("offset", limit.offset)].compactMap { word, expression in
            expression.map { "\(word) \(source($0.span))" }
        }.joined(separator: " ")
    }

    private func describe(_ projector: Projector) -> String {
        switch projector {
        case .value(let value): return "value \(source(value.span))"
        case .items(let items): return "project \(items.map(\.name).joined(separator: ", "))"
        case .renamed(_, let renaming): return "name columns \(renaming.names.joined(separator: ", "))"
        case .merge(let parts):
            let names = parts.map { part in
                switch part {
                case .all(let expression, _):
                    source(expression.span).hasSuffix("*") ? "*" : "\(source(expression.span)).*"
                case .item(let name, _): name
                }
            }
            return "project \(names.joined(separator: ", "))"
        }
    }

    // MARK: Text

    private func list(_ expressions: [BoundExpression], _ separator: String) -> String {
        expressions.map { source($0.span) }.joined(separator: separator)
    }

    /// Several places, those that stand for the same words once.
    private func spans(_ spans: [SourceSpan]) -> String {
        var seen: Set<SourceSpan> = []
        return spans.filter { seen.insert($0).inserted }.map(source).joined(separator: " AND ")
    }

    /// The statement's words at a place, on one line.
    private func source(_ span: SourceSpan) -> String {
        let bytes = Array(text.utf8)
        guard span.range.upperBound <= bytes.count else { return "" }
        let slice = String(decoding: bytes[span.range], as: UTF8.self)
        return slice.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
