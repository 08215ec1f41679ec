import HindsightKeyValue

/// What `tableCommits` keeps of a table at a commit that changed it: the way to its undo records, and running totals.
///
///     +---------+--------+-------+------------+---------+---------------------------+-------+
///     | records | items  | bytes | tombstones | changes | [history: records, bytes] | seal  |
///     | packed  | packed | packed| packed     | packed  | packed, packed            | 4, LE |
///     +---------+--------+-------+------------+---------+---------------------------+-------+
///
/// A table that keeps no history has one entry alone, moved on by every commit. Entries of the first files have no history.
struct TableTotals: Equatable {
    /// Undo records of this commit: sequences 0 ..< records.
    var records: UInt32 = 0
    /// Items that the table shows after this commit, those of a fork's base included.
    var items: UInt64 = 0
    /// The lengths of their documents.
    var bytes: UInt64 = 0
    /// Entries of the keyspace in `deleted`. Only the newest entry's is kept right.
    var tombstones: UInt64 = 0
    /// Changes to the table up to this commit, for an estimate of how many came after some version.
    var changes: UInt64 = 0
    /// What the undo records take that are kept. Only the newest entry's is kept right; `nil` where nobody has counted from
    /// the beginning.
    var history: HistorySize? = HistorySize()

    init() {}

    init(_ bytes: RawSpan) throws(MalformedBytes) {
        var reader = ByteReader(bytes)
        records = try reader.integer(as: UInt32.self)
        items = try reader.integer()
        self.bytes = try reader.integer()
        tombstones = try reader.integer()
        changes = try reader.integer()
        history = reader.isAtSeal ? nil : HistorySize(records: try reader.integer(), bytes: try reader.integer())
        try reader.seal()
    }

    /// - Precondition: `bytes` is empty.
    func encode(to bytes: inout [UInt8]) {
        bytes.appendPacked(records)
        bytes.appendPacked(items)
        bytes.appendPacked(self.bytes)
        bytes.appendPacked(tombstones)
        bytes.appendPacked(changes)
        if let history {
            bytes.appendPacked(history.records)
            bytes.appendPacked(history.bytes)
        }
        bytes.appendSeal()
    }
}

/// Undo records of a keyspace, and the bytes of their keys and values.
package struct HistorySize: Equatable, Sendable {
    package internal(set) var records: UInt64 = 0
    package internal(set) var bytes: UInt64 = 0

    mutating func add(recordOf bytes: Int) {
        records += 1
        self.bytes += UInt64(bytes)
    }

    mutating func add(_ other: HistorySize) {
        records += other.records
        bytes += other.bytes
    }

    mutating func subtract(_ other: HistorySize) {
        records -= min(records, other.records)
        bytes -= min(bytes, other.bytes)
    }
}
