import HindsightKeyValue

/// Turns items into documents. An encoder that is kept reuses its memory.
package struct DocumentEncoder: ~Copyable {
    var writer = DocumentWriter()
    /// The names that come first, as they stand in fields.
    let keyNames: [[UInt8]]

    /// - Parameter keyAttributes: the names of the attributes that come first in written order.
    package init(keyAttributes: [String] = []) {
        keyNames = keyAttributes.compactMap { name in
            var bytes: [UInt8] = []
            try? DocumentName.append(name, to: &bytes)
            return bytes.isEmpty ? nil : bytes
        }
    }

    /// A copy of the document made last.
    package var bytes: [UInt8] { writer.bytes.bytes.array }

    /// The document made last, in place.
    package var document: RawSpan {
        @_lifetime(borrow self) get { writer.bytes.bytes }
    }

    /// Shows the document made last to `body`: for an encoder in an object, whose bytes cannot be borrowed otherwise.
    package func withDocument<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try body(document)
    }

    /// Makes a document of `item`. Attributes that are MISSING are left out, on every level.
    ///
    /// - Throws: `ValueError.duplicateAttribute` for names that repeat at the top; `.emptyAttributeName` and
    ///   `.attributeNameTooLong`; `.missingElement`; `.nestingTooDeep`; `.documentTooLarge`.
    package mutating func encode(_ item: Structure) throws(ValueError) {
        let container = writer.begin()
        try writer.appendFields(of: item, level: 1)
        try writer.end(container, keyNames: keyNames)
        try checkSize()
    }

    /// The document of `item`, as `encode(_:)` makes it.
    package static func encode(_ item: Structure, keyAttributes: [String] = []) throws(ValueError) -> [UInt8] {
        var encoder = DocumentEncoder(keyAttributes: keyAttributes)
        try encoder.encode(item)
        return encoder.bytes
    }

    /// Whether a document has its key attributes where this encoder would put them, first and in order.
    ///
    /// - Throws: `ValueError.corruptDocument`.
    package func isInOrder(_ document: RawSpan) throws(ValueError) -> Bool {
        let item = try Document.item(in: document)
        var field = item.elements
        for name in keyNames {
            guard name.count < item.end - field,
                document.extracting(field..<field + name.count).isEqual(to: name.rawSpan)
            else { return false }
            field = try Document.end(ofValueAt: field + name.count, in: document)
        }
        return true
    }

    func checkSize() throws(ValueError) {
        // What a value counts is at most three times its bytes here: a small int of two digits and a sign, 3 to 1.
        guard writer.bytes.count > Document.maximumItemSize / 3 else { return }
        let size = try Document.itemSize(document)
        guard size <= Document.maximumItemSize else {
            throw .documentTooLarge(bytes: size, limit: Document.maximumItemSize)
        }
    }
}

extension DocumentWriter {
    /// Appends the fields, except those whose value is MISSING. `level` is the values', 1 for attributes of the item.
    mutating func appendFields(of structure: Structure, level: Int) throws(ValueError) {
        // Elements of a span are borrowed; those of an array would be retained one by one.
        let fields = structure.fields.span
        for index in fields.indices {
            if case .missing = fields[index].value { continue }
            try beginField(fields[index].name)
            try append(fields[index].value, level: level)
        }
    }

    mutating func append(_ value: Value, level: Int) throws(ValueError) {
        guard level <= Document.maximumNesting else { throw .nestingTooDeep(limit: Document.maximumNesting) }
        switch value {
        case .missing: throw .missingElement
        case .null: appendNull()
        case .bool(let bool): append(bool)
        case .int(let int): append(int)
        case .decimal(let number): append(number)
        case .float(let float): append(float)
        case .string(let text): append(text)
        case .symbol(let text): append(symbol: text)
        case .timestamp(let timestamp): append(timestamp)
        case .date(let date): append(date)
        case .time(let time): append(time)
        case .interval(let interval): append(interval)
        case .blob(let octets): append(octets: octets, family: Document.Tag.blob)
        case .clob(let octets): append(octets: octets, family: Document.Tag.clob)
        case .list(let elements): try append(elements, family: Document.Tag.list, level: level)
        case .bag(let elements): try append(elements, family: Document.Tag.bag, level: level)
        case .sexp(let elements): try append(elements, family: Document.Tag.sexp, level: level)
        case .structure(let structure): try append(structure, level: level)
        }
    }

    private mutating func append(_ elements: [Value], family: UInt8, level: Int) throws(ValueError) {
        let container = beginContainer()
        let elements = elements.span
        for index in elements.indices {
            beginElement()
            try append(elements[index], level: level + 1)
        }
        endCollection(container, family: family)
    }

    private mutating func append(_ structure: Structure, level: Int) throws(ValueError) {
        let container = beginContainer()
        try appendFields(of: structure, level: level + 1)
        endStructure(container)
    }
}
