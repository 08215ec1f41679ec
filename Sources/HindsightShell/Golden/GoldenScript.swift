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

    private let source: ScriptSource
    private let lines: [Substring]

    package init(_ source: ScriptSource) {
        self.source = source
        lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The script's text with the output of a run in place of the expected one.
    package func rewritten(running shell: Shell, _ output: TextOutput) -> String {
        var reader = ScriptReader(source.text)
        var outputs: [Int: String] = [:]
        var inner: Set<Int> = []
        let starts = lineStarts
        while let unit = reader.next() {
            let flow = shell.run(unit, of: source)
            let first = Self.line(of: unit.range.lowerBound, in: starts)
            let last = Self.line(of: unit.end - 1, in: starts)
            inner.formUnion(first...last)
            outputs[last, default: ""] += output.takeText()
            if flow == .quit { break }
        }
        return assemble(outputs, inside: inner)
    }

    /// - Parameter inner: the lines that units stand in, where `-->` is an ordinary comment.
    private func assemble(_ outputs: [Int: String], inside inner: Set<Int>) -> String {
        var result: [String] = []
        for (number, line) in lines.enumerated() {
            if line.hasPrefix(Self.prefix), !inner.contains(number) { continue }
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
        lines.reduce(into: [0]) { starts, line in starts.append(starts.last! + line.utf8.count + 1) }
    }

    private static func line(of offset: Int, in starts: [Int]) -> Int {
        (starts.firstIndex { $0 > offset } ?? starts.count) - 1
    }
}
