import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

struct BackupTests {
    private let both = [Item(1, "a"), Item(2, "a")]

    /// A table of two items, which are changed after the body has run.
    private func afterChanges(
        recovery: Bool, _ body: (Store) throws -> Void
    ) throws -> TestStore {
        let test = try TestStore()
        try test.store.makeTable(recovery: recovery)
        for id in 1...2 { try test.store.put(id, "a") }
        try body(test.store)
        try test.store.put(1, "b")
        try test.store.delete(2)
        try test.store.put(3, "c")
        return test
    }

    @Test(arguments: [true, false])
    func aBackupIsTheTableAsItWas(recovery: Bool) throws {
        let test = try afterChanges(recovery: recovery) { try $0.write { try $0.createBackup("first", of: "t") } }
        try test.store.write { try $0.restore(backup: "first", of: "t", to: "u") }
        #expect(try test.store.snapshot().items("u") == both)
        #expect(try test.store.snapshot().items("t") == [Item(1, "b"), Item(3, "c")])
        do {
            let findings = try test.store.verify().findings
            #expect(findings.isEmpty, "\(findings)")
        }
        // Whatever the collector does: the backup and the restored table are as they were.
        for days in [1, 40, 400] as [Int64] {
            test.clock.advance(days: days)
            try test.store.collectGarbage()
            try test.store.put(4, "d\(days)")
            try test.store.write { try $0.restore(backup: "first", of: "t", to: "u\(days)") }
            #expect(try test.store.snapshot().items("u") == both)
            #expect(try test.store.snapshot().items("u\(days)") == both)
        }
        try test.reopen()
        #expect(try test.store.snapshot().items("u1") == both)
        do {
            let findings = try test.store.verify().findings
            #expect(findings.isEmpty, "\(findings)")
        }
    }

    @Test func itOutlivesTheTableAndItsOwnDropping() throws {
        let test = try afterChanges(recovery: true) { try $0.write { try $0.createBackup("kept", of: "t") } }
        try test.store.write { try $0.dropTable("t") }
        test.clock.advance(days: 100)
        try test.store.collectGarbage()
        try test.store.write { try $0.restore(backup: "kept", of: "t", to: "t") }
        #expect(try test.store.snapshot().items() == both)
        try test.store.write { try $0.dropBackup("kept") }
        #expect(try test.store.snapshot().backups.isEmpty)
        #expect(try test.store.snapshot().items() == both)
        try test.store.collectGarbage()
        #expect(try test.store.snapshot().items() == both)
        try test.store.write { try $0.dropTable("t") }
        try test.store.collectGarbage()
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.access.entryCount(snapshot.access.trees.live) == 0)
        #expect(try snapshot.access.entryCount(snapshot.access.trees.changes) == 0)
        do {
            let findings = try test.store.verify().findings
            #expect(findings.isEmpty, "\(findings)")
        }
    }

    @Test func aDroppedTableComesBack() throws {
        let test = try afterChanges(recovery: true) { _ in }
        try test.store.write { transaction in
            try transaction.enableRecovery(of: "t", retentionDays: 7)
            try transaction.changeSettings(of: "t", ["BILLING_MODE": "PROVISIONED", "TIME_TO_LIVE": "x"])
        }
        let items = try test.store.snapshot().items()
        try test.store.write { try $0.dropTable("t") }
        let backup = try #require(try test.store.snapshot().backups.first)
        #expect(backup.backup?.name == "t$DeletedTableBackup")
        #expect(backup.backup?.kind == .system)
        #expect(backup.backup?.expiryTime == backup.createdTime + 35 * TestClock.day)
        test.clock.advance(days: 34)
        try test.store.collectGarbage()
        try test.store.write { try $0.undropTable("t") }
        #expect(try test.store.snapshot().items() == items)
        let table = try test.store.table("t")
        #expect(table.recovery?.retentionDays == 7)
        #expect(table.settings == ["BILLING_MODE": "PROVISIONED", "TIME_TO_LIVE": "x"])
        #expect(throws: StorageError.tableExists("t")) { try test.store.write { try $0.undropTable("t") } }
        try test.store.write { try $0.undropTable("t", as: "again") }
        #expect(try test.store.snapshot().items("again") == items)
    }

    @Test func theSystemsBackupsEnd() throws {
        let test = try afterChanges(recovery: true) { _ in }
        try test.store.write { try $0.dropTable("t") }
        test.clock.advance(days: 34)
        #expect(try test.store.snapshot().backups.count == 1)
        test.clock.advance(days: 2)
        #expect(try test.store.snapshot().backups.isEmpty)
        #expect(throws: StorageError.backupNotFound("t$DeletedTableBackup")) {
            try test.store.write { try $0.undropTable("t") }
        }
        try test.store.collectGarbage()
        #expect(try test.store.verify().isSound)
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.access.entryCount(snapshot.access.trees.live) == 0)
    }

    @Test func withoutRecoveryNothingIsLeftOfADroppedTable() throws {
        let test = try afterChanges(recovery: false) { _ in }
        try test.store.write { try $0.dropTable("t") }
        #expect(try test.store.snapshot().backups.isEmpty)
    }

    @Test func namesAndResourceNamesLeadToBackups() throws {
        let test = try TestStore()
        try test.store.makeTable("one")
        try test.store.makeTable("two")
        try test.store.write { try $0.createBackup("same.name_1-a", of: "one") }
        test.clock.advance(seconds: 1)
        try test.store.write { try $0.createBackup("same.name_1-a", of: "two") }
        let backups = try test.store.snapshot().backups
        let arn = backups[0].backupResourceName
        #expect(arn.hasPrefix("arn:aws:dynamodb:local:000000000000:table/one/backup/01777636800000-"))
        #expect((37...1024).contains(arn.utf8.count))
        #expect(throws: StorageError.ambiguousBackup("same.name_1-a")) {
            try test.store.write { try $0.dropBackup("same.name_1-a") }
        }
        #expect(throws: StorageError.backupExists(table: "one", backup: "same.name_1-a")) {
            try test.store.write { try $0.createBackup("same.name_1-a", of: "one") }
        }
        for name in ["ab", "a b", "ü12", String(repeating: "x", count: 256), "a$b"] {
            #expect(throws: StorageError.invalidBackupName(name)) {
                try test.store.write { try $0.createBackup(name, of: "one") }
            }
        }
        try test.store.write { try $0.dropBackup(arn) }
        #expect(try test.store.snapshot().backups.map(\.name) == ["two"])
        #expect(throws: StorageError.backupNotFound("same.name_1-a")) {
            try test.store.write { try $0.dropBackup("same.name_1-a", of: "one") }
        }
        try test.store.write { try $0.dropBackup("same.name_1-a", of: "two") }
    }

    @Test func aProtectedTableIsNotDropped() throws {
        let test = try TestStore()
        try test.store.makeTable()
        try test.store.write { try $0.changeSettings(of: "t", ["DELETION_PROTECTION": "true"]) }
        #expect(throws: StorageError.deletionProtected(table: "t")) { try test.store.write { try $0.dropTable("t") } }
        try test.store.write { try $0.restore("t", to: "u", at: .latest) }
        #expect(try test.store.table("u").settings.isEmpty)
        try test.store.write { try $0.changeSettings(of: "t", ["DELETION_PROTECTION": "OFF"]) }
        try test.store.write { try $0.dropTable("t") }
    }

    @Test func indexesComeAlong() throws {
        let test = try TestStore()
        try test.store.makeTable(recovery: false)
        try test.store.write { transaction in
            try transaction.createIndex(
                IndexDefinition(name: "byText", partitionKey: KeyAttribute(name: "text", kind: .string)), of: "t")
        }
        for id in 1...3 { try test.store.put(id, id == 2 ? "x" : "y") }
        try test.store.write { try $0.createBackup("backup", of: "t") }
        try test.store.put(2, "y")
        try test.store.write { try $0.dropIndex("byText", of: "t") }
        try test.store.write { try $0.restore(backup: "backup", of: "t", to: "u") }
        try test.store.write { try $0.restore(backup: "backup", of: "t", to: "plain", indexes: []) }
        let snapshot = try test.store.snapshot()
        let restored = try #require(snapshot.table(named: "u"))
        let index = try #require(snapshot.indexes(of: restored).first)
        #expect(index.name == "byText")
        let cursor = try snapshot.openCursor(index)
        var count = 0
        while try cursor.next() { count += 1 }
        #expect(count == 3)
        #expect(try snapshot.indexes(of: #require(snapshot.table(named: "plain"))).isEmpty)
        #expect(throws: StorageError.indexNotFound(table: "t", index: "none")) {
            try test.store.write { try $0.restore(backup: "backup", of: "t", to: "v", indexes: ["none"]) }
        }
        do {
            let findings = try test.store.verify().findings
            #expect(findings.isEmpty, "\(findings)")
        }
    }

    /// Backups and drops among everything else that can happen to tables.
    @Test(arguments: 1...25 as ClosedRange<UInt64>)
    func randomBackupsStayTrue(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let test = try TestStore()
        try test.store.makeTable("a")
        try test.store.makeTable("b", recovery: false)
        var expected: [String: [Item]] = [:]
        for step in 0..<80 {
            test.clock.advance(seconds: 3600)
            let names = try test.store.snapshot().tables.map(\.name)
            let name = names.randomElement(using: &random) ?? "a"
            switch Int.random(in: 0..<12, using: &random) {
            case 0:
                try test.store.write { try $0.createBackup("backup\(step)", of: name) }
                expected["backup\(step)"] = try test.store.snapshot().items(name)
            case 1:
                guard let backup = expected.keys.sorted().randomElement(using: &random) else { continue }
                let table = try test.store.snapshot().backup(named: backup).name
                try test.store.write { try $0.restore(backup: backup, of: table, to: "r\(step)") }
                #expect(try test.store.snapshot().items("r\(step)") == expected[backup], "seed \(seed)")
            case 2:
                guard let backup = expected.keys.sorted().randomElement(using: &random) else { continue }
                try test.store.write { try $0.dropBackup(backup) }
                expected[backup] = nil
            case 3 where names.count > 2:
                let items = try test.store.snapshot().items(name)
                let hasRecovery = try test.store.table(name).recovery != nil
                try test.store.write { try $0.dropTable(name) }
                guard hasRecovery, Bool.random(using: &random) else { continue }
                if Bool.random(using: &random) { try test.store.collectGarbage() }
                try test.store.write { try $0.undropTable(name) }
                #expect(try test.store.snapshot().items(name) == items, "seed \(seed)")
            case 4: try test.store.collectGarbage()
            case 5: try test.store.write { try $0.enableRecovery(of: name, retentionDays: 1) }
            case 6 where name != "a": try test.store.write { try $0.disableRecovery(of: name) }
            default:
                for _ in 0..<4 {
                    let id = Int.random(in: 1...9, using: &random)
                    if Bool.random(using: &random) {
                        try test.store.put(id, "\(step)", name)
                    } else {
                        try test.store.delete(id, name)
                    }
                }
            }
        }
        for (backup, items) in expected {
            let table = try test.store.snapshot().backup(named: backup).name
            try test.store.write { try $0.restore(backup: backup, of: table, to: "end") }
            #expect(try test.store.snapshot().items("end") == items, "seed \(seed)")
            try test.store.write { try $0.dropTable("end") }
        }
        #expect(try test.store.verify().findings == [], "seed \(seed)")
    }
}
