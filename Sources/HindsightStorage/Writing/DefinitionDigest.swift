import HindsightKeyValue

/// Sums up the catalog as a commit leaves it: the hash of the entries that only commits change, in the order of their
/// keys, each as key length 4 BE, key, value length 4 BE, value.
///
/// The collector works without commits, so what it moves is left out: the whole entries of `CatalogKey.isBookkeeping`,
/// backups that end by themselves, with their indexes, and of a table its base, of an index what its building finds.
enum DefinitionDigest {
    /// - Complexity: O(bytes of the catalog).
    static func hash(_ access: TreeAccess) throws(StorageError) -> Hash256 {
        var bytes: [UInt8] = []
        let ending = try endingBackups(access)
        try access.forEachEntry(.catalog) { key, value throws(MalformedBytes) in
            guard !CatalogKey.isBookkeeping(key) else { return }
            guard [CatalogKey.tables, CatalogKey.indexes, CatalogKey.backups].contains(key.byte(at: 0)) else {
                return append(key, value, to: &bytes)
            }
            let table = try TableInfo(value)
            guard !ending.contains(table.index?.table ?? table.id) else { return }
            append(key, definition(of: table).rawSpan, to: &bytes)
        }
        return bytes.rawSpan.blake2b256()
    }

    private static func append(_ key: RawSpan, _ value: RawSpan, to bytes: inout [UInt8]) {
        for part in [key.array, value.array] {
            bytes.appendBigEndian(UInt32(truncatingIfNeeded: part.count))
            bytes += part
        }
    }

    private static func definition(of table: TableInfo) -> [UInt8] {
        var table = table
        table.base = nil
        table.index?.isReady = false
        table.index?.traits = []
        return table.encode()
    }

    /// The numbers of backups that the collector will take away.
    private static func endingBackups(_ access: TreeAccess) throws(StorageError) -> Set<UInt32> {
        var numbers: Set<UInt32> = []
        try access.forEach(.catalog, prefix: [CatalogKey.backups]) { value throws(MalformedBytes) in
            let backup = try TableInfo(value)
            if backup.backup?.expiryTime != nil { numbers.insert(backup.id) }
        }
        return numbers
    }
}
