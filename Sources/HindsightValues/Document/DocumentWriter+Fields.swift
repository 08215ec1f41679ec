import HindsightKeyValue

// The fields of a struct: sorted for the directory, and key attributes brought to the front.

extension DocumentWriter {
    /// Sorts the container's elements by name, fields of one name in written order.
    mutating func sortFields(of container: OpenContainer) {
        let fields = container.firstElement..<elements.count
        for index in fields { elements[index].word = word(ofField: elements[index].start) }
        if fields.count > 40 {
            let sorted = elements[fields].sorted(by: precedes)
            elements.replaceSubrange(fields, with: sorted)
            return
        }
        for index in fields.dropFirst() {
            let field = elements[index]
            var position = index
            while position > fields.lowerBound, precedes(field, elements[position - 1]) {
                elements[position] = elements[position - 1]
                position -= 1
            }
            elements[position] = field
        }
    }

    /// The later one of two sorted fields of one name; nil if all names differ.
    func firstRepeatedField(of container: OpenContainer) -> Int? {
        for index in elements.indices[container.firstElement...].dropFirst()
        where elements[index - 1].word == elements[index].word
            && compareNames(elements[index - 1].start, elements[index].start) == 0
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
        return start + name.count <= bytes.count && bytes[start..<start + name.count].elementsEqual(name)
    }

    /// Lays the fields out anew in the order of `order`.
    private mutating func reorder(_ fields: Range<Int>, as order: [Int], from start: Int) {
        var laidOut: [UInt8] = []
        laidOut.reserveCapacity(bytes.count - start)
        let starts = fields.map { elements[$0].start } + [bytes.count]
        for (position, field) in order.enumerated() {
            let old = field - fields.lowerBound
            elements[fields.lowerBound + position].start = start + laidOut.count
            laidOut += bytes[starts[old]..<starts[old + 1]]
        }
        bytes.replaceSubrange(start..., with: laidOut)
    }

    /// The name of the field at `start`, for messages.
    func name(ofField start: Int) -> String {
        let name = nameCode(ofField: start)
        let length = name.count > Int(Document.longNameMark) ? 3 : 1
        return String(decoding: bytes[name.dropFirst(length)], as: UTF8.self)
    }

    // MARK: The order of names

    private func precedes(_ left: Element, _ right: Element) -> Bool {
        if left.word != right.word { return left.word < right.word }
        let order = compareNames(left.start, right.start)
        return order != 0 ? order < 0 : left.start < right.start
    }

    private func compareNames(_ left: Int, _ right: Int) -> Int {
        let span = bytes.rawSpan
        return span.extracting(nameCode(ofField: left)).compare(span.extracting(nameCode(ofField: right)))
    }

    private func word(ofField start: Int) -> UInt64 {
        bytes.rawSpan.loadPrefix(at: start) & DocumentName.mask(byteCount: nameCode(ofField: start).count)
    }

    /// Where length and name of the field at `start` are.
    private func nameCode(ofField start: Int) -> Range<Int> {
        let length = Int(bytes[start])
        guard length == Int(Document.longNameMark) else { return start..<start + 1 + length }
        return start..<start + 3 + (Int(bytes[start + 1]) << 8 | Int(bytes[start + 2]))
    }
}
