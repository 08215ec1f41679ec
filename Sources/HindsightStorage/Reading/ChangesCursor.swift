import HindsightKeyValue
import HindsightValues

/// Goes through the items of a table that are not at one version what they were at an earlier one, in key order.
///
///     let cursor = try reader.changes(of: table, from: .time(yesterday), to: .now)
///     while try cursor.next() { compare(cursor.before, cursor.after) }
///
/// It costs what was changed, not what the table holds: the table's way through `changes` leads to the records of the
/// period, and the first record of a key holds what the item was before. In a write transaction it goes on over changes
/// made meanwhile, still showing the two versions; bytes that it has shown are gone with the change.
package final class ChangesCursor {
    private let reader: StoreReader
    private let access: TreeAccess
    private let table: TableInfo
    private let to: Version
    private let changed: ChangedKeys
    private var nextIndex = 0
    private var wholeKey: [UInt8] = []
    private var beforePlace: BytesPosition?
    private var afterPlace: BytesPosition?
    private var keyBuffer: [UInt8] = []

    private let showsEveryWrite: Bool
    /// The commit that wrote the item last in the period.
    package private(set) var lastWrite: Version = 0

    /// - Parameter showsEveryWrite: also items that are at the end what they were at the beginning.
    init(
        _ reader: StoreReader, _ table: TableInfo, from: Version, to: Version, showsEveryWrite: Bool = false
    ) throws(StorageError) {
        self.reader = reader
        self.showsEveryWrite = showsEveryWrite
        access = reader.access
        self.table = table
        self.to = to
        changed = try ChangedKeys(reader, table, from: from, to: to)
    }

    /// How many keys were written in the period, those included that came back to what they were.
    package var writtenKeyCount: Int { changed.count }

    /// Goes to the next item that differs.
    ///
    /// - Returns: `false` at the end.
    package func next() throws(StorageError) -> Bool {
        while nextIndex < changed.count {
            let entry = changed[nextIndex]
            nextIndex += 1
            wholeKey = changed.key(of: entry)
            // Both places are looked up after one another and nothing is written between, so both are good.
            afterPlace = try reader.place(of: wholeKey, in: table, at: to)?.document
            beforePlace = try document(of: entry)
            lastWrite = entry.lastWrite
            if showsEveryWrite || differs { return true }
        }
        return false
    }

    /// The whole key code of the item.
    package var key: [UInt8] { wholeKey }

    /// The item's document at the first version, in place; `nil` if there was none.
    package var before: RawSpan? {
        @_lifetime(borrow self)
        get {
            guard let beforePlace else { return nil }
            return access.view(beforePlace, heldBy: self)
        }
    }

    /// The item's document at the second version, in place; `nil` if there is none.
    package var after: RawSpan? {
        @_lifetime(borrow self)
        get {
            guard let afterPlace else { return nil }
            return access.view(afterPlace, heldBy: self)
        }
    }

    /// The document in an entry's record, which a change of the transaction may have moved.
    private func document(of entry: ChangedKeys.Entry) throws(StorageError) -> BytesPosition? {
        guard access.isWriting else { return entry.document }
        let (position, record) = try access.record(table.id, entry.record, &keyBuffer)
        return record.document(at: position)
    }

    private var differs: Bool {
        guard let beforePlace, let afterPlace else { return beforePlace != nil || afterPlace != nil }
        return !access.view(beforePlace, heldBy: self).isEqual(to: access.view(afterPlace, heldBy: self))
    }
}

extension StoreReader {
    /// The net changes of a table from one moment to a later one.
    ///
    /// - Throws: what `resolve(_:for:)` throws; `.reversedPeriod`.
    /// - Complexity: O(k log k) for k changes in the period; 72 bytes and the key for each of them.
    package final func changes(
        of table: TableInfo, from: Moment, to: Moment
    ) throws(StorageError) -> ChangesCursor {
        let fromVersion = try resolve(from, for: table)
        let toVersion = try resolve(to, for: table)
        guard fromVersion <= toVersion else { throw .reversedPeriod(from: from, to: to) }
        return try ChangesCursor(self, table, from: fromVersion, to: toVersion)
    }

    /// The net changes of a table between two versions that were resolved for it.
    package final func changes(
        of table: TableInfo, from: Version, to: Version
    ) throws(StorageError) -> ChangesCursor {
        try ChangesCursor(self, table, from: from, to: to)
    }
}
