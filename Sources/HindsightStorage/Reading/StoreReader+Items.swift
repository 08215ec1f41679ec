import HindsightKeyValue
import HindsightValues

/// What a keyspace itself knows of a key.
enum OwnState {
    case item(ItemPlace)
    /// There is no item, and the keyspace says so: nothing below a fork counts.
    case hidden
    /// The keyspace has never had the key.
    case unknown
}

extension StoreReader {
    /// The document of the item with this key, in place, or `nil` if there is none.
    ///
    /// The bytes stay as long as the reader is open; those of a write transaction until its next change.
    ///
    /// - Parameters:
    ///   - key: the whole key code.
    ///   - version: from `resolve(_:for:)`; `nil` for now.
    /// - Throws: `StorageError.corrupt` if the document's checksum is not that of its bytes.
    /// - Complexity: O(log n), and O(log k) reads more for an item with k later versions.
    @_lifetime(borrow self)
    package final func get(
        _ table: TableInfo, key: [UInt8], at version: Version? = nil
    ) throws(StorageError) -> RawSpan? {
        guard let place = try place(of: key, in: table, at: version) else { return nil }
        guard access.isOpen else { throw .closed }
        let document = access.view(place.document, heldBy: self)
        guard document.checksum32 == place.checksum else {
            throw .corrupt(what: "the checksum of a document", key: "\(table.name) \(KeyCode.describe(key.rawSpan))")
        }
        return document
    }

    /// Where the item is, going down the bases of a fork.
    final func place(
        of key: [UInt8], in table: TableInfo, at version: Version?
    ) throws(StorageError) -> ItemPlace? {
        let storedKey = KeyCode.storedKey(key)
        var table = table
        var version = version == self.version ? nil : version
        while true {
            switch try ownState(of: key, storedKey, in: table, at: version) {
            case .item(let place): return place
            case .hidden: return nil
            case .unknown:
                guard let base = table.base, let source = catalog.table(base.table) else { return nil }
                table = source
                version = base.version
            }
        }
    }

    /// What the table's own keyspace says of the key.
    final func ownState(
        of key: [UInt8], _ storedKey: [UInt8], in table: TableInfo, at version: Version?
    ) throws(StorageError) -> OwnState {
        RawKey.item(table.id, storedKey, in: &keyBuffer)
        if let position = try access.position(access.trees.live, keyBuffer) {
            let item = try storedItem(at: position, of: key, .live)
            guard let version, item.header.version > version else {
                let rawKey = keyBuffer
                let bytes = access.view(position, heldBy: self)
                return .item(ItemPlace(item, in: bytes, under: rawKey.rawSpan, at: position))
            }
            return try past(item.header, in: table, at: version)
        }
        guard version != nil || table.base != nil else { return .unknown }
        guard let position = try access.position(access.trees.deleted, keyBuffer) else { return .unknown }
        let item = try storedItem(at: position, of: key, .deleted)
        guard let version, item.header.version > version else { return .hidden }
        return try past(item.header, in: table, at: version)
    }

    /// The entry under `keyBuffer`, after making sure that it is of this key and not of one with the same hash.
    final func storedItem(
        at position: BytesPosition, of key: [UInt8], _ tree: TreeName
    ) throws(StorageError) -> StoredItem {
        let bytes = access.view(position, heldBy: self)
        let item: StoredItem
        do { item = try StoredItem(bytes) } catch { throw .corrupt(tree, keyBuffer) }
        if let longKey = item.longKey, !bytes.extracting(longKey).isEqual(to: key.rawSpan) {
            let rawKey = keyBuffer
            throw .corrupt(what: "two keys with one hash", key: RawKey.words(tree, rawKey.rawSpan))
        }
        return item
    }

    private func past(
        _ header: ItemHeader, in table: TableInfo, at version: Version
    ) throws(StorageError) -> OwnState {
        try access.walk(table.id, from: header, to: version, &keyBuffer).map(OwnState.item) ?? .hidden
    }
}
