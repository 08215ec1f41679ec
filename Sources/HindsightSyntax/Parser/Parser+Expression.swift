import HindsightValues

extension Parser {
    ///     expressions ::= expression ( ',' expression )*
    mutating func expressions() throws(SyntaxError) -> [Expression] {
        var list: [Expression] = []
        repeat { list.append(try expression()) } while consume(.comma)
        return list
    }

    ///     expression ::= conjunction ( 'OR' conjunction )*
    mutating func expression() throws(SyntaxError) -> Expression {
        try disjunctions(from: try conjunction())
    }

    /// The rest of an `expression` whose first operand is read.
    private mutating func disjunctions(from first: Expression) throws(SyntaxError) -> Expression {
        guard at(.or) else { return first }
        var operands = [first]
        while consume(.or) { operands.append(try conjunction()) }
        return Expression(.or(operands), span: span(from: first.span))
    }

    ///     conjunction ::= negation ( 'AND' negation )*
    mutating func conjunction() throws(SyntaxError) -> Expression {
        try conjunctions(from: try negation())
    }

    /// The rest of a `conjunction` whose first operand is read.
    private mutating func conjunctions(from first: Expression) throws(SyntaxError) -> Expression {
        guard at(.and) else { return first }
        var operands = [first]
        while consume(.and) { operands.append(try negation()) }
        return Expression(.and(operands), span: span(from: first.span))
    }

    ///     negation ::= 'NOT'* predicate
    mutating func negation() throws(SyntaxError) -> Expression {
        guard at(.not) else { return try predicate() }
        var starts: [SourceSpan] = []
        while at(.not) {
            if !starts.isEmpty { try stackOperator(at: token.span) }
            starts.append(token.span)
            advance()
        }
        var expression = try predicate()
        for start in starts.reversed() { expression = Expression(.not(expression), span: span(from: start)) }
        return expression
    }

    /// The whole expression that starts with a path that is read already, as when FROM finds out that its parenthesis
    /// holds no source.
    mutating func expression(from path: Expression) throws(SyntaxError) -> Expression {
        let operand = try arithmetic(from: path, tighterThan: 0)
        let predicate = try predicates(from: operand)
        return try disjunctions(from: try conjunctions(from: predicate))
    }

    // MARK: Predicates

    /// Predicates apply to the result of the predicate before them.
    ///
    ///     predicate ::= arithmetic ( comparison | isTest | like | between | isIn | overlaps )*
    mutating func predicate() throws(SyntaxError) -> Expression {
        try predicates(from: try arithmetic())
    }

    private mutating func predicates(from first: Expression) throws(SyntaxError) -> Expression {
        var expression = first
        var isFirst = true
        while let next = try predicateTail(expression) {
            if !isFirst { try stackOperator(at: next.span) }
            isFirst = false
            expression = next
        }
        return expression
    }

    /// One more predicate on `left`, or nil if none follows.
    private mutating func predicateTail(_ left: Expression) throws(SyntaxError) -> Expression? {
        switch kind {
        case .equal, .notEqual, .bangEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            return try comparison(left)
        case .doubleEqual:
            throw unexpected("an operator", hint: "equality is written with one `=`")
        case .keyword(.is):
            return try isTest(left)
        case .keyword(.overlaps):
            return try overlaps(left)
        case .keyword(.like), .keyword(.between), .keyword(.in):
            return try negatable(left, isNegated: false)
        case .keyword(.not):
            guard [.keyword(.like), .keyword(.between), .keyword(.in)].contains(peek(1)) else { return nil }
            advance()
            return try negatable(left, isNegated: true)
        default:
            return nil
        }
    }

    private mutating func negatable(_ left: Expression, isNegated: Bool) throws(SyntaxError) -> Expression {
        switch kind {
        case .keyword(.like): try like(left, isNegated: isNegated)
        case .keyword(.between): try between(left, isNegated: isNegated)
        default: try isIn(left, isNegated: isNegated)
        }
    }

    ///     comparison ::= ( '=' | '<>' | '!=' | '<' | '<=' | '>' | '>=' ) arithmetic
    mutating func comparison(_ left: Expression) throws(SyntaxError) -> Expression {
        let operation: ComparisonOperator =
            switch kind {
            case .equal: .equal
            case .less: .less
            case .lessOrEqual: .lessOrEqual
            case .greater: .greater
            case .greaterOrEqual: .greaterOrEqual
            default: .notEqual
            }
        advance()
        let right = try arithmetic()
        return Expression(.comparison(operation, left, right), span: left.span.union(right.span))
    }

    ///     isTest ::= 'IS' 'NOT'? ( 'TRUE' | 'FALSE' | 'UNKNOWN' | dataType )
    mutating func isTest(_ left: Expression) throws(SyntaxError) -> Expression {
        try expect(.is)
        let isNegated = consume(.not)
        let test: IsTest
        if consume(.true) {
            test = .isTrue
        } else if consume(.false) {
            test = .isFalse
        } else if consume(.unknown) {
            test = .unknown
        } else {
            let type = try dataType()
            switch type.kind {
            case .null: test = .null
            case .missing: test = .missing
            default: test = .type(type)
            }
        }
        return Expression(.test(left, test, isNegated: isNegated), span: span(from: left.span))
    }

    ///     like ::= 'NOT'? 'LIKE' arithmetic ( 'ESCAPE' arithmetic )?
    mutating func like(_ left: Expression, isNegated: Bool) throws(SyntaxError) -> Expression {
        try expect(.like)
        let pattern = try arithmetic()
        let escape = consume(.escape) ? try arithmetic() : nil
        return Expression(
            .like(left, pattern: pattern, escape: escape, isNegated: isNegated), span: span(from: left.span))
    }

    ///     between ::= 'NOT'? 'BETWEEN' arithmetic 'AND' arithmetic
    mutating func between(_ left: Expression, isNegated: Bool) throws(SyntaxError) -> Expression {
        try expect(.between)
        let low = try arithmetic()
        try expect(.and)
        let high = try arithmetic()
        return Expression(.between(left, low: low, high: high, isNegated: isNegated), span: span(from: left.span))
    }

    /// One value in parentheses is a row of one; a query, a list or a bag in parentheses is itself.
    ///
    ///     isIn ::= 'NOT'? 'IN' arithmetic
    mutating func isIn(_ left: Expression, isNegated: Bool) throws(SyntaxError) -> Expression {
        try expect(.in)
        let right = try inOperand()
        return Expression(.isIn(left, right, isNegated: isNegated), span: span(from: left.span))
    }

    private mutating func inOperand() throws(SyntaxError) -> Expression {
        guard at(.leftParenthesis) else { return try arithmetic() }
        let inner = try parenthesized()
        let end = index
        let operand = try arithmetic(from: try pathSteps(from: inner), tighterThan: 0)
        guard index == end, !operand.node.isCollection else { return operand }
        return Expression(.row([operand]), span: operand.span)
    }

    ///     overlaps ::= 'OVERLAPS' arithmetic
    mutating func overlaps(_ left: Expression) throws(SyntaxError) -> Expression {
        try expect(.overlaps)
        let right = try arithmetic()
        return Expression(.overlaps(left, right), span: left.span.union(right.span))
    }

    // MARK: Arithmetic

    /// Operators of one level of `ArithmeticOperator.precedence` are applied from the left.
    ///
    ///     arithmetic ::= sign ( ( '*' | '/' | '%' | '+' | '-' | '||' | '&' ) sign )*
    mutating func arithmetic() throws(SyntaxError) -> Expression {
        try arithmetic(from: try sign(), tighterThan: 0)
    }

    /// The rest of an `arithmetic` whose first operand is read: operators that bind tighter than `minimum`, precedence
    /// climbing with one array a level.
    private mutating func arithmetic(
        from first: Expression, tighterThan minimum: Int
    ) throws(SyntaxError) -> Expression {
        var left = first
        var progress = LoopProgress()
        while let operation = kind.arithmeticOperator, operation.precedence > minimum, progress.moves(to: index) {
            let level = operation.precedence
            var terms: [ArithmeticTerm] = []
            while let next = kind.arithmeticOperator, next.precedence == level {
                let operatorSpan = token.span
                advance()
                let operand = try arithmetic(from: try sign(), tighterThan: level)
                terms.append(ArithmeticTerm(next, operand, operatorSpan: operatorSpan))
            }
            left = Expression(.arithmetic(first: left, terms: terms), span: span(from: left.span))
        }
        return left
    }

    /// The sign right before a number is the number's own.
    ///
    ///     sign ::= ( '+' | '-' )* path
    mutating func sign() throws(SyntaxError) -> Expression {
        guard at(.minus) || at(.plus) else { return try path() }
        var signs: [(SignOperator, SourceSpan)] = []
        while at(.minus) || at(.plus) {
            if isNegativeNumber() { break }
            if !signs.isEmpty { try stackOperator(at: token.span) }
            signs.append((at(.minus) ? .minus : .plus, token.span))
            advance()
        }
        var expression = at(.minus) ? try negativeNumber() : try path()
        for (sign, start) in signs.reversed() {
            expression = Expression(.sign(sign, expression), span: span(from: start))
        }
        return expression
    }

    /// A minus right before a number that no path step follows: the most negative integer has no positive twin.
    private mutating func isNegativeNumber() -> Bool {
        guard at(.minus), peek(1) == .integerLiteral || peek(1) == .decimalLiteral else { return false }
        return peek(2) != .dot && peek(2) != .leftBracket
    }
}

extension ArithmeticOperator {
    /// The levels of PartiQL's grammar: products before sums before `||` and other operator signs.
    package var precedence: Int {
        switch self {
        case .multiply, .divide, .remainder: 3
        case .add, .subtract: 2
        case .concatenate, .bitAnd: 1
        }
    }
}

extension TokenKind {
    fileprivate var arithmeticOperator: ArithmeticOperator? {
        switch self {
        case .star: .multiply
        case .slash: .divide
        case .percent: .remainder
        case .plus: .add
        case .minus: .subtract
        case .concatenate: .concatenate
        case .ampersand: .bitAnd
        default: nil
        }
    }
}

extension Expression.Node {
    /// Whether the expression is written as a collection, or is a query.
    fileprivate var isCollection: Bool {
        switch self {
        case .row, .list, .bag, .subquery, .match: true
        case .literal(let literal): literal.value.isCollection
        default: false
        }
    }
}

extension Value {
    fileprivate var isCollection: Bool {
        switch self {
        case .list, .bag, .sexp: true
        default: false
        }
    }
}
