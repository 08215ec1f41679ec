/// How many columns text takes in a terminal.
///
/// The table is our own: `wcwidth` differs between systems and follows the locale, and tests must not.
package enum DisplayWidth {
    /// Columns of a whole text.
    /// - Complexity: O(*n*) in its length.
    package static func of(_ text: some StringProtocol) -> Int {
        if let plain = asciiWidth(text) { return plain }
        return text.reduce(0) { $0 + of($1) }
    }

    /// Columns of one character. Emoji sequences and flags take two whatever they are made of.
    package static func of(_ character: Character) -> Int {
        let scalars = character.unicodeScalars
        if scalars.contains("\u{FE0F}") || isFlag(character) { return 2 }
        if let first = scalars.first, first.properties.isEmojiPresentation { return 2 }
        return scalars.reduce(0) { $0 + of($1) }
    }

    /// The longest beginning of `text` that takes at most `columns`, and the columns it takes.
    package static func prefix(of text: String, columns: Int) -> (text: Substring, width: Int) {
        var used = 0
        var end = text.startIndex
        while end < text.endIndex {
            let width = of(text[end])
            if used + width > columns { break }
            used += width
            text.formIndex(after: &end)
        }
        return (text[..<end], used)
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? 0 : 1 }
        if isInvisible(scalar) { return 0 }
        return isWide(scalar.value) || scalar.properties.isEmojiPresentation ? 2 : 1
    }

    private static func asciiWidth(_ text: some StringProtocol) -> Int? {
        var count = 0
        for byte in text.utf8 {
            guard (0x20..<0x7F).contains(byte) else { return nil }
            count += 1
        }
        return count
    }

    private static func isFlag(_ character: Character) -> Bool {
        let scalars = character.unicodeScalars
        return scalars.count == 2 && scalars.allSatisfy { (0x1F1E6...0x1F1FF).contains($0.value) }
    }

    /// Marks drawn over the character before, format characters, and the vowels and finals of a conjoined Hangul syllable.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: true
        default: (0x1160...0x11FF).contains(scalar.value)
        }
    }

    private static func isWide(_ value: UInt32) -> Bool {
        var low = 0
        var high = wideRanges.count
        while low < high {
            let middle = (low + high) / 2
            if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < wideRanges.count && wideRanges[low].contains(value)
    }

    /// East Asian Width W and F (Unicode 16, UAX #11), emoji left out: those are known by a property.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]
}
