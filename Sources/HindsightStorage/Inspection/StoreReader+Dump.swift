import HindsightKeyValue
import HindsightValues

// Everything that is stored, as words: a line an entry, key and header. For tests, bug reports and the curious:
//
//     live t1 "abc"/42          v17 previous v17 #0 depth 3 jump v9 #0, 61 bytes
//     deleted t1 "abd"/1        v12 previous v12 #4 depth 1
//     changes v17 t1 #0         item "abc"/42: v12 previous v12 #0 depth 2, 58 bytes
//     commits v17               2026-… +1777636800000000, 3 changes: t1 3, "UPDATE …"

extension StoreReader {
    /// All entries of all trees.
    package final func dump() throws(StorageError) -> [String] {
        var lines: [String] = []
        for tree in TreeName.allCases {
            try dump(tree, prefix: [], to: &lines)
        }
        return lines
    }

    /// The entries of one table: items, tombstones, undo records, in this order.
    package final func dump(_ table: TableInfo) throws(StorageError) -> [String] {
        var lines: [String] = []
        try dump(.live, prefix: RawKey.keyspace(table.id), to: &lines)
        try dump(.deleted, prefix: RawKey.keyspace(table.id), to: &lines)
        var ways: [String] = []
        var versions: [Version] = []
        try dump(.tableCommits, prefix: RawKey.keyspace(table.id), to: &ways) { key in
            if let version = RawKey.version(ofTableCommit: key, in: table.id) { versions.append(version) }
        }
        for version in versions {
            let first = RawKey.change(table.id, RecordPointer(version: version, sequence: 0))
            try dump(.changes, prefix: Array(first[..<12]), to: &lines)
        }
        return lines
    }

    private final func dump(
        _ tree: TreeName, prefix: [UInt8], to lines: inout [String], _ look: (RawSpan) -> Void = { _ in }
    ) throws(StorageError) {
        let cursor = try access.openCursor(access.tree(tree))
        do {
            var isOnEntry = try cursor.seek(atOrAfter: prefix.rawSpan)
            while isOnEntry, cursor.key.hasPrefix(prefix.rawSpan) {
                look(cursor.key)
                let value = EntryWords.value(tree, cursor.key, cursor.value)
                lines.append("\(RawKey.words(tree, cursor.key)): \(value)")
                isOnEntry = try cursor.next()
            }
        } catch {
            throw StorageError(error)
        }
    }
}

/// The values of the trees as words.
enum EntryWords {
    /// Never fails: what cannot be read stands in hexadecimal.
    static func value(_ tree: TreeName, _ key: RawSpan, _ value: RawSpan) -> String {
        (try? words(tree, key, value)) ?? "?" + value.hexadecimal
    }

    private static func words(_ tree: TreeName, _ key: RawSpan, _ value: RawSpan) throws(MalformedBytes) -> String {
        switch tree {
        case .live, .deleted: return item(try StoredItem(value))
        case .changes: return try change(value)
        case .commits: return commit(try CommitRecord(value))
        case .tableCommits: return totals(try TableTotals(value))
        case .catalog: return try catalog(key, value)
        }
    }

    static func item(_ item: StoredItem) -> String {
        let size = item.document.isEmpty ? "" : ", \(item.document.count) bytes"
        return header(item.header) + size
    }

    static func header(_ header: ItemHeader) -> String {
        guard let previous = header.previous else { return "v\(header.version)" }
        let jump =
            switch previous.jump {
            case .toPrevious: ""
            case .to(let target): " jump v\(target.version) #\(target.sequence)"
            case .unknown: " jump unknown"
            }
        return "v\(header.version) previous #\(previous.sequence) depth \(previous.depth)\(jump)"
    }

    private static func change(_ value: RawSpan) throws(MalformedBytes) -> String {
        let record = try ChangeRecord(value)
        let key = KeyCode.describe(value.extracting(record.item.longKey ?? record.storedKey))
        return switch record.kind {
        case .nothing: "nothing at \(key)"
        case .item: "item \(key), \(item(record.item))"
        case .tombstone: "tombstone \(key), \(item(record.item))"
        }
    }

    private static func commit(_ record: CommitRecord) -> String {
        let changes = record.changes.map { "\(KeyspaceNumber.words($0.keyspace)) \($0.count)" }.joined(separator: ", ")
        return "at \(record.time), changes [\(changes)] of \(record.totalChanges), \"\(record.statement)\""
    }

    private static func totals(_ totals: TableTotals) -> String {
        "\(totals.records) records, \(totals.items) items, \(totals.bytes) bytes, \(totals.tombstones) tombstones, "
            + "\(totals.changes) changes"
            + (totals.history.map { ", \($0.records) records of \($0.bytes) bytes kept" } ?? "")
    }

    private static func catalog(_ key: RawSpan, _ value: RawSpan) throws(MalformedBytes) -> String {
        switch key.byteCount > 0 ? key.byte(at: 0) : 0 {
        case UInt8(ascii: "F"): return "version \(FileFormat.version(of: value) ?? 0)"
        case UInt8(ascii: "C"):
            let counters = try CatalogCounters(value)
            return "\(counters.changes) changes, next table t\(counters.nextTable)"
        case CatalogKey.tables, CatalogKey.indexes, CatalogKey.backups, CatalogKey.droppedTables:
            return table(try TableInfo(value))
        case CatalogKey.historyFloors, CatalogKey.restorePoints:
            let instant = try Instant(value)
            return "v\(instant.version) at \(instant.time)"
        case CatalogKey.backupPlans:
            let plan = try BackupPlan(key: key, value: value)
            return "backups of \(plan.tables), \(plan.schedule), served \(plan.servedTime)"
        case CatalogKey.exports:
            let export = try ExportRecord(key: key, value: value)
            return "\(export.itemCount) items of \"\(export.table)\" to \"\(export.destination)\""
        default: throw MalformedBytes()
        }
    }

    private static func table(_ table: TableInfo) -> String {
        var words = "\"\(table.name)\" (\(table.partitionKey.name)\(table.sortKey.map { ", " + $0.name } ?? ""))"
        words += " since v\(table.createdVersion)"
        if let index = table.index {
            words += ", \(index.scope) index of t\(index.table)\(index.isReady ? "" : ", not ready")"
        }
        if let recovery = table.recovery {
            words += ", recovery since v\(recovery.enabledVersion) for \(recovery.retentionDays) days"
        }
        if let base = table.base { words += ", base \(KeyspaceNumber.words(base.table)) at v\(base.version)" }
        return words
    }
}
