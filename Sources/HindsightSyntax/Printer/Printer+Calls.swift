/// Constructors, CASE and calls.
extension Printer {
    mutating func printConstructor(_ node: Expression.Node) {
        switch node {
        case .structure(let fields):
            write("{")
            list(fields) { printer, field in
                printer.print(field.name)
                printer.write(": ")
                printer.print(field.value)
            }
            write("}")
        case .list(let elements): bracketed("[", elements, "]")
        case .bag(let elements): bracketed("<<", elements, ">>")
        case .row(let elements): bracketed(elements.count > 1 ? "(" : "ROW(", elements, ")")
        case .subquery(let query):
            write("(")
            print(query)
            write(")")
        default: break
        }
    }

    private mutating func bracketed(_ opening: String, _ elements: [Expression], _ closing: String) {
        write(opening)
        expressions(elements)
        write(closing)
    }

    mutating func print(_ expression: CaseExpression) {
        write("CASE")
        if let subject = expression.subject {
            write(" ")
            print(subject)
        }
        for branch in expression.branches {
            clause("WHEN", branch.condition)
            clause("THEN", branch.result)
        }
        clause("ELSE", expression.otherwise)
        write(" END")
    }

    /// A query that starts with a word of its own needs no second parentheses.
    mutating func printArgument(_ expression: Expression) {
        if case .subquery(let query) = expression.node, query.startsWithWord {
            print(query)
        } else {
            print(expression)
        }
    }

    mutating func print(_ call: FunctionCall) {
        print(call.name)
        write("(")
        switch call.detail {
        case .trim(let side):
            write(side.rawValue)
            if call.arguments.count > 1 { clause("", call.arguments[0]) }
            if let text = call.arguments.last { clause("FROM", text) }
        case .part(let part):
            write(part.rawValue)
            let isExtract = call.name.text.lowercased() == "extract"
            for argument in call.arguments {
                write(isExtract ? " FROM " : ", ")
                print(argument)
            }
        case nil:
            printArguments(call)
        }
        write(")")
        if let filter = call.filter {
            write(" FILTER (WHERE ")
            print(filter)
            write(")")
        }
        if let treatment = call.nullTreatment { write(" \(treatment.rawValue) NULLS") }
    }

    private mutating func printArguments(_ call: FunctionCall) {
        if let quantifier = call.quantifier { write("\(quantifier.rawValue) ") }
        if call.isStar { write("*") }
        if call.arguments.count == 1, call.quantifier == nil {
            printArgument(call.arguments[0])
        } else if !call.name.isQuoted, call.name.text.lowercased() == "position", call.arguments.count == 2 {
            printArithmetic(call.arguments[0])
            write(", ")
            print(call.arguments[1])
        } else {
            expressions(call.arguments)
        }
    }
}

extension Query {
    /// Whether the text starts with SELECT or another word that makes a query of it.
    fileprivate var startsWithWord: Bool { with != nil || body.startsWithWord }
}

extension QueryBody {
    fileprivate var startsWithWord: Bool {
        switch self {
        case .select, .table: true
        case .values(let rows): rows.allSatisfy(\.isRow)
        case .setOperation(let first, _): first.startsWithWord
        case .nested, .expression: false
        }
    }
}

extension Expression {
    fileprivate var isRow: Bool {
        if case .row = node { return true }
        return false
    }
}
