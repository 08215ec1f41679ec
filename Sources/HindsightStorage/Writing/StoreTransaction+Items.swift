import HindsightKeyValue
import HindsightValues

extension StoreTransaction {
    /// Adds an item, given as its document code.
    ///
    /// - Throws: `.itemExists` if there is an item with its key; an error of the key attributes.
    package func insert(_ document: [UInt8], into table: TableInfo) throws(StorageError) {
        if try write(.insert(document), key(of: document, in: table), table) {
            throw .itemExists(table: table.name)
        }
    }

    /// Writes an item, given as its document code, in place of the one with its key if there is one.
    ///
    /// - Returns: whether one was replaced.
    /// - Throws: an error of the key attributes.
    @discardableResult
    package func put(_ document: [UInt8], into table: TableInfo) throws(StorageError) -> Bool {
        try write(.put(document), key(of: document, in: table), table)
    }

    /// Removes the item with this whole key code.
    ///
    /// - Returns: `false` if there is none.
    @discardableResult
    package func delete(key: [UInt8], from table: TableInfo) throws(StorageError) -> Bool {
        try write(.delete, key, table)
    }

    /// The key code of an item, after checking its key attributes.
    ///
    /// - Throws: `.keyAttributeMissing`, `.keyAttributeMismatch`, `.keyAttributeEmpty`, `.keyAttributeTooLong`, with the
    ///   attribute's name; `.malformedDocument`.
    package func key(of document: [UInt8], in table: TableInfo) throws(StorageError) -> [UInt8] {
        try KeyExtractor(table: table).key(of: document.rawSpan)
    }
}

/// What becomes of an item.
private enum Write {
    case insert([UInt8])
    case put([UInt8])
    case delete

    /// Whether there is anything to do for a key that has an item or has none.
    func applies(toExisting exists: Bool) -> Bool {
        switch self {
        case .insert: !exists
        case .put: true
        case .delete: exists
        }
    }
}

extension StoreTransaction {
    /// Does one write: undo record, entry, totals, digest.
    ///
    /// - Returns: whether there was an item. An insert changes nothing if there was, a deletion if there was none.
    private func write(_ write: Write, _ key: [UInt8], _ table: TableInfo) throws(StorageError) -> Bool {
        guard access.isOpen else { throw .transactionEnded }
        let key = ItemKey(key)
        var writes = try writes(to: table)
        let ended = try readEnded(key, table, writes)
        let existed = ended.kind == .item
        guard write.applies(toExisting: existed) else { return existed }

        hasChanges = true
        if ended.isOwn { takeBack(ended, key, table) } else { writes.totals.changes += 1 }
        writes.totals.bytes -= UInt64(ended.document.byteCount)
        let header = try keepEnded(ended, key, table, &writes)
        switch write {
        case .insert(let document), .put(let document):
            try putItem(document, header, key, table)
            if ended.kind == .tombstone, try access.delete(.deleted, keyBuffer) {
                writes.totals.tombstones -= 1
            }
            writes.totals.items += existed ? 0 : 1
            writes.totals.bytes += UInt64(document.count)
        case .delete:
            if try deleteItem(header, key, table, writes) { writes.totals.tombstones += 1 }
            writes.totals.items -= 1
        }
        keyspaces[table.id] = writes
        return existed
    }

    private func putItem(
        _ document: [UInt8], _ header: ItemHeader, _ key: ItemKey, _ table: TableInfo
    ) throws(StorageError) {
        RawKey.item(table.id, key.stored, in: &keyBuffer)
        valueBuffer.removeAll(keepingCapacity: true)
        header.encode(checksum: document.rawSpan.checksum32, longKey: key.long, to: &valueBuffer)
        valueBuffer.append(contentsOf: document)
        try access.put(.live, keyBuffer, valueBuffer)
        digest.add(table.id, key.whole, document: document.rawSpan)
    }

    /// - Returns: whether a tombstone was left: for the history, or to hide what the base has.
    private func deleteItem(
        _ header: ItemHeader, _ key: ItemKey, _ table: TableInfo, _ writes: KeyspaceWrites
    ) throws(StorageError) -> Bool {
        RawKey.item(table.id, key.stored, in: &keyBuffer)
        try access.delete(.live, keyBuffer)
        digest.add(deletionIn: table.id, key.whole)
        guard writes.keepsHistory || table.base != nil else { return false }
        valueBuffer.removeAll(keepingCapacity: true)
        header.encode(checksum: 0, longKey: key.long, to: &valueBuffer)
        try access.put(.deleted, keyBuffer, valueBuffer)
        return true
    }
}
