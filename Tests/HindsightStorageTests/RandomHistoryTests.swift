import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

/// Random histories of everything that can be done, checked against a model that keeps every version.
struct RandomHistoryTests {
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func everyVersionIsWhatTheModelSays(seed: UInt64) throws {
        var history = try RandomHistory(seed: seed)
        for _ in 0..<250 { try history.step() }
        try history.checkEverything()
    }
}

private struct RandomHistory {
    private var random: SeededGenerator
    private let test: TestStore
    private var model = VersionModel()
    private var nextName = 1
    private let seed: UInt64

    init(seed: UInt64) throws {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        // Half of the histories are collected in the smallest steps that there are.
        test = try TestStore { if seed.isMultiple(of: 2) { $0.collectionMilliseconds = 0 } }
        try create()
    }

    private var store: Store { test.store }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func anyTable() -> String? {
        model.tables.keys.sorted().randomElement(using: &random)
    }

    mutating func step() throws {
        test.clock.advance(seconds: Int64.random(in: -1...3, using: &random))
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<60: try write()
        case 60..<64: try failingWrite()
        case 64..<67: try create()
        case 67..<69: try drop()
        case 69..<71: try rename()
        case 71..<76: try switchRecovery()
        case 76..<82: try restore()
        case 82..<84: try collect()
        case 84..<86: try switchIndex()
        case 86..<89: try test.reopen()
        case 89..<90: try passDays()
        default: try checkSomething()
        }
    }
}

// MARK: - Changing

extension RandomHistory {
    private mutating func note<Value>(_ committed: Committed<Value>, _ changed: [String: [Int: String]] = [:]) throws {
        let commit = try #require(committed.commit)
        #expect(commit.version == model.version + 1, "versions are dense (seed \(seed))")
        #expect(commit.time > (model.times.last ?? .min), "times grow (seed \(seed))")
        model.commit(commit.version, commit.time, changed)
    }

    private mutating func write() throws {
        guard let name = anyTable(), let table = model.tables[name] else { return }
        var items = table.items
        var operations: [(id: Int, text: String?)] = []
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let id = Int.random(in: 0..<20, using: &random)
            let text = chance(25) ? nil : "\(model.version + 1)-\(Int.random(in: 0..<1000, using: &random))"
            operations.append((id, text))
        }
        var isChanged = false
        for operation in operations {
            isChanged = isChanged || operation.text != nil || items[operation.id] != nil
            items[operation.id] = operation.text
        }
        let committed = try store.write(statement: "write") { transaction in
            let table = try transaction.existingTable(name)
            for operation in operations {
                if let text = operation.text {
                    try transaction.put(document(operation.id, text), into: table)
                } else {
                    try transaction.delete(key: key(operation.id), from: table)
                }
            }
        }
        guard isChanged else {
            #expect(committed.commit == nil)
            return
        }
        try note(committed, [name: items])
    }

    /// A statement that fails inside a transaction that goes on, or one that fails as a whole.
    private mutating func failingWrite() throws {
        guard let name = anyTable(), var items = model.tables[name]?.items else { return }
        let goesOn = chance(50)
        let kept = Int.random(in: 0..<20, using: &random)
        let text = "kept in \(model.version + 1)"
        let lost = (kept + Int.random(in: 1..<20, using: &random)) % 20
        let body = { (transaction: StoreTransaction) throws in
            let table = try transaction.existingTable(name)
            try transaction.put(document(kept, text), into: table)
            do {
                try transaction.statement {
                    try transaction.put(document(lost, "lost"), into: table)
                    try transaction.delete(key: key(kept), from: table)
                    try transaction.insert(document(lost, "twice"), into: table)
                }
            } catch let error as StorageError {
                #expect(error == .itemExists(table: name))
                if !goesOn { throw error }
            }
        }
        if goesOn {
            items[kept] = text
            try note(store.write(statement: "half", body), [name: items])
        } else {
            #expect(throws: StorageError.itemExists(table: name)) { try store.write(statement: "none", body) }
        }
    }

    private mutating func create() throws {
        guard model.tables.count < 6 else { return }
        let name = "t\(nextName)"
        nextName += 1
        let withRecovery = chance(70)
        let committed = try store.write(statement: "create") { transaction in
            try transaction.createTable(
                TableDefinition(name: name, partitionKey: KeyAttribute(name: "id", kind: .number)))
            if withRecovery { try transaction.enableRecovery(of: name) }
        }
        try note(committed)
        model.create(name)
        if withRecovery { model.setRecovery(name, true) }
    }

    private mutating func drop() throws {
        guard model.tables.count > 2, let name = anyTable() else { return }
        try note(store.write(statement: "drop") { try $0.dropTable(name) })
        model.drop(name)
    }

    private mutating func rename() throws {
        guard let name = anyTable() else { return }
        let newName = "t\(nextName)"
        nextName += 1
        try note(store.write(statement: "rename") { try $0.renameTable(name, to: newName) })
        model.rename(name, to: newName)
    }

    private mutating func switchRecovery() throws {
        guard let name = anyTable(), let table = model.tables[name] else { return }
        let isOn = table.floor == nil
        let committed = try store.write(statement: "switch") { transaction in
            if isOn { try transaction.enableRecovery(of: name) } else { try transaction.disableRecovery(of: name) }
        }
        try note(committed)
        model.setRecovery(name, isOn)
    }

    private mutating func restore() throws {
        guard model.tables.count < 6, let name = anyTable(), let floor = model.tables[name]?.floor else { return }
        let version = Version.random(in: floor...model.version, using: &random)
        let target = "t\(nextName)"
        nextName += 1
        try note(store.write(statement: "restore") { try $0.restore(name, to: target, at: .version(version)) })
        model.restore(name, to: target, at: version)
        if chance(50) {
            try note(store.write { try $0.enableRecovery(of: target) })
            model.setRecovery(target, true)
        }
    }

    /// Makes the index of a table, or drops it.
    private mutating func switchIndex() throws {
        guard let name = anyTable() else { return }
        try note(
            store.write(statement: "index") { transaction in
                let table = try transaction.existingTable(name)
                if transaction.index(named: IndexModel.name, of: table) == nil {
                    try transaction.createIndex(IndexModel.definition, of: name)
                } else {
                    try transaction.dropIndex(IndexModel.name, of: name)
                }
            })
    }

    private mutating func collect() throws {
        try store.collectGarbage(limit: Int.random(in: 1...200, using: &random))
    }

    /// Enough for everything so far to leave the windows.
    private mutating func passDays() throws {
        test.clock.advance(days: 36)
        model.raiseFloors(to: model.version)
    }
}

// MARK: - Checking

extension RandomHistory {
    private mutating func checkSomething() throws {
        guard let name = anyTable(), let table = model.tables[name] else { return }
        let snapshot = try store.snapshot()
        try check(table, name, nil, snapshot)
        guard let floor = table.floor else { return }
        let version = Version.random(in: floor...model.version, using: &random)
        try check(table, name, version, snapshot)
        try checkTime(table, name, version, snapshot)
        let later = Version.random(in: version...model.version, using: &random)
        try checkChanges(table, name, from: version, to: later)
        try checkVersions(table, name, from: version, to: later, snapshot)
        try checkDifferences(table, name, version, snapshot)
        try checkTimeline(table, name, from: version, to: later, snapshot)
    }

    mutating func checkEverything() throws {
        let snapshot = try store.snapshot()
        #expect(snapshot.tables.map(\.name) == model.tables.keys.sorted())
        for (name, table) in model.tables {
            try check(table, name, nil, snapshot)
            guard let floor = table.floor else { continue }
            for version in floor...model.version { try check(table, name, version, snapshot) }
            try checkVersions(table, name, from: floor, to: model.version, snapshot)
        }
        #expect(try store.verify().findings == [], "seed \(seed)")
        try store.collectGarbage()
        try test.reopen()
        let reopened = try store.snapshot()
        for (name, table) in model.tables {
            try check(table, name, nil, reopened)
            guard let floor = table.floor else { continue }
            for version in floor...model.version { try check(table, name, version, reopened) }
            try checkVersions(table, name, from: floor, to: model.version, reopened)
        }
    }

    private mutating func check(
        _ table: VersionModel.Table, _ name: String, _ version: Version?, _ snapshot: Snapshot
    ) throws {
        let moment = version.map(Moment.version) ?? .now
        let expected = (version.map { table.items(at: $0) } ?? table.items)
        let items = expected.map { Item($0.key, $0.value) }.sorted { $0.id < $1.id }
        let context: Comment = "\(name) at \(moment), seed \(seed)"
        #expect(try snapshot.items(name, at: moment) == items, context)
        #expect(try snapshot.items(name, at: moment, .backward) == items.reversed(), context)
        let low = Int.random(in: 0..<20, using: &random)
        let high = Int.random(in: low..<21, using: &random)
        let range = KeyRange(lower: try key(low), upper: try key(high))
        let inside = items.filter { (low..<high).contains($0.id) }
        #expect(try snapshot.items(name, range, at: moment) == inside, context)
        #expect(try snapshot.items(name, range, at: moment, .backward) == inside.reversed(), context)
        for id in 0..<20 where chance(30) {
            #expect(try snapshot.text(id, name, at: moment) == expected[id], context)
        }
        let info = try #require(snapshot.table(named: name))
        #expect(try snapshot.size(of: info, at: version).items == expected.count, context)
        guard let index = snapshot.index(named: IndexModel.name, of: info) else { return }
        if let version {
            guard let past = try snapshot.pastBegins(of: index), past.version <= version else { return }
        }
        let ordered = IndexModel.ordered(items)
        #expect(try snapshot.indexItems(name, at: moment) == ordered, context)
        #expect(try snapshot.indexItems(name, at: moment, .backward) == ordered.reversed(), context)
    }

    /// A time between two commits means the earlier one.
    private func checkTime(
        _ table: VersionModel.Table, _ name: String, _ version: Version, _ snapshot: Snapshot
    ) throws {
        let info = try #require(snapshot.table(named: name))
        let time = model.times[Int(version) - 1]
        guard let earliest = try snapshot.restorableTimes(of: info)?.lowerBound, time >= earliest else { return }
        #expect(try snapshot.resolve(.time(time), for: info) == version)
    }

    private func checkChanges(
        _ table: VersionModel.Table, _ name: String, from: Version, to: Version
    ) throws {
        let snapshot = try store.snapshot()
        let info = try #require(snapshot.table(named: name))
        let before = table.items(at: from)
        let after = table.items(at: to)
        let expected = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
        let cursor = try snapshot.changes(of: info, from: .version(from), to: .version(to))
        var found: [Int] = []
        while try cursor.next() {
            let (old, new) = try cursor.items
            let id = try #require(old?.id ?? new?.id)
            #expect(old?.text == before[id] && new?.text == after[id], "seed \(seed)")
            found.append(id)
        }
        #expect(found == expected, "changes of \(name) v\(from)…v\(to), seed \(seed)")
    }

    /// What leads from one table's past to another table's present.
    private mutating func checkDifferences(
        _ table: VersionModel.Table, _ name: String, _ version: Version, _ snapshot: Snapshot
    ) throws {
        guard let otherName = anyTable(), let other = model.tables[otherName] else { return }
        let info = try #require(snapshot.table(named: name))
        let otherInfo = try #require(snapshot.table(named: otherName))
        let (before, after) = (table.items(at: version), other.items)
        let expected = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
        let cursor = try snapshot.differences(from: info, at: version, to: otherInfo, at: nil)
        var found: [Int] = []
        while try cursor.next() {
            let old = try cursor.before.map { try Item($0.document) }
            let new = try cursor.after.map { try Item($0.document) }
            let id = try #require(old?.id ?? new?.id)
            #expect(old?.text == before[id] && new?.text == after[id], "seed \(seed)")
            found.append(id)
        }
        #expect(found == expected, "differences from \(name) v\(version) to \(otherName), seed \(seed)")
    }

    /// The timeline counts what the versions say.
    private func checkTimeline(
        _ table: VersionModel.Table, _ name: String, from: Version, to: Version, _ snapshot: Snapshot
    ) throws {
        let info = try #require(snapshot.table(named: name))
        let stretches = try snapshot.timeline(of: info, from: .version(from), to: .version(to))
        let changes = table.versions(from: from, to: to).filter { $0.version > from }.map(\.change)
        #expect(
            stretches.reduce(0) { $0 + $1.inserts - $1.deletes } == table.items(at: to).count
                - table.items(at: from).count)
        let inserts = changes.count(where: { $0 == .insert })
        // A commit that adds an item and removes it again counts too.
        #expect(stretches.reduce(0) { $0 + $1.inserts } >= inserts, "timeline of \(name), seed \(seed)")
        #expect(stretches.count <= 60)
    }

    /// All versions of a period, and those of one item and of a range of them.
    private mutating func checkVersions(
        _ table: VersionModel.Table, _ name: String, from: Version, to: Version, _ snapshot: Snapshot
    ) throws {
        let info = try #require(snapshot.table(named: name))
        let expected = table.versions(from: from, to: to)
        let context: Comment = "versions of \(name) v\(from)…v\(to), seed \(seed)"
        #expect(try snapshot.versions(of: info, .all, from, to) == expected, context)
        let low = Int.random(in: 0..<20, using: &random)
        for high in [low + 1, Int.random(in: low..<21, using: &random)] {
            let range = KeyRange(lower: try key(low), upper: try key(high))
            let inside = expected.filter { (low..<high).contains($0.item.id) }
            #expect(try snapshot.versions(of: info, range, from, to) == inside, context)
        }
    }
}

extension StoreReader {
    fileprivate func versions(
        of table: TableInfo, _ range: KeyRange, _ from: Version, _ to: Version
    ) throws -> [VersionModel.ItemVersion] {
        let cursor = try versions(of: table, range, from: from, to: to)
        var versions: [VersionModel.ItemVersion] = []
        while try cursor.next() {
            versions.append(
                VersionModel.ItemVersion(
                    item: try Item(cursor.document), version: cursor.version, end: cursor.end, change: cursor.change,
                    isDeletion: cursor.change == .delete))
        }
        return versions
    }
}
