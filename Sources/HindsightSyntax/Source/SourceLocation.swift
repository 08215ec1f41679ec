/// A place in a text as people count it.
public struct SourceLocation: Sendable, Hashable {
    /// From 1.
    public let line: Int
    /// Characters (extended grapheme clusters) before the place in its line, plus 1.
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// A text cut into lines, to turn offsets into locations.
package struct SourceText: Sendable {
    private let bytes: [UInt8]
    /// The offset of each line's first byte; a line ends with `\n`, `\r\n` or the text.
    private let lineStarts: [Int]

    /// - Complexity: O(bytes).
    package init(_ text: String) {
        self.init(utf8: Array(text.utf8))
    }

    /// Bytes that are no UTF-8 are shown as U+FFFD.
    package init(utf8 bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        lineStarts = starts
    }

    package var lineCount: Int { lineStarts.count }

    /// The line and column of a byte offset; offsets beyond the text are its end.
    package func location(of offset: Int) -> SourceLocation {
        let line = lineIndex(of: offset)
        let before = String(decoding: bytes[lineStarts[line]..<clamped(offset)], as: UTF8.self)
        return SourceLocation(line: line + 1, column: before.count + 1)
    }

    /// The bytes of line `number`, counted from 1, without its end.
    func line(_ number: Int) -> Range<Int> {
        let start = lineStarts[number - 1]
        var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return start..<end
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[clamped(range.lowerBound)..<clamped(range.upperBound)], as: UTF8.self)
    }

    private func clamped(_ offset: Int) -> Int { min(max(offset, 0), bytes.count) }

    /// The last line that starts at or before `offset`.
    private func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
