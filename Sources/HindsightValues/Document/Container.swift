import HindsightKeyValue

/// The head of a container in a document: where its directory and its elements are.
struct Container {
    /// Where the tag is.
    let start: Int
    /// The last two bits of the tag: integers of the head have 1 << shift bytes.
    let shift: Int
    /// The tag without `shift`.
    let family: UInt8
    let count: Int
    /// Where the container ends.
    let end: Int

    /// Reads the head at `offset`; nil if no container starts there.
    ///
    /// - Throws: `ValueError.corruptDocument` if head and directory do not lie within the document.
    init?(at offset: Int, in document: RawSpan) throws(ValueError) {
        guard offset >= 0, offset < document.byteCount else { throw .corruptDocument(offset: offset) }
        let tag = document.byte(at: offset)
        guard Document.Tag.containers.contains(tag) else { return nil }
        shift = Int(tag & 3)
        family = Document.Tag.family(of: tag)
        start = offset
        guard shift < 3, offset + 1 + (2 << shift) <= document.byteCount else { throw .corruptDocument(offset: offset) }
        let size = document.loadUnsigned(shift: shift, at: offset + 1)
        count = document.loadUnsigned(shift: shift, at: offset + 1 + (1 << shift))
        end = offset + size
        guard end <= document.byteCount, elements <= end else { throw .corruptDocument(offset: offset) }
    }

    /// Where the directory starts.
    var directory: Int { start + 1 + (2 << shift) }

    /// Where the first element starts.
    var elements: Int { directory + count << shift }

    var isStructure: Bool {
        family == Document.Tag.structure || family == Document.Tag.repetitiveStructure
    }

    /// Where the element of the directory's entry `index` starts.
    ///
    /// - Precondition: `index` is in `0..<count`.
    func element(_ index: Int, in document: RawSpan) throws(ValueError) -> Int {
        let element = start + document.loadUnsigned(shift: shift, at: directory + index << shift)
        guard element >= elements, element < end else { throw .corruptDocument(offset: directory + index << shift) }
        return element
    }
}

extension RawSpan {
    /// The unsigned integer of 1 << shift bytes at `offset`, little-endian.
    @inline(__always)
    func loadUnsigned(shift: Int, at offset: Int) -> Int {
        switch shift {
        case 0: Int(byte(at: offset))
        case 1: Int(loadLittleEndian(UInt16.self, at: offset))
        default: Int(loadLittleEndian(UInt32.self, at: offset))
        }
    }
}
