/// A script with its expected output: after the line that ends a statement or command, the lines that it prints, each behind
/// `-->`. To the parser these are comments, so the script runs as any other.
///
///     SELECT VALUE 1 + 1;
///     --> 2
///
/// A script is checked by writing its output into it and comparing the texts. Errors are output too: they are drawn as
/// they would be on the terminal, but with lines counted from the statement's first, so that what stands above may change;
/// and the script goes on after them.
package struct GoldenScript {
    private static let prefix = "-->"

    /// The script without its expected output: lines that start with `-->`, wherever they stand.
    private let source: ScriptSource
    private let lines: [Substring]

    package init(_ source: ScriptSource) {
        lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix(Self.prefix) }
        self.source = ScriptSource(name: source.name, text: lines.joined(separator: "\n"))
    }

    /// The script's text with the output of a run in place of the expected one.
    package func rewritten(running shell: Shell, _ output: TextOutput) -> String {
        var reader = ScriptReader(source.text)
        var outputs: [Int: String] = [:]
        let starts = lineStarts
        while let unit = reader.next() {
            let flow = shell.run(unit, of: source)
            outputs[Self.line(of: unit.end - 1, in: starts), default: ""] += output.takeText()
            if flow == .quit { break }
        }
        var result: [String] = []
        for (number, line) in lines.enumerated() {
            result.append(String(line))
            if let output = outputs[number] { result += Self.comments(output) }
        }
        return result.joined(separator: "\n")
    }

    /// Output as comment lines, without blanks at their ends.
    private static func comments(_ output: String) -> [String] {
        var lines = output.split(omittingEmptySubsequences: false) { $0.isNewline }
        if lines.last == "" { lines.removeLast() }
        return lines.map { "\(prefix) \($0)".droppingTrailingWhitespace }
    }

    /// Where each line starts, in UTF-8 bytes.
    private var lineStarts: [Int] {
        var start = 0
        return lines.map { line in
            defer { start += line.utf8.count + 1 }
            return start
        }
    }

    private static func line(of offset: Int, in starts: [Int]) -> Int {
        (starts.firstIndex { $0 > offset } ?? starts.count) - 1
    }
}
