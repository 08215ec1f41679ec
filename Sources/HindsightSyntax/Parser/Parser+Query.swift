extension Parser {
    ///     query ::= withClause? queryBody queryTail
    mutating func query() throws(SyntaxError) -> Query {
        let start = token.span
        let with = at(.with) ? try withClause() : nil
        let body = try queryBody()
        return try queryTail(start: start, with: with, body: body)
    }

    /// What follows a body and applies to the whole of it.
    ///
    ///     queryTail ::= orderBy? limit? offset?
    mutating func queryTail(
        start: SourceSpan, with: WithClause?, body: QueryBody
    ) throws(SyntaxError) -> Query {
        let order = at(.order) ? try orderBy() : []
        let limit = at(.limit) ? try limit() : nil
        let offset = at(.offset) ? try offset() : nil
        return Query(with: with, body: body, orderBy: order, limit: limit, offset: offset, span: span(from: start))
    }

    ///     withClause ::= 'WITH' 'RECURSIVE'? withItem ( ',' withItem )*
    mutating func withClause() throws(SyntaxError) -> WithClause {
        try expect(.with)
        let isRecursive = at(.recursive) && !peek(1, is: .as) && consume(.recursive)
        var items: [WithClause.Item] = []
        repeat { items.append(try withItem()) } while consume(.comma)
        return WithClause(isRecursive: isRecursive, items: items)
    }

    ///     withItem ::= name nameList? 'AS' subquery
    mutating func withItem() throws(SyntaxError) -> WithClause.Item {
        try countQueryPart()
        let name = try name("a name for the query")
        let columns = at(.leftParenthesis) ? try nameList("a column name") : []
        try expect(.as)
        let query = try subquery()
        return WithClause.Item(name: name, columns: columns, query: query)
    }

    ///     subquery ::= '(' query ')'
    mutating func subquery() throws(SyntaxError) -> Query {
        try enter()
        defer { leave() }
        try expect(.leftParenthesis, "`(`")
        let query = try query()
        try expect(.rightParenthesis, "`)`")
        return query
    }

    // MARK: Set operations

    ///     queryBody ::= intersection ( unionOperator intersection )*
    mutating func queryBody() throws(SyntaxError) -> QueryBody {
        try unions(from: try intersection())
    }

    /// The rest of a `queryBody` whose first operand is read.
    mutating func unions(from first: QueryBody) throws(SyntaxError) -> QueryBody {
        var terms: [SetTerm] = []
        while let found = try unionOperator() { terms.append(found.term(try intersection())) }
        return terms.isEmpty ? first : .setOperation(first: first, terms: terms)
    }

    /// INTERSECT binds tighter than UNION and EXCEPT.
    ///
    ///     intersection ::= queryTerm ( intersectOperator queryTerm )*
    mutating func intersection() throws(SyntaxError) -> QueryBody {
        try intersections(from: try queryTerm())
    }

    /// The rest of an `intersection` whose first operand is read.
    mutating func intersections(from first: QueryBody) throws(SyntaxError) -> QueryBody {
        var terms: [SetTerm] = []
        while let found = try intersectOperator() { terms.append(found.term(try queryTerm())) }
        return terms.isEmpty ? first : .setOperation(first: first, terms: terms)
    }

    ///     unionOperator ::= 'OUTER'? ( 'UNION' | 'EXCEPT' ) setQuantifier? corresponding?
    private mutating func unionOperator() throws(SyntaxError) -> SetOperator? {
        switch at(.outer) ? peek(1) : kind {
        case .keyword(.union): try setOperator(.union)
        case .keyword(.except): try setOperator(.except)
        default: nil
        }
    }

    ///     intersectOperator ::= 'OUTER'? 'INTERSECT' setQuantifier? corresponding?
    private mutating func intersectOperator() throws(SyntaxError) -> SetOperator? {
        (at(.outer) ? peek(1) : kind) == .keyword(.intersect) ? try setOperator(.intersect) : nil
    }

    private mutating func setOperator(_ operation: SetOperation) throws(SyntaxError) -> SetOperator {
        let start = token.span
        try countQueryPart()
        let isOuter = consume(.outer)
        advance()
        let quantifier = setQuantifier()
        let corresponding = at(.corresponding) ? try corresponding() : nil
        return SetOperator(
            operation: operation, isOuter: isOuter, quantifier: quantifier, corresponding: corresponding,
            span: span(from: start))
    }

    ///     setQuantifier ::= 'ALL' | 'DISTINCT'
    mutating func setQuantifier() -> SetQuantifier? {
        if consume(.all) { return .all }
        return consume(.distinct) ? .distinct : nil
    }

    ///     corresponding ::= 'CORRESPONDING' ( 'BY' nameList )?
    mutating func corresponding() throws(SyntaxError) -> SetTerm.Corresponding {
        try expect(.corresponding)
        let columns = consume(.by) ? try nameList("a column name") : []
        return SetTerm.Corresponding(columns: columns)
    }

    ///     queryTerm ::= selectBlock | values | tableQuery | expression
    mutating func queryTerm() throws(SyntaxError) -> QueryBody {
        switch kind {
        case .keyword(.select), .keyword(.pivot):
            return .select(try selectBlock())
        case .keyword(.table):
            return .table(try tableQuery())
        case .keyword(.values) where peek(1) == .leftParenthesis:
            return .values(try values())
        default:
            return Self.queryBody(of: try expression())
        }
    }

    /// An expression as a query: one that is a query in parentheses is that query, not coerced.
    static func queryBody(of expression: Expression) -> QueryBody {
        if case .subquery(let query) = expression.node { return .nested(query) }
        return .expression(expression)
    }

    ///     values ::= 'VALUES' row ( ',' row )*
    mutating func values() throws(SyntaxError) -> [Expression] {
        try expect(.values)
        var rows: [Expression] = []
        repeat { rows.append(try row()) } while consume(.comma)
        return rows
    }

    ///     row ::= '(' expression ( ',' expression )* ')'
    mutating func row() throws(SyntaxError) -> Expression {
        try enter()
        defer { leave() }
        let start = token.span
        try expect(.leftParenthesis, "`(`")
        let elements = try expressions()
        try expect(.rightParenthesis, "`,` or `)`")
        return Expression(.row(elements), span: span(from: start))
    }

    ///     tableQuery ::= 'TABLE' tableName
    mutating func tableQuery() throws(SyntaxError) -> TableName {
        try expect(.table)
        return try tableName()
    }

    // MARK: Order and bounds

    ///     orderBy ::= 'ORDER' 'BY' orderItem ( ',' orderItem )*
    mutating func orderBy() throws(SyntaxError) -> [OrderItem] {
        try expect(.order)
        try expect(.by)
        var items: [OrderItem] = []
        repeat { items.append(try orderItem()) } while consume(.comma)
        return items
    }

    ///     orderItem ::= expression ( 'ASC' | 'DESC' )? ( 'NULLS' ( 'FIRST' | 'LAST' ) )?
    mutating func orderItem() throws(SyntaxError) -> OrderItem {
        let expression = try expression()
        let isDescending = consume(.desc)
        if !isDescending { _ = consume(.asc) }
        guard consume(.nulls) else {
            return OrderItem(expression: expression, isDescending: isDescending, nulls: nil)
        }
        if consume(.first) { return OrderItem(expression: expression, isDescending: isDescending, nulls: .first) }
        guard consume(.last) else { throw unexpected("`FIRST` or `LAST`") }
        return OrderItem(expression: expression, isDescending: isDescending, nulls: .last)
    }

    ///     limit ::= 'LIMIT' expression
    mutating func limit() throws(SyntaxError) -> Expression {
        try expect(.limit)
        return try expression()
    }

    ///     offset ::= 'OFFSET' expression
    mutating func offset() throws(SyntaxError) -> Expression {
        try expect(.offset)
        return try expression()
    }
}

/// The words of a set operation before its right operand.
private struct SetOperator {
    let operation: SetOperation
    let isOuter: Bool
    let quantifier: SetQuantifier?
    let corresponding: SetTerm.Corresponding?
    let span: SourceSpan

    func term(_ operand: QueryBody) -> SetTerm {
        SetTerm(
            operation: operation, isOuter: isOuter, quantifier: quantifier, corresponding: corresponding,
            operand: operand, span: span)
    }
}
