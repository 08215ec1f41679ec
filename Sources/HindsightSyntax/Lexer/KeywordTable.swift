/// Finds the keyword that some bytes spell, in any mixture of case: an open-addressed hash table over the words.
struct KeywordTable: Sendable {
    /// Slot to keyword number + 1, 0 for an empty slot. A power of two, at least four times the words.
    private let slots: [UInt8]
    /// The upper-case bytes of all keywords, one after the other.
    private let letters: [UInt8]
    /// Where each keyword starts in `letters`; one more entry at the end.
    private let starts: [Int]
    private let keywords: [Keyword]
    private let longest: Int

    static let shared = KeywordTable()

    private static let slotCount = 1024

    private init() {
        keywords = Array(Keyword.allCases)
        precondition(keywords.count < 255, "a keyword's number fits into a byte")
        var slots = [UInt8](repeating: 0, count: Self.slotCount)
        var letters: [UInt8] = []
        var starts = [0]
        for (number, keyword) in keywords.enumerated() {
            let word = Array(keyword.rawValue.utf8)
            letters += word
            starts.append(letters.count)
            var slot = Self.slot(word.span.extracting(0..<word.count))
            while slots[slot] != 0 { slot = (slot + 1) % Self.slotCount }
            slots[slot] = UInt8(number + 1)
        }
        self.slots = slots
        self.letters = letters
        self.starts = starts
        longest = keywords.map(\.rawValue.utf8.count).max() ?? 0
    }

    /// The keyword that `word` spells, or nil.
    func keyword(_ word: Span<UInt8>) -> Keyword? {
        guard word.count <= longest else { return nil }
        var slot = Self.slot(word)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if spells(word, number) { return keywords[number] }
            slot = (slot + 1) % Self.slotCount
        }
        return nil
    }

    private func spells(_ word: Span<UInt8>, _ number: Int) -> Bool {
        let start = starts[number]
        guard starts[number + 1] - start == word.count else { return false }
        for index in 0..<word.count where word[index].asciiUppercased != letters[start + index] {
            return false
        }
        return true
    }

    /// FNV-1a over the upper-case letters.
    private static func slot(_ word: Span<UInt8>) -> Int {
        var hash: UInt32 = 2_166_136_261
        for index in 0..<word.count {
            hash = (hash ^ UInt32(word[index].asciiUppercased)) &* 16_777_619
        }
        return Int((hash ^ (hash >> 15)) % UInt32(slotCount))
    }
}

extension UInt8 {
    @inline(__always)
    var asciiUppercased: UInt8 {
        self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") ? self & 0xDF : self
    }

    @inline(__always)
    var isASCIIDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    /// A letter, `_` or `$`: what an unquoted name starts with, in ASCII.
    @inline(__always)
    var isNameStart: Bool {
        let upper = self & 0xDF
        return (upper >= UInt8(ascii: "A") && upper <= UInt8(ascii: "Z")) || self == UInt8(ascii: "_")
            || self == UInt8(ascii: "$")
    }

    @inline(__always)
    var isNamePart: Bool { isNameStart || isASCIIDigit }
}
