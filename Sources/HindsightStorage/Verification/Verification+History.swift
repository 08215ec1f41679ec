import HindsightKeyValue
import HindsightValues

extension Verification {
    /// The undo records of a table, by its own way through them: each is whole, none is missing since the floor, and each
    /// leads on to the one before it.
    func verifyHistory(of table: TableInfo) throws {
        let floor = try reader.historyFloor(of: table.id)?.version ?? 0
        var changes: UInt64?
        var found = HistorySize()
        var noted: HistorySize?
        let findings = report.findings.count
        try walk(.tableCommits, prefix: RawKey.keyspace(table.id)) { key, value in
            guard let version = RawKey.version(ofTableCommit: key.rawSpan, in: table.id) else { throw MalformedBytes() }
            let totals = try TableTotals(value)
            try verifyCount(totals, version, since: changes, table, under: key)
            changes = totals.changes
            for sequence in 0..<totals.records {
                let record = RecordPointer(version: version, sequence: sequence)
                if let bytes = try verifyRecord(record, table, floor) { found.add(recordOf: bytes) }
            }
            noted = totals.history
        }
        // What is missing was told where it is missing.
        guard let noted, noted != found, report.findings.count == findings else { return }
        find(
            .contradiction, at: "tableCommits \(KeyspaceNumber.words(table.id))",
            "\(found.records) undo records of \(found.bytes) bytes are there, and \(noted.records) of \(noted.bytes) are "
                + "noted")
    }

    /// The table's count of changes grows by what the commit says.
    private func verifyCount(
        _ totals: TableTotals, _ version: Version, since changes: UInt64?, _ table: TableInfo, under key: [UInt8]
    ) throws {
        guard version <= reader.version else {
            return find(.contradiction, .tableCommits, key, "the commit is not there yet")
        }
        let commit = try? access.entry(.commits, RawKey.commit(version)) { bytes throws(MalformedBytes) in
            try CommitRecord(bytes)
        }
        guard let commit else { return }
        guard let change = commit.changes.first(where: { $0.keyspace == table.id }) else {
            return find(.contradiction, .tableCommits, key, "the commit says nothing of the table")
        }
        if let changes, reader.catalog.keepsHistory(table), changes + UInt64(change.count) != totals.changes {
            find(.contradiction, .tableCommits, key, "it counts \(totals.changes) changes, the commit does not")
        }
    }

    /// - Returns: the bytes of the record with its key; `nil` if it is not there.
    private func verifyRecord(_ pointer: RecordPointer, _ table: TableInfo, _ floor: Version) throws -> Int? {
        let key = RawKey.change(table.id, pointer)
        guard let position = try access.position(access.trees.changes, key) else {
            if pointer.version > floor { find(.contradiction, .changes, key, "the undo record is missing") }
            return nil
        }
        count(\.records)
        let bytes = access.view(position)
        do {
            let record = try ChangeRecord(bytes)
            let document = bytes.extracting(record.item.document)
            guard record.item.documentChecksum(in: bytes, under: RawSpan()) == document.checksum32 else {
                throw MalformedBytes()
            }
            try verify(record, of: pointer, table, floor, under: key)
        } catch is MalformedBytes {
            find(.entry, .changes, key, "its bytes do not fit its checksum")
        }
        return key.count + position.byteCount
    }

    /// What ended was written before, and so was what the record leads to.
    private func verify(
        _ record: ChangeRecord, of pointer: RecordPointer, _ table: TableInfo, _ floor: Version, under key: [UInt8]
    ) throws(StorageError) {
        let header = record.item.header
        if header.version >= pointer.version {
            find(.contradiction, .changes, key, "what ended in v\(pointer.version) began in v\(header.version)")
        }
        guard let previous = header.previousRecord, previous.version > floor else { return }
        let previousKey = RawKey.change(table.id, previous)
        if try access.position(access.trees.changes, previousKey) == nil {
            find(.contradiction, .changes, key, "the record that it leads to is missing")
        }
    }
}
