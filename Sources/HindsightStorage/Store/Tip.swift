import HindsightKeyValue

/// The newest commit, and the catalog as it leaves it: what every snapshot and every transaction begins with.
struct Tip: Sendable {
    /// LMDB's number of the transaction that wrote it: equal numbers are equal files, so a tip in memory can be used.
    var number: Int
    var version: Version
    var time: Int64
    var hash: Hash256
    var totalChanges: UInt64
    var catalog: Catalog

    /// Reads the tip of what `access` sees.
    ///
    /// - Parameter known: a tip from before; its catalog is kept if it was not changed since.
    init(_ access: TreeAccess, number: Int, known: Tip?) throws(StorageError) {
        self.number = number
        let last = try access.last(.commits, prefix: [], atMost: RawKey.commit(.max)) { bytes throws(MalformedBytes) in
            try CommitRecord(bytes)
        }
        version = last.flatMap { RawKey.version(ofCommit: $0.key.rawSpan) } ?? 0
        time = last?.value.time ?? .min
        hash = last?.value.hash ?? Hash256()
        totalChanges = last?.value.totalChanges ?? 0
        if let known, try known.catalog.counters == Catalog.counters(access) {
            catalog = known.catalog
        } else {
            catalog = try Catalog(access)
        }
    }
}
