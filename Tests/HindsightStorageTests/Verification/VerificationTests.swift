import Foundation
import HindsightKeyValue
import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

struct VerificationTests {
    // MARK: Sound databases

    @Test func anEmptyDatabaseIsSound() throws {
        let report = try TestStore().store.verify()
        #expect(report.isSound)
        #expect(report.commits == 0 && report.version == 0)
    }

    @Test func whatWasWrittenIsProven() throws {
        let test = try TestStore()
        try test.store.makeTable()
        try test.store.makeTable("plain", recovery: false)
        for id in 1...3 { try test.store.put(id, "a") }
        try test.store.put(2, "b")
        try test.store.delete(3)
        try test.store.put(1, "x", "plain")
        let report = try test.store.verify()
        #expect(report.findings == [])
        #expect(report.commits == 8)
        #expect(report.items == 3)
        #expect(report.records == 5)
        #expect(report.provenChanges == 5)
        #expect(report.hash.count == 64)
        #expect(try test.store.verify(table: "plain").items == 1)
        #expect(throws: StorageError.tableNotFound("other")) { try test.store.verify(table: "other") }
    }

    /// Forks, switches, retention, collection and transactions of all kinds leave nothing that looks like damage.
    @Test(arguments: 1...19 as ClosedRange<UInt64>)
    func randomHistoriesAreSound(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let test = try TestStore()
        try History(test).run(steps: 120, &random)
        let report = try test.store.verify()
        #expect(report.findings == [], "seed \(seed)")
        #expect(report.provenChanges > 0 && report.records > 0, "seed \(seed)")
        try test.reopen()
        #expect(try test.store.verify() == report)
    }

    // MARK: Damage

    /// Where a flipped bit changes anything that can be read, it is found.
    @Test func aFlippedBitIsFound() throws {
        let test = try TestStore()
        var random = SeededGenerator(seed: 7)
        try History(test).run(steps: 60, &random)
        let content = try #require(try entries(of: test.store))
        let file = try Data(contentsOf: URL(fileURLWithPath: test.path))
        let directory = try TemporaryDirectory()
        var found = 0
        for attempt in 0..<400 {
            let path = directory.file("\(attempt).hsdb")
            var damaged = file
            let bit = Int.random(in: 0..<8 * file.count, using: &random)
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            try damaged.write(to: URL(fileURLWithPath: path))
            if try isFound(path) {
                found += 1
            } else {
                let store = try Store.open(path: path)
                #expect(try entries(of: store) == content, "bit \(bit % 8) of byte \(bit / 8)")
            }
            try FileManager.default.removeItem(atPath: path)
        }
        #expect(found > 20)
    }

    private func isFound(_ path: String) throws -> Bool {
        do { return try !Store.open(path: path).verify().isSound } catch is StorageError { return true }
    }

    /// All keys and values, as they are.
    private func entries(of store: Store) throws -> [[UInt8]]? {
        let snapshot = try store.snapshot()
        defer { snapshot.close() }
        var entries: [[UInt8]] = []
        for tree in TreeName.allCases {
            try snapshot.access.forEachEntry(tree) { key, value throws(MalformedBytes) in
                entries.append(key.array)
                entries.append(value.array)
            }
        }
        return entries
    }

    // MARK: Tampering

    @Test func aChangedPastIsTamperingThoughItsChecksumFits() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        let first = try test.store.put(1, "true")
        let second = try test.store.put(1, "later")
        try tamper(test.store) { access in
            let key = RawKey.change(table.id, RecordPointer(version: second, sequence: 0))
            var value: [UInt8] = []
            ChangeRecord.start(.item, storedKey: try HindsightStorageTests.key(1), in: &value)
            let lie = try document(1, "lies")
            ItemHeader(version: first, previous: .init(sequence: 0, depth: 1, jump: .toPrevious))
                .encode(checksum: lie.rawSpan.checksum32, longKey: nil, under: [], to: &value)
            try access.put(.changes, key, value + lie)
        }
        let report = try test.store.verify()
        #expect(report.findings.map(\.kind) == [.tampering])
        #expect(report.findings.map(\.place) == ["v\(first) of \"t\""])
    }

    @Test func aChangedCommitIsTampering() throws {
        let test = try TestStore()
        try test.store.makeTable()
        try test.store.put(1, "a")
        let version = try test.store.put(1, "b")
        try test.store.put(1, "c")
        try tamper(test.store) { access in
            let read = try access.entry(.commits, RawKey.commit(version)) { bytes throws(MalformedBytes) in
                try CommitRecord(bytes)
            }
            var record = try #require(read)
            record.statement = "DELETE"
            var value: [UInt8] = []
            record.encode(to: &value)
            try access.put(.commits, RawKey.commit(version), value)
        }
        let findings = try test.store.verify().findings
        #expect(findings.first?.kind == .tampering)
        #expect(findings.first?.place == "commits v\(version)")
    }

    @Test func aTableBroughtInFromOutsideIsTampering() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        try tamper(test.store) { access in
            var renamed = table
            renamed.name = "u"
            try access.put(.catalog, CatalogKey.numbered(CatalogKey.tables, table.id), renamed.encode())
        }
        try test.reopen()
        #expect(try test.store.verify().findings.map(\.kind) == [.tampering])
    }

    @Test func aMissingRecordIsAContradiction() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        try test.store.put(1, "a")
        let version = try test.store.put(1, "b")
        let key = RawKey.change(table.id, RecordPointer(version: version, sequence: 0))
        try tamper(test.store) { try $0.delete(.changes, key) }
        let findings = try test.store.verify().findings
        #expect(findings.map(\.kind) == [.contradiction])
        #expect(findings.first?.place == RawKey.words(.changes, key.rawSpan))
    }

    @Test func missingItemsDoNotAddUp() throws {
        let test = try TestStore()
        let table = try test.store.makeTable(recovery: false)
        try test.store.put(1, "a")
        try test.store.put(2, "b")
        var rawKey: [UInt8] = []
        RawKey.item(table.id, try key(2), in: &rawKey)
        try tamper(test.store) { try $0.delete(.live, rawKey) }
        let findings = try test.store.verify().findings
        #expect(findings.map(\.kind) == [.contradiction, .contradiction])
        #expect(findings.first?.detail == "1 items are there, and 2 are noted")
    }

    private func tamper(_ store: Store, _ body: (TreeAccess) throws -> Void) throws {
        let access = TreeAccess(try store.beginWrite(), store.trees)
        try body(access)
        try access.commit()
    }

    @Test func itCanBeStopped() throws {
        struct Stop: Error {}
        let test = try TestStore()
        try test.store.makeTable()
        try test.store.write { transaction in
            let table = try transaction.existingTable("t")
            for id in 1...2000 { try transaction.put(document(id, "a"), into: table) }
        }
        #expect(throws: Stop.self) { try test.store.verify { throw Stop() } }
    }
}

/// A database with a bit of everything in it.
private struct History {
    private let test: TestStore

    init(_ test: TestStore) {
        self.test = test
    }

    func run(steps: Int, _ random: inout SeededGenerator) throws {
        try test.store.makeTable("a")
        try test.store.makeTable("b", recovery: false)
        for step in 0..<steps {
            test.clock.advance(seconds: .random(in: 0...600, using: &random))
            let names = try test.store.snapshot().tables.map(\.name)
            try self.step(names.randomElement(using: &random) ?? "a", step, &random)
        }
    }

    private func step(_ name: String, _ step: Int, _ random: inout SeededGenerator) throws {
        switch Int.random(in: 0..<40, using: &random) {
        case 0:
            guard try test.store.table(name).recovery != nil else { return }
            try test.store.write { try $0.restore(name, to: "fork\(step)", at: .latest) }
        case 1: try test.store.write { try $0.enableRecovery(of: name, retentionDays: 1) }
        case 2 where name != "a": try test.store.write { try $0.disableRecovery(of: name) }
        case 3, 7, 8: try test.store.collectGarbage()
        case 4: test.clock.advance(days: 1)
        case 5, 9: try test.store.write { try $0.createRestorePoint("point \(step)") }
        case 6 where step % 3 == 0 && name != "a": try test.store.write { try $0.dropTable(name) }
        default: try change(name, step, &random)
        }
    }

    /// Some writes in one commit, often to the same key, and perhaps some that are undone.
    private func change(_ name: String, _ step: Int, _ random: inout SeededGenerator) throws {
        struct Stop: Error {}
        let ids = (0..<Int.random(in: 1...5, using: &random)).map { _ in Int.random(in: 1...12, using: &random) }
        let isUndone = Int.random(in: 0..<5, using: &random) == 0
        let deletes = Int.random(in: 0..<3, using: &random) == 0
        try test.store.write { transaction in
            let table = try transaction.existingTable(name)
            for id in ids {
                if deletes {
                    try transaction.delete(key: key(id), from: table)
                } else {
                    try transaction.put(document(id, "text \(step)"), into: table)
                }
            }
            guard isUndone else { return }
            _ = try? transaction.statement {
                for id in ids { try transaction.put(document(id + 1, "undone"), into: table) }
                throw Stop()
            }
        }
    }
}
