import HindsightKeyValue

// The fields of a struct: sorted for the directory, and key attributes brought to the front.

extension DocumentWriter {
    /// Sorts the container's elements by name, fields of one name in written order.
    mutating func sortFields(of container: OpenContainer) {
        let fields = container.firstElement..<elements.count
        for index in fields { elements[index].word = word(ofField: elements[index].start) }
        if fields.count > 40 {
            let sorted = elements[fields].sorted { DocumentWriter.precedes($0, $1, in: bytes.bytes) }
            elements.replaceSubrange(fields, with: sorted)
        } else {
            DocumentWriter.insertionSort(&elements, fields, in: bytes)
        }
    }

    private static func insertionSort(
        _ array: inout [Element], _ fields: Range<Int>, in buffer: borrowing ByteBuffer
    ) {
        // A span is checked for its bounds alone, an array for its owners as well, at every access.
        var elements = array.mutableSpan
        let bytes = buffer.bytes
        for index in fields.dropFirst() {
            let field = elements[index]
            var position = index
            while position > fields.lowerBound, precedes(field, elements[position &- 1], in: bytes) {
                elements[position] = elements[position &- 1]
                position &-= 1
            }
            elements[position] = field
        }
    }

    /// The later one of two sorted fields of one name; nil if all names differ.
    func firstRepeatedField(of container: OpenContainer) -> Int? {
        for index in elements.indices[container.firstElement...].dropFirst()
        where elements[index - 1].word == elements[index].word
            && DocumentWriter.compareNames(elements[index - 1].start, elements[index].start, in: bytes.bytes) == 0
        {
            return elements[index].start
        }
        return nil
    }

    /// Brings the fields with these names, length included, before all others in the order given.
    mutating func moveToFront(_ names: [[UInt8]], of container: OpenContainer) {
        let fields = container.firstElement..<elements.count
        let isInOrder = names.indices.allSatisfy { fields.count > $0 && hasName(names[$0], fields.lowerBound + $0) }
        guard !isInOrder else { return }
        let first = names.compactMap { name in fields.first { hasName(name, $0) } }
        reorder(fields, as: first + fields.filter { !first.contains($0) }, from: container.start)
    }

    private func hasName(_ name: [UInt8], _ index: Int) -> Bool {
        let start = elements[index].start
        guard start + name.count <= bytes.count else { return false }
        return bytes.bytes.extracting(start..<start + name.count).isEqual(to: name.rawSpan)
    }

    /// Lays the fields out anew in the order of `order`.
    private mutating func reorder(_ fields: Range<Int>, as order: [Int], from start: Int) {
        var laidOut = ByteBuffer(minimumCapacity: bytes.count - start)
        let starts = fields.map { elements[$0].start } + [bytes.count]
        for (position, field) in order.enumerated() {
            let old = field - fields.lowerBound
            elements[fields.lowerBound + position].start = start + laidOut.count
            laidOut.append(bytes.bytes.extracting(starts[old]..<starts[old + 1]))
        }
        bytes.removeAll(from: start)
        bytes.append(laidOut.bytes)
    }

    /// The name of the field at `start`, for messages.
    func name(ofField start: Int) -> String {
        let name = DocumentWriter.nameCode(ofField: start, in: bytes.bytes)
        let length = name.count > Int(Document.longNameMark) ? 3 : 1
        return String(decoding: bytes.bytes.array(in: name.lowerBound + length..<name.upperBound), as: UTF8.self)
    }

    // MARK: The order of names

    @inline(__always)
    private static func precedes(_ left: Element, _ right: Element, in bytes: RawSpan) -> Bool {
        if left.word != right.word { return left.word < right.word }
        let order = compareNames(left.start, right.start, in: bytes)
        return order != 0 ? order < 0 : left.start < right.start
    }

    @inline(never)
    private static func compareNames(_ left: Int, _ right: Int, in bytes: RawSpan) -> Int {
        bytes.extracting(nameCode(ofField: left, in: bytes)).compare(
            bytes.extracting(nameCode(ofField: right, in: bytes)))
    }

    private func word(ofField start: Int) -> UInt64 {
        let word = bytes.bytes.bigEndianWord(at: start)
        let length = Int(word >> 56)
        return length >= 7 ? word : word & DocumentName.mask(byteCount: length + 1)
    }

    /// Where length and name of the field at `start` are.
    private static func nameCode(ofField start: Int, in bytes: RawSpan) -> Range<Int> {
        let length = Int(bytes.byte(at: start))
        guard length == Int(Document.longNameMark) else { return start..<start + 1 + length }
        return start..<start + 3 + Int(bytes.loadBigEndian(UInt16.self, at: start + 1))
    }
}
