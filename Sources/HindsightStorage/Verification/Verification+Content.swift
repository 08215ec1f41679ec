import HindsightKeyValue
import HindsightValues

extension Verification {
    /// Makes the digests of all commits again whose changes are all still there.
    func verifyContent() throws {
        let tables = Dictionary(tables.map { ($0.id, $0) }) { first, _ in first }
        var floors: [UInt32: Version] = [:]
        for id in tables.keys { floors[id] = try reader.historyFloor(of: id)?.version ?? 0 }
        try walk(.commits) { key, value in
            guard let version = RawKey.version(ofCommit: key.rawSpan) else { return }
            for change in try CommitRecord(value).changes {
                guard let table = tables[change.keyspace], version > floors[table.id] ?? 0 else { continue }
                try verify(change, of: version, table)
            }
        }
    }

    private func verify(
        _ change: CommitRecord.KeyspaceChanges, of version: Version, _ table: TableInfo
    ) throws(StorageError) {
        let totals = try access.entry(.tableCommits, RawKey.tableCommit(table.id, version)) {
            bytes throws(MalformedBytes) in
            try TableTotals(bytes)
        }
        // Fewer records than changes: history was switched on by this very commit, or is off.
        guard let totals, totals.records == change.count else { return }
        var digest = ChangeDigest()
        var hasher = ChangeHasher()
        for sequence in 0..<totals.records {
            let pointer = RecordPointer(version: version, sequence: sequence)
            guard let hash = try contentHash(of: pointer, table, &hasher) else { return }
            digest.add(hash)
        }
        count(\.provenChanges, by: Int(totals.records))
        if digest.hash != change.digest {
            find(
                .tampering, at: "v\(version) of \"\(table.name)\"",
                "what is stored is not what the commit has written")
        }
    }

    /// The hash of what a commit left under the key of one of its undo records; `nil`, with a finding, where the item's
    /// chain does not come by.
    private func contentHash(
        of pointer: RecordPointer, _ table: TableInfo, _ hasher: inout ChangeHasher
    ) throws(StorageError) -> Hash256? {
        var recordKey: [UInt8] = []
        let (position, record) = try access.record(table.id, pointer, &recordKey)
        let bytes = access.view(position)
        let key = bytes.array(in: record.item.longKey ?? record.storedKey)
        switch try reader.ownState(of: key, KeyCode.storedKey(key), in: table, at: pointer.version) {
        case .item(let place):
            guard place.header.version == pointer.version else {
                find(.contradiction, .changes, recordKey, "no version of the item follows it")
                return nil
            }
            return hasher.hash(table.id, key, document: access.view(place.document))
        case .hidden, .unknown:
            return hasher.hash(deletionIn: table.id, key)
        }
    }
}
