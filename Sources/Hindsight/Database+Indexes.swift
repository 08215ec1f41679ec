import HindsightQuery
import HindsightStorage

/// Secondary indexes as typed calls.
extension Database {
    /// `CREATE [LOCAL] INDEX index ON table …`; returns when all items are in the index.
    ///
    /// - Parameters:
    ///   - name: 3 to 255 characters of `a-z A-Z 0-9 _ . -`.
    ///   - table: the table's exact name.
    ///   - partitionKey: the attribute, and its type, by which items are found.
    ///   - sortKey: that by which those of one partition are ordered.
    ///   - isLocal: whether the partition key is that of the table.
    ///   - projected: attributes that show beside the keys when the index is read by its name; nil for all.
    ///   - progress: called from time to time with items done and items in all; what it throws is thrown from here, and the
    ///     work goes on with later commits.
    /// - Throws: `DatabaseError`: `unknownTable`, `indexExists`, `invalidName`, `keyTypeMismatch`, `limitExceeded`; what
    ///   `progress` throws.
    public func createIndex(
        _ name: String, on table: String, partitionKey: IndexKey, sortKey: IndexKey? = nil, isLocal: Bool = false,
        projecting projected: [String]? = nil, progress: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws {
        let definition = HindsightStorage.IndexDefinition(
            name: name, scope: isLocal ? .local : .global, partitionKey: partitionKey.inStorage,
            sortKey: sortKey?.inStorage, projection: projected.map { $0.isEmpty ? .keys : .attributes($0) } ?? .all)
        do {
            try store.write(statement: "CREATE INDEX \(quotedIdentifier(name)) ON \(quotedIdentifier(table))") {
                try $0.createIndex(definition, of: table)
            }
            try store.buildIndexes { state in try progress(state.done, state.total) }
        } catch let error as StorageError {
            throw DatabaseError(QueryError(error))
        }
    }

    /// `DROP INDEX index ON table`.
    public func dropIndex(_ name: String, on table: String) throws(DatabaseError) {
        do {
            try store.write(statement: "DROP INDEX \(quotedIdentifier(name)) ON \(quotedIdentifier(table))") {
                try $0.dropIndex(name, of: table)
            }
        } catch let error as StorageError {
            throw DatabaseError(QueryError(error))
        } catch {
            throw DatabaseError(.internalError, "\(error)")
        }
    }

    /// The secondary indexes of a table, by name.
    public func indexes(of table: String) throws(DatabaseError) -> [Index] {
        do {
            let snapshot = try store.snapshot()
            defer { snapshot.close() }
            guard let info = snapshot.table(named: table) else { throw StorageError.tableNotFound(table) }
            return try snapshot.indexes(of: info).map { index throws(StorageError) in
                Index(index, isReady: try snapshot.progress(of: index) == nil, size: try snapshot.size(of: index))
            }
        } catch let error as StorageError {
            throw DatabaseError(QueryError(error))
        } catch {
            throw DatabaseError(.internalError, "\(error)")
        }
    }
}

/// A key attribute of a secondary index.
public struct IndexKey: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case string
        case number
        case binary
    }

    public let name: String
    public let kind: Kind

    public init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }

    fileprivate init(_ attribute: HindsightStorage.KeyAttribute) {
        name = attribute.name
        kind =
            switch attribute.kind {
            case .string: .string
            case .number: .number
            case .binary: .binary
            }
    }

    fileprivate var inStorage: HindsightStorage.KeyAttribute {
        let kind: HindsightStorage.KeyAttribute.Kind =
            switch kind {
            case .string: .string
            case .number: .number
            case .binary: .binary
            }
        return .init(name: name, kind: kind)
    }
}

/// A secondary index of a table.
public struct Index: Sendable, Hashable {
    public let name: String
    public let isLocal: Bool
    public let partitionKey: IndexKey
    public let sortKey: IndexKey?
    /// Attributes that show beside the keys when the index is read by its name; nil for all.
    public let projected: [String]?
    /// Whether all items are in the index; before, it cannot be read.
    public let isReady: Bool
    /// How many items are in the index.
    public let itemCount: Int

    fileprivate init(_ info: TableInfo, isReady: Bool, size: (items: Int, bytes: Int)) {
        name = info.name
        isLocal = info.index?.scope == .local
        partitionKey = IndexKey(info.partitionKey)
        sortKey = info.sortKey.map(IndexKey.init)
        projected =
            switch info.index?.projection {
            case .all, nil: nil
            case .keys: []
            case .attributes(let names): names
            }
        self.isReady = isReady
        itemCount = size.items
    }
}
