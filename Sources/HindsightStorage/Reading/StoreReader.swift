import HindsightKeyValue
import HindsightValues

/// What a snapshot and a write transaction have in common: reading, now and at any version.
///
/// `@unchecked Sendable`: a reader is used by one thread at a time, whichever; it is handed on as a whole. What it shares
/// with others is immutable or behind a lock.
package class StoreReader: @unchecked Sendable {
    package final let store: Store
    final var access: TreeAccess
    final var catalog: Catalog
    /// The newest version that can be seen; for a write transaction the one that it will be.
    package final let version: Version
    /// The time of the newest commit; for a write transaction its own. `Int64.min` in an empty file.
    package final let time: Int64
    /// The newest version that is committed.
    final let committedVersion: Version
    /// Built anew by each read.
    final var keyBuffer: [UInt8] = []

    init(store: Store, access: TreeAccess, catalog: Catalog, version: Version, time: Int64, committed: Version) {
        self.store = store
        self.access = access
        self.catalog = catalog
        self.version = version
        self.time = time
        committedVersion = committed
        keyBuffer.reserveCapacity(Environment.maximumKeyByteCount)
    }

    /// The newest change of a keyspace and the running totals after it; `nil` if it was never changed.
    func newestState(_ keyspace: UInt32) throws(StorageError) -> TableState? {
        try state(keyspace, at: .max)
    }
}

/// A keyspace's running totals, and the commit that they were written by.
struct TableState {
    var version: Version
    var totals: TableTotals
}

// MARK: - Catalog

extension StoreReader {
    /// Grows with every change of a table's definition.
    package final var catalogVersion: UInt64 { catalog.counters.changes }

    /// The table of exactly this name, byte by byte.
    package final func table(named name: String) -> TableInfo? {
        catalog.table(named: name)
    }

    /// The table of this number, unless it was dropped.
    package final func table(numbered number: UInt32) -> TableInfo? {
        catalog.tables[number]
    }

    /// All tables, ordered by their names' bytes.
    package final var tables: [TableInfo] {
        catalog.tables.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// How many items a table has, and the bytes of their documents.
    ///
    /// - Parameter version: at which version; `nil` for now.
    /// - Complexity: O(log n): a running total, not a scan.
    package final func size(
        of table: TableInfo, at version: Version? = nil
    ) throws(StorageError) -> (items: Int, bytes: Int) {
        let state = if let version { try state(table.id, at: version) } else { try newestState(table.id) }
        return (Int(state?.totals.items ?? 0), Int(state?.totals.bytes ?? 0))
    }

    /// The last committed change of a keyspace at or before a version.
    final func state(_ keyspace: UInt32, at version: Version) throws(StorageError) -> TableState? {
        let found = try access.last(
            .tableCommits, prefix: RawKey.keyspace(keyspace), atMost: RawKey.tableCommit(keyspace, version)
        ) { bytes throws(MalformedBytes) in
            try TableTotals(bytes)
        }
        guard let found else { return nil }
        guard let version = RawKey.version(ofTableCommit: found.key.rawSpan, in: keyspace) else {
            throw .corrupt(.tableCommits, found.key)
        }
        return TableState(version: version, totals: found.value)
    }

    /// All restore points, ordered by their names' bytes.
    package final var restorePoints: [RestorePoint] {
        get throws(StorageError) {
            let cursor = try access.openCursor(access.trees.catalog)
            var points: [RestorePoint] = []
            do {
                var isOnEntry = try cursor.seek(atOrAfter: [CatalogKey.restorePoints].rawSpan)
                while isOnEntry, cursor.key.byte(at: 0) == CatalogKey.restorePoints {
                    points.append(try RestorePoint(key: cursor.key, value: cursor.value))
                    isOnEntry = try cursor.next()
                }
            } catch let error as KeyValueError {
                throw StorageError(error)
            } catch {
                throw .corrupt(.catalog, cursor.key.array)
            }
            return points
        }
    }
}

extension RestorePoint {
    fileprivate init(key: RawSpan, value: RawSpan) throws(MalformedBytes) {
        guard let name = key.string(in: 1..<key.byteCount) else { throw MalformedBytes() }
        let instant = try Instant(value)
        self.init(name: name, version: instant.version, time: instant.time)
    }
}
