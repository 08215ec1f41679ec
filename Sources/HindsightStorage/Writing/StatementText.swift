/// The text of a commit's statements as its record keeps it.
enum StatementText {
    /// The statements behind one another; what exceeds `Limits.statementTextBytes` is cut at a character and shown by "…".
    static func shortened(_ statements: [String]) -> String {
        var text = ""
        for statement in statements where !statement.isEmpty {
            if !text.isEmpty { text += "; " }
            text += statement
            if text.utf8.count > Limits.statementTextBytes { return cut(text) }
        }
        return text
    }

    private static func cut(_ text: String) -> String {
        let mark: Unicode.Scalar = "…"
        var cut = String.UnicodeScalarView()
        var count = UTF8.width(mark)
        for scalar in text.unicodeScalars {
            count += UTF8.width(scalar)
            guard count <= Limits.statementTextBytes else { break }
            cut.append(scalar)
        }
        cut.append(mark)
        return String(cut)
    }
}
