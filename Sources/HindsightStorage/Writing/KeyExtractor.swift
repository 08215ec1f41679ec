import HindsightKeyValue
import HindsightValues

/// Finds the key attributes of an item in its document code, checks them, and makes the key code of them.
struct KeyExtractor {
    let table: TableInfo

    /// - Throws: `.keyAttributeMissing`, `.keyAttributeMismatch`, `.keyAttributeEmpty`, `.keyAttributeTooLong`, with the
    ///   attribute's name; `.malformedDocument`.
    func key(of document: RawSpan) throws(StorageError) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(Self.usualByteCount)
        try append(table.partitionKey, limit: Limits.partitionKeyBytes, of: document, to: &key)
        if let sortKey = table.sortKey {
            try append(sortKey, limit: Limits.sortKeyBytes, of: document, to: &key)
        }
        guard let index = table.index else { return key }
        for (position, attribute) in index.primaryKey.enumerated() where !isIndexKey(attribute) {
            let limit = position == 0 ? Limits.partitionKeyBytes : Limits.sortKeyBytes
            try append(attribute, limit: limit, of: document, to: &key)
        }
        return key
    }

    private func isIndexKey(_ attribute: KeyAttribute) -> Bool {
        attribute.isSame(as: table.partitionKey) || table.sortKey.map(attribute.isSame) ?? false
    }

    /// Room for most keys, so that one allocation does.
    private static let usualByteCount = 64

    private func append(
        _ attribute: KeyAttribute, limit: Int, of document: RawSpan, to key: inout [UInt8]
    ) throws(StorageError) {
        do {
            guard let offset = try Document.locate(attribute.path, in: document) else {
                throw StorageError.keyAttributeMissing(table: table.name, attribute: attribute.name)
            }
            try check(offset, attribute, limit: limit, in: document)
            try KeyCode.append(valueAt: offset, in: document, to: &key)
        } catch let error as StorageError {
            throw error
        } catch {
            throw .malformedDocument(table: table.name, reason: "\(error)")
        }
    }

    /// Checks the value at `offset`, in place.
    private func check(_ offset: Int, _ attribute: KeyAttribute, limit: Int, in document: RawSpan) throws {
        let kind = try Document.kind(at: offset, in: document)
        switch (attribute.kind, kind) {
        case (.string, .string), (.binary, .blob): break
        case (.number, .int), (.number, .decimal), (.number, .float): return
        default:
            throw StorageError.keyAttributeMismatch(
                table: table.name, attribute: attribute.name, expected: attribute.kind, found: "\(kind)")
        }
        let length = try Document.octets(at: offset, in: document)?.count ?? 0
        guard length > 0 else { throw StorageError.keyAttributeEmpty(table: table.name, attribute: attribute.name) }
        guard length <= limit else {
            throw StorageError.keyAttributeTooLong(
                table: table.name, attribute: attribute.name, bytes: length, limit: limit)
        }
    }
}
