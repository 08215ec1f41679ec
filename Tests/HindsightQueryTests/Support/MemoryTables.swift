import HindsightSyntax
import HindsightValues
import Synchronization

@testable import HindsightQuery

/// Tables that are kept in memory with all of their versions: a second implementation of the table protocols, as a host
/// program might write one for its own collections.
final class MemoryTables: TableProvider {
    struct Contents: Sendable {
        let schema: TableSchema
        var keepsHistory = false
        /// In key order, if there is a key.
        var items: [Structure] = []
    }

    struct Version: Sendable {
        var tables: [String: Contents] = [:]
        var catalogVersion: UInt64 = 0
        var restorePoints: [String: UInt64] = [:]
        var microseconds: Int64 = 0
    }

    struct State {
        var versions = [Version()]
        var clock: Int64 = MemoryTables.start
    }

    /// 2026-05-01T12:00:00Z
    static let start: Int64 = 1_777_636_800_000_000

    let state = Mutex(State())

    /// Requests that tables were read with, for tests of what is pushed down.
    let reads = Mutex<[String]>([])

    func advance(seconds: Int64) {
        state.withLock { $0.clock += seconds * 1_000_000 }
    }

    func beginReading() throws(QueryError) -> any TableReader {
        state.withLock { MemoryView(self, $0.versions, writing: nil, now: $0.clock) }
    }

    func write(_ statement: String, _ body: (any TableWriter) throws -> Void) throws -> CommitStamp? {
        let view = state.withLock { MemoryView(self, $0.versions, writing: $0.versions.last, now: $0.clock) }
        try body(view)
        return commit(view)
    }

    func beginTransaction() throws(QueryError) -> any TableTransaction {
        MemoryTransaction(state.withLock { MemoryView(self, $0.versions, writing: $0.versions.last, now: $0.clock) })
    }

    func vacuum() throws(QueryError) {}

    fileprivate func commit(_ view: MemoryView) -> CommitStamp? {
        guard view.hasChanges, var next = view.working else { return nil }
        return state.withLock { state in
            state.clock += 1
            next.microseconds = state.clock
            state.versions.append(next)
            return CommitStamp(version: UInt64(state.versions.count - 1), microseconds: state.clock)
        }
    }
}

private final class MemoryTransaction: TableTransaction, @unchecked Sendable {
    private let view: MemoryView

    init(_ view: MemoryView) {
        self.view = view
    }

    func run(_ statement: String, _ body: (any TableWriter) throws -> Void) throws {
        let before = view.working
        do {
            try body(view)
        } catch {
            view.working = before
            throw error
        }
    }

    func commit() throws(QueryError) -> CommitStamp? {
        view.provider.commit(view)
    }

    func rollback() {}
}

final class MemoryView: TableWriter, @unchecked Sendable {
    let provider: MemoryTables
    let versions: [MemoryTables.Version]
    var working: MemoryTables.Version?
    var hasChanges = false
    let now: Int64

    init(
        _ provider: MemoryTables, _ versions: [MemoryTables.Version], writing: MemoryTables.Version?, now: Int64
    ) {
        self.provider = provider
        self.versions = versions
        working = writing
        self.now = now
    }

    var current: MemoryTables.Version { working ?? versions[versions.count - 1] }
    var catalogVersion: UInt64 { current.catalogVersion }
    var isCatalogCommitted: Bool { current.catalogVersion == versions[versions.count - 1].catalogVersion }
    var version: UInt64 { UInt64(versions.count - 1) }
    let systemTableNames = ["TABLES"]

    func table(named name: String) throws(QueryError) -> (any Table)? {
        current.tables[name].map { MemoryTable(self, $0.schema) }
    }

    func systemTable(named name: String) throws(QueryError) -> (any Table)? {
        guard name == "TABLES" else { return nil }
        return MemoryTable(self, TableSchema(name: "SYSTEM.TABLES"))
    }

    func tableNames() throws(QueryError) -> [String] { current.tables.keys.sorted() }

    func items(of table: String, at version: UInt64?) -> [Structure] {
        if table == "SYSTEM.TABLES" {
            return current.tables.values.sorted { $0.schema.name < $1.schema.name }.map { contents in
                Structure(fields: [
                    Structure.Field(name: "TableName", value: .string(contents.schema.name)),
                    Structure.Field(name: "ItemCount", value: .int(Int64(contents.items.count))),
                ])
            }
        }
        let state = version.map { versions[Int($0)] } ?? current
        return state.tables[table]?.items ?? []
    }

    func version(at moment: Moment, of table: String) throws(QueryError) -> UInt64 {
        guard current.tables[table]?.keepsHistory == true else {
            throw QueryError(.pointInTimeRecoveryOff, "'\(table)' keeps no history", at: nil)
        }
        switch moment {
        case .now, .latest: return version
        case .earliest: return 0
        case .version(let version): return version
        case .time(let microseconds):
            if microseconds > now { throw QueryError(.restoreTimeOutOfWindow, "the time is in the future", at: nil) }
            guard let found = versions.lastIndex(where: { $0.microseconds <= microseconds }) else {
                throw QueryError(.restoreTimeOutOfWindow, "the time is before the first", at: nil)
            }
            return UInt64(found)
        case .restorePoint(let name):
            guard let version = current.restorePoints[name] else {
                throw QueryError(.unknownRestorePoint, "there is no restore point '\(name)'", at: nil)
            }
            return version
        }
    }

    func verify(table: String?, _ step: @escaping () throws(QueryError) -> Void) throws(QueryError) -> [Value] {
        throw QueryError(.unsupported, "there is nothing stored here", at: nil)
    }

    func changes(of table: String, from: Moment, to: Moment) throws(QueryError) -> any RowCursor {
        let versions = (try version(at: from, of: table), try version(at: to, of: table))
        let schema = current.tables[table]?.schema
        let (before, after) = (items(of: table, at: versions.0), items(of: table, at: versions.1))
        var rows: [[Value]] = []
        for old in before {
            let new = after.first { schema?.order(old, $0) == 0 }
            if new == old { continue }
            rows.append([.null, .structure(old), new.map(Value.structure) ?? .missing])
        }
        for new in after where !before.contains(where: { schema?.order($0, new) == 0 }) {
            rows.append([.null, .missing, .structure(new)])
        }
        return MemoryCursor(rows)
    }

    func close() {}

    // MARK: Writing

    func note(statement: String) {}

    func atomically(_ body: () throws(QueryError) -> Void) throws(QueryError) {
        let before = working
        do {
            try body()
        } catch {
            working = before
            throw error
        }
    }

    func insert(_ item: Structure, into table: any Table) throws(QueryError) -> Bool {
        try place(item, table, replacing: false)
    }

    func put(_ item: Structure, into table: any Table) throws(QueryError) {
        _ = try place(item, table, replacing: true)
    }

    private func place(_ item: Structure, _ table: any Table, replacing: Bool) throws(QueryError) -> Bool {
        for key in table.schema.keyAttributes where item[key.name] == nil {
            throw QueryError(.keyMissing, "the item lacks the key attribute '\(key.name)'", at: nil)
        }
        var items = self.items(of: table.schema.name, at: nil)
        let place = items.firstIndex { table.schema.order($0, item) >= 0 } ?? items.count
        let exists = place < items.count && table.schema.order(items[place], item) == 0
        if exists, !replacing { return false }
        if exists { items[place] = item } else { items.insert(item, at: place) }
        working?.tables[table.schema.name]?.items = items
        hasChanges = true
        return true
    }

    func delete(_ key: ItemKey, from table: any Table) throws(QueryError) -> Bool {
        var items = self.items(of: table.schema.name, at: nil)
        guard let place = items.firstIndex(where: { table.schema.key(of: $0)?.isSame(as: key) == true }) else {
            return false
        }
        items.remove(at: place)
        working?.tables[table.schema.name]?.items = items
        hasChanges = true
        return true
    }

    func createTable(_ definition: TableDefinition) throws(QueryError) {
        let name = definition.schema.name
        if current.tables[name] != nil { throw QueryError(.tableExists, "there is a table '\(name)'", at: nil) }
        change { $0.tables[name] = MemoryTables.Contents(schema: definition.schema) }
        if let recovery = definition.recovery { try setRecovery(of: name, recovery) }
    }

    func dropTable(_ name: String) throws(QueryError) { change { $0.tables[name] = nil } }

    func renameTable(_ name: String, to newName: String) throws(QueryError) {
        guard let contents = current.tables[name] else { throw .unknownTable(name, at: nil) }
        let schema = TableSchema(
            name: newName, partitionKey: contents.schema.partitionKey, sortKey: contents.schema.sortKey)
        change { version in
            version.tables[name] = nil
            version.tables[newName] = MemoryTables.Contents(schema: schema, items: contents.items)
        }
    }

    func setRecovery(of table: String, _ setting: RecoverySetting) throws(QueryError) {
        change { $0.tables[table]?.keepsHistory = setting != .off }
    }

    func setSettings(of table: String, _ settings: [(name: String, value: Value)]) throws(QueryError) {}

    func restore(
        _ table: String, to target: String, at moment: Moment, indexes: [String]?
    ) throws(QueryError) {
        let items = items(of: table, at: try version(at: moment, of: table))
        guard let contents = current.tables[table] else { throw .unknownTable(table, at: nil) }
        let schema = TableSchema(
            name: target, partitionKey: contents.schema.partitionKey, sortKey: contents.schema.sortKey)
        try createTable(TableDefinition(schema: schema))
        change { $0.tables[target]?.items = items }
    }

    func createRestorePoint(_ name: String) throws(QueryError) { change { $0.restorePoints[name] = version } }

    func dropRestorePoint(_ name: String) throws(QueryError) { change { $0.restorePoints[name] = nil } }

    private func change(_ body: (inout MemoryTables.Version) -> Void) {
        guard var next = working else { preconditionFailure("a reader does not write") }
        body(&next)
        next.catalogVersion += 1
        working = next
        hasChanges = true
    }
}

final class MemoryTable: Table {
    let schema: TableSchema
    private let view: MemoryView

    init(_ view: MemoryView, _ schema: TableSchema) {
        self.view = view
        self.schema = schema
    }

    func version(at moment: Moment) throws(QueryError) -> UInt64 {
        try view.version(at: moment, of: schema.name)
    }

    func get(_ key: ItemKey, _ request: ScanRequest, into batch: inout RowBatch) throws(QueryError) -> Bool {
        view.provider.reads.withLock { $0.append("get \(schema.name)") }
        let items = view.items(of: schema.name, at: request.version)
        guard let item = items.first(where: { schema.key(of: $0)?.isSame(as: key) == true }) else { return false }
        return request.add(item, to: &batch)
    }

    func openCursor(_ request: ScanRequest) throws(QueryError) -> any RowCursor {
        view.provider.reads.withLock { $0.append("scan \(schema.name)") }
        var items = view.items(of: schema.name, at: request.version)
        if case .partition(let partition, let condition) = request.range {
            items = items.filter { item in
                guard let key = schema.key(of: item), key.partition.isEqual(to: partition) else { return false }
                return condition.holds(for: key.sort)
            }
        }
        if request.direction == .backward { items.reverse() }
        return MemoryItems(items, request)
    }
}

final class MemoryItems: RowCursor {
    private var items: [Structure]
    private let request: ScanRequest
    private var position = 0

    init(_ items: [Structure], _ request: ScanRequest) {
        self.items = items
        self.request = request
    }

    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {
        while position < items.count, batch.count < limit {
            request.add(items[position], to: &batch)
            position += 1
        }
    }

    func close() {
        items = []
    }
}

final class MemoryCursor: RowCursor {
    private var rows: [[Value]]
    private var position = 0

    init(_ rows: [[Value]]) {
        self.rows = rows
    }

    func fill(_ batch: inout RowBatch, limit: Int) throws(QueryError) {
        while position < rows.count, batch.count < limit {
            let base = batch.appendRow()
            for (index, value) in rows[position].enumerated() { batch.values[base + index] = value }
            position += 1
        }
    }

    func close() {
        rows = []
    }
}

// MARK: - Keys

extension SortCondition {
    fileprivate func holds(for value: Value?) -> Bool {
        switch self {
        case .any: return true
        case .equal(let other): return value?.isEqual(to: other) ?? false
        case .prefix(let start): return start.text.map { value?.text?.hasPrefix($0) ?? false } ?? false
        case .between(let lower, let upper):
            guard let value else { return false }
            if let lower {
                let order = Value.compare(value, lower.value)
                guard lower.isInclusive ? order >= 0 : order > 0 else { return false }
            }
            if let upper {
                let order = Value.compare(value, upper.value)
                guard upper.isInclusive ? order <= 0 : order < 0 else { return false }
            }
            return true
        }
    }
}

extension ItemKey {
    fileprivate func isSame(as other: ItemKey) -> Bool {
        partition.isEqual(to: other.partition) && (sort ?? .missing).isEqual(to: other.sort ?? .missing)
    }
}

extension TableSchema {
    /// The order of two items by their keys.
    fileprivate func order(_ left: Structure, _ right: Structure) -> Int {
        for key in keyAttributes {
            let order = Value.compare(left[key.name] ?? .missing, right[key.name] ?? .missing)
            if order != 0 { return order }
        }
        return 0
    }
}
