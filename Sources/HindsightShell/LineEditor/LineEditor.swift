/// What the line editor asks about the text being typed.
package protocol EditorGuide: AnyObject {
    /// Whether Enter should submit: the text is one or more whole statements, or a dot-command.
    func isComplete(_ text: String) -> Bool
    /// What could stand where the cursor is.
    func completions(for buffer: EditBuffer) -> Completions
}

/// The prompt: a whole statement, over several rows if need be, is one buffer until it is complete.
package final class LineEditor {
    /// How a read ended.
    package enum Outcome: Equatable, Sendable {
        case entry(String)
        /// Ctrl-C: what was typed is gone.
        case interrupted
        case endOfInput
        /// The process was asked to end.
        case terminated(signal: Int32)
    }

    private let handle: EditLineHandle
    private let history: HistoryFile?
    private let signals: SignalPipe
    private weak var guide: (any EditorGuide)?

    /// Opens the editor on the terminal.
    /// - Parameter history: entries of earlier sessions are recalled from here, and new ones appended.
    /// - Returns: nil if the terminal cannot be used.
    package init?(signals: SignalPipe, history: HistoryFile?, guide: any EditorGuide) {
        guard let handle = EditLineHandle(signals: signals, historySize: HistoryFile.capacity) else { return nil }
        self.handle = handle
        self.history = history
        self.signals = signals
        self.guide = guide
        // A history that cannot be shortened is merely long.
        try? history?.compact()
        for entry in history?.entries() ?? [] {
            handle.remember(entry)
        }
        handle.onKey = { [weak guide] key, buffer in Self.actions(for: key, in: buffer, guide) }
    }

    /// Reads one entry.
    package func read(prompt: String) -> Outcome {
        signals.catchSignals(Signals.whileEditing)
        defer { signals.restoreDefault(Signals.suspend) }
        switch handle.read(prompt: prompt) {
        case .entry(let text): return .entry(text)
        case .endOfInput: return .endOfInput
        case .signal(Signals.interrupt): return .interrupted
        case .signal(let signal): return .terminated(signal: signal)
        }
    }

    /// Keeps an entry for this session and later ones. What begins with a space is not kept, so that secrets need not be.
    /// - Throws: `SystemError` if the history file cannot be written; the entry can be recalled in this session all the same.
    package func remember(_ entry: String) throws(SystemError) {
        let trimmed = entry.droppingTrailingWhitespace
        guard !trimmed.isEmpty, entry.first != " " else { return }
        handle.remember(trimmed)
        try history?.append(trimmed)
    }

    private static func actions(
        for key: EditKey, in buffer: EditBuffer, _ guide: (any EditorGuide)?
    ) -> [EditAction] {
        switch key {
        case .submit: guide?.isComplete(buffer.text) ?? true ? [.run([.finishLine])] : [.insert("\n")]
        case .newline: [.insert("\n")]
        case .complete: guide?.completions(for: buffer).actions ?? [.beep]
        case .leave: buffer.isEmpty ? [.endInput] : deletion(of: buffer.nextCharacterLength)
        case .rowStart: [.move(by: buffer.rowStart - buffer.cursor)]
        case .rowEnd: [.move(by: buffer.rowEnd - buffer.cursor)]
        case .left: [.move(by: -buffer.previousCharacterLength)]
        case .right: [.move(by: buffer.nextCharacterLength)]
        case .up: buffer.placeAbove.map { [.move(by: $0 - buffer.cursor)] } ?? [.run([.previousHistory])]
        case .down: buffer.placeBelow.map { [.move(by: $0 - buffer.cursor)] } ?? [.run([.nextHistory])]
        case .backspace: buffer.cursor > 0 ? [.deleteBackward(buffer.previousCharacterLength)] : [.beep]
        case .delete: deletion(of: buffer.nextCharacterLength)
        case .killToRowEnd: killToRowEnd(buffer)
        case .killToRowStart:
            buffer.cursor > buffer.rowStart ? [.run([.setMark, .moveToRowStart, .killToMark])] : [.beep]
        }
    }

    private static func deletion(of length: Int) -> [EditAction] {
        length > 0 ? [.move(by: length), .deleteBackward(length)] : [.beep]
    }

    /// At a row's end the line break goes, so that two rows become one.
    private static func killToRowEnd(_ buffer: EditBuffer) -> [EditAction] {
        buffer.cursor < buffer.rowEnd
            ? [.run([.setMark, .moveToRowEnd, .killToMark])] : deletion(of: buffer.nextCharacterLength)
    }
}

extension String {
    /// Without blanks and line breaks at the end.
    var droppingTrailingWhitespace: String {
        var end = endIndex
        while end > startIndex, self[index(before: end)].isWhitespace { formIndex(before: &end) }
        return String(self[..<end])
    }
}
