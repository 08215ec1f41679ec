import HindsightKeyValue
import HindsightValues

/// A key, whole and as the trees have it.
struct ItemKey {
    let whole: [UInt8]
    let stored: [UInt8]

    init(_ whole: [UInt8]) {
        self.whole = whole
        stored = KeyCode.storedKey(whole)
    }

    /// The whole key, where the trees have it shortened and the value must tell.
    var long: [UInt8]? { stored.count == whole.count ? nil : whole }
}

/// What a write ends.
struct EndedItem {
    let kind: ChangeRecord.Kind
    /// From which the chain goes on.
    let header: ItemHeader
    /// Whether this very commit has written it, so that nothing ends but only is corrected.
    let isOwn: Bool
    let document: BytesPosition
}

extension StoreTransaction {
    /// Finds what a write to the key ends. If it is to be kept, its undo record is left in `recordBuffer`.
    func readEnded(
        _ key: ItemKey, _ table: TableInfo, _ writes: KeyspaceWrites
    ) throws(StorageError) -> EndedItem {
        RawKey.item(table.id, key.stored, in: &keyBuffer)
        if let position = try access.position(access.trees.live, keyBuffer) {
            return ended(.item, try storedItem(at: position, of: key.whole, .live), position, key, writes)
        }
        if writes.totals.tombstones > 0, let position = try access.position(access.trees.deleted, keyBuffer) {
            return ended(.tombstone, try storedItem(at: position, of: key.whole, .deleted), position, key, writes)
        }
        if let base = table.base, let source = catalog.table(base.table),
            let place = try place(of: key.whole, in: source, at: base.version)
        {
            // In the fork, an item of the base is as old as the fork.
            let header = ItemHeader(version: table.createdVersion, previous: nil)
            startRecord(.item, header, checksum: place.checksum, key, writes)
            recordBuffer.append(access.view(place.document, heldBy: self))
            return EndedItem(kind: .item, header: header, isOwn: false, document: place.document)
        }
        let header = ItemHeader(version: 0, previous: nil)
        startRecord(.nothing, header, checksum: 0, key, writes)
        return EndedItem(kind: .nothing, header: header, isOwn: false, document: .none)
    }

    private func ended(
        _ kind: ChangeRecord.Kind, _ item: StoredItem, _ position: BytesPosition, _ key: ItemKey,
        _ writes: KeyspaceWrites
    ) -> EndedItem {
        let document = position.extracting(item.document)
        guard item.header.version != version else {
            return EndedItem(kind: kind, header: item.header, isOwn: true, document: document)
        }
        // Below the floor the chain is not there any more: this version becomes its end.
        let isCut = item.header.version <= writes.floor && item.header.previous != nil
        let header = isCut ? ItemHeader(version: item.header.version, previous: nil) : item.header
        let rawKey = keyBuffer
        let checksum = item.documentChecksum(in: access.view(position, heldBy: self), under: rawKey.rawSpan)
        startRecord(kind, header, checksum: checksum, key, writes)
        if writes.keepsHistory { recordBuffer.append(access.view(document, heldBy: self)) }
        return EndedItem(kind: kind, header: header, isOwn: false, document: document)
    }

    private func startRecord(
        _ kind: ChangeRecord.Kind, _ header: ItemHeader, checksum: UInt32, _ key: ItemKey, _ writes: KeyspaceWrites
    ) {
        recordBuffer.removeAll(keepingCapacity: true)
        guard writes.keepsHistory else { return }
        ChangeRecord.start(kind, storedKey: key.stored, in: &recordBuffer)
        header.encode(checksum: checksum, longKey: key.long, under: [], to: &recordBuffer)
    }

    /// Takes what this commit wrote under the key before out of its digest.
    func takeBack(_ ended: EndedItem, _ key: ItemKey, _ table: TableInfo) {
        let document = ended.kind == .item ? access.view(ended.document, heldBy: self) : nil
        withdrawChange(in: table.id, key.whole, document: document)
    }

    /// Stores the undo record, if history is kept, and makes the header of what follows.
    func keepEnded(
        _ ended: EndedItem, _ key: ItemKey, _ table: TableInfo, _ writes: inout KeyspaceWrites
    ) throws(StorageError) -> ItemHeader {
        if ended.isOwn { return ended.header }
        guard writes.keepsHistory else { return ItemHeader(version: version, previous: nil) }
        let sequence = writes.totals.records
        writes.totals.records += 1
        let depth = (ended.header.previous?.depth ?? 0) + 1
        let jump = try jump(over: ended.header, depth: depth, table.id)
        RawKey.change(table.id, RecordPointer(version: version, sequence: sequence), in: &recordKey)
        writes.totals.history?.add(recordOf: recordKey.count + recordBuffer.count)
        try access.put(.changes, recordKey, recordBuffer, isNew: true, flags: isLastRecord(table.id, sequence))
        return ItemHeader(version: version, previous: .init(sequence: sequence, depth: depth, jump: jump))
    }

    /// Mostly a record comes behind all others; saying so fills its page to the end, which makes the tree half as large.
    private func isLastRecord(_ keyspace: UInt32, _ sequence: UInt32) -> PutFlags {
        let record = (keyspace, sequence)
        guard record > highestRecord else { return [] }
        highestRecord = record
        return .append
    }

    /// The jump pointer of a version whose predecessor has this header: see `JumpPointer`.
    private func jump(
        over header: ItemHeader, depth: UInt32, _ keyspace: UInt32
    ) throws(StorageError) -> ItemHeader.Jump {
        guard JumpPointer.length(atDepth: depth) > 1 else { return .toPrevious }
        guard let target = header.jumpTarget else { return .unknown }
        RawKey.change(keyspace, target, in: &recordKey)
        // What was collected cannot be read any more: wherever the jump would lead, nobody will take it.
        guard let position = try access.position(access.trees.changes, recordKey) else { return .unknown }
        let record: ChangeRecord
        do { record = try ChangeRecord(access.view(position, heldBy: self)) } catch {
            throw .corrupt(.changes, recordKey)
        }
        return record.item.header.jumpTarget.map { .to($0) } ?? .unknown
    }
}

extension ItemHeader {
    /// The record that the jump pointer leads to; `nil` at the end of a chain, or if it is not known.
    var jumpTarget: RecordPointer? {
        switch previous?.jump {
        case nil, .unknown: nil
        case .toPrevious: previousRecord
        case .to(let target): target
        }
    }
}
