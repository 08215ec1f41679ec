import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

/// Key attributes of an item are checked as DynamoDB does.
struct KeyTests {
    private func music(_ test: TestStore) throws -> TableInfo {
        try test.store.write { transaction in
            try transaction.createTable(
                TableDefinition(
                    name: "Music", partitionKey: KeyAttribute(name: "Artist", kind: .string),
                    sortKey: KeyAttribute(name: "Year", kind: .number)))
        }
        return try test.store.table("Music")
    }

    private func put(_ test: TestStore, _ fields: [(String, Value)]) throws {
        let table = try test.store.table("Music")
        try test.store.write { try $0.put(encode(fields), into: table) }
    }

    @Test func keysAreOfBothAttributesInOrder() throws {
        let test = try TestStore()
        let table = try music(test)
        for (artist, year) in [("b", 10), ("a", 20), ("a", 3), ("ab", 1)] {
            try put(test, [("Artist", .string(artist)), ("Year", .int(Int64(year)))])
        }
        let cursor = try test.store.snapshot().openCursor(table)
        var keys: [String] = []
        while try cursor.next() { keys.append(KeyCode.describe(cursor.key)) }
        #expect(keys == ["\"a\"/3", "\"a\"/20", "\"ab\"/1", "\"b\"/10"])
    }

    @Test func faultsHaveTheirOwnErrors() throws {
        let test = try TestStore()
        _ = try music(test)
        let year = ("Year", Value.int(1))
        #expect(throws: StorageError.keyAttributeMissing(table: "Music", attribute: "Artist")) {
            try put(test, [year])
        }
        #expect(throws: StorageError.keyAttributeMissing(table: "Music", attribute: "Year")) {
            try put(test, [("Artist", .string("a"))])
        }
        #expect(throws: StorageError.keyAttributeEmpty(table: "Music", attribute: "Artist")) {
            try put(test, [("Artist", .string("")), year])
        }
        #expect(throws: StorageError.self) { try put(test, [("Artist", .null), year]) }
        do {
            try put(test, [("Artist", .int(1)), year])
            Issue.record("a number for a string")
        } catch let StorageError.keyAttributeMismatch(table, attribute, expected, _) {
            #expect(table == "Music" && attribute == "Artist" && expected == .string)
        }
    }

    @Test func lengthsHaveLimits() throws {
        let test = try TestStore()
        _ = try music(test)
        try put(test, [("Artist", .string(String(repeating: "a", count: 2048))), ("Year", .int(1))])
        #expect(
            throws: StorageError.keyAttributeTooLong(table: "Music", attribute: "Artist", bytes: 2049, limit: 2048)
        ) {
            try put(test, [("Artist", .string(String(repeating: "a", count: 2049))), ("Year", .int(1))])
        }
    }

    @Test func bytesThatAreNoDocumentAreRefused() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        #expect(throws: StorageError.self) { try test.store.write { try $0.put([9, 9, 9], into: table) } }
        #expect(throws: StorageError.self) { try test.store.write { try $0.put([], into: table) } }
    }
}
