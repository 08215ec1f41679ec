import HindsightKeyValue
import HindsightValues

extension RawKey {
    /// A raw key of any tree as words, for dumps, logs and errors: `live t3 "abc"/42`, `changes v17 t3 #0`.
    static func words(_ tree: TreeName, _ key: RawSpan) -> String {
        "\(tree.rawValue) \(parts(tree, key) ?? "?" + key.hexadecimal)"
    }

    private static func parts(_ tree: TreeName, _ key: RawSpan) -> String? {
        switch tree {
        case .live, .deleted: item(key)
        case .changes: change(key)
        case .commits: key.byteCount == 8 ? version(key, at: 0) : nil
        case .tableCommits: key.byteCount == 12 ? "\(table(key, at: 0)) \(version(key, at: 4))" : nil
        case .catalog: catalog(key)
        }
    }

    private static func item(_ key: RawSpan) -> String? {
        guard key.byteCount > keyspaceLength else { return nil }
        return "\(table(key, at: 0)) \(KeyCode.describe(key.extracting(keyspaceLength..<key.byteCount)))"
    }

    private static func change(_ key: RawSpan) -> String? {
        guard key.byteCount == 16 else { return nil }
        return "\(version(key, at: 0)) \(table(key, at: 8)) #\(key.loadBigEndian(UInt32.self, at: 12))"
    }

    private static func catalog(_ key: RawSpan) -> String? {
        guard key.byteCount > 0 else { return nil }
        let isNumbered = key.byteCount == 5
        return switch key.byte(at: 0) {
        case UInt8(ascii: "F"): "format"
        case UInt8(ascii: "C"): "counters"
        case CatalogKey.tables where isNumbered: "table \(table(key, at: 1))"
        case CatalogKey.indexes where isNumbered: "index \(table(key, at: 1))"
        case CatalogKey.backups where isNumbered: "backup \(table(key, at: 1))"
        case CatalogKey.indexBuilds where isNumbered: "building \(table(key, at: 1))"
        case CatalogKey.droppedTables where isNumbered: "dropped table \(table(key, at: 1))"
        case CatalogKey.historyFloors where isNumbered: "history of \(table(key, at: 1))"
        case CatalogKey.forkCopies where isNumbered: "copying into \(table(key, at: 1))"
        case CatalogKey.restorePoints: key.string(in: 1..<key.byteCount).map { "restore point \"\($0)\"" }
        default: nil
        }
    }

    private static func table(_ key: RawSpan, at offset: Int) -> String {
        KeyspaceNumber.words(key.loadBigEndian(UInt32.self, at: offset))
    }

    private static func version(_ key: RawSpan, at offset: Int) -> String {
        "v\(key.loadBigEndian(UInt64.self, at: offset))"
    }
}
