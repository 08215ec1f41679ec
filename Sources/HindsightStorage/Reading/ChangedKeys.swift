import HindsightKeyValue
import HindsightValues

/// The keys of a table that were written in a period, in order, each with its first undo record of the period.
struct ChangedKeys {
    private struct Entry {
        let start: Int
        let length: Int
        let record: RecordPointer
    }

    /// The whole keys behind one another.
    private var bytes: [UInt8] = []
    private var entries: ContiguousArray<Entry> = []

    /// Gathers the records of commits above `from` and up to `to`.
    init(_ reader: StoreReader, _ table: TableInfo, from: Version, to: Version) throws(StorageError) {
        let access = reader.access
        let ways = try access.openCursor(access.trees.tableCommits)
        let records = try access.openCursor(access.trees.changes)
        do {
            var isOnEntry = try ways.seek(atOrAfter: RawKey.tableCommit(table.id, from + 1).rawSpan)
            while isOnEntry, let version = RawKey.version(ofTableCommit: ways.key, in: table.id), version <= to {
                try gather(version, table.id, records)
                isOnEntry = try ways.next()
            }
            // What the transaction itself has written is not on the way yet.
            if to >= reader.version, reader.version > reader.committedVersion {
                try gather(reader.version, table.id, records)
            }
        } catch let error as KeyValueError {
            throw StorageError(error)
        } catch {
            throw .corrupt(.changes, records.isOnEntry ? records.key.array : RawKey.keyspace(table.id))
        }
        sort()
    }

    var count: Int { entries.count }

    subscript(index: Int) -> (key: [UInt8], record: RecordPointer) {
        let entry = entries[index]
        return (Array(bytes[entry.start..<entry.start + entry.length]), entry.record)
    }

    private mutating func gather(_ version: Version, _ keyspace: UInt32, _ records: borrowing Cursor) throws {
        let first = RawKey.change(keyspace, RecordPointer(version: version, sequence: 0))
        let prefix = first.rawSpan.extracting(0..<12)
        var isOnEntry = try records.seek(atOrAfter: first.rawSpan)
        while isOnEntry, records.key.hasPrefix(prefix), records.key.byteCount == 16 {
            let sequence = records.key.loadBigEndian(UInt32.self, at: 12)
            try append(records.value, RecordPointer(version: version, sequence: sequence))
            isOnEntry = try records.next()
        }
    }

    private mutating func append(_ bytes: RawSpan, _ pointer: RecordPointer) throws {
        let record = try ChangeRecord(bytes)
        let key = bytes.extracting(record.item.longKey ?? record.storedKey)
        entries.append(Entry(start: self.bytes.count, length: key.byteCount, record: pointer))
        self.bytes.append(key)
    }

    /// By key, and of each key only the first record.
    private mutating func sort() {
        let bytes = bytes
        let span = bytes.rawSpan
        entries.sort { left, right in
            let order = span.extracting(left.start..<left.start + left.length)
                .compare(span.extracting(right.start..<right.start + right.length))
            return order == 0 ? left.record.version < right.record.version : order < 0
        }
        var distinct: ContiguousArray<Entry> = []
        distinct.reserveCapacity(entries.count)
        for entry in entries {
            if let last = distinct.last, last.length == entry.length,
                span.extracting(last.start..<last.start + last.length)
                    .isEqual(to: span.extracting(entry.start..<entry.start + entry.length))
            {
                continue
            }
            distinct.append(entry)
        }
        entries = distinct
    }
}
