import HindsightKeyValue

/// Builds a document from its parts in written order. One writer is used for many documents, so that its memory is
/// reserved once.
///
/// A container's elements are written first. When it ends, its size is known, and with it the width of the directory;
/// then the elements move up to make room for head and directory.
struct DocumentWriter: ~Copyable {
    /// The document as far as it is written.
    var bytes = ByteBuffer()
    /// Where the elements start of all containers that are being written.
    var elements: [Element] = []

    struct Element {
        var start: Int
        /// The first eight bytes of a field's name, for sorting.
        var word: UInt64 = 0
    }

    /// A container that is being written.
    struct OpenContainer {
        /// Where its first element starts.
        let start: Int
        /// How many elements the containers around it have so far.
        let firstElement: Int
    }

    /// Starts a new document in place of the last one.
    mutating func begin() -> OpenContainer {
        bytes.removeAll()
        elements.removeAll(keepingCapacity: true)
        bytes.append(Document.formatVersion)
        return beginContainer()
    }

    /// Ends the document, the key attributes first in written order.
    ///
    /// - Throws: `ValueError.duplicateAttribute`.
    mutating func end(_ item: OpenContainer, keyNames: [[UInt8]]) throws(ValueError) {
        moveToFront(keyNames, of: item)
        sortFields(of: item)
        if let repeated = firstRepeatedField(of: item) { throw .duplicateAttribute(name(ofField: repeated)) }
        writeHead(of: item, family: Document.Tag.structure)
    }

    mutating func beginContainer() -> OpenContainer {
        OpenContainer(start: bytes.count, firstElement: elements.count)
    }

    /// Starts an element of a list, bag or S-expression; its value is to follow.
    mutating func beginElement() {
        elements.append(Element(start: bytes.count))
    }

    /// Starts a field; its value is to follow.
    ///
    /// - Throws: `ValueError.emptyAttributeName`, `ValueError.attributeNameTooLong`.
    mutating func beginField(_ name: String) throws(ValueError) {
        elements.append(Element(start: bytes.count))
        let length = try DocumentName.lengthCode(name.utf8.count)
        bytes.append(lowBytesOf: length.word, count: length.byteCount)
        bytes.append(RawSpan(_elements: name.utf8.span))
    }

    /// Starts a field whose name is these UTF-8 bytes; its value is to follow.
    ///
    /// - Throws: As `beginField(_:)`.
    mutating func beginField(utf8 name: RawSpan) throws(ValueError) {
        elements.append(Element(start: bytes.count))
        let length = try DocumentName.lengthCode(name.byteCount)
        bytes.append(lowBytesOf: length.word, count: length.byteCount)
        bytes.append(name)
    }

    /// Ends a list, bag or S-expression.
    mutating func endCollection(_ container: OpenContainer, family: UInt8) {
        writeHead(of: container, family: family)
    }

    mutating func endStructure(_ container: OpenContainer) {
        sortFields(of: container)
        let isRepetitive = firstRepeatedField(of: container) != nil
        writeHead(of: container, family: isRepetitive ? Document.Tag.repetitiveStructure : Document.Tag.structure)
    }

    /// Puts head and directory before the elements, and forgets the container.
    private mutating func writeHead(of container: OpenContainer, family: UInt8) {
        let count = elements.count - container.firstElement
        let content = bytes.count - container.start
        let shift = Self.shift(count: count, content: content)
        let head = Self.headLength(count: count, shift: shift)
        bytes.openGap(of: head, at: container.start)
        bytes[container.start] = family | UInt8(shift)
        store(head + content, shift: shift, at: container.start + 1)
        store(count, shift: shift, at: container.start + 1 + (1 << shift))
        let directory = container.start + 1 + (2 << shift)
        for index in 0..<count {
            let offset = elements[container.firstElement + index].start - container.start + head
            store(offset, shift: shift, at: directory + (index << shift))
        }
        elements.removeLast(count)
    }

    /// The least width, as an exponent of 2, that says the size of `count` elements of `content` bytes in all.
    static func shift(count: Int, content: Int) -> Int {
        var shift = 0
        while shift < 2, headLength(count: count, shift: shift) + content >= 1 << (8 << shift) { shift += 1 }
        return shift
    }

    private static func headLength(count: Int, shift: Int) -> Int {
        1 + ((2 + count) << shift)
    }

    private mutating func store(_ integer: Int, shift: Int, at offset: Int) {
        switch shift {
        case 0: bytes[offset] = UInt8(truncatingIfNeeded: integer)
        case 1: bytes.store(littleEndian: UInt16(truncatingIfNeeded: integer), at: offset)
        default: bytes.store(littleEndian: UInt32(truncatingIfNeeded: integer), at: offset)
        }
    }
}
