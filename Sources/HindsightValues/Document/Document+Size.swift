import HindsightKeyValue

extension Document {
    /// How large an item is by DynamoDB's rule: names and values, whatever its bytes here.
    ///
    /// Text and octets count their bytes, numbers a byte for two significant digits and one more (and one for the sign),
    /// NULL and booleans 1, lists and structs 3 and 1 for each element besides names and elements. A bag is DynamoDB's
    /// set and counts its elements alone. Kinds that DynamoDB lacks count the bytes that they have here.
    ///
    /// - Throws: `ValueError.corruptDocument`.
    package static func itemSize(_ document: RawSpan) throws(ValueError) -> Int {
        let item = try item(in: document)
        // An item itself counts neither the 3 nor the 1s.
        return try size(ofElementsIn: item, level: 1, in: document)
    }

    private static func size(
        ofElementsIn container: Container, level: Int, in document: RawSpan
    ) throws(ValueError) -> Int {
        guard level <= maximumNesting || container.count == 0 else { throw .corruptDocument(offset: container.start) }
        var size = 0
        var offset = container.elements
        for _ in 0..<container.count {
            if container.isStructure {
                let name = try name(ofField: offset, before: container.end, in: document)
                size += name.count
                offset = name.upperBound
            }
            size += try self.size(ofValueAt: offset, level: level, in: document)
            offset = try end(ofValueAt: offset, in: document)
            guard offset <= container.end else { throw .corruptDocument(offset: offset) }
        }
        return size
    }

    private static func size(ofValueAt offset: Int, level: Int, in document: RawSpan) throws(ValueError) -> Int {
        if let octets = try octets(at: offset, in: document) { return octets.count }
        if let int = try int(at: offset, in: document) { return size(of: Number(int)) }
        if let number = try number(at: offset, in: document) { return size(of: number) }
        if let container = try Container(at: offset, in: document) {
            let elements = try size(ofElementsIn: container, level: level + 1, in: document)
            return container.family == Tag.bag ? elements : elements + 3 + container.count
        }
        return try end(ofValueAt: offset, in: document) - offset
    }

    private static func size(of number: Number) -> Int {
        let digits = number.isZero ? 0 : number.normalized.digitCount
        return (digits + 1) / 2 + 1 + (number.isNegative ? 1 : 0)
    }
}
