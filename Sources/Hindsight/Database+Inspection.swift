import HindsightStorage

extension Database {
    /// The keys and headers that a table is stored as, a line each, in words: for tests and the curious.
    ///
    /// - Throws: `DatabaseError`: `unknownTable`.
    package func storedKeys(of table: String) throws(DatabaseError) -> [String] {
        do throws(StorageError) {
            let snapshot = try store.snapshot()
            defer { snapshot.close() }
            if let info = snapshot.table(named: table) { return try snapshot.dump(info) }
        } catch {
            throw DatabaseError(error)
        }
        throw DatabaseError(.unknownTable, "there is no table '\(table)'")
    }
}
