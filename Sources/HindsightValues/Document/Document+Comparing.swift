import HindsightKeyValue

extension Document {
    /// Whether a path leads to the same bytes in two documents, or nowhere in both.
    ///
    /// - Throws: `ValueError.corruptDocument`.
    package static func isEqual(
        at path: DocumentPath, _ left: RawSpan, _ right: RawSpan
    ) throws(ValueError) -> Bool {
        let (leftStart, rightStart) = (try locate(path, in: left), try locate(path, in: right))
        guard let leftStart, let rightStart else { return leftStart == nil && rightStart == nil }
        let leftEnd = try end(ofValueAt: leftStart, in: left)
        let rightEnd = try end(ofValueAt: rightStart, in: right)
        guard leftEnd - leftStart == rightEnd - rightStart else { return false }
        return left.extracting(leftStart..<leftEnd).isEqual(to: right.extracting(rightStart..<rightEnd))
    }
}
