import HindsightKeyValue

/// A name as it stands in a field: length and UTF-8, prepared for comparing eight bytes at once.
///
/// Names are ordered by these bytes. The first eight of them, read big-endian, mostly decide.
struct DocumentName: Sendable {
    /// Ones in the bits of case of the bytes behind the length, which is one byte for all names but the longest.
    static let caseBits: UInt64 = 0x0020_2020_2020_2020

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
        word = bytes.bigEndianWord(at: start) & mask
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

    /// The length of a name as it stands before it: the lowest bytes of a word.
    ///
    /// - Throws: `ValueError.emptyAttributeName`, `ValueError.attributeNameTooLong`.
    @inline(__always)
    static func lengthCode(_ length: Int) throws(ValueError) -> (word: UInt64, byteCount: Int) {
        guard length > 0 else { throw .emptyAttributeName }
        if length < Int(Document.longNameMark) { return (UInt64(truncatingIfNeeded: length), 1) }
        guard length <= Document.maximumNameLength else {
            throw .attributeNameTooLong(bytes: length, limit: Document.maximumNameLength)
        }
        let bigEndian = UInt16(truncatingIfNeeded: length).byteSwapped
        return (UInt64(bigEndian) << 8 | UInt64(Document.longNameMark), 3)
    }

    /// Appends length and name as they stand in a field.
    ///
    /// - Throws: As `lengthCode(_:)`.
    static func append(_ name: String, to bytes: inout [UInt8]) throws(ValueError) {
        var (word, byteCount) = try lengthCode(name.utf8.count)
        while byteCount > 0 {
            bytes.append(UInt8(truncatingIfNeeded: word))
            word >>= 8
            byteCount -= 1
        }
        bytes.append(contentsOf: name.utf8)
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
