import HindsightKeyValue
import HindsightValues

extension StoreReader {
    /// The item that an entry of an index is of, in place.
    ///
    /// - Parameters:
    ///   - entry: the entry's document.
    ///   - table: the table of the index.
    ///   - version: the one that the entry was read at.
    /// - Throws: `StorageError.corrupt` if there is no such item.
    @_lifetime(borrow self)
    package final func item(
        of entry: RawSpan, in table: TableInfo, at version: Version?
    ) throws(StorageError) -> RawSpan {
        let key = try KeyExtractor(table: table).key(of: entry)
        guard let item = try get(table, key: key, at: version) else {
            throw .corrupt(what: "an index of the table", key: "\(table.name) \(KeyCode.describe(key.rawSpan))")
        }
        return item
    }

    /// Makes sure that an index can be read at a version that was resolved for its table.
    ///
    /// - Parameter version: `nil` for now.
    /// - Throws: `.indexNotReady`, `.beforeIndex`.
    package final func checkReadable(
        _ index: TableInfo, of table: TableInfo, at version: Version?
    ) throws(StorageError) {
        if let progress = try progress(of: index) {
            throw .indexNotReady(table: table.name, index: index.name, percent: progress.percent)
        }
        guard let version, version < self.version else { return }
        guard let past = try pastBegins(of: index) else {
            throw .beforeIndex(table: table.name, index: index.name, asked: .version(version), since: time)
        }
        guard version >= past.version else {
            throw .beforeIndex(table: table.name, index: index.name, asked: .version(version), since: past.time)
        }
    }
}
