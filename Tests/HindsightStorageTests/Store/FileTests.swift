import Foundation
import HindsightKeyValue
import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

/// Files of all kinds, and the ways of opening them.
struct FileTests {
    @Test func whatWasWrittenIsThereAfterReopening() throws {
        let test = try TestStore()
        try test.store.makeTable()
        let version = try test.store.put(1, "a")
        try test.store.put(1, "b")
        try test.reopen()
        #expect(try test.store.snapshot().text(1) == "b")
        #expect(try test.store.snapshot().text(1, at: .version(version)) == "a")
    }

    @Test func anotherProgramsFileIsRefusedAndLeftAlone() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("foreign.mdb")
        do {
            let environment = try Environment.open(path: path, trees: ["theirs"])
            var transaction = try environment.beginWrite()
            try transaction.put(environment.tree(named: "theirs"), [1].rawSpan, [2].rawSpan)
            try transaction.commit()
        }
        #expect(throws: StorageError.notADatabase(path: path)) { try Store.open(path: path) }
        let environment = try Environment.open(path: path, trees: ["theirs"])
        #expect(try environment.treeCount() == 1)
    }

    /// One with trees of our names, but without our format entry.
    @Test func treesOfTheRightNamesAreNotEnough() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("foreign.mdb")
        do {
            let environment = try Environment.open(path: path, trees: Trees.names)
            var transaction = try environment.beginWrite()
            try transaction.put(environment.tree(named: "live"), [1].rawSpan, [2].rawSpan)
            try transaction.commit()
        }
        #expect(throws: StorageError.notADatabase(path: path)) { try Store.open(path: path) }
    }

    @Test func aNewerFormatIsRefused() throws {
        let test = try TestStore()
        let access = TreeAccess(try test.store.beginWrite(), test.store.trees)
        try access.put(.catalog, CatalogKey.format, FileFormat.magic + [7, 0])
        try access.commit()
        #expect(throws: StorageError.newerFormat(path: test.path, found: 7, supported: 2)) { try test.reopen() }
    }

    @Test func aTextFileIsRefused() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("text")
        try "this is no database, but it is long enough to look at\n".write(
            toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: StorageError.notADatabase(path: path)) { try Store.open(path: path) }
    }

    @Test func readOnlyStoresReadAndRefuseToWrite() throws {
        let test = try TestStore()
        try test.store.makeTable()
        let version = try test.store.put(1, "a")
        try test.store.put(1, "b")
        var options = test.store.options
        options.isReadOnly = true
        let reader = try Store.open(path: test.path, options: options)
        #expect(try reader.snapshot().text(1) == "b")
        #expect(try reader.snapshot().text(1, at: .version(version)) == "a")
        #expect(throws: StorageError.readOnly) { try reader.put(1, "c") }
        #expect(throws: StorageError.readOnly) { try reader.beginTransaction() }
        #expect(throws: StorageError.readOnly) { try reader.collectGarbage() }
        // It sees what others commit.
        try test.store.put(1, "c")
        #expect(try reader.snapshot().text(1) == "c")
    }

    @Test func twoHandlesSeeEachOthersCommitsAndTables() throws {
        let test = try TestStore()
        let other = try Store.open(path: test.path, options: test.store.options)
        try test.store.makeTable("a")
        try other.put(1, "x", "a")
        try other.makeTable("b")
        try test.store.put(1, "y", "b")
        #expect(try test.store.snapshot().text(1, "a") == "x")
        #expect(try other.snapshot().text(1, "b") == "y")
        try other.write { try $0.renameTable("a", to: "c") }
        #expect(try test.store.snapshot().tables.map(\.name) == ["b", "c"])
    }

    @Test func inMemoryStoresAreApart() throws {
        let one = try Store.inMemory()
        let two = try Store.inMemory()
        try one.makeTable()
        try one.put(1, "a")
        #expect(try two.snapshot().tables.isEmpty)
        #expect(try one.snapshot().text(1) == "a")
    }

    @Test func aDamagedDocumentIsFoundByItsChecksum() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        try test.store.put(1, "abc")
        let access = TreeAccess(try test.store.beginWrite(), test.store.trees)
        var rawKey: [UInt8] = []
        RawKey.item(table.id, try key(1), in: &rawKey)
        let position = try #require(try access.position(access.trees.live, rawKey))
        var value = access.view(position).array
        value[value.count - 1] ^= 1
        try access.put(.live, rawKey, value)
        try access.commit()
        #expect(throws: StorageError.corrupt(what: "the checksum of a document", key: "t 1")) {
            try test.store.snapshot().text(1)
        }
    }

    @Test func settingsAndNamesAreKept() throws {
        let test = try TestStore()
        try test.store.write { transaction in
            try transaction.createTable(
                TableDefinition(
                    name: "t", partitionKey: KeyAttribute(name: "id", kind: .number),
                    sortKey: KeyAttribute(name: "when", kind: .binary), settings: ["a": "1", "b": "2"]))
            try transaction.changeSettings(of: "t", ["a": nil, "c": "3"])
        }
        try test.reopen()
        let table = try test.store.table("t")
        #expect(table.settings == ["b": "2", "c": "3"])
        #expect(table.sortKey == KeyAttribute(name: "when", kind: .binary))
        for name in ["", "a\nb", String(repeating: "x", count: 256)] {
            #expect(throws: StorageError.invalidTableName(name)) { try test.store.makeTable(name) }
        }
        #expect(throws: StorageError.tableExists("t")) { try test.store.makeTable("t") }
        #expect(throws: StorageError.invalidKeySchema(table: "u")) {
            try test.store.write { transaction in
                try transaction.createTable(
                    TableDefinition(
                        name: "u", partitionKey: KeyAttribute(name: "id", kind: .number),
                        sortKey: KeyAttribute(name: "id", kind: .string)))
            }
        }
    }

    /// Two spellings of one text are two names: nothing normalises.
    @Test func namesAreBytes() throws {
        let store = try Store.inMemory()
        try store.makeTable("\u{E9}")
        try store.makeTable("e\u{301}")
        #expect(try store.snapshot().tables.count == 2)
        try store.put(1, "a", "\u{E9}")
        #expect(try store.snapshot().items("e\u{301}").isEmpty)
    }

    @Test func everythingCanBePrinted() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        try test.store.put(1, "a")
        try test.store.put(1, "b")
        try test.store.delete(1)
        let size = try document(1, "a").count
        #expect(
            try test.store.snapshot().dump(table) == [
                "deleted t1 1: v4 previous #0 depth 3 jump v2 #0",
                "changes v2 t1 #0: nothing at 1",
                "changes v3 t1 #0: item 1, v2 previous #0 depth 1, \(size) bytes",
                "changes v4 t1 #0: item 1, v3 previous #0 depth 2, \(size) bytes",
            ])
        #expect(try !test.store.snapshot().dump().contains { $0.contains("?") })
    }
}
