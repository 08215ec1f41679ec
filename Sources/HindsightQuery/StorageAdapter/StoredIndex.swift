import HindsightStorage
import HindsightSyntax
import HindsightValues

/// A secondary index of the storage engine, as one reader sees it: the items that have an entry, in the order of the
/// index's keys.
final class StoredIndex: Table {
    let schema: TableSchema
    private let info: TableInfo
    private let table: TableInfo
    private let reader: StoreReader
    /// Whether only projected attributes show: the statement names the index.
    private let isNamed: Bool

    init(_ info: TableInfo, _ schema: IndexSchema, of table: TableInfo, reader: StoreReader, isNamed: Bool) {
        self.info = info
        self.table = table
        self.reader = reader
        self.isNamed = isNamed
        self.schema = TableSchema(
            name: "\(table.name).\(info.name)", partitionKey: schema.partitionKey, sortKey: schema.sortKey,
            index: schema)
    }

    func version(at moment: Moment) throws(QueryError) -> UInt64 {
        try storing { () throws(StorageError) in
            let version = try reader.resolve(moment.inStorage, for: table)
            try reader.checkReadable(info, of: table, at: version)
            return version
        }
    }

    func get(_ key: ItemKey, _ request: ScanRequest, into batch: inout RowBatch) throws(QueryError) -> Bool {
        throw QueryError(.internalError, "an index has no whole keys", at: nil)
    }

    func openCursor(_ request: ScanRequest) throws(QueryError) -> any RowCursor {
        guard let range = info.keyRange(request.range) else { return EmptyCursor() }
        let direction: Direction = request.direction == .forward ? .forward : .backward
        return try storing { () throws(StorageError) in
            try reader.checkReadable(info, of: table, at: request.version)
            let cursor = try reader.openCursor(info, range, at: request.version, direction)
            return StoredIndexCursor(cursor, reader: reader, table: table, request, work: work(request))
        }
    }

    private func work(_ request: ScanRequest) -> StoredIndexCursor.Work {
        guard let index = schema.index else { return .item }
        let paths = request.columns.list.map(\.path) + request.conditions.map(\.path)
        let isCovered = paths.allSatisfy { path in
            guard let name = path?.attributeName else { return false }
            return index.keyNames.contains { $0.utf8.elementsEqual(name.utf8) }
        }
        if isCovered { return .entry }
        guard isNamed, index.projected != nil else { return .item }
        return .projected(index)
    }
}

extension ScanColumn {
    fileprivate var path: ItemPath? {
        if case .path(let path) = self { path } else { nil }
    }
}

/// Rows of an index under way.
final class StoredIndexCursor: RowCursor {
    /// What a row is made of.
    enum Work {
        /// The entry has all that is asked for.
        case entry
        /// The item, which is looked up.
        case item
        /// The item's projected attributes.
        case projected(IndexSchema)
    }

    private var cursor: TableCursor?
    private let reader: StoreReader
    private let table: TableInfo
    private let request: ScanRequest
    private let rows: RowWork
    private let work: Work
    private var skipped = 0

    init(_ cursor: TableCursor, reader: StoreReader, table: TableInfo, _ request: ScanRequest, work: Work) {
        self.cursor = cursor
        self.reader = reader
        self.table = table
        self.request = request
        self.work = work
        rows = RowWork(request)
    }

    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {
        guard let cursor else { return }
        do throws(StorageError) {
            while batch.count < limit {
                guard try cursor.next() else { return close() }
                if try !add(cursor, to: &batch), isStopped() { return }
            }
        } catch {
            throw QueryError(error)
        }
    }

    private func add(_ cursor: TableCursor, to batch: inout RowBatch) throws(StorageError) -> Bool {
        if case .entry = work {
            do { return try rows.add(cursor.document, to: &batch) } catch { throw table.corrupt(error) }
        }
        // A local, so that the item may be looked at in place: it lasts as long as the reader.
        let reader = reader
        let item = try reader.item(of: cursor.document, in: table, at: request.version)
        do throws(ValueError) {
            guard case .projected(let index) = work else { return try rows.add(item, to: &batch) }
            return request.add(try Document.structure(in: item), seenThrough: index, to: &batch)
        } catch {
            throw table.corrupt(error)
        }
    }

    /// Whether the statement was cancelled, looked at now and then; its next row then ends it.
    private func isStopped() -> Bool {
        skipped &+= 1
        guard skipped & StoredIndexCursor.checkMask == 0, let cancellation = request.cancellation,
            cancellation.isCancelled
        else { return false }
        close()
        return true
    }

    private static let checkMask = 0x3FF

    func close() {
        cursor = nil
    }
}

extension ScanRequest {
    /// Adds the row of an item as an index shows it. A local index looks up what the statement names; as a whole, the item
    /// has its projected attributes alone.
    fileprivate func add(_ item: Structure, seenThrough index: IndexSchema, to batch: inout RowBatch) -> Bool {
        let projected = Structure(fields: item.fields.filter { index.projects($0.name) })
        guard index.isLocal else { return add(projected, to: &batch) }
        guard conditions.allSatisfy({ $0.isTrue(of: item) }) else { return false }
        let base = batch.appendRow()
        for (position, column) in columns.list.enumerated() {
            batch.values[base + position] =
                switch column {
                case .item: .structure(projected)
                case .path(let path): item.value(at: path) ?? .missing
                }
        }
        return true
    }
}

extension IndexSchema {
    /// - Precondition: `info` is an index.
    init(_ info: TableInfo) {
        let index = info.index
        let traits = index?.traits ?? []
        var use: Use = index?.isReady == true && !traits.contains(.hasSymbols) ? .isPossible : []
        if traits.contains(.hasPartial) { use.insert(.needsSortKey) }
        if traits.contains(.hasOtherCase) { use.insert(.needsExactNames) }
        let projected: [String]? =
            switch index?.projection {
            case .all, nil: nil
            case .keys: []
            case .attributes(let names): names
            }
        self.init(
            name: info.name, isLocal: index?.scope == .local, partitionKey: KeyAttribute(info.partitionKey),
            sortKey: info.sortKey.map(KeyAttribute.init), keyNames: info.keyAttributes.map(\.name),
            projected: projected, use: use)
    }
}

extension HindsightStorage.IndexDefinition {
    init(_ definition: IndexDefinition) {
        let projection: IndexInfo.Projection =
            switch definition.projected {
            case nil: .all
            case .some(let names): names.isEmpty ? .keys : .attributes(names)
            }
        self.init(
            name: definition.name, scope: definition.isLocal ? .local : .global,
            partitionKey: .init(definition.partitionKey),
            sortKey: definition.sortKey.map(HindsightStorage.KeyAttribute.init), projection: projection)
    }
}
