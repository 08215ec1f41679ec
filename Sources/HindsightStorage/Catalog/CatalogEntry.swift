import HindsightKeyValue

/// The entries of the tree `catalog`: a kind byte and a name or number for a key.
///
///     key                    value
///     'F'                    "Hindsight" 0, format 2 LE                        magic and format version of the file
///     'C'                    change counter, next table number (packed)        moved on by every change of a 'T', 'I', 'S' or 'D'
///     'T' number 4           the table
///     'I' number 4           the index, as a table: see `IndexInfo`
///     'S' number 4           the backup, as a table: see `BackupInfo`
///     'D' number 4           the table, index or backup, dropped, while forks or unfreed space still need it
///     'H' number 4           version (packed), time 8 LE                       where the kept history begins
///     'K' number 4           phase 1, counted key                              how far the base was copied into a fork
///     'B' number 4           counted key, items (packed)                       how far an index is built
///     'P' name               version (packed), time 8 LE                       a restore point
///     'L' name               a backup plan: see `BackupPlan`
///     'E' number as text     an export that was made: see `ExportRecord`
///
/// Every value but that of 'F' ends in its seal, a checksum.
///
/// Readers hold the tables in memory, by the change counter. What moves without them ('H', 'K', 'B', 'P', 'L', 'E') is read in place.
enum CatalogKey {
    static let format: [UInt8] = [UInt8(ascii: "F")]
    static let counters: [UInt8] = [UInt8(ascii: "C")]
    static let tables = UInt8(ascii: "T")
    static let indexes = UInt8(ascii: "I")
    static let backups = UInt8(ascii: "S")
    static let droppedTables = UInt8(ascii: "D")
    static let historyFloors = UInt8(ascii: "H")
    static let forkCopies = UInt8(ascii: "K")
    static let indexBuilds = UInt8(ascii: "B")
    static let restorePoints = UInt8(ascii: "P")
    static let backupPlans = UInt8(ascii: "L")
    static let exports = UInt8(ascii: "E")

    /// Whether entries of the key's kind are changed without a commit, or say nothing of what is stored.
    static func isBookkeeping(_ key: RawSpan) -> Bool {
        guard key.byteCount > 0 else { return true }
        return [format[0], counters[0], droppedTables, historyFloors, forkCopies, indexBuilds].contains(key.byte(at: 0))
    }

    /// The kind of the entry that describes a table, an index or a backup.
    static func kind(of table: TableInfo) -> UInt8 {
        if table.backup != nil { return backups }
        return table.index == nil ? tables : indexes
    }

    static func numbered(_ kind: UInt8, _ table: UInt32) -> [UInt8] {
        var key = [kind]
        key.appendBigEndian(table)
        return key
    }

    static func restorePoint(_ name: String) -> [UInt8] {
        [restorePoints] + name.utf8
    }

    static func backupPlan(_ name: String) -> [UInt8] {
        [backupPlans] + name.utf8
    }

    static func export(_ id: String) -> [UInt8] {
        [exports] + id.utf8
    }
}

/// The first entry that is looked at: is the file ours, and can this program read it?
enum FileFormat {
    static let magic = Array("Hindsight\0".utf8)
    /// 2: there may be indexes, which whoever writes has to keep. Files get it with their first index.
    static let current: UInt16 = 2
    /// Of a file without indexes.
    static let first: UInt16 = 1

    static func encode(_ version: UInt16) -> [UInt8] {
        magic + [UInt8(truncatingIfNeeded: version), UInt8(truncatingIfNeeded: version >> 8)]
    }

    /// The format version, or `nil` if the bytes are not the entry of one of our files.
    static func version(of bytes: RawSpan) -> UInt16? {
        guard bytes.byteCount == magic.count + 2, bytes.hasPrefix(magic.rawSpan) else { return nil }
        return bytes.loadLittleEndian(UInt16.self, at: magic.count)
    }
}

struct CatalogCounters: Equatable {
    var changes: UInt64
    var nextTable: UInt32

    init(changes: UInt64, nextTable: UInt32) {
        self.changes = changes
        self.nextTable = nextTable
    }

    init(_ bytes: RawSpan) throws(MalformedBytes) {
        var reader = ByteReader(bytes)
        changes = try reader.integer()
        nextTable = try reader.integer(as: UInt32.self)
        try reader.seal()
    }

    func encode() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendPacked(changes)
        bytes.appendPacked(nextTable)
        bytes.appendSeal()
        return bytes
    }
}

/// A version with its time: the value of 'H' and 'P'.
struct Instant: Equatable {
    var version: Version
    var time: Int64

    init(version: Version, time: Int64) {
        self.version = version
        self.time = time
    }

    init(_ bytes: RawSpan) throws(MalformedBytes) {
        var reader = ByteReader(bytes)
        version = try reader.integer()
        time = Int64(bitPattern: try reader.fixed64())
        try reader.seal()
    }

    func encode() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendPacked(version)
        bytes.appendLittleEndian(UInt64(bitPattern: time))
        bytes.appendSeal()
        return bytes
    }
}
