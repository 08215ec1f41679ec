import HindsightKeyValue
import HindsightValues

/// A place in the log of changes: behind one change, or behind a whole commit.
///
/// Changes are ordered by version; those of a commit by the number of their table, and then in the order in which the
/// transaction wrote to the items first.
package struct FeedPosition: Comparable, Sendable {
    package let version: Version
    package let table: UInt32
    /// Of the undo record; `.max` behind all changes of the commit to the table.
    package let sequence: UInt32

    package init(version: Version, table: UInt32, sequence: UInt32) {
        self.version = version
        self.table = table
        self.sequence = sequence
    }

    /// Behind a whole commit.
    package init(after version: Version) {
        self.init(version: version, table: .max, sequence: .max)
    }

    package static func < (left: FeedPosition, right: FeedPosition) -> Bool {
        (left.version, left.table, left.sequence) < (right.version, right.table, right.sequence)
    }

    /// Whether all changes that a commit made to a table lie before it.
    fileprivate func isBehind(_ version: Version, of table: UInt32) -> Bool {
        self >= FeedPosition(version: version, table: table, sequence: .max)
    }
}

/// Goes through every change of some tables in the order of commits, from a position on. Two changes of an item are two
/// entries; what a transaction took back by itself is none.
///
///     let feed = try reader.changes(of: [(table, position)])
///     while try feed.next() { use(feed.table, feed.before, feed.after); position = feed.position }
package final class ChangeFeed {
    private let reader: StoreReader
    private var ways: [TableWay] = []
    private var wholeKey: [UInt8] = []
    private var beforePlace: BytesPosition?
    private var afterPlace: BytesPosition?
    private var commit: (version: Version, time: Int64) = (0, 0)
    /// Behind the change that the feed stands on.
    package private(set) var position: FeedPosition
    /// The table of the change.
    package private(set) var table: TableInfo?
    /// Where the change stands among those of its commit to the table; there may be gaps.
    package private(set) var sequence: UInt32 = 0

    init(_ reader: StoreReader, _ tables: [(table: TableInfo, after: FeedPosition)]) throws(StorageError) {
        self.reader = reader
        position = tables.map(\.after).min() ?? FeedPosition(after: reader.version)
        for (table, position) in tables { ways.append(try TableWay(reader, table, after: position)) }
    }

    /// Goes to the next change.
    ///
    /// - Returns: `false` at the end.
    package func next() throws(StorageError) -> Bool {
        guard reader.access.isOpen else { throw .closed }
        while let way = nextWay() {
            let (record, place) = (way.record, way.place)
            try way.advance()
            try read(record, at: place, in: way.table)
            let isLast = !way.hasRecord || way.record.version != record.version
            position = FeedPosition(
                version: record.version, table: way.table.id, sequence: isLast ? .max : record.sequence)
            if differs { return true }
        }
        return false
    }

    /// The commit that made the change.
    package var version: Version { commit.version }

    /// When it was committed, in microseconds since 1970.
    package var time: Int64 { commit.time }

    /// The whole key code of the item.
    package var key: [UInt8] { wholeKey }

    /// The item's document before the change, in place; `nil` if there was none.
    package var before: RawSpan? {
        @_lifetime(borrow self)
        get {
            guard let beforePlace else { return nil }
            return reader.access.view(beforePlace, heldBy: self)
        }
    }

    /// The item's document after the change, in place; `nil` if there is none.
    package var after: RawSpan? {
        @_lifetime(borrow self)
        get {
            guard let afterPlace else { return nil }
            return reader.access.view(afterPlace, heldBy: self)
        }
    }

    /// The way whose record comes first.
    private func nextWay() -> TableWay? {
        ways.filter(\.hasRecord).min { ($0.record.version, $0.table.id) < ($1.record.version, $1.table.id) }
    }

    private func read(
        _ pointer: RecordPointer, at place: BytesPosition, in table: TableInfo
    ) throws(StorageError) {
        let bytes = reader.access.view(place, heldBy: self)
        do {
            let record = try ChangeRecord(bytes)
            wholeKey = bytes.array(in: record.item.longKey ?? record.storedKey)
            beforePlace = record.document(at: place)
        } catch {
            throw .corrupt(.changes, RawKey.change(table.id, pointer))
        }
        afterPlace = try reader.place(of: wholeKey, in: table, at: pointer.version)?.document
        self.table = table
        sequence = pointer.sequence
        if commit.version != pointer.version {
            commit = (pointer.version, try reader.time(of: pointer.version) ?? reader.time)
        }
    }

    private var differs: Bool {
        guard let beforePlace, let afterPlace else { return beforePlace != nil || afterPlace != nil }
        let access = reader.access
        return !access.view(beforePlace, heldBy: self).isEqual(to: access.view(afterPlace, heldBy: self))
    }
}

/// The records of one table that are still to come.
private final class TableWay {
    let table: TableInfo
    private var way: RecordWay
    private(set) var hasRecord = false

    init(_ reader: StoreReader, _ table: TableInfo, after position: FeedPosition) throws(StorageError) {
        self.table = table
        let isBehind = position.isBehind(position.version, of: table.id)
        let version = isBehind || position.version == 0 ? position.version : position.version - 1
        var way = try RecordWay(reader.access, table.id, after: version, upTo: reader.version)
        if !isBehind, position.table == table.id {
            way.resume(after: RecordPointer(version: position.version, sequence: position.sequence))
        }
        self.way = way
        try advance()
    }

    var record: RecordPointer { way.record }
    var place: BytesPosition { way.position }

    func advance() throws(StorageError) {
        hasRecord = try way.next()
    }
}

// MARK: - Where the log begins

extension StoreReader {
    /// Every change of some tables that keep a log of their changes, of each from a position on; see `ChangeFeed`.
    ///
    /// - Complexity: O(changes) to go through, and O(log n) for each table to begin with.
    package final func changes(
        of tables: [(table: TableInfo, after: FeedPosition)]
    ) throws(StorageError) -> ChangeFeed {
        try ChangeFeed(self, tables)
    }

    /// The commit behind which every change of a table is known; `nil` if the table keeps no log of its changes.
    package final func changeLogBegin(of table: TableInfo) throws(StorageError) -> Version? {
        var begin: Version?
        if table.recovery != nil { begin = try resolve(.earliest, for: table) }
        if let time = streamBegin(of: table) { begin = min(try version(atTime: time), begin ?? .max) }
        guard let begin else { return nil }
        return max(begin, try historyFloor(of: table.id)?.version ?? 0)
    }

    /// Whether a table got its log of changes after a version.
    package final func hasNewLog(_ table: TableInfo, since version: Version) throws(StorageError) -> Bool {
        let stream = try table.streamTime.map { time throws(StorageError) in try self.version(atTime: time) }
        return min(table.recovery?.enabledVersion ?? .max, stream ?? .max) > version
    }

    /// The position from which on changes come that are made at a moment or after it.
    ///
    /// - Throws: `.restorePointNotFound`, `.inFuture`.
    package final func position(of moment: Moment, for tables: [TableInfo]) throws(StorageError) -> FeedPosition {
        let name = tables.first?.name ?? ""
        switch moment {
        case .now, .latest: return FeedPosition(after: version)
        case .earliest: return FeedPosition(after: 0)
        case .time(let time):
            guard time <= now else { throw .inFuture(table: name, asked: moment, latest: now) }
            return FeedPosition(after: try version(atTime: time - 1))
        case .version(let asked):
            guard asked <= version else { throw .inFuture(table: name, asked: moment, latest: now) }
            return FeedPosition(after: asked)
        case .restorePoint(let asked):
            guard let point = try restorePoint(named: asked) else { throw .restorePointNotFound(asked) }
            return FeedPosition(after: point.version)
        }
    }

    /// From when on a table's stream reaches back; `nil` if it has none.
    final func streamBegin(of table: TableInfo) -> Int64? {
        table.streamTime.map { max($0, now - Limits.streamMicroseconds) }
    }

    /// Whether changes of a table behind a position are not known any more, or never were.
    ///
    /// - Parameter begin: where its log begins.
    package final func isTrimmed(
        _ table: TableInfo, after position: FeedPosition, begin: Version
    ) throws(StorageError) -> Bool {
        guard let last = try state(table.id, at: begin) else { return false }
        return !position.isBehind(last.version, of: table.id)
    }
}
