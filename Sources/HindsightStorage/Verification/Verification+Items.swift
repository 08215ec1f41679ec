import HindsightKeyValue
import HindsightValues

extension Verification {
    /// What the entries of a keyspace in one tree add up to.
    private struct Sum {
        var entries: UInt64 = 0
        var bytes: UInt64 = 0
    }

    /// Every item and tombstone of a table, and the totals that the table's newest commit has noted.
    func verifyItems(of table: TableInfo) throws {
        let live = try verifyEntries(.live, table)
        let tombstones = try verifyEntries(.deleted, table)
        guard let totals = try reader.state(table.id, at: .max)?.totals else {
            if live.entries + tombstones.entries > 0 {
                find(
                    .contradiction, at: "tableCommits \(KeyspaceNumber.words(table.id))",
                    "nothing says what the table holds")
            }
            return
        }
        let shown = table.base == nil ? live : try shownItems(of: table)
        if table.index == nil { count(\.items, by: Int(shown.entries)) }
        check(shown.entries, totals.items, "items", table)
        check(shown.bytes, totals.bytes, "bytes", table)
        check(tombstones.entries, totals.tombstones, "tombstones", table)
    }

    private func check(_ found: UInt64, _ noted: UInt64, _ what: String, _ table: TableInfo) {
        guard found != noted else { return }
        find(
            .contradiction, at: "tableCommits \(KeyspaceNumber.words(table.id))",
            "\(found) \(what) are there, and \(noted) are noted")
    }

    private func verifyEntries(_ tree: TreeName, _ table: TableInfo) throws -> Sum {
        var sum = Sum()
        try walk(tree, prefix: RawKey.keyspace(table.id)) { key, value in
            let item = try StoredItem(value)
            let document = value.extracting(item.document)
            guard item.documentChecksum(in: value, under: key.rawSpan) == document.checksum32 else {
                throw MalformedBytes()
            }
            sum.entries += 1
            sum.bytes += UInt64(document.byteCount)
            if tree == .live { verifyKey(of: document, item, value, table, under: key) }
            verifyHeader(item.header, tree, table, under: key)
        }
        return sum
    }

    /// The document's key attributes are the key that it lies under.
    private func verifyKey(
        of document: RawSpan, _ item: StoredItem, _ value: RawSpan, _ table: TableInfo, under rawKey: [UInt8]
    ) {
        guard let whole = try? KeyExtractor(table: table).key(of: document) else {
            return find(.contradiction, .live, rawKey, "its document has not the table's key attributes")
        }
        let isSame =
            Array(rawKey[RawKey.keyspaceLength...]) == KeyCode.storedKey(whole)
            && item.longKey.map { value.extracting($0).isEqual(to: whole.rawSpan) } != false
        if !isSame { find(.contradiction, .live, rawKey, "its document has another key") }
    }

    /// The version is there, and the undo record that the header leads to.
    private func verifyHeader(_ header: ItemHeader, _ tree: TreeName, _ table: TableInfo, under rawKey: [UInt8]) {
        if header.version > reader.version {
            find(.contradiction, tree, rawKey, "it was written by v\(header.version), which is not there yet")
        }
    }

    /// What a fork shows, its base included.
    private func shownItems(of table: TableInfo) throws(StorageError) -> Sum {
        let cursor = try reader.openCursor(table, .all, at: nil)
        var sum = Sum()
        while try cursor.next() {
            sum.entries += 1
            sum.bytes += UInt64(cursor.document.byteCount)
        }
        return sum
    }
}
