import HindsightStorage

extension RestoreSummary {
    /// What a table is that was restored.
    ///
    /// - Parameter reader: sees the table as the restore leaves it.
    init(_ table: TableInfo, _ reader: StoreReader) throws(StorageError) {
        let source = reader.source(of: table)
        self.init(
            table: table.name, source: table.origin?.tableName ?? "", backup: source?.backup?.name,
            microseconds: table.origin?.time ?? table.createdTime, itemCount: try reader.size(of: table).items,
            indexes: reader.indexes(of: table).map(\.name),
            notCarriedOver: (source?.leftBehind(by: table) ?? []).map { Omission(name: $0.name, value: $0.value) })
    }
}

extension RecoverySetting {
    /// The days that a retention can have.
    static let allowedDays = Limits.retentionDays
}
