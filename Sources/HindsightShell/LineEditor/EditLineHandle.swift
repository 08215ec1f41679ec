// With `System/SystemCalls.swift`, the only file of this target with `unsafe` expressions. libedit works by callbacks with
// raw pointers: the C side keeps all of them but one, the key handler below, which gets its object back from an untyped context and reads the buffer
// where libedit keeps it. Text goes the other way as NUL-terminated wide characters that libedit copies during the call.
import CEditLine

/// libedit's editor with our reader, keys and prompt. Belongs to the thread that reads.
@safe final class EditLineHandle {
    /// Decides what a key does.
    var onKey: (EditKey, EditBuffer) -> [EditAction] = { _, _ in [.beep] }
    private var editor: UnsafeMutablePointer<pq_editor>?

    /// Opens an editor on standard input and output.
    /// - Returns: nil if the terminal cannot be used.
    init?(signals: SignalPipe, historySize: Int) {
        unsafe editor = nil
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe editor = pq_open_editor(signals.readEnd, Int32(historySize), context) {
            context, key, text, length, cursor in
            guard let context = unsafe context, let text = unsafe text else { return CC_ERROR }
            let handle = unsafe Unmanaged<EditLineHandle>.fromOpaque(context).takeUnretainedValue()
            let buffer = unsafe UnsafeBufferPointer(start: text, count: Int(length))
            let scalars = unsafe buffer.map { Unicode.Scalar(UInt32($0)) ?? "\u{FFFD}" }
            return handle.pressed(Int(key), EditBuffer(scalars: scalars, cursor: Int(cursor)))
        }
        if unsafe editor == nil { return nil }
    }

    deinit {
        if let editor = unsafe editor { unsafe pq_close_editor(editor) }
    }

    /// What a read ended with.
    enum Outcome {
        case entry(String)
        case endOfInput
        case signal(Int32)
    }

    /// Shows the prompt and reads until the entry is submitted.
    func read(prompt: String) -> Outcome {
        guard let editor = unsafe editor else { return .endOfInput }
        var count: Int32 = 0
        let line = unsafe pq_read_entry(editor, wide(prompt), &count)
        if let line = unsafe line {
            let scalars = unsafe UnsafeBufferPointer(start: line, count: Int(count))
            return .entry(String(String.UnicodeScalarView(unsafe scalars.compactMap { Unicode.Scalar(UInt32($0)) })))
        }
        let signal = unsafe editor.pointee.ended_by
        return signal == 0 ? .endOfInput : .signal(signal)
    }

    /// Adds an entry to what the up key and the search recall.
    func remember(_ entry: String) {
        guard let editor = unsafe editor else { return }
        unsafe pq_remember(editor, wide(entry))
    }

    private func pressed(_ key: Int, _ buffer: EditBuffer) -> Int32 {
        guard EditKey.allCases.indices.contains(key), let editor = unsafe editor else { return CC_ERROR }
        var answer = CC_REFRESH
        for action in onKey(EditKey.allCases[key], buffer) {
            answer = unsafe perform(action, editor)
        }
        return answer
    }

    private func perform(_ action: EditAction, _ editor: UnsafeMutablePointer<pq_editor>) -> Int32 {
        switch action {
        case .insert(let text): unsafe pq_insert(editor, wide(text))
        case .move(let scalars): unsafe pq_move_cursor(editor, Int32(scalars))
        case .deleteBackward(let count): unsafe pq_delete_before_cursor(editor, Int32(count))
        case .printBelow(let text):
            unsafe pq_print_below(editor, text)
            return CC_NORM
        case .run(let builtIns):
            unsafe pq_push(editor, wide(String(builtIns.map(\.rawValue))))
            return CC_NORM
        case .beep: return CC_REFRESH_BEEP
        case .endInput: return CC_EOF
        }
        return CC_REFRESH
    }

    /// NUL-terminated wide characters; an array is passed to C as a pointer for the time of the call.
    private func wide(_ text: String) -> [wchar_t] {
        text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0]
    }
}
