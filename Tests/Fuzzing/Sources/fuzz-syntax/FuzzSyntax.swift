import LibFuzzer

@testable import HindsightSyntax

/// Any bytes: the lexer makes progress, the parser ends in trees or diagnostics, and each tree is printed as text that
/// reads back as the same tree and prints the same.
@main
struct FuzzSyntax {
    static func main() {
        LibFuzzer.run { start, count in fuzz(Array(UnsafeBufferPointer(start: start, count: count))) }
    }
}

private func fuzz(_ bytes: [UInt8]) -> CInt {
    checkProgress(bytes)
    guard var parser = try? Parser(utf8: bytes) else { return 0 }
    let text = String(decoding: bytes, as: UTF8.self)
    let renderer = DiagnosticRenderer(source: text)
    while true {
        do throws(SyntaxError) {
            guard let statement = try parser.nextStatement() else { break }
            checkRoundTrip(statement)
        } catch {
            for diagnostic in error.diagnostics {
                precondition(!renderer.render(diagnostic).isEmpty, "a diagnostic says something")
                precondition(
                    diagnostic.span.map { $0.range.upperBound <= bytes.count } ?? true, "spans are in the text")
            }
        }
    }
    _ = isComplete(text)
    return 0
}

private func checkProgress(_ bytes: [UInt8]) {
    var lexer = Lexer(bytes.span)
    var last = -1
    while lexer.next().kind != .endOfText {
        precondition(lexer.position > last, "the lexer moves on")
        last = lexer.position
    }
}

private func checkRoundTrip(_ statement: Statement) {
    let printed = Printer.text(of: statement)
    do throws(SyntaxError) {
        let again = try Parser.statement(printed)
        precondition(again == statement, "another tree is read back: \(printed)")
        precondition(Printer.text(of: again).utf8.elementsEqual(printed.utf8), "it prints the same: \(printed)")
    } catch {
        preconditionFailure("\(error.diagnostics[0].message): \(printed)")
    }
}
