import HindsightSyntax

extension Statement {
    /// The statements of a script, which `;` separates, in order; none has been looked up in a catalog yet.
    ///
    /// ```swift
    /// for statement in try Statement.script("CREATE TABLE t (k STRING PARTITION KEY); INSERT INTO t VALUE {'k': 'a'}") {
    ///     try db.execute(statement)
    /// }
    /// ```
    ///
    /// - Throws: all syntax errors of the script; the text is no script then, and nothing of it should run.
    /// - Complexity: O(bytes).
    public static func script(_ text: String) throws(DatabaseError) -> [Statement] {
        let script = Parser.script(text)
        guard script.diagnostics.isEmpty else { throw DatabaseError(script.diagnostics, statement: text) }
        let bytes = text.utf8
        var statements: [Statement] = []
        statements.reserveCapacity(script.statements.count)
        var start = bytes.startIndex
        var offset = 0
        for statement in script.statements {
            let range = statement.span.range
            start = bytes.index(start, offsetBy: range.lowerBound - offset)
            let end = bytes.index(start, offsetBy: range.count)
            statements.append(Statement(String(text[start..<end])))
            (start, offset) = (end, range.upperBound)
        }
        return statements
    }
}
