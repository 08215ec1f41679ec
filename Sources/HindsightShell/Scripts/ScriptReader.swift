import HindsightSyntax

/// One thing to run in a script.
package struct ScriptUnit: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// A statement, without its `;`.
        case statement
        /// A dot-command: the line, from its dot.
        case command
    }

    package let kind: Kind
    package let text: String
    /// Where the text stands in the script, in UTF-8 bytes.
    package let range: Range<Int>
    /// Where the unit ends in the script, `;` included.
    package let end: Int
    /// The first byte of the text that is no UTF-8; `text` has U+FFFD there.
    var invalidByte: InvalidByte?
}

/// Cuts a script into statements, which end in `;`, and dot-commands, lines that start with `.` where a statement could.
///
/// Knows no grammar but that of tokens: a `;` in a string or comment ends nothing, and what a statement says is not looked at.
package struct ScriptReader {
    private let bytes: [UInt8]
    /// Where the next unit, or the space before it, starts.
    package private(set) var position = 0

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next unit; nil when only space and comments are left. A last statement needs no `;`.
    package mutating func next() -> ScriptUnit? {
        while true {
            var lexer = Lexer(bytes.span, from: position)
            let token = lexer.next()
            let start = token.span.range.lowerBound
            switch token.kind {
            case .endOfText: return nil
            case .semicolon: position = lexer.position
            case .dot where isFirstOnLine(start): return command(from: start)
            default: return statement(from: start)
            }
        }
    }

    private mutating func command(from start: Int) -> ScriptUnit {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        position = end
        let text = String(decoding: bytes[start..<end], as: UTF8.self).droppingTrailingWhitespace
        return ScriptUnit(
            kind: .command, text: text, range: start..<start + text.utf8.count, end: end,
            invalidByte: InvalidByte(in: bytes[start..<end]))
    }

    private mutating func statement(from start: Int) -> ScriptUnit {
        var lexer = Lexer(bytes.span, from: start)
        var textEnd = start
        var token = lexer.next()
        while token.kind != .semicolon, token.kind != .endOfText {
            textEnd = lexer.position
            token = lexer.next()
        }
        position = lexer.position
        let text = String(decoding: bytes[start..<textEnd], as: UTF8.self)
        let end = token.kind == .semicolon ? position : textEnd
        return ScriptUnit(
            kind: .statement, text: text, range: start..<textEnd, end: end,
            invalidByte: InvalidByte(in: bytes[start..<textEnd]))
    }

    private func isFirstOnLine(_ index: Int) -> Bool {
        var before = index - 1
        while before >= 0, bytes[before] == UInt8(ascii: " ") || bytes[before] == UInt8(ascii: "\t") { before -= 1 }
        return before < 0 || bytes[before] == UInt8(ascii: "\n")
    }
}
