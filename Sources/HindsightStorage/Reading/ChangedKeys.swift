import HindsightKeyValue
import HindsightValues

/// The keys of a table that were written in a period, in order, each with its first undo record of the period.
struct ChangedKeys {
    struct Entry {
        /// Where the whole key stands in `bytes`.
        fileprivate let start: Int
        fileprivate let length: Int
        let record: RecordPointer
        /// The commit that wrote the item last in the period.
        fileprivate(set) var lastWrite: Version
        /// The document in the record, if there is one: the item at the beginning of the period. Good until the next
        /// change of the transaction.
        let document: BytesPosition?
        /// The eight bytes of the key behind what all keys have in common, big-endian: most comparisons end with them.
        fileprivate var word: UInt64 = 0
    }

    /// The whole keys behind one another.
    private var bytes: [UInt8] = []
    private var entries: ContiguousArray<Entry> = []

    /// Gathers the records of commits above `from` and up to `to`.
    init(_ reader: StoreReader, _ table: TableInfo, from: Version, to: Version) throws(StorageError) {
        let access = reader.access
        let own = reader.version > reader.committedVersion ? reader.version : nil
        var way = try RecordWay(access, table.id, after: from, upTo: to, own: own)
        while try way.next() {
            do { try append(way.record, access.view(way.position), at: way.position) } catch {
                throw .corrupt(.changes, RawKey.change(table.id, way.record))
            }
        }
        sort()
    }

    var count: Int { entries.count }

    subscript(index: Int) -> Entry { entries[index] }

    /// The whole key of an entry.
    func key(of entry: Entry) -> [UInt8] {
        Array(bytes[entry.start..<entry.start + entry.length])
    }

    private mutating func append(
        _ pointer: RecordPointer, _ bytes: RawSpan, at position: BytesPosition
    ) throws(MalformedBytes) {
        let record = try ChangeRecord(bytes)
        let key = bytes.extracting(record.item.longKey ?? record.storedKey)
        entries.append(
            Entry(
                start: self.bytes.count, length: key.byteCount, record: pointer, lastWrite: pointer.version,
                document: record.document(at: position)))
        self.bytes.append(key)
    }
}

// MARK: - Sorting

extension ChangedKeys {
    /// By key, and of each key only the first record.
    private mutating func sort() {
        setWords()
        let bytes = bytes
        let span = bytes.rawSpan
        entries.sort { left, right in
            if left.word != right.word { return left.word < right.word }
            let order = span.extracting(left.range).compare(span.extracting(right.range))
            return order == 0 ? left.record.version < right.record.version : order < 0
        }
        var distinct: ContiguousArray<Entry> = []
        distinct.reserveCapacity(entries.count)
        for entry in entries {
            if let last = distinct.last, last.word == entry.word,
                span.extracting(last.range).isEqual(to: span.extracting(entry.range))
            {
                distinct[distinct.count - 1].lastWrite = entry.lastWrite
                continue
            }
            distinct.append(entry)
        }
        entries = distinct
    }

    private mutating func setWords() {
        guard let first = entries.first else { return }
        let bytes = bytes
        let span = bytes.rawSpan
        var common = first.length
        for entry in entries {
            let key = span.extracting(entry.range)
            common = min(common, key.commonPrefixCount(with: span.extracting(first.range)))
        }
        for index in entries.indices {
            let key = span.extracting(entries[index].range)
            entries[index].word = key.word(at: common)
        }
    }
}

extension ChangedKeys.Entry {
    fileprivate var range: Range<Int> { start..<start + length }
}

extension RawSpan {
    /// The eight bytes from `offset` on, big-endian; zeros stand for those behind the end, so that words are ordered as
    /// the bytes are, or equal.
    fileprivate func word(at offset: Int) -> UInt64 {
        if contains(8, at: offset) { return loadBigEndian(UInt64.self, at: offset) }
        var word: UInt64 = 0
        for position in offset..<offset + 8 {
            word = word << 8 | (position < byteCount ? UInt64(byte(at: position)) : 0)
        }
        return word
    }
}
