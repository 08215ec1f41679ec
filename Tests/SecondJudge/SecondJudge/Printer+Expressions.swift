extension Printer {
    func expression(_ expression: Expression) -> String {
        switch expression.node {
        case .column(let source, let name): return "\(source).\(name)"
        case .literal(let template): return template.text(in: language)
        case .operation(let template, let operands), .aggregate(let template, let operands):
            return filled(template, operands)
        case .window(let call): return window(call)
        case .subquery(let template, let operands, let query):
            return filled(template, operands, query)
        }
    }

    private func filled(_ template: Template, _ operands: [Expression], _ query: Query? = nil) -> String {
        var text = ""
        var rest = template.text(in: language)[...]
        while let dollar = rest.firstIndex(of: "$") {
            text += rest[..<dollar]
            let place = rest.index(after: dollar)
            if let digit = rest[place].wholeNumberValue {
                text += expression(operands[digit])
            } else if let query {
                text += self.text(query)
            }
            rest = rest[rest.index(after: place)...]
        }
        return text + rest
    }

    private func window(_ call: WindowCall) -> String {
        let over = call.windowName ?? "(\(definition(call.definition)))"
        return filled(call.function, call.arguments) + " OVER " + over
    }

    func definition(_ definition: WindowDefinition) -> String {
        var parts: [String] = []
        if !definition.partition.isEmpty {
            parts.append("PARTITION BY " + definition.partition.map(expression).joined(separator: ", "))
        }
        if !definition.order.isEmpty {
            parts.append("ORDER BY " + definition.order.map(orderItem).joined(separator: ", "))
        }
        if let frame = definition.frame { parts.append(frame) }
        return parts.joined(separator: " ")
    }

    /// NULL comes last in Hindsight, and first with DESC; it is the smallest value in SQLite.
    func orderItem(_ item: OrderItem) -> String {
        let isDefault = item.nullsFirst == item.isDescending
        let placement =
            isDefault && !item.isExplicit && language == .hindsight
            ? "" : item.nullsFirst ? " NULLS FIRST" : " NULLS LAST"
        return expression(item.expression) + (item.isDescending ? " DESC" : "") + placement
    }
}
