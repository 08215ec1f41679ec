import HindsightKeyValue

/// Sums up the catalog as a commit leaves it: the hash of the entries that only commits change, in the order of their
/// keys, each as key length 4 BE, key, value length 4 BE, value.
///
/// The collector works without commits, so what it moves is left out: the whole entries of `CatalogKey.isBookkeeping`,
/// and of a table its base, and of an index what its building finds.
enum DefinitionDigest {
    /// - Complexity: O(bytes of the catalog).
    static func hash(_ access: TreeAccess) throws(StorageError) -> Hash256 {
        var bytes: [UInt8] = []
        try access.forEachEntry(.catalog) { key, value throws(MalformedBytes) in
            guard !CatalogKey.isBookkeeping(key) else { return }
            bytes.appendBigEndian(UInt32(truncatingIfNeeded: key.byteCount))
            bytes.append(key)
            if [CatalogKey.tables, CatalogKey.indexes].contains(key.byte(at: 0)) {
                var table = try TableInfo(value)
                table.base = nil
                table.index?.isReady = false
                table.index?.traits = []
                let definition = table.encode()
                bytes.appendBigEndian(UInt32(truncatingIfNeeded: definition.count))
                bytes += definition
            } else {
                bytes.appendBigEndian(UInt32(truncatingIfNeeded: value.byteCount))
                bytes.append(value)
            }
        }
        return bytes.rawSpan.blake2b256()
    }
}
