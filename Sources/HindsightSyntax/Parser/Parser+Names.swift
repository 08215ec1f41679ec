extension Parser {
    /// Reads a name: without quotes and not reserved, or in double quotes.
    ///
    ///     name ::= NAME | QUOTED_NAME
    mutating func name(_ description: String) throws(SyntaxError) -> Identifier {
        guard kind.isName else { throw unexpected(description) }
        return takeName()
    }

    /// Reads a name behind a dot, where even a reserved word is one.
    ///
    ///     memberName ::= NAME | QUOTED_NAME | RESERVED
    mutating func memberName(_ description: String) throws(SyntaxError) -> Identifier {
        guard kind.isWord || kind == .quotedIdentifier else { throw unexpected(description) }
        return takeName()
    }

    /// The current token as a name, whatever word it is.
    mutating func takeName() -> Identifier {
        let token = token
        advance()
        guard token.kind == .quotedIdentifier else { return Identifier(text(token.span), span: token.span) }
        return Identifier(unquoted(token.span), isQuoted: true, span: token.span)
    }

    /// The text between the quotes at both ends of `span`, doubled quotes made single.
    func unquoted(_ span: SourceSpan) -> String {
        let quote = source[Int(span.start)]
        let inside = source[span.range].dropFirst().dropLast()
        guard inside.contains(quote) else { return String(decoding: inside, as: UTF8.self) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(inside.count)
        var isSecond = false
        for byte in inside {
            isSecond = byte == quote && !isSecond
            if !isSecond { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads the name of a table, an index or a system view.
    ///
    ///     tableName ::= name ( '.' memberName )*
    mutating func tableName(_ description: String = "a table name") throws(SyntaxError) -> TableName {
        var parts = [try name(description)]
        while consume(.dot) { parts.append(try memberName("a name after the dot")) }
        try refuseDash(after: parts)
        return TableName(parts)
    }

    /// Reads names in parentheses.
    ///
    ///     nameList ::= '(' name ( ',' name )* ')'
    mutating func nameList(_ description: String) throws(SyntaxError) -> [Identifier] {
        try expect(.leftParenthesis, "`(`")
        var names: [Identifier] = []
        repeat { names.append(try name(description)) } while consume(.comma)
        try expect(.rightParenthesis, "`,` or `)`")
        return names
    }

    /// Reads an alias if one is there. Without AS, a word that may go on in the statement is none.
    ///
    ///     alias ::= 'AS' name | BARE_ALIAS
    mutating func alias() throws(SyntaxError) -> Identifier? {
        if at(.as) && !isAsOf() {
            advance()
            return try name("an alias")
        }
        switch kind {
        case .quotedIdentifier, .identifier: return takeName()
        case .keyword(let keyword) where keyword.isBareAlias: return takeName()
        default: return nil
        }
    }
}
