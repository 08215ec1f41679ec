import LibFuzzer

@testable import HindsightQuery
@testable import HindsightStorage
@testable import HindsightSyntax

/// Runs statements against a small database in memory. An input that starts with a control character is read as the
/// choices of a `StatementMaker`, any other as the text of a script.
@main
struct FuzzQuery {
    static func main() {
        LibFuzzer.run { start, count in fuzz(Array(UnsafeBufferPointer(start: start, count: count))) }
    }
}

private func fuzz(_ bytes: [UInt8]) -> CInt {
    guard let first = bytes.first else { return 0 }
    if first < 0x20 {
        var maker = StatementMaker(choices: bytes.dropFirst())
        Playground.shared.run([maker.statement()])
    } else if let text = try? validated(bytes) {
        Playground.shared.run(Parser.script(text).statements.filter(\.staysInside).map(Printer.text))
    }
    return 0
}

private func validated(_ bytes: [UInt8]) throws -> String {
    String(copying: try UTF8Span(validating: bytes.span))
}

extension Statement {
    /// Whether the statement neither touches files nor leaves the transaction that is undone after each input.
    fileprivate var staysInside: Bool {
        switch node {
        case .export, .importItems, .attach, .vacuum, .begin, .commit, .rollback: false
        case .explain(let statement, _): statement.staysInside
        default: true
        }
    }
}
