/// Whether a text that somebody types is finished: a `;` ends it, and every bracket, quotation mark and comment is closed.
/// Text without any token is finished too, as there is nothing to wait for.
///
/// A closing bracket too many does not keep a text open: the parser will say what is wrong.
///
/// - Complexity: O(bytes).
package func isComplete(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var lexer = Lexer(bytes.span)
    var openBrackets = 0
    var last: TokenKind?
    while true {
        let kind = lexer.next().kind
        switch kind {
        case .endOfText:
            return last == nil || (last == .semicolon && openBrackets <= 0)
        case .fault(.unterminatedString), .fault(.unterminatedName), .fault(.unterminatedIon),
            .fault(.unterminatedComment):
            return false
        default:
            openBrackets += kind.bracketBalance
            last = kind
        }
    }
}

/// The place behind the `;` that ends the first statement at or after `start`; nil if the text ends before one. Brackets
/// do not count: a `;` ends a statement wherever it stands outside of quotes and comments.
///
/// - Complexity: O(bytes of the statement).
package func statementEnd(in bytes: Span<UInt8>, from start: Int) -> Int? {
    var lexer = Lexer(bytes, from: start)
    while true {
        switch lexer.next().kind {
        case .semicolon: return lexer.position
        case .endOfText: return nil
        default: break
        }
    }
}

extension TokenKind {
    fileprivate var bracketBalance: Int {
        switch self {
        case .leftParenthesis, .leftBracket, .leftBrace, .leftBag: 1
        case .rightParenthesis, .rightBracket, .rightBrace, .rightBag: -1
        default: 0
        }
    }
}
