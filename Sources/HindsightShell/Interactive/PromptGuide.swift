import HindsightSyntax

/// Tells the editor when an entry is whole, and what could come next.
final class PromptGuide: EditorGuide {
    private let completer: Completer

    init(_ completer: Completer) {
        self.completer = completer
    }

    func isComplete(_ text: String) -> Bool {
        let isCommand = text.drop { $0.isWhitespace }.first == "."
        return isCommand || Prompt.meantCommand(text) != nil || HindsightSyntax.isComplete(text)
    }

    func completions(for buffer: EditBuffer) -> Completions {
        completer.completions(before: buffer.textBeforeCursor, after: buffer.textAfterCursor)
    }
}
