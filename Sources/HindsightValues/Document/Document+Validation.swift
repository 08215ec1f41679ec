import HindsightKeyValue

extension Document {
    /// Makes sure that the bytes are a document to the last rule, so that the encoder would have made just these.
    ///
    /// - Throws: `ValueError.corruptDocument` with the offset of the first fault.
    /// - Complexity: O(n log n) for n bytes.
    package static func validate(_ document: RawSpan) throws(ValueError) {
        let item = try item(in: document)
        guard item.end == document.byteCount else { throw .corruptDocument(offset: item.end) }
        var writer = DocumentWriter()
        try validate(item, level: 0, in: document, &writer)
    }

    /// Walks the container. `level` is its own, 0 for the item; scalars are written anew with `writer`.
    private static func validate(
        _ container: Container, level: Int, in document: RawSpan, _ writer: inout DocumentWriter
    ) throws(ValueError) {
        guard
            container.shift
                == DocumentWriter.shift(count: container.count, content: container.end - container.elements),
            level < maximumNesting || container.count == 0
        else { throw .corruptDocument(offset: container.start) }
        var offset = container.elements
        var starts: [Int] = []
        for _ in 0..<container.count {
            starts.append(offset)
            if container.isStructure { try validateName(ofField: &offset, in: container, document) }
            try validate(valueAt: &offset, level: level + 1, in: document, &writer)
            guard offset <= container.end else { throw .corruptDocument(offset: offset) }
        }
        guard offset == container.end else { throw .corruptDocument(offset: offset) }
        try validateDirectory(of: container, starts: starts, in: document)
    }

    private static func validate(
        valueAt offset: inout Int, level: Int, in document: RawSpan, _ writer: inout DocumentWriter
    ) throws(ValueError) {
        if let container = try Container(at: offset, in: document) {
            try validate(container, level: level, in: document, &writer)
            offset = container.end
            return
        }
        let start = offset
        let value = try value(at: &offset, level: level, in: document)
        writer.bytes.removeAll()
        try writer.append(value, level: level)
        guard document.extracting(start..<offset).isEqual(to: writer.bytes.bytes) else {
            throw .corruptDocument(offset: start)
        }
    }

    /// Checks the name of the field at `offset`, which moves on to the field's value.
    private static func validateName(
        ofField offset: inout Int, in container: Container, _ document: RawSpan
    ) throws(ValueError) {
        let name = try name(ofField: offset, before: container.end, in: document)
        let isLong = name.lowerBound - offset > 1
        guard !name.isEmpty, isLong == (name.count >= Int(longNameMark)), document.string(in: name) != nil else {
            throw .corruptDocument(offset: offset)
        }
        offset = name.upperBound
    }

    /// Checks the directory against where the elements were found to start.
    private static func validateDirectory(
        of container: Container, starts: [Int], in document: RawSpan
    ) throws(ValueError) {
        var previous: Int?
        var isRepetitive = false
        var isFound = Array(repeating: false, count: container.count)
        for entry in 0..<container.count {
            let start = try container.element(entry, in: document)
            guard let position = index(of: start, in: starts), !isFound[position],
                container.isStructure || position == entry
            else { throw .corruptDocument(offset: container.directory + (entry << container.shift)) }
            isFound[position] = true
            if container.isStructure, let previous {
                let order = try compareNames(previous, start, before: container.end, in: document)
                guard order < 0 || order == 0 && previous < start else {
                    throw .corruptDocument(offset: container.directory + (entry << container.shift))
                }
                isRepetitive = isRepetitive || order == 0
            }
            previous = start
        }
        guard !container.isStructure || isRepetitive == (container.family == Tag.repetitiveStructure) else {
            throw .corruptDocument(offset: container.start)
        }
    }

    /// The position of `start` among the ascending `starts`.
    private static func index(of start: Int, in starts: [Int]) -> Int? {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] < start { low = middle + 1 } else { high = middle }
        }
        return low < starts.count && starts[low] == start ? low : nil
    }

    private static func compareNames(
        _ left: Int, _ right: Int, before end: Int, in document: RawSpan
    ) throws(ValueError) -> Int {
        let leftName = try name(ofField: left, before: end, in: document)
        let rightName = try name(ofField: right, before: end, in: document)
        return document.extracting(left..<leftName.upperBound).compare(
            document.extracting(right..<rightName.upperBound))
    }
}
