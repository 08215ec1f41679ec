/// Draws diagnostics for a terminal:
///
///     shop.pq:3:10: error: unexpected `FORM` after a complete statement
///       3 | SELECT * FORM Music
///         |          ^~~~
///         = hint: did you mean `FROM`?
///
/// Tabs become spaces, control characters their pictures, wide characters take two columns, and of a long line only the
/// part around the place is shown.
package struct DiagnosticRenderer {
    private let source: SourceText
    private let fileName: String?
    private let maximumWidth: Int

    /// - Parameters:
    ///   - source: the text that spans point into.
    ///   - fileName: what stands before the line; nil for text that came from no file.
    ///   - maximumWidth: columns that a line of the source may take.
    package init(source: SourceText, fileName: String? = nil, maximumWidth: Int = 100) {
        self.source = source
        self.fileName = fileName
        self.maximumWidth = max(maximumWidth, 20)
    }

    package init(source: String, fileName: String? = nil, maximumWidth: Int = 100) {
        self.init(source: SourceText(source), fileName: fileName, maximumWidth: maximumWidth)
    }

    /// The drawing, several lines without a line end behind the last.
    package func render(_ diagnostic: Diagnostic) -> String {
        var lines = [heading(diagnostic.severity, diagnostic.message, diagnostic.span)]
        let margin = margin(of: diagnostic)
        if let span = diagnostic.span { lines += excerpt(span, margin) }
        for note in diagnostic.notes {
            guard let span = note.span else {
                lines.append("\(blank(margin))= note: \(note.message)")
                continue
            }
            lines.append(heading(.note, note.message, span))
            lines += excerpt(span, margin)
        }
        if let hint = diagnostic.hint { lines.append("\(blank(margin))= hint: \(hint)") }
        return lines.joined(separator: "\n")
    }

    private func heading(_ severity: Diagnostic.Severity, _ message: String, _ span: SourceSpan?) -> String {
        var place = fileName.map { "\($0):" } ?? ""
        if let span {
            let location = source.location(of: Int(span.start))
            place += "\(location.line):\(location.column):"
        }
        return place.isEmpty ? "\(severity.rawValue): \(message)" : "\(place) \(severity.rawValue): \(message)"
    }

    /// The width of the widest line number that is drawn.
    private func margin(of diagnostic: Diagnostic) -> Int {
        let spans = [diagnostic.span] + diagnostic.notes.map(\.span)
        let numbers = spans.compactMap { $0.map { source.location(of: Int($0.start)).line } }
        return String(numbers.max() ?? 0).count
    }

    private func blank(_ margin: Int) -> String { String(repeating: " ", count: margin + 3) }

    // MARK: Source lines

    /// The line that the span starts in, and below it the caret range; a span over several lines is marked to the end of
    /// the first.
    private func excerpt(_ span: SourceSpan, _ margin: Int) -> [String] {
        let number = source.location(of: Int(span.start)).line
        let line = source.line(number)
        let start = min(max(Int(span.start), line.lowerBound), line.upperBound)
        let end = min(max(Int(span.end), start), line.upperBound)
        let shown = ShownLine(
            before: source.text(line.lowerBound..<start), marked: source.text(start..<end),
            after: source.text(end..<line.upperBound), maximumWidth: maximumWidth)
        let label = String(number)
        let padding = String(repeating: " ", count: 2 + margin - label.count)
        return ["\(padding)\(label) | \(shown.text)", "\(blank(margin))| \(shown.marks)"]
    }
}

/// A line of source as it is drawn, with the marks below it.
private struct ShownLine {
    let text: String
    let marks: String

    private static let tabWidth = 4
    private static let ellipsis = "…"

    init(before: String, marked: String, after: String, maximumWidth: Int) {
        var before = Self.visible(before, from: 0)
        var marked = Self.visible(marked, from: DisplayWidth.of(before))
        var after = Self.visible(after, from: DisplayWidth.of(before) + DisplayWidth.of(marked))
        if DisplayWidth.of(before) + DisplayWidth.of(marked) + DisplayWidth.of(after) > maximumWidth {
            let limit = maximumWidth - 2
            marked = Self.shortened(marked, to: limit / 2, keepsEnd: false)
            let rest = limit - DisplayWidth.of(marked)
            let afterWidth = DisplayWidth.of(after)
            before = Self.shortened(before, to: max(rest / 2, rest - afterWidth), keepsEnd: true)
            after = Self.shortened(after, to: rest - DisplayWidth.of(before), keepsEnd: false)
        }
        text = String((before + marked + after).reversed().drop { $0 == " " }.reversed())
        let tail = String(repeating: "~", count: max(0, DisplayWidth.of(marked) - 1))
        marks = String(repeating: " ", count: DisplayWidth.of(before)) + "^" + tail
    }

    /// Tabs as spaces up to the next stop, control characters as their pictures.
    private static func visible(_ text: String, from column: Int) -> String {
        var result = ""
        var column = column
        for character in text {
            let shown = picture(character, column)
            result += shown
            column += DisplayWidth.of(shown)
        }
        return result
    }

    private static func picture(_ character: Character, _ column: Int) -> String {
        if character == "\t" { return String(repeating: " ", count: tabWidth - column % tabWidth) }
        return character.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar.value {
            case 0..<0x20: result.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
            case 0x7F: result += "\u{2421}"
            case 0x80..<0xA0, 0x202A...0x202E, 0x2066...0x2069: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// At most `width` columns, with an ellipsis for what is left out at one end.
    private static func shortened(_ text: String, to width: Int, keepsEnd: Bool) -> String {
        guard DisplayWidth.of(text) > width else { return text }
        var kept: [Character] = []
        var used = 1
        for character in keepsEnd ? Array(text.reversed()) : Array(text) {
            used += DisplayWidth.of(character)
            guard used <= width else { break }
            kept.append(character)
        }
        return keepsEnd ? ellipsis + String(kept.reversed()) : String(kept) + ellipsis
    }
}
