import HindsightKeyValue

/// The head of a container in a document: where its directory and its elements are.
struct Container {
    /// Where the tag is.
    let start: Int
    /// Where the directory starts.
    let directory: Int
    /// Where the first element starts.
    let elements: Int
    /// Where the container ends.
    let end: Int
    let count: Int
    /// The last two bits of the tag: integers of the head have 1 << shift bytes.
    let shift: Int
    /// The tag without `shift`.
    let family: UInt8

    /// Reads the head at `offset`; nil if no container starts there.
    ///
    /// - Throws: `ValueError.corruptDocument` if head and directory do not lie within the document.
    @inline(__always)
    init?(at offset: Int, in document: RawSpan) throws(ValueError) {
        let tag = try Document.tag(at: offset, in: document)
        guard Document.Tag.containers.contains(tag) else { return nil }
        shift = Int(tag & 3)
        family = Document.Tag.family(of: tag)
        start = offset
        // The sums cannot overflow: offsets lie in the document, and what is loaded has 32 bits at most.
        directory = offset &+ 1 &+ (2 &<< shift)
        guard shift < 3, directory <= document.byteCount else { throw .corruptDocument(offset: offset) }
        end = offset &+ document.loadUnsigned(shift: shift, at: offset &+ 1)
        count = document.loadUnsigned(shift: shift, at: offset &+ 1 &+ (1 &<< shift))
        elements = directory &+ (count &<< shift)
        guard end <= document.byteCount, elements <= end else { throw .corruptDocument(offset: offset) }
    }

    @inline(__always)
    var isStructure: Bool { family >= Document.Tag.structure }

    /// Where the element of the directory's entry `index` starts by its own account, which may be anywhere behind
    /// `start`.
    ///
    /// - Precondition: `index` is in `0..<count`.
    @inline(__always)
    func uncheckedElement(_ index: Int, in document: RawSpan) -> Int {
        start &+ document.loadUnsigned(shift: shift, at: directory &+ (index &<< shift))
    }

    /// Where the element of the directory's entry `index` starts.
    ///
    /// - Precondition: `index` is in `0..<count`.
    @inline(__always)
    func element(_ index: Int, in document: RawSpan) throws(ValueError) -> Int {
        let element = uncheckedElement(index, in: document)
        guard element >= elements, element < end else { throw .corruptDocument(offset: directory + (index << shift)) }
        return element
    }
}

extension RawSpan {
    /// The unsigned integer of 1 << shift bytes at `offset`, little-endian.
    @inline(__always)
    func loadUnsigned(shift: Int, at offset: Int) -> Int {
        if shift == 0 { return Int(byte(at: offset)) }
        if shift == 1 { return Int(loadLittleEndian(UInt16.self, at: offset)) }
        return Int(loadLittleEndian(UInt32.self, at: offset))
    }
}
