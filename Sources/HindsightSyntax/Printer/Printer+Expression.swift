import HindsightValues

/// How tight an expression binds; what binds less than its place asks for is put in parentheses.
private enum Binding: Int, Comparable {
    case or = 1
    case and
    case not
    case predicate
    case concatenation
    case sum
    case product
    case sign
    case path

    static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }

    /// The next tighter level.
    var tighter: Binding { Binding(rawValue: rawValue + 1) ?? .path }

    static func of(_ operation: ArithmeticOperator) -> Binding {
        switch operation.precedence {
        case 3: .product
        case 2: .sum
        default: .concatenation
        }
    }
}

extension Expression {
    fileprivate var binding: Binding {
        switch node {
        case .or: .or
        case .and: .and
        case .not: .not
        case .comparison, .like, .between, .isIn, .test, .overlaps: .predicate
        case .arithmetic(_, let terms): terms.first.map { Binding.of($0.operation) } ?? .path
        case .sign: .sign
        case .literal(let literal): literal.isNegativeNumber ? .sign : .path
        default: .path
        }
    }

    /// Whether path steps may follow the expression's text as it is.
    fileprivate var isPathRoot: Bool {
        switch node {
        case .variable, .parameter, .call, .structure, .list, .bag, .subquery, .match: true
        case .row(let elements): elements.count > 1
        default: false
        }
    }

    /// What the expression's text starts with, if it is a variable that no dot follows.
    fileprivate var leftmostVariable: Variable? {
        var expression = self
        while true {
            switch expression.node {
            case .variable(let variable): return variable
            case .path(let root, let steps) where root.isPathRoot && steps.first?.isIndex == true: expression = root
            case .arithmetic(let first, let terms):
                guard let term = terms.first, first.binding > Binding.of(term.operation) else { return nil }
                expression = first
            case .comparison(_, let left, _), .like(let left, _, _, _), .between(let left, _, _, _),
                .isIn(let left, _, _), .test(let left, _, _), .overlaps(let left, _):
                guard left.binding >= .predicate else { return nil }
                expression = left
            case .and(let operands), .or(let operands):
                guard let first = operands.first, first.binding > expression.binding else { return nil }
                expression = first
            default: return nil
            }
        }
    }
}

extension Printer {
    mutating func print(_ expression: Expression) {
        print(expression, atLeast: .or)
    }

    /// Writes an operand of predicates: `timePoint`, LIKE and others end where a comparison would go on.
    mutating func printArithmetic(_ expression: Expression) {
        print(expression, atLeast: .concatenation)
    }

    /// Writes what may stand in FROM.
    mutating func printPath(_ expression: Expression) {
        print(expression, atLeast: .path)
    }

    private mutating func print(_ expression: Expression, atLeast level: Binding) {
        guard expression.binding < level else { return print(expression.node) }
        printInParentheses(expression)
    }

    mutating func printInParentheses(_ expression: Expression) {
        write("(")
        print(expression.node)
        write(")")
    }

    private mutating func print(_ node: Expression.Node) {
        switch node {
        case .literal(let literal): write(literal.text)
        case .parameter(.positional): write("?")
        case .parameter(.named(let name)): write(":\(name)")
        case .variable(let variable): print(variable)
        case .path(let root, let steps): print(root, steps)
        case .sign(let sign, let operand): print(sign, operand)
        case .arithmetic(let first, let terms): print(first, terms)
        case .not(let operand):
            write("NOT ")
            print(operand, atLeast: .not)
        case .and(let operands): print(operands, " AND ", atLeast: .not)
        case .or(let operands): print(operands, " OR ", atLeast: .and)
        case .comparison, .like, .between, .isIn, .test, .overlaps: printPredicate(node)
        case .conditional(let expression): print(expression)
        case .cast(let kind, let operand, let type):
            write("\(kind.rawValue)(")
            print(operand)
            write(" AS ")
            print(type)
            write(")")
        case .call(let call): print(call)
        case .windowCall(let call, let window): print(call, over: window)
        case .structure, .list, .bag, .row, .subquery: printConstructor(node)
        case .exists(let operand):
            write("EXISTS(")
            printArgument(operand)
            write(")")
        case .match(let match): print(match)
        }
    }

    private mutating func print(_ operands: [Expression], _ separator: String, atLeast level: Binding) {
        for (index, operand) in operands.enumerated() {
            if index > 0 { write(separator) }
            print(operand, atLeast: level)
        }
    }

    private mutating func print(_ variable: Variable) {
        if variable.isLocalFirst { write("@") }
        print(variable.name)
    }

    // MARK: Operators

    private mutating func print(_ root: Expression, _ steps: [PathStep]) {
        if root.isPathRoot { print(root.node) } else { printInParentheses(root) }
        for step in steps {
            switch step.kind {
            case .attribute(let name):
                write(".")
                print(name)
            case .index(let index):
                write("[")
                print(index)
                write("]")
            case .allElements: write("[*]")
            case .allAttributes: write(".*")
            }
        }
    }

    /// A number behind a minus would take it as its own, and two of them would start a comment.
    private mutating func print(_ sign: SignOperator, _ operand: Expression) {
        write(sign.rawValue)
        if sign == .minus, operand.startsWithMinus || operand.isNumber {
            printInParentheses(operand)
        } else {
            print(operand, atLeast: .sign)
        }
    }

    private mutating func print(_ first: Expression, _ terms: [ArithmeticTerm]) {
        guard let operation = terms.first?.operation else { return print(first) }
        let level = Binding.of(operation).tighter
        // `interval + 'text'` would be a literal.
        if first.isVariable(named: "interval") { printInParentheses(first) } else { print(first, atLeast: level) }
        for term in terms {
            write(" \(term.operation.rawValue) ")
            print(term.operand, atLeast: level)
        }
    }

    /// Predicates chain from the left without parentheses.
    private mutating func printPredicate(_ node: Expression.Node) {
        switch node {
        case .comparison(let operation, let left, let right):
            infix(left, operation.rawValue, right)
        case .overlaps(let left, let right):
            infix(left, "OVERLAPS", right)
        case .isIn(let left, let right, let isNegated):
            infix(left, isNegated ? "NOT IN" : "IN", right)
        case .like(let left, let pattern, let escape, let isNegated):
            infix(left, isNegated ? "NOT LIKE" : "LIKE", pattern)
            guard let escape else { return }
            write(" ESCAPE ")
            printArithmetic(escape)
        case .between(let left, let low, let high, let isNegated):
            infix(left, isNegated ? "NOT BETWEEN" : "BETWEEN", low)
            write(" AND ")
            printArithmetic(high)
        case .test(let left, let test, let isNegated):
            print(left, atLeast: .predicate)
            write(isNegated ? " IS NOT " : " IS ")
            print(test)
        default:
            break
        }
    }

    private mutating func infix(_ left: Expression, _ word: String, _ right: Expression) {
        print(left, atLeast: .predicate)
        write(" \(word) ")
        printArithmetic(right)
    }

    private mutating func print(_ test: IsTest) {
        switch test {
        case .null: write("NULL")
        case .missing: write("MISSING")
        case .isTrue: write("TRUE")
        case .isFalse: write("FALSE")
        case .unknown: write("UNKNOWN")
        case .type(let type): print(type)
        }
    }

    /// `value` at the start of an item would be read as SELECT VALUE.
    mutating func printSelected(_ expression: Expression) {
        let starts = expression.leftmostVariable?.name
        guard let starts, !starts.isQuoted, starts.text.lowercased() == "value", !expression.isVariable(named: "value")
        else { return print(expression) }
        printInParentheses(expression)
    }
}

extension Expression {
    fileprivate func isVariable(named word: String) -> Bool {
        guard case .variable(let variable) = node, !variable.isLocalFirst, !variable.name.isQuoted else { return false }
        return variable.name.text.lowercased() == word
    }

    fileprivate var startsWithMinus: Bool {
        switch node {
        case .sign(.minus, _): true
        case .literal(let literal): literal.isNegativeNumber
        default: false
        }
    }

    fileprivate var isNumber: Bool {
        guard case .literal(let literal) = node else { return false }
        switch literal.value {
        case .int, .decimal: return true
        default: return false
        }
    }
}

extension PathStep {
    fileprivate var isIndex: Bool {
        switch kind {
        case .index, .allElements: true
        case .attribute, .allAttributes: false
        }
    }
}

extension Literal {
    fileprivate var isNegativeNumber: Bool {
        switch value {
        case .int(let integer): integer < 0
        case .decimal(let number): number.isNegative
        default: false
        }
    }

    /// PartiQL's text; Ion's for collections, which are constructors in PartiQL.
    fileprivate var text: String {
        switch value {
        case .list, .sexp, .structure: "`\(IonWriter.text(of: value))`"
        default: value.description
        }
    }
}
