import HindsightKeyValue

// Who sees what. Time runs down, keys across; a reader at version v sees, for each key, the last line at or above v.
//
//     version  time      "a"              "b"              "c"
//     -------  ----      ---              ---              ---
//     v1       12:00:00  a1
//     v2       12:00:07                   b2
//     v3       12:00:09  a3                                c3
//     v4       12:00:30                   deleted
//     v5       12:01:00  a5               b5
//
//     live     "a" -> v5 a5, "b" -> v5 b5, "c" -> v3 c3
//     changes  v1: nothing | v2: nothing | v3: a1, nothing | v4: b2 | v5: a3, "b" deleted
//
//     now          sees  a5 b5 c3   all from live, without looking at changes
//     AS OF v4     sees  a3    c3   "a": v5 > 4, so its record in v5: a3, since v3 ≤ 4. "b": v5 > 4, its record: deleted
//     AS OF v2     sees  a1 b2      "a": v5 > 2, its record: a3, v3 > 2, the record in v3: a1
//
// Every commit that touches a key writes one record of what it ends, so the records of a key, each found from the one
// above, are its whole past; the walk ends at the first header with a version at or below v. A record's own commit is
// above v as long as the walk goes on, so a jump pointer may be taken when the record that it points to is of a commit
// above v: everything in between began later than that one ended, and is skipped unread.

/// An item as some version has it.
struct ItemPlace {
    let header: ItemHeader
    /// That the document should have.
    let checksum: UInt32
    let document: BytesPosition
}

extension TreeAccess {
    /// Goes down the chain from `header` to the version that held at `version`.
    ///
    /// - Returns: `nil` if there was no item then.
    /// - Complexity: O(log length of the chain) reads.
    func walk(
        _ keyspace: UInt32, from header: ItemHeader, to version: Version, _ keyBuffer: inout [UInt8]
    ) throws(StorageError) -> ItemPlace? {
        var header = header
        while let pointer = header.next(toward: version) {
            let (position, record) = try self.record(keyspace, pointer, &keyBuffer)
            header = record.item.header
            guard header.version > version else { return ItemPlace(record, in: view(position), at: position) }
        }
        return nil
    }

    /// The undo record at `pointer`, which a header says is there.
    func record(
        _ keyspace: UInt32, _ pointer: RecordPointer, _ keyBuffer: inout [UInt8]
    ) throws(StorageError) -> (BytesPosition, ChangeRecord) {
        RawKey.change(keyspace, pointer, in: &keyBuffer)
        guard let position = try position(trees.changes, keyBuffer) else {
            throw .corrupt(what: "a missing undo record", key: RawKey.words(.changes, keyBuffer.rawSpan))
        }
        do { return (position, try ChangeRecord(view(position))) } catch { throw .corrupt(.changes, keyBuffer) }
    }
}

extension ItemHeader {
    /// The record to look at next on the way down to `version`: as far as possible without passing it.
    func next(toward version: Version) -> RecordPointer? {
        guard let previous else { return nil }
        if case .to(let target) = previous.jump, target.version > version { return target }
        return previousRecord
    }
}

extension ItemPlace {
    /// The item in a record, or `nil` if the record says that there was none.
    init?(_ record: ChangeRecord, in bytes: RawSpan, at position: BytesPosition) {
        guard record.kind == .item else { return nil }
        self.init(record.item, in: bytes, under: RawSpan(), at: position)
    }

    init(_ item: StoredItem, in bytes: RawSpan, under rawKey: RawSpan, at position: BytesPosition) {
        header = item.header
        checksum = item.documentChecksum(in: bytes, under: rawKey)
        document = position.extracting(item.document)
    }
}
