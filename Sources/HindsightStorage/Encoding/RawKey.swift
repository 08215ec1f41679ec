import HindsightKeyValue

/// The trees of a file.
///
///     tree           key                                value
///     live           keyspace 4, stored key             header, document                 the present
///     deleted        keyspace 4, stored key             header                           tombstones
///     changes        version 8, keyspace 4, sequence 4  kind, key, header, document      undo records, in order
///     commits        version 8                          `CommitRecord`
///     tableCommits   keyspace 4, version 8              `TableTotals`                    a table's way through changes
///     catalog        kind 1, name or number             `CatalogEntry`
///
/// A sequence counts the undo records of one keyspace inside one commit, so that those of one table lie together
/// however a transaction mixes tables.
enum TreeName: String, CaseIterable {
    case live, deleted, changes, commits, tableCommits, catalog
}

/// Builds the keys of all trees in buffers that are used again and again.
enum RawKey {
    static let keyspaceLength = 4

    static func item(_ keyspace: UInt32, _ storedKey: [UInt8], in key: inout [UInt8]) {
        start(keyspace, in: &key)
        key.append(contentsOf: storedKey)
    }

    static func change(_ keyspace: UInt32, _ record: RecordPointer, in key: inout [UInt8]) {
        key.removeAll(keepingCapacity: true)
        key.appendBigEndian(record.version)
        key.appendBigEndian(keyspace)
        key.appendBigEndian(record.sequence)
    }

    static func tableCommit(_ keyspace: UInt32, _ version: Version, in key: inout [UInt8]) {
        start(keyspace, in: &key)
        key.appendBigEndian(version)
    }

    static func tableCommit(_ keyspace: UInt32, _ version: Version) -> [UInt8] {
        var key: [UInt8] = []
        tableCommit(keyspace, version, in: &key)
        return key
    }

    static func change(_ keyspace: UInt32, _ record: RecordPointer) -> [UInt8] {
        var key: [UInt8] = []
        change(keyspace, record, in: &key)
        return key
    }

    /// The first bytes of the keys of all undo records of one commit to a keyspace.
    static func changes(_ keyspace: UInt32, _ version: Version) -> [UInt8] {
        change(keyspace, RecordPointer(version: version, sequence: 0)).dropLast(4)
    }

    static func commit(_ version: Version) -> [UInt8] {
        var key: [UInt8] = []
        key.appendBigEndian(version)
        return key
    }

    /// The first bytes of all keys of `keyspace` in `live`, `deleted` and `tableCommits`.
    static func keyspace(_ keyspace: UInt32) -> [UInt8] {
        var key: [UInt8] = []
        key.appendBigEndian(keyspace)
        return key
    }

    private static func start(_ keyspace: UInt32, in key: inout [UInt8]) {
        key.removeAll(keepingCapacity: true)
        key.appendBigEndian(keyspace)
    }

    // MARK: Reading

    /// The version in a key of `tableCommits`, or `nil` if the key is of another table.
    static func version(ofTableCommit key: RawSpan, in keyspace: UInt32) -> Version? {
        guard key.byteCount == 12, key.loadBigEndian(UInt32.self, at: 0) == keyspace else { return nil }
        return key.loadBigEndian(Version.self, at: keyspaceLength)
    }

    /// The version in a key of `commits`, or `nil` if it is none.
    static func version(ofCommit key: RawSpan) -> Version? {
        key.byteCount == 8 ? key.loadBigEndian(Version.self, at: 0) : nil
    }
}
