import HindsightKeyValue
import HindsightTestSupport
import HindsightValues
import Synchronization

@testable import HindsightStorage

/// A clock that tests set and advance, in microseconds since 1970.
final class TestClock: Sendable {
    /// 2026-05-01T12:00:00Z.
    static let start: Int64 = 1_777_636_800_000_000
    static let second: Int64 = 1_000_000
    static let day: Int64 = 86_400 * second

    private let current = Mutex(TestClock.start)

    var time: Int64 {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    func advance(seconds: Int64 = 0, days: Int64 = 0) {
        time += seconds * Self.second + days * Self.day
    }
}

/// A store in a file of its own with a clock of its own, that can be opened again.
final class TestStore {
    let directory: TemporaryDirectory
    let clock = TestClock()
    private(set) var store: Store
    private let options: StoreOptions

    /// - Parameter configure: changes the options; the clock is set already.
    init(_ configure: (inout StoreOptions) -> Void = { _ in }) throws {
        directory = try TemporaryDirectory()
        var options = StoreOptions()
        let clock = clock
        options.clock = { clock.time }
        options.durability = .relaxed
        configure(&options)
        self.options = options
        store = try Store.open(path: directory.file("test.hsdb"), options: options)
    }

    var path: String { directory.file("test.hsdb") }

    func reopen() throws {
        store = try Store.inMemory()
        store = try Store.open(path: path, options: options)
    }
}

// MARK: - Tables with an `id` and something in it

extension Store {
    /// A table with the partition key `id`, a number.
    @discardableResult
    func makeTable(_ name: String = "t", recovery: Bool = true) throws -> TableInfo {
        try write { transaction in
            try transaction.createTable(
                TableDefinition(name: name, partitionKey: KeyAttribute(name: "id", kind: .number)))
            if recovery { try transaction.enableRecovery(of: name) }
        }
        return try table(name)
    }

    func table(_ name: String) throws -> TableInfo {
        guard let table = try snapshot().table(named: name) else { throw StorageError.tableNotFound(name) }
        return table
    }

    @discardableResult
    func put(_ id: Int, _ text: String, _ table: String = "t") throws -> Version {
        try write { transaction in
            try transaction.put(document(id, text), into: transaction.existingTable(table))
        }.commit?.version ?? 0
    }

    @discardableResult
    func delete(_ id: Int, _ table: String = "t") throws -> Version? {
        try write { transaction in
            try transaction.delete(key: key(id), from: transaction.existingTable(table))
        }.commit?.version
    }
}

extension StoreReader {
    /// The items of a table as `id` and text, in the order of the cursor.
    func items(
        _ name: String = "t", _ range: KeyRange = .all, at moment: Moment = .now, _ direction: Direction = .forward
    ) throws -> [Item] {
        guard let table = table(named: name) else { throw StorageError.tableNotFound(name) }
        let cursor = try openCursor(table, range, at: resolve(moment, for: table), direction)
        var items: [Item] = []
        while try cursor.next() { items.append(try Item(cursor.document)) }
        return items
    }

    /// The text of one item.
    func text(_ id: Int, _ name: String = "t", at moment: Moment = .now) throws -> String? {
        guard let table = table(named: name) else { throw StorageError.tableNotFound(name) }
        guard let document = try get(table, key: key(id), at: resolve(moment, for: table)) else { return nil }
        return try Item(document).text
    }
}

extension ChangesCursor {
    /// The item before and after.
    var items: (before: Item?, after: Item?) {
        get throws {
            let old: Item? = if let before { try Item(before) } else { nil }
            let new: Item? = if let after { try Item(after) } else { nil }
            return (old, new)
        }
    }
}

struct Item: Equatable, CustomStringConvertible {
    let id: Int
    let text: String

    init(_ id: Int, _ text: String) {
        self.id = id
        self.text = text
    }

    init(_ document: RawSpan) throws {
        let structure = try Document.structure(in: document)
        var id = -1
        var text = ""
        for field in structure.fields {
            if case .int(let value) = field.value { id = Int(value) }
            if case .string(let value) = field.value { text = value }
        }
        self.init(id, text)
    }

    var description: String { "\(id):\(text)" }
}

func document(_ id: Int, _ text: String) throws -> [UInt8] {
    try encode([("id", .int(Int64(id))), ("text", .string(text))])
}

func encode(_ fields: [(String, Value)]) throws -> [UInt8] {
    try DocumentEncoder.encode(
        Structure(fields: fields.map { Structure.Field(name: $0.0, value: $0.1) }), keyAttributes: fields.map(\.0))
}

func key(_ id: Int) throws -> [UInt8] {
    try KeyCode.encode([.int(Int64(id))])
}

extension StoreTransaction {
    func insert(_ document: [UInt8], into table: TableInfo) throws(StorageError) {
        try insert(document.rawSpan, into: table)
    }

    @discardableResult
    func put(_ document: [UInt8], into table: TableInfo) throws(StorageError) -> Bool {
        try put(document.rawSpan, into: table)
    }
}
