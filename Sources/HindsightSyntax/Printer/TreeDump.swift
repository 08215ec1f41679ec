import HindsightValues

/// Shows a syntax tree's shape, a node a line, for debugging and for tests. Places in the text are left out.
///
///     query
///       body: select
///         projection: star
///         from: [source: variable Music]
package enum TreeDump {
    package static func text(of tree: Any) -> String {
        var lines: [String] = []
        append(tree, label: "", depth: 0, to: &lines)
        return lines.joined(separator: "\n")
    }

    private static func append(_ node: Any, label: String, depth: Int, to lines: inout [String]) {
        let indent = String(repeating: "  ", count: depth)
        if let leaf = leaf(node) {
            lines.append("\(indent)\(label)\(leaf)")
            return
        }
        let mirror = Mirror(reflecting: node)
        switch mirror.displayStyle {
        case .optional:
            if let inner = mirror.children.first { append(inner.value, label: label, depth: depth, to: &lines) }
        case .collection:
            for (index, element) in mirror.children.enumerated() {
                append(element.value, label: "\(label.dropLast(2))[\(index)]: ", depth: depth, to: &lines)
            }
        case .enum:
            appendCase(mirror, node, "\(indent)\(label)", depth, to: &lines)
        default:
            appendFields(mirror, "\(indent)\(label)\(name(of: type(of: node)))", depth, to: &lines)
        }
    }

    private static func appendCase(
        _ mirror: Mirror, _ node: Any, _ head: String, _ depth: Int, to lines: inout [String]
    ) {
        guard let child = mirror.children.first else {
            lines.append("\(head)\(node)")
            return
        }
        lines.append("\(head)\(child.label ?? "")")
        let payload = Mirror(reflecting: child.value)
        guard payload.displayStyle == .tuple else {
            return append(child.value, label: "", depth: depth + 1, to: &lines)
        }
        for part in payload.children { append(part.value, label: prefix(part.label), depth: depth + 1, to: &lines) }
    }

    private static func appendFields(_ mirror: Mirror, _ head: String, _ depth: Int, to lines: inout [String]) {
        lines.append(head)
        for field in mirror.children where field.label?.hasPrefix("_") != true {
            append(field.value, label: prefix(field.label), depth: depth + 1, to: &lines)
        }
    }

    /// Fields without a name are called `.0`, `.1` by the mirror.
    private static func prefix(_ label: String?) -> String {
        guard let label, !label.hasPrefix(".") else { return "" }
        return "\(label): "
    }

    private static func name(of type: Any.Type) -> String {
        String(describing: type)
    }

    /// What is shown as a word.
    private static func leaf(_ node: Any) -> String? {
        switch node {
        case let identifier as Identifier: Printer.text(of: identifier)
        case let literal as Literal: "\(literal.value.kind.rawValue) \(literal.value)"
        case let text as String: text
        case let number as Int: String(number)
        case let flag as Bool: String(flag)
        default: nil
        }
    }
}
