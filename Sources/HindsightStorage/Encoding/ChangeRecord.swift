import HindsightKeyValue

/// An undo record: what a commit has ended.
///
///     0      1
///     +------+---------+------------+--------------------------------------+
///     | kind | length  | stored key | header, [key], [document]            |
///     | 1    | packed  |            | as they stood in `live` or `deleted` |
///     +------+---------+------------+--------------------------------------+
///
/// A record is written once for each key that a commit changes, by the first write to it; it does not tell what the
/// commit made of the item, for that stands in the next record of the item, or in `live` or `deleted`.
struct ChangeRecord {
    /// What ended.
    enum Kind: UInt8 {
        /// There was no item, nor had there been one. The header's version is 0.
        case nothing = 0
        case item = 1
        /// The item had been deleted.
        case tombstone = 2
    }

    let kind: Kind
    let storedKey: Range<Int>
    let item: StoredItem

    init(_ bytes: RawSpan) throws(MalformedBytes) {
        var reader = ByteReader(bytes)
        guard let kind = Kind(rawValue: try reader.byte()) else { throw MalformedBytes() }
        self.kind = kind
        storedKey = try reader.countedRange()
        item = try StoredItem(bytes, at: reader.offset)
    }

    /// The document in the record, which lies at `position`; `nil` if there was no item.
    func document(at position: BytesPosition) -> BytesPosition? {
        kind == .item ? position.extracting(item.document) : nil
    }

    /// Begins a record in `bytes`; what stood in the tree follows.
    static func start(_ kind: Kind, storedKey: [UInt8], in bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(kind.rawValue)
        bytes.appendPacked(storedKey.count)
        bytes.append(contentsOf: storedKey)
    }
}
