import Hindsight
import HindsightSyntax

/// What the lexer and the parser make of a text, for tests and the curious.
enum SyntaxInspection {
    /// Each token on a line: where it stands, its kind, its text.
    /// The statement's tree, a node a line.
    @Sendable static func printTree(_ shell: Shell, _ text: String) throws(ShellError) -> Shell.Flow {
        do throws(SyntaxError) {
            shell.output.writeLine(TreeDump.text(of: try Parser.statement(text).node))
            return .goOn
        } catch {
            throw .statement(DatabaseError(error.diagnostics, statement: text))
        }
    }

    @Sendable static func printTokens(_ shell: Shell, _ text: String) throws(ShellError) -> Shell.Flow {
        let bytes = Array(text.utf8)
        var lexer = Lexer(bytes.span)
        var token = lexer.next()
        while token.kind != .endOfText {
            let range = token.span.range
            let words = String(decoding: bytes[range], as: UTF8.self)
            shell.output.writeLine("\(range.lowerBound)..<\(range.upperBound) \(name(of: token.kind)) \(words)")
            token = lexer.next()
        }
        return .goOn
    }

    private static func name(of kind: TokenKind) -> String {
        switch kind {
        case .keyword: "keyword"
        case .fault(let fault): "fault: \(fault)"
        default: "\(kind)"
        }
    }
}
