import HindsightSyntax

/// Cuts standard input into statements for a program that waits for the answer to each.
///
/// A statement ends at its `;`. A program may leave that out: then the statement ends with its line, if nothing more has
/// arrived and the text is whole or wrong. Where several lines have arrived with one `;` or none, the longest run of lines
/// that is one statement is taken, so that a statement may also go over several lines.
struct StatementFeed {
    /// Lines that are tried as one statement.
    private static let longestRun = 64

    private let input: InputDescriptor
    /// What has arrived and is not yet cut.
    private var pending: [UInt8] = []
    private var hasEnded = false

    init(_ input: InputDescriptor = .standardInput) {
        self.input = input
    }

    /// Waits for more input.
    /// - Returns: false when there is none, and all that was there has been cut.
    mutating func readMore() throws(SystemError) -> Bool {
        guard !hasEnded else { return false }
        if let bytes = try input.read("cannot read standard input") {
            pending += bytes
        } else {
            hasEnded = true
        }
        return true
    }

    /// The next statement or command that has arrived whole.
    mutating func next() -> ScriptUnit? {
        var reader = ScriptReader(pending)
        guard let unit = reader.next() else { return nil }
        let hasLineEnd = pending[unit.end...].contains(UInt8(ascii: "\n"))
        switch unit.kind {
        case .command: return hasLineEnd || hasEnded ? take(unit) : nil
        case .statement where unit.end > unit.range.upperBound || hasEnded: return take(unit)
        case .statement: return hasLineEnd && !input.hasMore && !Self.isUnfinished(unit.text) ? take(unit) : nil
        }
    }

    private mutating func take(_ unit: ScriptUnit) -> ScriptUnit {
        guard unit.kind == .statement, unit.invalidByte == nil, let length = Self.longestStatement(in: unit.text) else {
            pending.removeFirst(unit.end)
            return unit
        }
        pending.removeFirst(unit.range.lowerBound + length)
        let text = String(decoding: unit.text.utf8.prefix(length), as: UTF8.self)
        return ScriptUnit(kind: .statement, text: text, range: 0..<length, end: length)
    }

    /// Bytes of the longest run of lines, from the first, that is one statement; nil if that is the whole text or none.
    private static func longestStatement(in text: String) -> Int? {
        let bytes = Array(text.utf8)
        let lineEnds = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.prefix(longestRun)
        guard !lineEnds.isEmpty, !isStatement(text) else { return nil }
        return lineEnds.last { isStatement(String(decoding: bytes[..<$0], as: UTF8.self)) }
    }

    private static func isStatement(_ text: String) -> Bool {
        (try? Parser.statement(text)) != nil
    }

    /// Whether more text could make it a statement: the parser found its end too early.
    private static func isUnfinished(_ text: String) -> Bool {
        do throws(SyntaxError) {
            _ = try Parser.statement(text)
            return false
        } catch {
            let fault = error.diagnostics[0]
            return fault.code == .unterminatedText || fault.span.map { Int($0.end) >= text.utf8.count } ?? false
        }
    }
}
