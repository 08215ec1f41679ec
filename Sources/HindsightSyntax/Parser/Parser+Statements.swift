extension Parser {
    /// Reads a text that is one statement, with or without a `;` behind it.
    ///
    /// - Throws: the first fault; a second statement is one.
    package static func statement(_ text: String) throws(SyntaxError) -> Statement {
        var parser = try Parser(text)
        parser.skipSemicolons()
        guard !parser.at(.endOfText) else { throw parser.unexpected("a statement") }
        let statement = try parser.parsed()
        parser.skipSemicolons()
        guard parser.at(.endOfText) else {
            throw SyntaxError(
                Diagnostic(.syntaxError, "expected one statement, found a second one", span: parser.token.span))
        }
        return statement
    }

    /// Reads a text that is one expression.
    package static func expression(_ text: String) throws(SyntaxError) -> Expression {
        var parser = try Parser(text)
        let expression = try parser.expression()
        guard parser.at(.endOfText) else { throw parser.unexpected("the end of the expression") }
        return expression
    }

    /// Reads all statements of a text. Behind a fault it goes on after the next `;`.
    ///
    ///     script ::= statement? ( ';' statement? )*
    package static func script(_ text: String) -> Script {
        var result = Script(statements: [], diagnostics: [])
        do throws(SyntaxError) {
            var parser = try Parser(text)
            parser.script(into: &result)
        } catch {
            result.diagnostics += error.diagnostics
        }
        return result
    }

    private mutating func script(into result: inout Script) {
        while true {
            do throws(SyntaxError) {
                guard let statement = try nextStatement() else { return }
                result.statements.append(statement)
            } catch {
                result.diagnostics += error.diagnostics
            }
        }
    }

    /// The next statement of a script, or nil at its end. After an error the parser stands behind the next `;`, so that the
    /// call after it gives what follows.
    package mutating func nextStatement() throws(SyntaxError) -> Statement? {
        skipSemicolons()
        guard !at(.endOfText) else { return nil }
        do throws(SyntaxError) {
            return try parsed()
        } catch {
            while !isAtStatementEnd { advance() }
            throw error
        }
    }

    private mutating func skipSemicolons() {
        startStatement()
        while at(.semicolon) { startStatement() }
    }

    /// One statement up to its `;` or the end of the text.
    private mutating func parsed() throws(SyntaxError) -> Statement {
        do throws(SyntaxError) {
            let statement = try statement()
            guard isAtStatementEnd else { throw unexpectedTail() }
            return statement
        } catch {
            throw improved(error)
        }
    }

    ///     statement ::= query | insert | update | updateFrom | delete
    ///                 | createTable | createIndex | createBackup | createBackupPlan | createRestorePoint | alterTable
    ///                 | dropTable | dropIndex | dropBackup | dropBackupPlan | dropRestorePoint
    ///                 | undropTable | renameTable | restore | revert | difference | export | importItems
    ///                 | transaction | explain | verify | vacuum | attach | detach | show | describe | setOption
    mutating func statement() throws(SyntaxError) -> Statement {
        let start = token.span
        try enter()
        defer { leave() }
        let node = try statementNode()
        return Statement(node, parameters: parameters, span: span(from: start))
    }

    private mutating func statementNode() throws(SyntaxError) -> Statement.Node {
        guard case .keyword(let keyword) = kind, startsStatement(keyword) else { return .query(try query()) }
        return switch keyword {
        case .insert, .upsert, .replace: .insert(try insert())
        case .update: .update(try update())
        case .from: .update(try updateFrom())
        case .delete: .delete(try delete())
        case .create: try create()
        case .alter: try alterTable()
        case .drop: try drop()
        case .undrop: try undropTable()
        case .rename: try renameTable()
        case .restore: .restore(try restore())
        case .revert: .revert(try revert())
        case .diff: .difference(try difference())
        case .export: .export(try export())
        case .import: .importItems(try importItems())
        case .begin, .commit, .rollback: try transaction()
        case .explain: try explain()
        case .verify: try verify()
        case .vacuum: try vacuum()
        case .attach: try attach()
        case .detach: try detach()
        case .show: .show(try show())
        case .describe, .desc: try describe()
        case .set: try setOption()
        default: .query(try query())
        }
    }

    /// Whether a statement's first word is a keyword here and not the name of a variable: another word follows, or what
    /// else this statement goes on with.
    private mutating func startsStatement(_ keyword: Keyword) -> Bool {
        let next = peek(1)
        switch keyword {
        case .begin, .commit, .rollback, .verify, .vacuum, .show:
            return next.isWord || next == .semicolon || next == .endOfText
        case .attach:
            return next == .stringLiteral || next == .question || next == .colon
        case .explain:
            return next != .endOfText && next != .semicolon && next != .dot
        default:
            return keyword.isReserved || next.isWord || next == .quotedIdentifier || next == .stringLiteral
        }
    }
}

/// What a script holds: the statements that could be read, and the faults of the others.
package struct Script: Sendable {
    package var statements: [Statement]
    package var diagnostics: [Diagnostic]
}
