import HindsightValues

/// Writes a syntax tree as text that reads back as an equal tree.
///
/// The text is one line in the grammar's plain form: aliases with AS, `SUBSTRING(s, a, n)` with commas, parentheses where
/// the tree needs them and nowhere else.
package struct Printer {
    private(set) var text = ""

    private init() {}

    package static func text(of statement: Statement) -> String {
        var printer = Printer()
        printer.print(statement)
        return printer.text
    }

    package static func text(of query: Query) -> String {
        var printer = Printer()
        printer.print(query)
        return printer.text
    }

    package static func text(of expression: Expression) -> String {
        var printer = Printer()
        printer.print(expression)
        return printer.text
    }

    package static func text(of name: Identifier) -> String {
        var printer = Printer()
        printer.print(name)
        return printer.text
    }

    // MARK: Pieces

    mutating func write(_ string: String) {
        text += string
    }

    mutating func list<Element>(_ elements: [Element], _ write: (inout Printer, Element) -> Void) {
        for (index, element) in elements.enumerated() {
            if index > 0 { text += ", " }
            write(&self, element)
        }
    }

    mutating func expressions(_ elements: [Expression]) {
        list(elements) { $0.print($1) }
    }

    mutating func names(_ names: [Identifier]) {
        write("(")
        list(names) { $0.print($1) }
        write(")")
    }

    mutating func print(_ name: Identifier) {
        text += name.isQuoted ? Self.quoted(name.text, with: "\"") : name.text
    }

    mutating func print(_ name: TableName) {
        for (index, part) in name.parts.enumerated() {
            if index > 0 { write(".") }
            print(part)
        }
    }

    /// Writes ` WORD expression`, or ` expression` without a word, if there is one.
    mutating func clause(_ word: String, _ expression: Expression?) {
        guard let expression else { return }
        write(word.isEmpty ? " " : " \(word) ")
        print(expression)
    }

    /// Writes ` WORD name` if there is one.
    mutating func clause(_ word: String, _ name: Identifier?) {
        guard let name else { return }
        write(" \(word) ")
        print(name)
    }

    /// Text between two quotes, quotes inside doubled.
    static func quoted(_ text: String, with quote: Unicode.Scalar) -> String {
        var result = String.UnicodeScalarView()
        result.append(quote)
        for scalar in text.unicodeScalars {
            if scalar == quote { result.append(quote) }
            result.append(scalar)
        }
        result.append(quote)
        return String(result)
    }
}
