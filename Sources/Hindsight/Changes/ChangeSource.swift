import HindsightQuery
import HindsightStorage
import HindsightSyntax
import HindsightValues

/// Reads the log of changes some at a time, each time in a snapshot of its own. A value: where it has come to.
struct ChangeSource: Sendable {
    private let store: Store
    /// The tables that were named; nil for all.
    private var tables: [(number: UInt32, name: String)]?
    private let view: ChangeView?
    private var position: FeedPosition
    /// Of tables whose log began later than the position: where.
    private var begins: [UInt32: FeedPosition] = [:]
    /// What went wrong when the source was made, for its first reader.
    private var failure: DatabaseError?

    /// Changes that are read at a time.
    private static let batch = 128

    init(store: Store, tables names: [String]?, view: ChangeView?, from moment: Moment) {
        self.init(store: store, names, view) { (reader, tables) throws(StorageError) in
            guard moment != .earliest else { return nil }
            return try reader.position(of: moment.inQuery.inStorage, for: tables)
        }
    }

    init(store: Store, tables names: [String]?, view: ChangeView?, after position: FeedPosition) {
        self.init(store: store, names, view) { (_, _) throws(StorageError) in position }
    }

    /// - Parameter beginning: nil for where the log of each table begins.
    private init(
        store: Store, _ names: [String]?, _ view: ChangeView?,
        beginning: (StoreReader, [TableInfo]) throws(StorageError) -> FeedPosition?
    ) {
        self.store = store
        self.view = view
        tables = nil
        position = FeedPosition(after: 0)
        do throws(StorageError) {
            let snapshot = try store.snapshot()
            defer { snapshot.close() }
            let found = try names.map { names throws(StorageError) in try snapshot.tables(named: names) }
            tables = found?.map { ($0.id, $0.name) }
            if let start = try beginning(snapshot, found ?? snapshot.tables) {
                position = start
            } else {
                try beginWithLogs(of: found ?? snapshot.tables, snapshot)
            }
        } catch {
            failure = DatabaseError(error)
        }
    }

    private mutating func beginWithLogs(of tables: [TableInfo], _ reader: StoreReader) throws(StorageError) {
        for table in tables {
            guard let begin = try reader.changeLogBegin(of: table) else { continue }
            begins[table.id] = FeedPosition(after: begin)
        }
        position = begins.values.min() ?? FeedPosition(after: reader.version)
    }

    /// A number that is another one after each commit.
    func mark() throws(DatabaseError) -> Int {
        do { return try store.commitMark() } catch { throw DatabaseError(error) }
    }

    /// The next changes, none if there are none yet, and the source as it goes on behind them.
    func read() throws(DatabaseError) -> (events: [ChangeEvent], goneOn: ChangeSource) {
        if let failure { throw failure }
        var source = self
        do throws(StorageError) {
            let events = try source.readNext()
            return (events, source)
        } catch {
            throw DatabaseError(error)
        }
    }

    private mutating func readNext() throws(StorageError) -> [ChangeEvent] {
        let snapshot = try store.snapshot()
        defer { snapshot.close() }
        let feed = try snapshot.changes(of: try beginnings(snapshot))
        var events: [ChangeEvent] = []
        while events.count < Self.batch, try feed.next() { events.append(try event(feed)) }
        position = events.count < Self.batch ? FeedPosition(after: snapshot.version) : feed.position
        let reached = position
        begins = begins.filter { $0.value > reached }
        return events
    }

    // MARK: Tables

    /// Where each table is to be read from.
    private mutating func beginnings(
        _ reader: StoreReader
    ) throws(StorageError) -> [(table: TableInfo, after: FeedPosition)] {
        var beginnings: [(table: TableInfo, after: FeedPosition)] = []
        for table in try subscribed(reader) {
            guard let begin = try reader.changeLogBegin(of: table) else {
                if tables == nil { continue }
                throw .streamOff(table: table.name)
            }
            if tables == nil, try reader.hasNewLog(table, since: position.version) {
                begins[table.id] = FeedPosition(after: begin)
            }
            let start = max(position, begins[table.id] ?? position)
            guard try !reader.isTrimmed(table, after: start, begin: begin) else {
                throw .changesTrimmed(table: table.name, after: start.version, begin: begin)
            }
            beginnings.append((table, start))
        }
        return beginnings
    }

    private func subscribed(_ reader: StoreReader) throws(StorageError) -> [TableInfo] {
        guard let tables else { return reader.tables }
        return try tables.map { number, name throws(StorageError) in
            guard let table = reader.table(numbered: number) else { throw .tableDropped(name) }
            return table
        }
    }

    // MARK: Events

    private func event(_ feed: ChangeFeed) throws(StorageError) -> ChangeEvent {
        guard let table = feed.table else { preconditionFailure("a feed that stands on a change knows its table") }
        let view = view ?? table.settings[TableInfo.streamViewSetting].flatMap(ChangeView.init) ?? .newAndOldImages
        do throws(ValueError) {
            let (hadItem, hasItem) = (feed.before != nil, feed.after != nil)
            return ChangeEvent(
                table: table.name, operation: hadItem ? hasItem ? .modify : .remove : .insert,
                key: try table.keyStructure(feed.key), oldImage: view.showsOld ? try image(feed.before) : nil,
                newImage: view.showsNew ? try image(feed.after) : nil,
                commit: Commit(CommitStamp(version: feed.version, microseconds: feed.time)),
                sequence: Int(feed.sequence), position: ChangePosition(feed.position))
        } catch {
            throw .corrupt(what: "a stored document (\(error))", key: table.name)
        }
    }

    private func image(_ document: RawSpan?) throws(ValueError) -> Structure? {
        guard let document else { return nil }
        return try Document.structure(in: document)
    }
}

extension StoreReader {
    /// The tables of these exact names, each once.
    fileprivate func tables(named names: [String]) throws(StorageError) -> [TableInfo] {
        var tables: [TableInfo] = []
        for name in names {
            guard let table = table(named: name) else { throw .tableNotFound(name) }
            if !tables.contains(where: { $0.id == table.id }) { tables.append(table) }
        }
        return tables
    }
}

extension TableInfo {
    /// The attributes of a whole key code.
    fileprivate func keyStructure(_ key: [UInt8]) throws(ValueError) -> Structure {
        let values = try KeyCode.decode(key.rawSpan)
        return Structure(fields: zip(keyAttributes, values).map { .init(name: $0.name, value: $1) })
    }
}
