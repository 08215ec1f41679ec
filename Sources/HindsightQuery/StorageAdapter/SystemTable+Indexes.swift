import HindsightStorage
import HindsightValues

extension SystemTable {
    /// Every secondary index: its keys, what it shows, its state and its size.
    static let indexes = SystemTable(name: "INDEXES") { reader throws(StorageError) in
        var rows: [Structure] = []
        for table in reader.tables {
            for index in reader.indexes(of: table) {
                var row = Structure()
                row.append("TableName", .string(table.name))
                row.append("IndexType", .string(index.index?.scope == .local ? "LOCAL" : "GLOBAL"))
                try row.describe(index, reader)
                row.append("CreationDateTime", .timestamp(Timestamp(clock: index.createdTime)))
                if let past = try reader.pastBegins(of: index) {
                    row.append("ReadableSinceDateTime", .timestamp(Timestamp(clock: past.time)))
                }
                // Items of another type that were there before the index.
                if index.index?.traits.contains(.hasOtherTypes) == true { row.append("HasSkippedItems", .bool(true)) }
                rows.append(row)
            }
        }
        return rows
    }
}

extension Structure {
    /// Adds what DynamoDB's DescribeTable tells of an index.
    fileprivate mutating func describe(_ index: TableInfo, _ reader: StoreReader) throws(StorageError) {
        let progress = try reader.progress(of: index)
        let size = try reader.size(of: index)
        append("IndexName", .string(index.name))
        append("IndexStatus", .string(progress == nil ? "ACTIVE" : "CREATING"))
        if let progress { append("BackfillPercent", .int(Int64(progress.percent))) }
        append("KeySchema", .list(index.keySchema))
        append("Projection", .structure(index.projectionStructure))
        append("ItemCount", .int(Int64(size.items)))
        append("IndexSizeBytes", .int(Int64(size.bytes)))
    }

    /// Adds the indexes of a table, by their kinds, as DynamoDB names the lists.
    mutating func describeIndexes(of table: TableInfo, _ reader: StoreReader) throws(StorageError) {
        for (name, scope) in [("GlobalSecondaryIndexes", IndexInfo.Scope.global), ("LocalSecondaryIndexes", .local)] {
            var list: [Value] = []
            for index in reader.indexes(of: table) where index.index?.scope == scope {
                var entry = Structure()
                try entry.describe(index, reader)
                list.append(.structure(entry))
            }
            if !list.isEmpty { append(name, .list(list)) }
        }
    }
}

extension TableInfo {
    fileprivate var projectionStructure: Structure {
        var projection = Structure()
        switch index?.projection {
        case .all, nil: projection.append("ProjectionType", .string("ALL"))
        case .keys: projection.append("ProjectionType", .string("KEYS_ONLY"))
        case .attributes(let names):
            projection.append("ProjectionType", .string("INCLUDE"))
            projection.append("NonKeyAttributes", .list(names.map(Value.string)))
        }
        return projection
    }
}
