/// How two texts differ, line by line, drawn as `diff -u` does.
enum LineDifference {
    private static let context = 3

    private enum Change { case same, removed, added }

    /// The drawn difference; empty for equal texts.
    static func draw(expected: String, actual: String) -> String {
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let new = actual.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let lines = merged(old, new)
        var text = ""
        var lastShown = -1
        for index in lines.indices where isNearChange(index, lines) {
            if index != lastShown + 1 || lastShown < 0 { text += "@@ line \(lines[index].number) @@\n" }
            text += lines[index].text + "\n"
            lastShown = index
        }
        return text
    }

    private typealias Line = (change: Change, text: String, number: Int)

    /// All lines of both, with `number` counting the old text's.
    private static func merged(_ old: [String], _ new: [String]) -> [Line] {
        let difference = new.difference(from: old)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [Line] = []
        var next = 0
        for (number, line) in old.enumerated() {
            if removed.contains(number) {
                lines.append((.removed, "-" + line, number + 1))
                continue
            }
            while inserted.contains(next) {
                lines.append((.added, "+" + new[next], number + 1))
                next += 1
            }
            lines.append((.same, " " + line, number + 1))
            next += 1
        }
        for line in new[next...] { lines.append((.added, "+" + line, old.count)) }
        return lines
    }

    private static func isNearChange(_ index: Int, _ lines: [Line]) -> Bool {
        let near = max(0, index - context)...min(lines.count - 1, index + context)
        return lines[near].contains { $0.change != .same }
    }
}
