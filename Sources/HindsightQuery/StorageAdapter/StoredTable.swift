import HindsightStorage
import HindsightSyntax
import HindsightValues

/// A table of the storage engine, as one reader sees it.
final class StoredTable: Table {
    let schema: TableSchema
    let info: TableInfo
    private let reader: StoreReader

    init(_ info: TableInfo, reader: StoreReader) {
        self.info = info
        self.reader = reader
        schema = TableSchema(
            name: info.name, partitionKey: KeyAttribute(info.partitionKey),
            sortKey: info.sortKey.map(KeyAttribute.init), indexes: reader.indexes(of: info).map(IndexSchema.init))
    }

    func version(at moment: Moment) throws(QueryError) -> UInt64 {
        try storing { () throws(StorageError) in try reader.resolve(moment.inStorage, for: info) }
    }

    func get(_ key: ItemKey, _ request: ScanRequest, into batch: inout RowBatch) throws(QueryError) -> Bool {
        guard let bytes = keyCode(key) else { return false }
        let work = RowWork(request)
        // A local, so that the document may be looked at in place: it lasts as long as the reader.
        let reader = reader
        do throws(StorageError) {
            guard let document = try reader.get(info, key: bytes, at: request.version) else { return false }
            do { return try work.add(document, to: &batch) } catch { throw info.corrupt(error) }
        } catch {
            throw QueryError(error)
        }
    }

    func openCursor(_ request: ScanRequest) throws(QueryError) -> any RowCursor {
        guard let range = info.keyRange(request.range) else { return EmptyCursor() }
        if let versions = request.versions {
            return try storing { () throws(StorageError) in
                let cursor = try reader.versions(of: info, range, from: versions.lowerBound, to: versions.upperBound)
                return StoredVersions(cursor, reader, request, of: info)
            }
        }
        let direction: Direction = request.direction == .forward ? .forward : .backward
        return try storing { () throws(StorageError) in
            StoredCursor(
                try reader.openCursor(info, range, at: request.version, direction), request, table: info)
        }
    }
}

extension StoredTable {
    func index(named name: String, at version: UInt64?) throws(QueryError) -> (any Table)? {
        guard let index = reader.index(named: name, of: info) else { return nil }
        do throws(StorageError) {
            try reader.checkReadable(index, of: info, at: version)
        } catch .indexNotReady, .beforeIndex {
            return nil
        } catch {
            throw QueryError(error)
        }
        return StoredIndex(index, IndexSchema(index), of: info, reader: reader, isNamed: false)
    }

    /// The index as a statement reads it that names it.
    func namedIndex(_ name: String) -> StoredIndex? {
        reader.index(named: name, of: info).map {
            StoredIndex($0, IndexSchema($0), of: info, reader: reader, isNamed: true)
        }
    }
}

// MARK: - Keys

extension StoredTable {
    /// The code of a whole key; nil if no item can have it, because a value is of another type.
    func keyCode(_ key: ItemKey) -> [UInt8]? {
        guard info.partitionKey.accepts(key.partition) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(StoredTable.usualKeyLength)
        guard (try? KeyCode.append(key.partition, to: &bytes)) != nil else { return nil }
        guard let sortKey = info.sortKey else { return bytes }
        guard let sort = key.sort, sortKey.accepts(sort), (try? KeyCode.append(sort, to: &bytes)) != nil else {
            return nil
        }
        return bytes
    }

    /// Bytes that most keys fit in.
    private static let usualKeyLength = 64

}

extension TableInfo {
    /// The codes of the keys in a range; nil if there are none.
    func keyRange(_ range: KeyRange) -> HindsightValues.KeyRange? {
        guard case .partition(let partition, let condition) = range else { return .all }
        guard partitionKey.accepts(partition), let prefix = try? KeyCode.encode([partition]) else { return nil }
        switch condition {
        case .any:
            return HindsightValues.KeyRange(prefix: prefix)
        case .equal(let value):
            guard let key = try? KeyCode.encode([partition, value]) else { return nil }
            // Behind the keys of an index stands the key of the table.
            return index == nil ? HindsightValues.KeyRange(key: key) : HindsightValues.KeyRange(prefix: key)
        case .between(let lower, let upper):
            return try? HindsightValues.KeyRange(
                prefix: prefix, from: lower.map(HindsightValues.KeyBound.init),
                to: upper.map(HindsightValues.KeyBound.init))
        case .prefix(let start):
            return try? HindsightValues.KeyRange(prefix: prefix, beginningWith: start)
        }
    }
}

extension HindsightValues.KeyBound {
    fileprivate init(_ bound: KeyBound) {
        self = bound.isInclusive ? .including(bound.value) : .excluding(bound.value)
    }
}

extension HindsightStorage.KeyAttribute {
    /// Whether a value is of the attribute's type.
    fileprivate func accepts(_ value: Value) -> Bool {
        switch (kind, value) {
        case (.string, .string), (.string, .symbol), (.binary, .blob): true
        case (.number, .int), (.number, .decimal), (.number, .float): true
        default: false
        }
    }
}

extension KeyAttribute {
    init(_ attribute: HindsightStorage.KeyAttribute) {
        let type: KeyType =
            switch attribute.kind {
            case .string: .string
            case .number: .number
            case .binary: .binary
            }
        self.init(name: attribute.name, type: type)
    }
}

extension TableInfo {
    func corrupt(_ error: ValueError) -> StorageError {
        .corrupt(what: "a stored document (\(error))", key: name)
    }
}
