import HindsightKeyValue

extension KeyCode {
    /// Appends the component of the value at `offset` of a document, as `append(_:to:)` does of the decoded one.
    ///
    /// - Throws: As `append(_:to:)`; `ValueError.corruptDocument`.
    package static func append(
        valueAt offset: Int, in document: RawSpan, to key: inout [UInt8]
    ) throws(ValueError) {
        if let int = try Document.int(at: offset, in: document) { return append(int, to: &key) }
        guard let octets = try Document.octets(at: offset, in: document) else {
            return try append(try Document.value(at: offset, in: document), to: &key)
        }
        let tag = document.byte(at: offset)
        if Document.isText(tag) { return append(text: document.extracting(octets), to: &key) }
        guard Document.Tag.family(of: tag) == Document.Tag.blob else { throw .notAKey(.clob) }
        append(binary: document.extracting(octets), to: &key)
    }
}
