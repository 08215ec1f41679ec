import HindsightSyntax

/// What could stand at the cursor.
package struct Completions: Equatable, Sendable {
    /// One possibility.
    package struct Candidate: Equatable, Sendable {
        package let text: String
        /// What is typed after it when it is the only one: a blank, a slash, nothing.
        package let terminator: String

        package init(_ text: String, terminator: String = " ") {
            self.text = text
            self.terminator = terminator
        }
    }

    /// The typed beginning that a candidate replaces.
    package let typed: String
    package let candidates: [Candidate]

    /// Nothing fits.
    package static let none = Completions(typed: "", candidates: [])

    package init(typed: String, candidates: [Candidate]) {
        self.typed = typed
        self.candidates = candidates
    }

    /// What the Tab key does: the only candidate is put in; several are put in as far as they agree, or listed.
    var actions: [EditAction] {
        guard let first = candidates.first else { return [.beep] }
        if candidates.count == 1 { return replaceTyped(with: first.text + first.terminator) }
        let common = commonBeginning
        if common.unicodeScalars.count > typed.unicodeScalars.count { return replaceTyped(with: common) }
        return [.printBelow(Self.columns(candidates.map(\.text), width: Terminal.outputColumns ?? 80))]
    }

    private func replaceTyped(with text: String) -> [EditAction] {
        let typedLength = typed.unicodeScalars.count
        return typedLength == 0 ? [.insert(text)] : [.deleteBackward(typedLength), .insert(text)]
    }

    /// The beginning that all candidates share.
    private var commonBeginning: String {
        var common = Substring(candidates[0].text)
        for candidate in candidates.dropFirst() {
            common = common.commonPrefix(with: candidate.text)
        }
        return String(common)
    }

    /// Names in columns read downwards, as `ls` does.
    static func columns(_ names: [String], width: Int) -> String {
        let columnWidth = (names.map { DisplayWidth.of($0) }.max() ?? 0) + 2
        let columns = max(1, width / columnWidth)
        let rows = (names.count + columns - 1) / columns
        var text = ""
        for row in 0..<rows {
            let cells = stride(from: row, to: names.count, by: rows).map { names[$0] }
            let padded = cells.map { $0 + String(repeating: " ", count: columnWidth - DisplayWidth.of($0)) }
            text += padded.joined().droppingTrailingWhitespace + "\n"
        }
        return text
    }
}

extension Substring {
    func commonPrefix(with other: String) -> Substring {
        let length = zip(self, other).prefix { $0 == $1 }.count
        return prefix(length)
    }
}
