import HindsightValues

// Text as the language counts it: in code points, compared by UTF-8 bytes.

extension Value {
    /// The text of a string or symbol.
    @inlinable
    package var text: String? {
        switch self {
        case .string(let text), .symbol(let text): text
        default: nil
        }
    }
}

extension String {
    /// The number of code points.
    ///
    /// - Complexity: O(bytes).
    package var codePointCount: Int {
        let bytes = utf8Span.span
        var count = 0
        for index in bytes.indices where bytes[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }

    /// The code points at the places `from` (counted from 1) and after, `count` of them or all. Places before the first
    /// count, but hold nothing, as SQL has it.
    package func codePoints(from start: Int64, count: Int64? = nil) -> String {
        let (end, overflows) = start.addingReportingOverflow(count ?? Int64.max)
        let last = overflows ? Int64.max : end
        let first = max(start, 1)
        guard last > first else { return "" }
        let scalars = unicodeScalars
        guard let from = scalars.index(scalars.startIndex, offsetBy: Int(first - 1), limitedBy: scalars.endIndex) else {
            return ""
        }
        let to = scalars.index(from, offsetBy: Int(last - first), limitedBy: scalars.endIndex) ?? scalars.endIndex
        return String(scalars[from..<to])
    }

    /// Whether the bytes of `prefix` begin this text.
    package func hasBytePrefix(_ prefix: String) -> Bool {
        let bytes = utf8Span.span
        let wanted = prefix.utf8Span.span
        guard wanted.count <= bytes.count else { return false }
        for index in wanted.indices where bytes[index] != wanted[index] { return false }
        return true
    }

    /// Whether the bytes of `suffix` end this text.
    package func hasByteSuffix(_ suffix: String) -> Bool {
        let bytes = utf8Span.span
        let wanted = suffix.utf8Span.span
        let start = bytes.count - wanted.count
        guard start >= 0 else { return false }
        for index in wanted.indices where bytes[start + index] != wanted[index] { return false }
        return true
    }

    /// The byte offset at which `needle` first occurs at or after the byte offset `start`.
    ///
    /// - Complexity: O(bytes) but for short needles, which are compared at each place.
    package func firstByteOffset(of needle: String, from start: Int = 0) -> Int? {
        let bytes = utf8Span.span
        let wanted = needle.utf8Span.span
        guard !wanted.isEmpty else { return start <= bytes.count ? start : nil }
        if wanted.count > String.longestShortNeedle { return byteOffset(ofLong: needle, from: start) }
        var offset = start
        while offset + wanted.count <= bytes.count {
            if bytes[offset] == wanted[0] {
                var matched = 1
                while matched < wanted.count && bytes[offset + matched] == wanted[matched] { matched += 1 }
                if matched == wanted.count { return offset }
            }
            offset += 1
        }
        return nil
    }

    private static let longestShortNeedle = 32

    /// The search of Knuth, Morris and Pratt (1977), which never looks at a byte of the text twice.
    private func byteOffset(ofLong needle: String, from start: Int) -> Int? {
        let bytes = utf8Span.span
        let wanted = needle.utf8Span.span
        guard start + wanted.count <= bytes.count else { return nil }
        // The length of the longest proper prefix of the needle that ends at each place.
        var borders = [0]
        borders.reserveCapacity(wanted.count)
        var border = 0
        for index in 1..<wanted.count {
            while border > 0 && wanted[index] != wanted[border] { border = borders[border - 1] }
            if wanted[index] == wanted[border] { border += 1 }
            borders.append(border)
        }
        var matched = 0
        for offset in start..<bytes.count {
            while matched > 0 && bytes[offset] != wanted[matched] { matched = borders[matched - 1] }
            if bytes[offset] == wanted[matched] { matched += 1 }
            if matched == wanted.count { return offset + 1 - matched }
        }
        return nil
    }

    /// The text between two byte offsets that lie between code points.
    package func slice(_ bytes: Range<Int>) -> String {
        let view = utf8
        let from = view.index(view.startIndex, offsetBy: bytes.lowerBound)
        let to = view.index(view.startIndex, offsetBy: bytes.upperBound)
        return String(self[from..<to])
    }

    /// The text without the code points of `characters` at its beginning, its end, or both.
    package func trimmed(_ characters: String, leading: Bool, trailing: Bool) -> String {
        let unwanted = Set(characters.unicodeScalars)
        var rest = unicodeScalars[...]
        while leading, let first = rest.first, unwanted.contains(first) { rest.removeFirst() }
        while trailing, let last = rest.last, unwanted.contains(last) { rest.removeLast() }
        return String(rest)
    }

    /// How often `search` occurs, one occurrence after the other; as often as there are places if it is empty.
    func occurrenceCount(of search: String) -> Int {
        if search.isEmpty { return codePointCount + 1 }
        var count = 0
        var start = 0
        while let found = firstByteOffset(of: search, from: start) {
            count += 1
            start = found + search.utf8.count
        }
        return count
    }

    /// Each occurrence of `search` replaced. An empty search text stands before each code point and at the end.
    package func replacingOccurrences(of search: String, with replacement: String) -> String {
        var result = ""
        guard !search.isEmpty else {
            for scalar in unicodeScalars {
                result += replacement
                result.unicodeScalars.append(scalar)
            }
            return result + replacement
        }
        var start = 0
        while let found = firstByteOffset(of: search, from: start) {
            result += slice(start..<found)
            result += replacement
            start = found + search.utf8.count
        }
        return result + slice(start..<utf8.count)
    }

    /// The texts between the occurrences of `separator`; between any two code points if it is empty.
    package func split(at separator: String) -> [String] {
        guard !separator.isEmpty else { return unicodeScalars.map { String($0) } }
        var parts: [String] = []
        var start = 0
        while let found = firstByteOffset(of: separator, from: start) {
            parts.append(slice(start..<found))
            start = found + separator.utf8.count
        }
        parts.append(slice(start..<utf8.count))
        return parts
    }
}
