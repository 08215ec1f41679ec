import HindsightKeyValue

/// An item in the form in which it is stored: the cheapest way to bring in items that come as JSON text, which is
/// checked and encoded once, straight from its bytes, without making values of it.
///
/// ```swift
/// let insertion = try db.prepare("INSERT INTO Music VALUE ?")
/// try db.write { for line in lines { try $0.execute(insertion.bind(item: EncodedItem(json: line))) } }
/// ```
public struct EncodedItem: Sendable {
    /// The document code. Key attributes stand where they were written.
    private let bytes: [UInt8]

    /// Reads a JSON text (RFC 8259, strictly) that is one object: the item that `Value(json:)` makes of it.
    ///
    /// - Throws: As `Value(json:)`; `invalidJSON` for another value than an object; what keeps an item from being stored:
    ///   `duplicateAttribute`, `emptyAttributeName`, `attributeNameTooLong`, `nestingTooDeep`, `documentTooLarge`.
    public init(json bytes: Span<UInt8>) throws(ValueError) {
        var encoder = DocumentEncoder()
        try encoder.encode(json: bytes)
        self.bytes = encoder.bytes
    }

    /// Reads a JSON text, as `init(json:)` of bytes.
    public init(json text: String) throws(ValueError) {
        var text = text
        text.makeContiguousUTF8()
        try self.init(json: text.utf8.span)
    }

    /// The document in place.
    package var document: RawSpan {
        @_lifetime(borrow self) get { bytes.rawSpan }
    }

    /// The item with its attributes as values.
    public var structure: Structure {
        guard let structure = try? Document.structure(in: document) else {
            preconditionFailure("an encoded item is a document")
        }
        return structure
    }
}
