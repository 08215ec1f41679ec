import HindsightKeyValue
import HindsightValues

extension StoreTransaction {
    /// Adds an item, given as its document code.
    ///
    /// - Throws: `.itemExists` if there is an item with its key; an error of the key attributes.
    package func insert(_ document: RawSpan, into table: TableInfo) throws(StorageError) {
        if try write(document, table, replacing: false) { throw .itemExists(table: table.name) }
    }

    /// Writes an item, given as its document code, in place of the one with its key if there is one.
    ///
    /// - Returns: whether one was replaced.
    /// - Throws: an error of the key attributes.
    @discardableResult
    package func put(_ document: RawSpan, into table: TableInfo) throws(StorageError) -> Bool {
        try write(document, table, replacing: true)
    }

    /// Removes the item with this whole key code.
    ///
    /// - Returns: `false` if there is none.
    @discardableResult
    package func delete(key: [UInt8], from table: TableInfo) throws(StorageError) -> Bool {
        guard access.isOpen else { throw .transactionEnded }
        return try remove(ItemKey(key), from: table)
    }

    /// - Returns: whether there was an item or entry with the key.
    func remove(_ key: ItemKey, from table: TableInfo) throws(StorageError) -> Bool {
        var writes = try writes(to: table)
        let ended = try readEnded(key, table, writes)
        guard ended.kind == .item else { return false }
        let changes = catalog.hasIndexes ? try indexChanges(of: table, from: ended.document, to: nil) : []
        let header = try end(ended, key, table, &writes)
        if try deleteItem(header, key, table, writes) { writes.totals.tombstones += 1 }
        writes.totals.items -= 1
        keyspaces[table.id] = writes
        try apply(changes)
        return true
    }

    /// - Returns: whether there was an item with the document's key. It stays unless it is to be replaced.
    private func write(
        _ document: RawSpan, _ table: TableInfo, replacing: Bool
    ) throws(StorageError) -> Bool {
        guard access.isOpen else { throw .transactionEnded }
        return try write(
            document, ItemKey(try KeyExtractor(table: table).key(of: document)), table, replacing: replacing)
    }

    /// Writes an item of a table, and what follows from it in the table's indexes, or an entry of an index.
    ///
    /// - Returns: whether there was one with the key. It stays unless it is to be replaced.
    func write(
        _ document: RawSpan, _ key: ItemKey, _ table: TableInfo, replacing: Bool
    ) throws(StorageError) -> Bool {
        var writes = try writes(to: table)
        let ended = try readEnded(key, table, writes)
        let existed = ended.kind == .item
        guard replacing || !existed else { return true }
        let changes =
            catalog.hasIndexes ? try indexChanges(of: table, from: existed ? ended.document : nil, to: document) : []
        let header = try end(ended, key, table, &writes)
        try putItem(document, header, key, table)
        if ended.kind == .tombstone, try access.delete(.deleted, keyBuffer) { writes.totals.tombstones -= 1 }
        writes.totals.items += existed ? 0 : 1
        writes.totals.bytes += UInt64(document.byteCount)
        keyspaces[table.id] = writes
        try apply(changes)
        return existed
    }

    /// Takes leave of what a write replaces: digest, totals, undo record.
    ///
    /// - Returns: the header of what follows.
    private func end(
        _ ended: EndedItem, _ key: ItemKey, _ table: TableInfo, _ writes: inout KeyspaceWrites
    ) throws(StorageError) -> ItemHeader {
        hasChanges = true
        if ended.isOwn { takeBack(ended, key, table) } else { writes.totals.changes += 1 }
        writes.totals.bytes -= UInt64(ended.document.byteCount)
        return try keepEnded(ended, key, table, &writes)
    }

    private func putItem(
        _ document: RawSpan, _ header: ItemHeader, _ key: ItemKey, _ table: TableInfo
    ) throws(StorageError) {
        RawKey.item(table.id, key.stored, in: &keyBuffer)
        valueBuffer.removeAll(keepingCapacity: true)
        header.encode(checksum: document.checksum32, longKey: key.long, under: keyBuffer, to: &valueBuffer)
        valueBuffer.append(document)
        try access.put(.live, keyBuffer, valueBuffer)
        noteChange(in: table.id, key.whole, document: document)
    }

    /// - Returns: whether a tombstone was left: for the history, or to hide what the base has.
    private func deleteItem(
        _ header: ItemHeader, _ key: ItemKey, _ table: TableInfo, _ writes: KeyspaceWrites
    ) throws(StorageError) -> Bool {
        RawKey.item(table.id, key.stored, in: &keyBuffer)
        try access.delete(.live, keyBuffer)
        noteChange(in: table.id, key.whole, document: nil)
        guard writes.keepsHistory || table.base != nil else { return false }
        valueBuffer.removeAll(keepingCapacity: true)
        header.encode(checksum: 0, longKey: key.long, under: keyBuffer, to: &valueBuffer)
        try access.put(.deleted, keyBuffer, valueBuffer)
        return true
    }
}
