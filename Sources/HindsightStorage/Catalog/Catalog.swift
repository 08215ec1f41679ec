/// The tables of the file, as one snapshot sees them. A value: a transaction changes its copy, and whoever undoes
/// something puts the old one back.
struct Catalog: Sendable {
    var counters = CatalogCounters(changes: 0, nextTable: 1)
    private(set) var tables: [UInt32: TableInfo] = [:]
    /// The indexes of these tables, by their own numbers, each with the recovery of its table once it is ready.
    private(set) var indexes: [UInt32: TableInfo] = [:]
    /// The indexes of each table that has some, in the order of their names' bytes.
    private var indexNumbers: [UInt32: [UInt32]] = [:]
    /// Frozen forks of tables, by their own numbers.
    private(set) var backups: [UInt32: TableInfo] = [:]
    /// Tables, indexes and backups that were dropped and whose bytes are still there, because forks read them or because freeing takes time.
    private(set) var dropped: [UInt32: TableInfo] = [:]
    /// By the name's bytes: two names are different as soon as one byte is.
    private var numbers: [[UInt8]: UInt32] = [:]
    /// For each table that forks read from: the lowest version that one of them needs.
    private(set) var pins: [UInt32: Version] = [:]
    /// The tables whose items expire, in order.
    private(set) var expiringTables: [UInt32] = []

    init() {}

    init(
        counters: CatalogCounters, tables: [TableInfo], indexes: [TableInfo], backups: [TableInfo], dropped: [TableInfo]
    ) {
        self.counters = counters
        for table in tables {
            self.tables[table.id] = table
            numbers[Array(table.name.utf8)] = table.id
        }
        for backup in backups { self.backups[backup.id] = backup }
        for index in indexes { add(index) }
        for table in dropped { self.dropped[table.id] = table }
        updatePins()
        updateExpiringTables()
    }

    func table(named name: String) -> TableInfo? {
        numbers[Array(name.utf8)].flatMap { tables[$0] }
    }

    /// The table, index or backup of this number, dropped or not.
    func table(_ id: UInt32) -> TableInfo? {
        tables[id] ?? indexes[id] ?? backups[id] ?? dropped[id]
    }

    /// Whether the table, index or backup of this number is there and not dropped.
    func isLive(_ id: UInt32) -> Bool {
        tables[id] != nil || indexes[id] != nil || backups[id] != nil
    }

    /// Whether any table has an index.
    var hasIndexes: Bool { !indexes.isEmpty }

    /// The indexes of a table, in the order of their names' bytes.
    func indexes(of table: UInt32) -> [TableInfo] {
        indexNumbers[table].map { $0.compactMap { indexes[$0] } } ?? []
    }

    /// The table's index of exactly this name.
    func index(named name: String, of table: UInt32) -> TableInfo? {
        indexes(of: table).first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// Whether writes to the table leave undo records.
    func keepsHistory(_ table: TableInfo) -> Bool {
        (table.recovery != nil || pins[table.id] != nil || table.streamTime != nil) && !isFrozen(table)
    }

    /// Whether nothing is ever written to it: a backup, or an index of one.
    func isFrozen(_ table: TableInfo) -> Bool {
        table.backup != nil || table.index.map { backups[$0.table] != nil } ?? false
    }

    /// How many tables are read through to find what the table does not have itself.
    func depth(of table: TableInfo) -> Int {
        var depth = 0
        var base = table.base
        while let current = base {
            depth += 1
            base = self.table(current.table)?.base
        }
        return depth
    }

    mutating func put(_ table: TableInfo) {
        defer {
            updatePins()
            updateExpiringTables()
        }
        guard table.index == nil else { return add(table) }
        guard table.backup == nil else {
            backups[table.id] = table
            return
        }
        if let old = tables[table.id] { numbers[Array(old.name.utf8)] = nil }
        tables[table.id] = table
        numbers[Array(table.name.utf8)] = table.id
        for index in indexes(of: table.id) { add(index) }
    }

    private mutating func add(_ index: TableInfo) {
        guard let info = index.index else { return }
        var index = index
        index.recovery = info.isReady ? tables[info.table]?.recovery : nil
        indexes[index.id] = index
        sortIndexes(of: info.table, with: index.id)
    }

    private mutating func sortIndexes(of table: UInt32, with id: UInt32? = nil) {
        let numbers = Set((indexNumbers[table] ?? []) + (id.map { [$0] } ?? [])).compactMap { indexes[$0] }
        indexNumbers[table] =
            numbers.isEmpty
            ? nil : numbers.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map(\.id)
    }

    mutating func putDropped(_ table: TableInfo) {
        backups[table.id] = nil
        if let info = indexes.removeValue(forKey: table.id)?.index { sortIndexes(of: info.table) }
        if let old = tables.removeValue(forKey: table.id) { numbers[Array(old.name.utf8)] = nil }
        dropped[table.id] = table
        updatePins()
        updateExpiringTables()
    }

    private mutating func updateExpiringTables() {
        expiringTables = tables.values.filter { $0.timeToLiveAttribute != nil }.map(\.id).sorted()
    }

    mutating func forget(_ id: UInt32) {
        dropped[id] = nil
        updatePins()
    }

    /// A dropped table that nobody reads through needs nothing any more; what it reads itself may then be needless too.
    private mutating func updatePins() {
        pins = [:]
        var pending = [tables, indexes, backups].flatMap { $0.values.compactMap(\.base) }
        var seen: Set<UInt32> = []
        while let base = pending.popLast() {
            pins[base.table] = min(pins[base.table] ?? .max, base.version)
            guard seen.insert(base.table).inserted, let below = dropped[base.table]?.base else { continue }
            pending.append(below)
        }
    }
}
