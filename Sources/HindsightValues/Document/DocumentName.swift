import HindsightKeyValue

/// A name as it stands in a field: length and UTF-8, prepared for comparing eight bytes at once.
///
/// Names are ordered by these bytes. The first eight of them, read big-endian, mostly decide.
struct DocumentName: Sendable {
    /// The first eight bytes of length and name; zeros fill a shorter one.
    let word: UInt64
    /// Covers the bytes of `word` that belong to the name.
    let mask: UInt64
    /// The last eight bytes of length and name; 0 if there are no more than eight.
    let tail: UInt64
    /// How many bytes length and name have.
    let byteCount: Int

    /// Prepares the length and the name that stand in `bytes` from `start` on.
    ///
    /// - Precondition: they do stand there.
    init(in bytes: RawSpan, at start: Int, byteCount: Int) {
        self.byteCount = byteCount
        mask = DocumentName.mask(byteCount: byteCount)
        word = bytes.loadPrefix(at: start) & mask
        tail = byteCount > 8 ? bytes.loadBigEndian(UInt64.self, at: start + byteCount - 8) : 0
    }

    private init() {
        word = 0
        mask = 0
        tail = 0
        byteCount = 0
    }

    /// Stands where a step has no name.
    static let nothing = DocumentName()

    /// Ones in the bytes that a name of `byteCount` bytes, length included, has in its first word.
    static func mask(byteCount: Int) -> UInt64 {
        byteCount >= 8 ? .max : ~(.max >> UInt64(8 * byteCount))
    }

    /// The bytes of length and name as they stand in a field.
    ///
    /// - Throws: `ValueError.emptyAttributeName`, `ValueError.attributeNameTooLong`.
    static func code(_ name: String) throws(ValueError) -> [UInt8] {
        var bytes: [UInt8] = []
        try appendLength(name.utf8.count, to: &bytes)
        bytes.append(contentsOf: name.utf8)
        return bytes
    }

    /// Appends the length of a name as it stands before it.
    ///
    /// - Throws: As `code(_:)`.
    static func appendLength(_ length: Int, to bytes: inout [UInt8]) throws(ValueError) {
        guard length > 0 else { throw .emptyAttributeName }
        guard length <= Document.maximumNameLength else {
            throw .attributeNameTooLong(bytes: length, limit: Document.maximumNameLength)
        }
        if length < Int(Document.longNameMark) {
            bytes.append(UInt8(length))
        } else {
            bytes.append(Document.longNameMark)
            bytes.append(UInt8(length >> 8))
            bytes.append(UInt8(length & 0xFF))
        }
    }
}

extension Document {
    /// The bytes of the name of the field at `field`, which must end before `end`.
    static func name(ofField field: Int, before end: Int, in document: RawSpan) throws(ValueError) -> Range<Int> {
        guard field < end else { throw .corruptDocument(offset: field) }
        var start = field + 1
        var length = Int(document.byte(at: field))
        if length == Int(longNameMark) {
            guard start + 2 < end else { throw .corruptDocument(offset: field) }
            length = Int(document.loadBigEndian(UInt16.self, at: start))
            start += 2
        }
        guard start + length < end else { throw .corruptDocument(offset: field) }
        return start..<start + length
    }
}

extension RawSpan {
    /// The eight bytes from `offset` on, big-endian; zeros stand for those behind the end.
    ///
    /// - Precondition: `offset` is in `0..<byteCount`.
    @inline(__always)
    func loadPrefix(at offset: Int) -> UInt64 {
        if offset + 8 <= byteCount { return loadBigEndian(UInt64.self, at: offset) }
        // Near the end the last eight bytes are read, and those before `offset` shifted out.
        if byteCount >= 8 {
            return loadBigEndian(UInt64.self, at: byteCount - 8) << UInt64(8 * (offset + 8 - byteCount))
        }
        var word: UInt64 = 0
        for position in offset..<byteCount {
            word |= UInt64(byte(at: position)) << UInt64(8 * (7 - (position - offset)))
        }
        return word
    }
}
