import HindsightKeyValue

/// The attributes of an item in written order, one after the other, without decoding them.
package struct DocumentAttributes: ~Escapable {
    private let document: RawSpan
    private let end: Int
    private var offset: Int
    private var remaining: Int

    /// Where an attribute's name and value stand.
    package struct Attribute {
        /// The UTF-8 of the name.
        package let name: Range<Int>
        /// Where the value starts, for `Document.value(at:in:)`.
        package let value: Int
    }

    /// - Throws: `ValueError.corruptDocument`.
    @_lifetime(copy document)
    package init(of document: RawSpan) throws(ValueError) {
        let item = try Document.item(in: document)
        self.document = document
        end = item.end
        offset = item.elements
        remaining = item.count
    }

    /// The next attribute; nil behind the last one.
    ///
    /// - Throws: `ValueError.corruptDocument`.
    @_lifetime(self: copy self)
    package mutating func next() throws(ValueError) -> Attribute? {
        guard remaining > 0 else { return nil }
        let name = try Document.name(ofField: offset, before: end, in: document)
        remaining -= 1
        offset = try Document.end(ofValueAt: name.upperBound, in: document)
        guard offset <= end else { throw .corruptDocument(offset: offset) }
        return Attribute(name: name, value: name.upperBound)
    }
}
