import HindsightKeyValue

/// Where the undo records of one keyspace lie, for all commits above a version: a table from pointers to places.
///
/// A full scan of the past meets many changed rows. Each could be found by a descent into `changes`, at about 1.5 µs; one
/// pass over the records costs about 0.1 µs each, and then a row's pointer leads straight to its record, without comparing
/// keys. A scan therefore starts by walking chains and makes the index when it has met a twentieth as many changed rows as
/// there are records: it never takes more than two or three times what the better way would have.
///
///     commit     v+1   v+2   v+3   v+4             commits are dense, so a plain array serves
///     first       0     2     2     5
///                 |     |           |
///     records    ▢ ▢   ▢ ▢ ▢        ▢ …            16 bytes each
struct ChangeIndex {
    private let base: Version
    private var first: ContiguousArray<UInt32> = []
    private var records: ContiguousArray<BytesPosition> = []

    /// - Parameters:
    ///   - version: records of commits above it are indexed.
    ///   - newest: the newest commit that changed the keyspace.
    init(
        _ access: TreeAccess, _ keyspace: UInt32, above version: Version, newest: Version
    ) throws(StorageError) {
        base = version + 1
        first.reserveCapacity(Int(newest - version))
        var way = try RecordWay(access, keyspace, after: version, upTo: newest)
        while try way.next() {
            let commit = Int(way.record.version - base)
            while first.count <= commit { first.append(UInt32(records.count)) }
            records.append(way.position)
        }
    }

    /// Where the record lies, or `nil` if it is not in the index.
    func position(of pointer: RecordPointer) -> BytesPosition? {
        guard pointer.version >= base, pointer.version - base < UInt64(first.count) else { return nil }
        let index = Int(first[Int(pointer.version - base)]) + Int(pointer.sequence)
        return index < records.count ? records[index] : nil
    }
}
