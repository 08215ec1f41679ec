extension Parser {
    ///     insert ::= ( 'INSERT' | 'UPSERT' | 'REPLACE' ) 'INTO' tableName ( 'AS' name )? nameList? insertSource
    ///                onConflict? returning?
    mutating func insert() throws(SyntaxError) -> Insert {
        let verb: Insert.Verb = at(.insert) ? .insert : at(.upsert) ? .upsert : .replace
        advance()
        try expect(.into)
        let table = try tableName()
        let alias = consume(.as) ? try name("an alias") : nil
        let columns = isColumnList() ? try nameList("a column name") : []
        let source = try insertSource()
        if at(.at) {
            throw unexpected("the end of the statement", hint: "a table's items have no positions: leave AT out")
        }
        let conflict = at(.on) ? try onConflict() : nil
        let returning = at(.returning) ? try returning() : nil
        return Insert(
            verb: verb, table: table, alias: alias, columns: columns, source: source, onConflict: conflict,
            returning: returning)
    }

    /// Whether names in parentheses stand here that a source follows: without one they are the source.
    private mutating func isColumnList() -> Bool {
        guard at(.leftParenthesis) else { return false }
        var distance = 1
        while peek(distance).isName, peek(distance + 1) == .comma { distance += 2 }
        guard peek(distance).isName, peek(distance + 1) == .rightParenthesis else { return false }
        return startsSource(distance + 2)
    }

    /// Whether a source starts `distance` tokens ahead with what does not go on in an expression.
    private mutating func startsSource(_ distance: Int) -> Bool {
        switch peek(distance) {
        case .keyword(.value), .keyword(.values), .keyword(.select), .keyword(.with), .keyword(.table),
            .keyword(.pivot), .keyword(.case), .keyword(.null), .keyword(.missing), .keyword(.true), .keyword(.false):
            return true
        case .leftBracket:
            return peek(distance + 1) != .star
        case .keyword(.not):
            return ![.keyword(.like), .keyword(.between), .keyword(.in)].contains(peek(distance + 1))
        case .keyword(let keyword):
            return keyword.isBareAlias
        case .leftParenthesis, .leftBag, .leftBrace, .question, .colon, .atSign, .identifier, .quotedIdentifier,
            .stringLiteral, .integerLiteral, .decimalLiteral, .ionLiteral:
            return true
        default:
            return false
        }
    }

    ///     insertSource ::= 'VALUE' expression | 'VALUES' insertRow ( ',' insertRow )* | query
    mutating func insertSource() throws(SyntaxError) -> Insert.Source {
        let start = token.span
        if at(.value), !isEndOfSource(peek(1)) {
            advance()
            return .value(try expression())
        }
        guard at(.values), !isEndOfSource(peek(1)) else { return .query(try query()) }
        advance()
        var rows: [Expression] = []
        repeat { rows.append(try insertRow()) } while consume(.comma)
        // Rows alone are a query like any other, which may go on: VALUES (1) UNION …, VALUES (1) LIMIT 1.
        guard rows.allSatisfy(\.node.isRow) else {
            return .query(Query(body: .values(rows), span: span(from: start)))
        }
        let body = try unions(from: try intersections(from: .values(rows)))
        return .query(try queryTail(start: start, with: nil, body: body))
    }

    /// Whether a word before this token is itself the source: a variable of that name.
    private func isEndOfSource(_ next: TokenKind) -> Bool {
        next == .endOfText || next == .semicolon || next == .dot || next == .keyword(.returning)
            || next == .keyword(.on)
    }

    /// A row in parentheses, or an item.
    ///
    ///     insertRow ::= row | structure | bag | list | literal | parameter | call | variable
    mutating func insertRow() throws(SyntaxError) -> Expression {
        at(.leftParenthesis) ? try row() : try primary()
    }

    ///     onConflict ::= 'ON' 'CONFLICT' nameList? 'DO' conflictAction where?
    mutating func onConflict() throws(SyntaxError) -> OnConflict {
        let start = token.span
        try expect(.on)
        try expect(.conflict)
        if at(.on) {
            throw unexpected("`DO`", hint: "a table has no constraint but its key: write `ON CONFLICT DO …`")
        }
        let target = at(.leftParenthesis) ? try nameList("a key attribute") : []
        try expect(.do)
        let action = try conflictAction()
        let condition = at(.where) ? try `where`() : nil
        return OnConflict(target: target, action: action, condition: condition, span: span(from: start))
    }

    ///     conflictAction ::= 'NOTHING' | ( 'REPLACE' | 'UPDATE' ) 'EXCLUDED' | 'UPDATE' updateClause+
    mutating func conflictAction() throws(SyntaxError) -> OnConflict.Action {
        if consume(.nothing) { return .nothing }
        let isReplace = at(.replace)
        guard consume(.replace) || consume(.update) else {
            throw unexpected("`NOTHING`, `REPLACE EXCLUDED`, `UPDATE EXCLUDED` or `UPDATE SET`")
        }
        if !isReplace, at(.set) || at(.remove) { return .update(try updateClauses()) }
        try expect(.excluded)
        return isReplace ? .replaceExcluded : .updateExcluded
    }

    /// What is wanted of which image holds for the items behind it too, until another is named.
    ///
    ///     returning ::= 'RETURNING' returningImage returningItem ( ',' returningImage? returningItem )*
    mutating func returning() throws(SyntaxError) -> Returning {
        let start = token.span
        try expect(.returning)
        var image = try returningImage()
        var items = [try returningItem(image)]
        while consume(.comma) {
            if startsReturningImage() { image = try returningImage() }
            items.append(try returningItem(image))
        }
        return Returning(items: items, span: span(from: start))
    }

    /// Whether ALL or MODIFIED is the keyword here and not the name of an attribute.
    private mutating func startsReturningImage() -> Bool {
        (at(.all) || at(.modified)) && (peek(1, is: .old) || peek(1, is: .new))
    }

    ///     returningImage ::= ( 'ALL' | 'MODIFIED' ) ( 'OLD' | 'NEW' )
    mutating func returningImage() throws(SyntaxError) -> Returning.Image {
        let isModified = at(.modified)
        guard consume(.all) || consume(.modified) else {
            throw unexpected("`ALL` or `MODIFIED`", hint: "for example `RETURNING ALL NEW *`")
        }
        let isNew = at(.new)
        guard consume(.old) || consume(.new) else { throw unexpected("`OLD` or `NEW`") }
        return Returning.Image(isModified: isModified, isNew: isNew)
    }

    ///     returningItem ::= '*' | expression alias?
    private mutating func returningItem(_ image: Returning.Image) throws(SyntaxError) -> Returning.Item {
        if consume(.star) { return Returning.Item(image: image, expression: nil, alias: nil) }
        let expression = try expression()
        return Returning.Item(image: image, expression: expression, alias: try alias())
    }

    ///     update ::= 'UPDATE' tableName alias? updateClause+ where? returning?
    mutating func update() throws(SyntaxError) -> Update {
        try expect(.update)
        let table = try tableName()
        let alias = try alias()
        let changes = try updateClauses()
        if at(.from) {
            throw unexpected(
                "`WHERE`", hint: "UPDATE has no FROM: take the value from a subquery, `SET a = (SELECT …)`")
        }
        let filter = at(.where) ? try `where`() : nil
        let returning = at(.returning) ? try returning() : nil
        return Update(table: table, alias: alias, changes: changes, filter: filter, returning: returning)
    }

    /// PartiQL's older form: first what, then the change.
    ///
    ///     updateFrom ::= 'FROM' tableName alias? where? updateClause+ returning?
    mutating func updateFrom() throws(SyntaxError) -> Update {
        try expect(.from)
        let table = try tableName()
        let alias = try alias()
        let filter = at(.where) ? try `where`() : nil
        if at(.delete) { throw unexpected("`SET` or `REMOVE`", hint: "write `DELETE FROM table WHERE …`") }
        if at(.insert) || at(.upsert) || at(.replace) {
            throw unexpected("`SET` or `REMOVE`", hint: "write `\(text(token.span)) INTO table SELECT …`")
        }
        let changes = try updateClauses()
        let returning = at(.returning) ? try returning() : nil
        return Update(
            table: table, alias: alias, changes: changes, filter: filter, returning: returning, isFilterFirst: true)
    }

    private mutating func updateClauses() throws(SyntaxError) -> [Update.Change] {
        var changes: [Update.Change] = []
        repeat { try updateClause(into: &changes) } while at(.set) || at(.remove)
        return changes
    }

    ///     updateClause ::= 'SET' assignment ( ',' assignment )* | 'REMOVE' targetPath ( ',' targetPath )*
    mutating func updateClause(into changes: inout [Update.Change]) throws(SyntaxError) {
        if consume(.set) {
            repeat { changes.append(try assignment()) } while consume(.comma)
        } else {
            guard consume(.remove) else { throw unexpected("`SET` or `REMOVE`") }
            repeat { changes.append(.remove(try targetPath("a path to remove"))) } while consume(.comma)
        }
    }

    ///     assignment ::= targetPath '=' expression
    mutating func assignment() throws(SyntaxError) -> Update.Change {
        let path = try targetPath("a path to set")
        if at(.doubleEqual) { throw unexpected("`=`", hint: "a value is assigned with one `=`") }
        try expect(.equal, "`=`")
        return .set(path, to: try expression())
    }

    ///     delete ::= 'DELETE' 'FROM' tableName alias? where? returning?
    mutating func delete() throws(SyntaxError) -> Delete {
        try expect(.delete)
        try expect(.from)
        let table = try tableName()
        let alias = try alias()
        let filter = at(.where) ? try `where`() : nil
        return Delete(table: table, alias: alias, filter: filter, returning: at(.returning) ? try returning() : nil)
    }
}

extension Expression.Node {
    fileprivate var isRow: Bool {
        if case .row = self { true } else { false }
    }
}
