import HindsightValues

extension Parser {
    ///     path ::= primary pathStep*
    mutating func path() throws(SyntaxError) -> Expression {
        let root = try primary()
        guard at(.dot) || at(.leftBracket) else { return root }
        return try pathSteps(from: root)
    }

    /// The rest of a `path` whose root is read.
    mutating func pathSteps(from root: Expression) throws(SyntaxError) -> Expression {
        guard at(.dot) || at(.leftBracket) else { return root }
        var steps: [PathStep] = []
        while at(.dot) || at(.leftBracket) { steps.append(try pathStep()) }
        return Expression(.path(root: root, steps: steps), span: span(from: root.span))
    }

    ///     pathStep ::= '.' ( memberName | STRING | '*' ) | '[' ( '*' | expression ) ']'
    mutating func pathStep() throws(SyntaxError) -> PathStep {
        let start = token.span
        if consume(.dot) { return try memberStep(start) }
        try enter()
        defer { leave() }
        try expect(.leftBracket, "`[`")
        if at(.star), peek(1) == .rightBracket {
            advance()
            advance()
            return PathStep(.allElements, span: span(from: start))
        }
        let index = try expression()
        try expect(.rightBracket, "`]`")
        return PathStep(.index(index), span: span(from: start))
    }

    private mutating func memberStep(_ start: SourceSpan) throws(SyntaxError) -> PathStep {
        if consume(.star) { return PathStep(.allAttributes, span: span(from: start)) }
        if at(.stringLiteral) {
            let name = Identifier(unquoted(token.span), isQuoted: true, span: token.span)
            advance()
            return PathStep(.attribute(name), span: span(from: start))
        }
        let name = try memberName("an attribute name or `*` after the dot")
        return PathStep(.attribute(name), span: span(from: start))
    }

    ///     primary ::= literal | parameter | caseExpression | cast | exists | call | variable
    ///               | structure | list | bag | rowConstructor | parenthesized
    mutating func primary() throws(SyntaxError) -> Expression {
        switch kind {
        case .identifier, .quotedIdentifier:
            return peek(1) == .leftParenthesis ? try call() : try variable()
        case .keyword(let keyword):
            return try word(keyword)
        case .stringLiteral, .integerLiteral, .decimalLiteral, .ionLiteral:
            return try literal()
        case .leftParenthesis:
            return try parenthesized()
        case .leftBrace:
            return try structure()
        case .leftBracket:
            return try list()
        case .leftBag:
            return try bag()
        case .question, .colon:
            return try parameter()
        case .atSign:
            return try variable()
        default:
            throw unexpected("an expression")
        }
    }

    /// A primary that starts with a keyword: most keywords are names too.
    private mutating func word(_ keyword: Keyword) throws(SyntaxError) -> Expression {
        switch keyword {
        case .null, .missing, .true, .false:
            return try literal()
        case .case:
            return try caseExpression()
        case .date, .time, .timestamp, .interval:
            if startsTimeLiteral(keyword) { return try literal() }
        case .cast, .canCast, .canLosslessCast:
            if peek(1) == .leftParenthesis { return try cast() }
        case .row:
            if peek(1) == .leftParenthesis { return try rowConstructor() }
        case .exists:
            if peek(1) == .leftParenthesis { return try exists() }
        case .currentDate, .currentTime, .currentTimestamp, .currentUser:
            return try call()
        default:
            break
        }
        guard !keyword.isReserved else { throw unexpected("an expression") }
        return peek(1) == .leftParenthesis ? try call() : try variable()
    }

    ///     variable ::= '@'? name
    mutating func variable() throws(SyntaxError) -> Expression {
        let start = token.span
        let isLocalFirst = consume(.atSign)
        let name = try name(isLocalFirst ? "a name after `@`" : "a name")
        return Expression(.variable(Variable(name, isLocalFirst: isLocalFirst)), span: span(from: start))
    }

    ///     parameter ::= '?' | ':' memberName
    mutating func parameter() throws(SyntaxError) -> Expression {
        let start = token.span
        if consume(.question) {
            parameters.positionalCount += 1
            return Expression(.parameter(.positional(parameters.positionalCount - 1)), span: start)
        }
        try expect(.colon, "a parameter")
        guard kind.isWord, token.span.start == start.end else { throw unexpected("a parameter's name after `:`") }
        let name = text(token.span)
        advance()
        if !parameters.names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { parameters.names.append(name) }
        return Expression(.parameter(.named(name)), span: span(from: start))
    }

    // MARK: Brackets

    /// An expression or a query in parentheses, or a row of at least two.
    ///
    ///     parenthesized ::= '(' ( query | expression ( ( ',' expression )+ | graphMatch ) ) ')'
    mutating func parenthesized() throws(SyntaxError) -> Expression {
        try enter()
        defer { leave() }
        let start = token.span
        try expect(.leftParenthesis, "`(`")
        return try parenthesized(after: nil, start: start)
    }

    /// The rest of a `parenthesized` of which the parenthesis is read, and perhaps a first path.
    mutating func parenthesized(after path: Expression?, start: SourceSpan) throws(SyntaxError) -> Expression {
        let query: Query
        if let path { query = try self.query(from: path) } else { query = try self.query() }
        if case .expression(let first) = query.body, query.isBare {
            return try expressionRest(first, start: start)
        }
        if case .nested(let inner) = query.body, query.isBare {
            return try nestedRest(inner, first: query, start: start)
        }
        try expect(.rightParenthesis, "`)`")
        return Expression(.subquery(query), span: span(from: start))
    }

    /// An expression is read: it is the graph of a match, the first of a row, or alone.
    private mutating func expressionRest(_ first: Expression, start: SourceSpan) throws(SyntaxError) -> Expression {
        if at(.comma) { return try rowRest(first, start: start) }
        let whole = at(.match) ? try graphMatch(first, start: first.span) : first
        try expect(.rightParenthesis, "`)`")
        return Expression(whole.node, span: span(from: start))
    }

    private mutating func rowRest(_ first: Expression, start: SourceSpan) throws(SyntaxError) -> Expression {
        var elements = [first]
        while consume(.comma) { elements.append(try expression()) }
        try expect(.rightParenthesis, "`,` or `)`")
        return Expression(.row(elements), span: span(from: start))
    }

    /// `((query))` is `(query)`; `((query), …)` is a row whose first element is coerced.
    private mutating func nestedRest(
        _ inner: Query, first: Query, start: SourceSpan
    ) throws(SyntaxError) -> Expression {
        let subquery = Expression(.subquery(inner), span: first.span)
        return try expressionRest(subquery, start: start)
    }

    /// The whole query that starts with a path that is read already.
    private mutating func query(from path: Expression) throws(SyntaxError) -> Query {
        let first = Self.queryBody(of: try expression(from: path))
        let body = try unions(from: try intersections(from: first))
        return try queryTail(start: path.span, with: nil, body: body)
    }

    ///     structure ::= '{' ( field ( ',' field )* )? '}'
    mutating func structure() throws(SyntaxError) -> Expression {
        try enter()
        defer { leave() }
        let start = token.span
        try expect(.leftBrace, "`{`")
        var fields: [StructureField] = []
        if !at(.rightBrace) {
            repeat { fields.append(try field()) } while consume(.comma)
        }
        try expect(.rightBrace, "`,` or `}`")
        return Expression(.structure(fields), span: span(from: start))
    }

    ///     field ::= expression ':' expression
    mutating func field() throws(SyntaxError) -> StructureField {
        let name = try expression()
        try expect(.colon, "`:` and the attribute's value")
        return StructureField(name: name, value: try expression())
    }

    ///     list ::= '[' expressions? ']'
    mutating func list() throws(SyntaxError) -> Expression {
        try enter()
        defer { leave() }
        let start = token.span
        try expect(.leftBracket, "`[`")
        let elements = at(.rightBracket) ? [] : try expressions()
        try expect(.rightBracket, "`,` or `]`")
        return Expression(.list(elements), span: span(from: start))
    }

    ///     bag ::= '<<' expressions? '>>'
    mutating func bag() throws(SyntaxError) -> Expression {
        try enter()
        defer { leave() }
        let start = token.span
        try expect(.leftBag, "`<<`")
        let elements = at(.rightBag) ? [] : try expressions()
        try expect(.rightBag, "`,` or `>>`")
        return Expression(.bag(elements), span: span(from: start))
    }

    ///     rowConstructor ::= 'ROW' row
    mutating func rowConstructor() throws(SyntaxError) -> Expression {
        let start = token.span
        try expect(.row)
        let row = try row()
        return Expression(row.node, span: span(from: start))
    }

    // MARK: Forms with words

    ///     caseExpression ::= 'CASE' expression? whenBranch+ ( 'ELSE' expression )? 'END'
    mutating func caseExpression() throws(SyntaxError) -> Expression {
        try enter()
        defer { leave() }
        let start = token.span
        try expect(.case)
        let subject = at(.when) ? nil : try expression()
        var branches: [CaseExpression.Branch] = []
        repeat { branches.append(try whenBranch()) } while at(.when)
        let otherwise = consume(.else) ? try expression() : nil
        try expect(.end)
        return Expression(
            .conditional(CaseExpression(subject: subject, branches: branches, otherwise: otherwise)),
            span: span(from: start))
    }

    ///     whenBranch ::= 'WHEN' expression 'THEN' expression
    mutating func whenBranch() throws(SyntaxError) -> CaseExpression.Branch {
        try expect(.when)
        let condition = try expression()
        try expect(.then)
        return CaseExpression.Branch(condition: condition, result: try expression())
    }

    ///     cast ::= ( 'CAST' | 'CAN_CAST' | 'CAN_LOSSLESS_CAST' ) '(' expression 'AS' dataType ')'
    mutating func cast() throws(SyntaxError) -> Expression {
        try enter()
        defer { leave() }
        let start = token.span
        let kind: CastKind = at(.cast) ? .cast : at(.canCast) ? .canCast : .canLosslessCast
        advance()
        try expect(.leftParenthesis, "`(`")
        let operand = try expression()
        try expect(.as)
        let type = try dataType()
        try expect(.rightParenthesis, "`)`")
        return Expression(.cast(kind, operand, type), span: span(from: start))
    }

    /// Any collection may be tested, not only a query's.
    ///
    ///     exists ::= 'EXISTS' '(' argument ')'
    mutating func exists() throws(SyntaxError) -> Expression {
        try enter()
        defer { leave() }
        let start = token.span
        try expect(.exists)
        try expect(.leftParenthesis, "`(`")
        let operand = try argument()
        try expect(.rightParenthesis, "`)`")
        return Expression(.exists(operand), span: span(from: start))
    }
}

extension Query {
    /// Whether there is nothing but a body.
    var isBare: Bool { with == nil && orderBy.isEmpty && limit == nil && offset == nil }
}
