extension Printer {
    /// Writes a match in parentheses, which read the same wherever an expression or a source may stand.
    mutating func print(_ match: GraphMatch) {
        write("(")
        print(match.graph)
        write(" MATCH ")
        list(match.pattern.paths) { $0.print($1) }
        clause("WHERE", match.pattern.filter)
        write(")")
    }

    mutating func print(_ path: PathPattern) {
        if let selector = path.selector { write("\(selector.text) ") }
        if let restrictor = path.restrictor { write("\(restrictor.rawValue) ") }
        if let variable = path.variable {
            print(variable)
            write(" = ")
        }
        var isAfterEdge = false
        for part in path.parts {
            // Two signs in a row might be read as one, or as a comment.
            let isEdge: Bool = if case .edge = part { true } else { false }
            if isEdge && isAfterEdge { write(" ") }
            isAfterEdge = isEdge
            print(part)
        }
    }

    private mutating func print(_ part: PathPart) {
        switch part {
        case .node(let element):
            write("(")
            print(element)
            write(")")
        case .edge(let direction, let element, let quantifier):
            print(direction, element)
            print(quantifier)
        case .group(let group, let quantifier):
            write("(")
            print(group.path)
            clause("WHERE", group.filter)
            write(")")
            print(quantifier)
        }
    }

    private mutating func print(_ direction: EdgeDirection, _ element: ElementPattern) {
        guard !element.isEmpty else { return write(direction.rawValue) }
        let (opening, closing) = direction.brackets
        write("\(opening)[")
        print(element)
        write("]\(closing)")
    }

    private mutating func print(_ element: ElementPattern) {
        if let variable = element.variable { print(variable) }
        if let label = element.label {
            write(":")
            print(label)
        }
        guard let filter = element.filter else { return }
        write(element.variable == nil && element.label == nil ? "WHERE " : " WHERE ")
        print(filter)
    }

    private mutating func print(_ quantifier: PathQuantifier?) {
        guard let quantifier else { return }
        switch (quantifier.least, quantifier.most) {
        case (0, nil): write("*")
        case (1, nil): write("+")
        case (let least, nil): write("{\(least),}")
        case (_, 1?) where quantifier.isOptional: write("?")
        case (let least, let most?): write(least == most ? "{\(least)}" : "{\(least),\(most)}")
        }
    }

    private mutating func print(_ label: LabelExpression, inside outer: LabelExpression? = nil) {
        switch label {
        case .name(let name): print(name)
        case .any: write("%")
        case .not(let operand):
            if case .not? = outer { return printInParentheses(label) }
            write("!")
            print(operand, inside: label)
        case .and(let operands):
            if outer?.bindsTighterThanOr ?? false { return printInParentheses(label) }
            print(operands, "&", inside: label)
        case .or(let operands):
            if outer != nil { return printInParentheses(label) }
            print(operands, "|", inside: label)
        }
    }

    private mutating func print(_ operands: [LabelExpression], _ sign: String, inside outer: LabelExpression) {
        for (index, operand) in operands.enumerated() {
            if index > 0 { write(sign) }
            print(operand, inside: outer)
        }
    }

    private mutating func printInParentheses(_ label: LabelExpression) {
        write("(")
        print(label)
        write(")")
    }
}

extension LabelExpression {
    fileprivate var bindsTighterThanOr: Bool {
        switch self {
        case .not, .and: true
        case .name, .any, .or: false
        }
    }
}

extension PathSelector {
    fileprivate var text: String {
        switch self {
        case .any(let count): count.map { "ANY \($0)" } ?? "ANY"
        case .anyShortest: "ANY SHORTEST"
        case .allShortest: "ALL SHORTEST"
        case .shortest(let count): "SHORTEST \(count)"
        case .shortestGroups(let count): "SHORTEST \(count) GROUP"
        }
    }
}

extension EdgeDirection {
    /// What stands before and behind the brackets.
    fileprivate var brackets: (opening: String, closing: String) {
        switch self {
        case .right: ("-", "->")
        case .left: ("<-", "-")
        case .undirected: ("~", "~")
        case .undirectedOrRight: ("~", "~>")
        case .leftOrUndirected: ("<~", "~")
        case .leftOrRight: ("<-", "->")
        case .any: ("-", "-")
        }
    }
}
