extension Parser {
    ///     selectBlock ::= ( select | pivot ) exclude? from? letClause? where? groupBy? having? window?
    mutating func selectBlock() throws(SyntaxError) -> SelectBlock {
        let start = token.span
        var block = SelectBlock(projection: at(.pivot) ? try pivot() : try select(), span: start)
        if at(.exclude) { block.exclude = try exclude() }
        if at(.from) { block.from = try from() }
        if at(.let) { block.letBindings = try letClause() }
        if at(.where) { block.filter = try `where`() }
        if at(.group) { block.groupBy = try groupBy() }
        if at(.having) { block.having = try having() }
        if at(.window) { block.windows = try window() }
        block.span = span(from: start)
        return block
    }

    ///     select ::= 'SELECT' setQuantifier? ( '*' | selectValue | selectItem ( ',' selectItem )* )
    mutating func select() throws(SyntaxError) -> Projection {
        try expect(.select)
        let quantifier = setQuantifier()
        let start = token.span
        let kind: Projection.Kind
        if consume(.star) {
            kind = .star
        } else if isSelectValue() {
            kind = .value(try selectValue())
        } else {
            kind = .items(try selectItems())
        }
        return Projection(kind, quantifier: quantifier, span: span(from: start))
    }

    /// Whether VALUE is the keyword here and not an attribute of that name: an expression starts behind it.
    private mutating func isSelectValue() -> Bool {
        guard at(.value) else { return false }
        switch peek(1) {
        case .keyword(.case), .keyword(.not), .keyword(.null), .keyword(.missing), .keyword(.true), .keyword(.false),
            .keyword(.select), .keyword(.pivot):
            return true
        case .keyword(.exclude), .keyword(.let), .keyword(.window), .keyword(.overlaps), .keyword(.outer):
            return false
        case .stringLiteral, .integerLiteral, .decimalLiteral, .ionLiteral, .question, .colon, .atSign, .plus, .minus,
            .leftParenthesis, .leftBracket,
            .leftBrace, .leftBag, .fault:
            return true
        case let next:
            return next.isName
        }
    }

    ///     selectValue ::= 'VALUE' expression
    mutating func selectValue() throws(SyntaxError) -> Expression {
        try expect(.value)
        return try expression()
    }

    private mutating func selectItems() throws(SyntaxError) -> [SelectItem] {
        var items: [SelectItem] = []
        repeat {
            if at(.star) { throw unexpected("an expression", hint: Self.starHint) }
            items.append(try selectItem())
        } while consume(.comma)
        return items
    }

    /// A path that ends in `.*` stands for all attributes.
    ///
    ///     selectItem ::= expression alias?
    mutating func selectItem() throws(SyntaxError) -> SelectItem {
        let start = token.span
        let expression = try expression()
        let alias = try alias()
        if alias == nil, let whole = try allAttributes(expression) {
            return SelectItem(.allAttributes(of: whole), span: span(from: start))
        }
        return SelectItem(.expression(expression, alias: alias), span: span(from: start))
    }

    /// What stands before a final `.*`. Other wildcards give a bag, which has no name in a row, and are refused.
    private func allAttributes(_ expression: Expression) throws(SyntaxError) -> Expression? {
        guard case .path(let root, let steps) = expression.node, let last = steps.last else { return nil }
        let before = steps.dropLast()
        let hasStar = last.kind == .allAttributes
        if let wildcard = (hasStar ? before : steps[...]).first(where: { $0.kind.isWildcard }) {
            throw refusedWildcard(wildcard)
        }
        guard hasStar else { return nil }
        if let index = before.first(where: { $0.kind.isIndex }) { throw refusedWildcard(index) }
        guard let end = before.last else { return root }
        return Expression(.path(root: root, steps: Array(before)), span: root.span.union(end.span))
    }

    private func refusedWildcard(_ step: PathStep) -> SyntaxError {
        SyntaxError(
            Diagnostic(
                .syntaxError, "`\(text(step.span))` cannot stand in an item of SELECT without an alias",
                span: step.span,
                hint: "write `SELECT VALUE …`, or give the item a name with `AS`"))
    }

    /// Turns attribute names and values of the rows into one tuple.
    ///
    ///     pivot ::= 'PIVOT' expression 'AT' expression
    mutating func pivot() throws(SyntaxError) -> Projection {
        let start = token.span
        try expect(.pivot)
        let value = try expression()
        try expect(.at)
        let name = try expression()
        return Projection(.pivot(value: value, name: name), quantifier: nil, span: span(from: start))
    }

    ///     exclude ::= 'EXCLUDE' targetPath ( ',' targetPath )*
    mutating func exclude() throws(SyntaxError) -> [Expression] {
        try expect(.exclude)
        var paths: [Expression] = []
        repeat { paths.append(try targetPath("a path to exclude")) } while consume(.comma)
        return paths
    }

    /// A name and steps from it: what is written to, removed or excluded.
    ///
    ///     targetPath ::= variable pathStep*
    mutating func targetPath(_ description: String) throws(SyntaxError) -> Expression {
        guard at(.atSign) || kind.isName else { throw unexpected(description) }
        return try pathSteps(from: try variable())
    }

    ///     letClause ::= 'LET' letBinding ( ',' letBinding )*
    mutating func letClause() throws(SyntaxError) -> [LetBinding] {
        try expect(.let)
        var bindings: [LetBinding] = []
        repeat { bindings.append(try letBinding()) } while consume(.comma)
        return bindings
    }

    ///     letBinding ::= expression 'AS' name
    mutating func letBinding() throws(SyntaxError) -> LetBinding {
        try countQueryPart()
        let expression = try expression()
        try expect(.as)
        return LetBinding(expression: expression, name: try name("a name for the value"))
    }

    ///     where ::= 'WHERE' expression
    mutating func `where`() throws(SyntaxError) -> Expression {
        try expect(.where)
        return try expression()
    }

    ///     groupBy ::= 'GROUP' ( 'PARTIAL'? 'BY' groupKey ( ',' groupKey )* groupName? | groupAll )
    mutating func groupBy() throws(SyntaxError) -> GroupBy {
        try expect(.group)
        if at(.all) { return try groupAll() }
        let isPartial = consume(.partial)
        try expect(.by)
        var keys: [GroupBy.Key] = []
        repeat { keys.append(try groupKey()) } while consume(.comma)
        return GroupBy(isPartial: isPartial, keys: keys, groupName: at(.group) ? try groupName() : nil)
    }

    ///     groupAll ::= 'ALL' 'AS' name
    mutating func groupAll() throws(SyntaxError) -> GroupBy {
        try expect(.all)
        try expect(.as)
        return GroupBy(isPartial: false, keys: [], groupName: try name("a name for the group"))
    }

    ///     groupKey ::= expression ( 'AS' name )?
    mutating func groupKey() throws(SyntaxError) -> GroupBy.Key {
        let expression = try expression()
        return GroupBy.Key(expression: expression, alias: consume(.as) ? try name("an alias") : nil)
    }

    ///     groupName ::= 'GROUP' 'AS' name
    mutating func groupName() throws(SyntaxError) -> Identifier {
        try expect(.group)
        try expect(.as)
        return try name("a name for the group")
    }

    ///     having ::= 'HAVING' expression
    mutating func having() throws(SyntaxError) -> Expression {
        try expect(.having)
        return try expression()
    }
}

extension PathStep.Kind {
    fileprivate var isWildcard: Bool { self == .allElements || self == .allAttributes }

    fileprivate var isIndex: Bool {
        if case .index = self { return true }
        return false
    }
}
