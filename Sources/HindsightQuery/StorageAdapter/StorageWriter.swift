import HindsightStorage
import HindsightValues

/// A write transaction. It keeps its encoder, so that writing many items costs no memory for each.
final class StorageWriter: StorageReader, TableWriter, @unchecked Sendable {
    private let transaction: StoreTransaction
    private var encoder = DocumentEncoder()
    /// The table that the encoder was made for: its key attributes come first.
    private var encoderTable: UInt32?

    /// Whether new indexes get all of their entries in the transaction itself.
    private let buildsAtOnce: Bool

    init(_ transaction: StoreTransaction, buildsAtOnce: Bool = true) {
        self.transaction = transaction
        self.buildsAtOnce = buildsAtOnce
        super.init(transaction)
    }

    override var isCatalogCommitted: Bool { !transaction.hasChangedCatalog }

    func atomically(_ body: () throws(QueryError) -> Void) throws(QueryError) {
        defer { forgetTables() }
        do {
            try transaction.statement { try body() }
        } catch let error as QueryError {
            throw error
        } catch let error as StorageError {
            throw QueryError(error)
        } catch {
            throw QueryError(.internalError, "\(error)", at: nil)
        }
    }

    func note(statement: String) {
        transaction.note(statement: statement)
    }

    // MARK: Items

    func insert(_ item: Structure, into table: any Table) throws(QueryError) -> Bool {
        let table = try stored(table)
        try encode(item, for: table)
        return try encoder.withDocument { (document) throws(QueryError) in try insert(document, into: table) }
    }

    func insert(_ item: EncodedItem, into table: any Table) throws(QueryError) -> Bool {
        let table = try stored(table)
        if try isInOrder(item, for: table) { return try insert(item.document, into: table) }
        try encode(item.structure, for: table)
        return try encoder.withDocument { (document) throws(QueryError) in try insert(document, into: table) }
    }

    private func insert(_ document: RawSpan, into table: StoredTable) throws(QueryError) -> Bool {
        do {
            try transaction.insert(document, into: table.info)
            return true
        } catch .itemExists {
            return false
        } catch {
            throw QueryError(error)
        }
    }

    func put(_ item: Structure, into table: any Table) throws(QueryError) {
        let table = try stored(table)
        try encode(item, for: table)
        try encoder.withDocument { (document) throws(QueryError) in try put(document, into: table) }
    }

    func put(_ item: EncodedItem, into table: any Table) throws(QueryError) {
        let table = try stored(table)
        if try isInOrder(item, for: table) { return try put(item.document, into: table) }
        try encode(item.structure, for: table)
        try encoder.withDocument { (document) throws(QueryError) in try put(document, into: table) }
    }

    private func put(_ document: RawSpan, into table: StoredTable) throws(QueryError) {
        do { try transaction.put(document, into: table.info) } catch { throw QueryError(error) }
    }

    func delete(_ key: ItemKey, from table: any Table) throws(QueryError) -> Bool {
        let table = try stored(table)
        guard let bytes = table.keyCode(key) else { return false }
        return try storing { () throws(StorageError) in try transaction.delete(key: bytes, from: table.info) }
    }

    private func encode(_ item: Structure, for table: StoredTable) throws(QueryError) {
        prepareEncoder(for: table)
        do { try encoder.encode(item) } catch { throw QueryError(error) }
    }

    /// Whether an item can be stored as it is: its key attributes come first.
    private func isInOrder(_ item: EncodedItem, for table: StoredTable) throws(QueryError) -> Bool {
        prepareEncoder(for: table)
        do { return try encoder.isInOrder(item.document) } catch { throw QueryError(error) }
    }

    private func prepareEncoder(for table: StoredTable) {
        guard encoderTable != table.info.id else { return }
        encoder = DocumentEncoder(keyAttributes: table.schema.keyAttributes.map(\.name))
        encoderTable = table.info.id
    }

    private func stored(_ table: any Table) throws(QueryError) -> StoredTable {
        guard let stored = table as? StoredTable else {
            throw QueryError(.readOnlyTable, "\"\(table.schema.name)\" cannot be written to", at: nil)
        }
        return stored
    }

    // MARK: Tables

    func createTable(_ definition: TableDefinition) throws(QueryError) {
        let wanted = try HindsightStorage.TableDefinition(definition)
        try defining { () throws(StorageError) in try transaction.createTable(wanted) }
        if let recovery = definition.recovery { try setRecovery(of: definition.schema.name, recovery) }
    }

    func dropTable(_ name: String) throws(QueryError) {
        try defining { () throws(StorageError) in try transaction.dropTable(name) }
    }

    func renameTable(_ name: String, to newName: String) throws(QueryError) {
        try defining { () throws(StorageError) in try transaction.renameTable(name, to: newName) }
    }

    func setRecovery(of table: String, _ setting: RecoverySetting) throws(QueryError) {
        try defining { () throws(StorageError) in
            switch setting {
            case .on(let days): try transaction.enableRecovery(of: table, retentionDays: days)
            case .off: try transaction.disableRecovery(of: table)
            }
        }
    }

    func setSettings(of table: String, _ settings: [(name: String, value: Value)]) throws(QueryError) {
        let changes = Dictionary(settings.map { ($0.name, $0.value.settingText) }) { $1 }
        try defining { () throws(StorageError) in try transaction.changeSettings(of: table, changes) }
    }

    func restore(
        _ table: String, to target: String, at moment: Moment, indexes: [String]?
    ) throws(QueryError) {
        try defining { () throws(StorageError) in
            _ = try transaction.restore(
                table, to: target, at: moment.inStorage, indexes: indexes, mustBeReady: buildsAtOnce)
        }
    }

    func createBackup(_ name: String, of table: String) throws(QueryError) {
        try defining { () throws(StorageError) in _ = try transaction.createBackup(name, of: table) }
    }

    func dropBackup(_ name: String, of table: String?) throws(QueryError) {
        try defining { () throws(StorageError) in try transaction.dropBackup(name, of: table) }
    }

    func restore(backup: String, of table: String, to target: String, indexes: [String]?) throws(QueryError) {
        try defining { () throws(StorageError) in
            _ = try transaction.restore(backup: backup, of: table, to: target, indexes: indexes)
        }
    }

    func restoreSummary(of table: String) throws(QueryError) -> RestoreSummary? {
        let table = try existingTable(named: table).info
        return try storing { () throws(StorageError) in try RestoreSummary(table, transaction) }
    }

    func createBackupPlan(_ plan: BackupPlanDescription) throws(QueryError) {
        try defining { () throws(StorageError) in try transaction.createBackupPlan(BackupPlan(plan)) }
    }

    func dropBackupPlan(_ name: String) throws(QueryError) {
        try defining { () throws(StorageError) in try transaction.dropBackupPlan(name) }
    }

    func undropTable(_ name: String, as newName: String?) throws(QueryError) {
        try defining { () throws(StorageError) in _ = try transaction.undropTable(name, as: newName) }
    }

    func createIndex(_ definition: IndexDefinition, of table: String) throws(QueryError) {
        try defining { () throws(StorageError) in
            _ = try transaction.createIndex(.init(definition), of: table, mustBeReady: buildsAtOnce)
        }
    }

    func dropIndex(_ name: String, of table: String) throws(QueryError) {
        try defining { () throws(StorageError) in try transaction.dropIndex(name, of: table) }
    }

    func createRestorePoint(_ name: String) throws(QueryError) {
        try defining { () throws(StorageError) in _ = try transaction.createRestorePoint(name) }
    }

    func dropRestorePoint(_ name: String) throws(QueryError) {
        try defining { () throws(StorageError) in try transaction.dropRestorePoint(name) }
    }

    func record(_ export: ExportDescription) throws(QueryError) {
        try storing { () throws(StorageError) in try transaction.record(ExportRecord(export)) }
    }

    /// Runs a change of the catalog, after which tables must be looked up anew.
    private func defining(_ body: () throws(StorageError) -> Void) throws(QueryError) {
        defer { forgetTables() }
        try storing(body)
    }
}

extension HindsightStorage.TableDefinition {
    fileprivate init(_ definition: TableDefinition) throws(QueryError) {
        guard let partitionKey = definition.schema.partitionKey else {
            throw QueryError(.keyMissing, "a table needs a partition key", at: nil)
        }
        var settings: [String: String] = [:]
        for setting in definition.settings { settings[setting.name] = setting.value.settingText }
        self.init(
            name: definition.schema.name, partitionKey: .init(partitionKey),
            sortKey: definition.schema.sortKey.map(HindsightStorage.KeyAttribute.init), settings: settings)
    }
}

extension HindsightStorage.KeyAttribute {
    init(_ attribute: KeyAttribute) {
        let kind: Kind =
            switch attribute.type {
            case .string: .string
            case .number: .number
            case .binary: .binary
            }
        self.init(name: attribute.name, kind: kind)
    }
}

extension Value {
    /// How a setting is kept: text as it is, anything else as its literal; nil for NULL and MISSING.
    fileprivate var settingText: String? {
        switch self {
        case .null, .missing: nil
        case .string(let text), .symbol(let text): text
        default: description
        }
    }
}

extension Moment {
    package var inStorage: HindsightStorage.Moment {
        switch self {
        case .now: .now
        case .latest: .latest
        case .earliest: .earliest
        case .time(let microseconds): .time(microseconds)
        case .version(let version): .version(version)
        case .restorePoint(let name): .restorePoint(name)
        }
    }
}
