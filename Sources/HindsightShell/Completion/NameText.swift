import HindsightSyntax

/// Names as they can stand in a statement.
enum NameText {
    static func quotedIfNeeded(_ name: String) -> String {
        let bytes = Array(name.utf8)
        var lexer = Lexer(bytes.span)
        let isPlain = lexer.next().kind.isUnquotedName && lexer.position == bytes.count
        return isPlain ? name : quoted(name)
    }

    static func quoted(_ name: String) -> String {
        Printer.text(of: Identifier(name, isQuoted: true, span: SourceSpan(0..<0)))
    }
}
