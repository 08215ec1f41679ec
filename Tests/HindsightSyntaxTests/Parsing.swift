import HindsightSyntax
import Testing

/// The statement that `text` is, printed; a fault is an issue.
func printed(_ text: String) throws -> String {
    Printer.text(of: try Parser.statement(text))
}

/// The first fault of a text, drawn.
func fault(_ text: String) -> String {
    do throws(SyntaxError) {
        let statement = try Parser.statement(text)
        return "no fault: \(Printer.text(of: statement))"
    } catch {
        return DiagnosticRenderer(source: text).render(error.diagnostics[0])
    }
}

/// The code of a text's first fault, or nil if it has none.
func faultCode(_ text: String) -> DiagnosticCode? {
    do throws(SyntaxError) {
        _ = try Parser.statement(text)
        return nil
    } catch {
        return error.diagnostics[0].code
    }
}

/// Checks a table of texts and what is printed of them; nil stands for the text itself.
func expectPrinted(_ table: [(String, String?)], sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
    for (text, expected) in table {
        let expected = expected ?? text
        let once = try printed(text)
        let twice = try printed(once)
        #expect(once == expected, sourceLocation: sourceLocation)
        #expect(twice == once, sourceLocation: sourceLocation)
    }
}
