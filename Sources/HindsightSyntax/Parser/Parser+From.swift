extension Parser {
    ///     from ::= 'FROM' fromItem ( ',' fromItem )*
    mutating func from() throws(SyntaxError) -> [FromItem] {
        try expect(.from)
        var items: [FromItem] = []
        repeat { items.append(try fromItem()) } while consume(.comma)
        return items
    }

    ///     fromItem ::= fromSource join*
    mutating func fromItem() throws(SyntaxError) -> FromItem {
        let source = try fromSource()
        return FromItem(source: source, joins: try joins())
    }

    private mutating func joins() throws(SyntaxError) -> [Join] {
        var joins: [Join] = []
        while isJoin() { joins.append(try join()) }
        return joins
    }

    private mutating func isJoin() -> Bool {
        switch kind {
        case .keyword(.join), .keyword(.inner), .keyword(.cross): return true
        case .keyword(.left), .keyword(.right), .keyword(.full):
            let next = peek(1)
            return next == .keyword(.join) || next == .keyword(.outer) || next == .keyword(.cross)
        default: return false
        }
    }

    ///     join ::= joinSide? ( 'CROSS' 'JOIN' fromSource | 'JOIN' fromSource 'ON' expression )
    mutating func join() throws(SyntaxError) -> Join {
        let start = token.span
        let side = joinSide()
        let isCross = consume(.cross)
        try expect(.join)
        let source = try fromSource()
        guard !isCross else {
            return Join(side: side, source: source, condition: nil, span: span(from: start))
        }
        guard consume(.on) else {
            throw unexpected("`ON` and the join's condition", hint: "write `CROSS JOIN` to pair everything")
        }
        let condition = try expression()
        return Join(side: side, source: source, condition: condition, span: span(from: start))
    }

    ///     joinSide ::= 'INNER' | ( 'LEFT' | 'RIGHT' | 'FULL' ) 'OUTER'?
    mutating func joinSide() -> Join.Side {
        if consume(.inner) { return .inner }
        let side: Join.Side
        switch kind {
        case .keyword(.left): side = .left
        case .keyword(.right): side = .right
        case .keyword(.full): side = .full
        default: return .inner
        }
        advance()
        _ = consume(.outer)
        return side
    }

    ///     fromSource ::= fromGroup | ( 'LATERAL'? sourceExpression ( period | sourceMatch )? | unpivot | difference )
    ///                    sourceNames
    mutating func fromSource() throws(SyntaxError) -> FromSource {
        let start = token.span
        try countQueryPart()
        if at(.leftParenthesis) { return try fromGroup() }
        if at(.unpivot) { return try sourceNames(.unpivot(try unpivot()), period: nil, start: start) }
        if at(.diff) && peek(1, is: .table) {
            return try sourceNames(.difference(try difference()), period: nil, start: start)
        }
        if at(.lateral) && startsLateral() {
            advance()
            if at(.leftParenthesis) { return try fromGroup() }
        }
        return try namedSource(try sourceExpression(), start: start)
    }

    /// Whether LATERAL is the keyword here and not a table of that name. It changes nothing: the right side of a comma or
    /// a join sees the variables of the left side anyway.
    private mutating func startsLateral() -> Bool {
        switch peek(1) {
        case .leftParenthesis, .leftBracket, .leftBrace, .leftBag, .atSign, .question, .colon, .stringLiteral,
            .integerLiteral, .decimalLiteral, .ionLiteral, .keyword(.case), .keyword(.null), .keyword(.missing),
            .keyword(.true), .keyword(.false):
            true
        case .keyword(let keyword): keyword.isBareAlias
        case let next: next.isName
        }
    }

    /// A source expression is read; what time and which names it has follows.
    private mutating func namedSource(_ expression: Expression, start: SourceSpan) throws(SyntaxError) -> FromSource {
        if at(.match) {
            let match = try sourceMatch(expression)
            return try sourceNames(.expression(match), period: nil, start: start)
        }
        let period = isAsOf() || isVersions() ? try period() : nil
        return try sourceNames(.expression(expression), period: period, start: start)
    }

    /// Without parentheses a match has one path, as a comma separates sources.
    ///
    ///     sourceMatch ::= 'MATCH' pathPattern
    mutating func sourceMatch(_ graph: Expression) throws(SyntaxError) -> Expression {
        try expect(.match)
        let pattern = GraphPattern(paths: [try pathPattern()])
        return Expression(.match(GraphMatch(graph: graph, pattern: pattern)), span: span(from: graph.span))
    }

    /// What FROM reads: a table, an attribute of a variable to its left, a constructor, a call.
    ///
    ///     sourceExpression ::= path
    mutating func sourceExpression() throws(SyntaxError) -> Expression {
        let expression = try path()
        if let name = expression.tableName { try refuseDash(after: name.parts) }
        return expression
    }

    ///     unpivot ::= 'UNPIVOT' path
    mutating func unpivot() throws(SyntaxError) -> Expression {
        try expect(.unpivot)
        return try path()
    }

    ///     sourceNames ::= alias? ( 'AT' name )? ( 'BY' name )?
    mutating func sourceNames(
        _ kind: FromSource.Kind, period: FromSource.Period?, start: SourceSpan
    ) throws(SyntaxError) -> FromSource {
        let alias = try alias()
        let position = consume(.at) ? try name("a name for the position") : nil
        let identity = consume(.by) ? try name("a name for the identity") : nil
        if alias != nil, period == nil, isAsOf() {
            throw unexpected("the alias behind the time", hint: "write `table AS OF time alias`")
        }
        return FromSource(
            kind, period: period, alias: alias, position: position, identity: identity, span: span(from: start))
    }

    // MARK: Parentheses

    /// In parentheses stands a source with joins, or an expression, which may be a query. Which one, only the end of what
    /// is inside tells, so it is read as a source, and goes on as an expression if nothing but an expression was found.
    ///
    ///     fromGroup ::= '(' fromItem ')' | sourceExpression ( period | sourceMatch )? sourceNames
    mutating func fromGroup() throws(SyntaxError) -> FromSource {
        let start = token.span
        try enter()
        defer { leave() }
        try expect(.leftParenthesis, "`(`")
        let inner = startsQuery() || startsOperator ? nil : try fromItem()
        if let inner, inner.bareExpression == nil {
            try expect(.rightParenthesis, "`)`")
            return FromSource(.joined(inner), span: span(from: start))
        }
        let first: Expression
        if let match = inner?.bareMatch {
            first = try matchRest(match, start: start)
        } else {
            first = try parenthesized(after: inner?.bareExpression, start: start)
        }
        return try namedSource(try pathSteps(from: first), start: start)
    }

    /// A match in parentheses of which the first path is read.
    private mutating func matchRest(_ match: GraphMatch, start: SourceSpan) throws(SyntaxError) -> Expression {
        let pattern = try graphPattern(from: match.pattern.paths[0])
        try expect(.rightParenthesis, "`,`, `WHERE` or `)`")
        return Expression(.match(GraphMatch(graph: match.graph, pattern: pattern)), span: span(from: start))
    }

    /// Whether an expression starts here with an operator, which no source does.
    private var startsOperator: Bool { at(.minus) || at(.plus) || at(.not) }

    /// Whether a query starts here that is no expression.
    mutating func startsQuery() -> Bool {
        switch kind {
        case .keyword(.select), .keyword(.pivot), .keyword(.with), .keyword(.table): true
        case .keyword(.values): peek(1) == .leftParenthesis
        default: false
        }
    }

    // MARK: Time

    /// Whether `AS OF time` stands here, and not an alias `of`.
    mutating func isAsOf() -> Bool {
        guard at(.as), peek(1, is: .of) else { return false }
        switch peek(2) {
        case .stringLiteral, .integerLiteral, .decimalLiteral, .ionLiteral, .question, .colon, .atSign,
            .leftParenthesis, .plus, .minus,
            .quotedIdentifier, .identifier, .leftBrace, .leftBracket, .leftBag, .fault,
            .keyword(.case), .keyword(.null), .keyword(.missing), .keyword(.true), .keyword(.false):
            return true
        case .keyword(let keyword):
            return keyword.isBareAlias
        default:
            return false
        }
    }

    private mutating func isVersions() -> Bool {
        at(.versions) && peek(1, is: .between)
    }

    ///     period ::= asOf | 'VERSIONS' 'BETWEEN' timePoint 'AND' timePoint
    mutating func period() throws(SyntaxError) -> FromSource.Period {
        guard consume(.versions) else { return .asOf(try asOf()) }
        try expect(.between)
        let from = try timePoint()
        try expect(.and)
        return .versions(from: from, to: try timePoint())
    }

    ///     asOf ::= 'AS' 'OF' timePoint
    mutating func asOf() throws(SyntaxError) -> TimePoint {
        try expect(.as)
        try expect(.of)
        return try timePoint()
    }

    /// A single name without parentheses is a restore point's.
    ///
    ///     timePoint ::= 'LATEST' | 'EARLIEST' | arithmetic 'AGO'?
    mutating func timePoint() throws(SyntaxError) -> TimePoint {
        let start = token.span
        if consume(.latest) { return TimePoint(.latest, span: start) }
        if consume(.earliest) { return TimePoint(.earliest, span: start) }
        let expression = try arithmetic()
        if consume(.ago) { return TimePoint(.ago(expression), span: span(from: start)) }
        if case .variable(let variable) = expression.node, !variable.isLocalFirst, variable.name.span == expression.span
        {
            return TimePoint(.restorePoint(variable.name), span: start)
        }
        return TimePoint(.expression(expression), span: expression.span)
    }
}

extension FromItem {
    /// The expression, if there is nothing but one.
    fileprivate var bareExpression: Expression? {
        guard joins.isEmpty, source.period == nil, source.alias == nil, source.position == nil, source.identity == nil,
            case .expression(let expression) = source.kind
        else { return nil }
        return expression
    }

    /// The match, if there is nothing but one that has no parentheses of its own.
    fileprivate var bareMatch: GraphMatch? {
        guard let expression = bareExpression, case .match(let match) = expression.node,
            expression.span.start == match.graph.span.start
        else { return nil }
        return match
    }
}
