import HindsightKeyValue
import HindsightValues

/// Finds the key attributes of an item in its document code, checks them, and makes the key code of them.
struct KeyExtractor {
    let table: TableInfo

    func key(of document: RawSpan) throws(StorageError) -> [UInt8] {
        var key: [UInt8] = []
        try append(table.partitionKey, limit: Limits.partitionKeyBytes, of: document, to: &key)
        if let sortKey = table.sortKey {
            try append(sortKey, limit: Limits.sortKeyBytes, of: document, to: &key)
        }
        return key
    }

    private func append(
        _ attribute: KeyAttribute, limit: Int, of document: RawSpan, to key: inout [UInt8]
    ) throws(StorageError) {
        do {
            guard let offset = try Document.locate(attribute.path, in: document) else {
                throw StorageError.keyAttributeMissing(table: table.name, attribute: attribute.name)
            }
            let value = try Document.value(at: offset, in: document)
            try check(value, attribute, limit: limit)
            try KeyCode.append(value, to: &key)
        } catch let error as StorageError {
            throw error
        } catch {
            throw .malformedDocument(table: table.name, reason: "\(error)")
        }
    }

    private func check(_ value: Value, _ attribute: KeyAttribute, limit: Int) throws(StorageError) {
        let length: Int
        switch (attribute.kind, value) {
        case (.string, .string(let text)): length = text.utf8.count
        case (.binary, .blob(let bytes)): length = bytes.count
        case (.number, .int), (.number, .decimal), (.number, .float): return
        default:
            throw .keyAttributeMismatch(
                table: table.name, attribute: attribute.name, expected: attribute.kind, found: "\(value.kind)")
        }
        guard length > 0 else { throw .keyAttributeEmpty(table: table.name, attribute: attribute.name) }
        guard length <= limit else {
            throw .keyAttributeTooLong(table: table.name, attribute: attribute.name, bytes: length, limit: limit)
        }
    }
}
