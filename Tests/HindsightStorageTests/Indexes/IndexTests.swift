import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

struct IndexTests {
    private let test: TestStore

    init() throws {
        test = try TestStore { $0.collectsAutomatically = false }
        try test.store.makeTable()
    }

    private var store: Store { test.store }

    private func makeIndex(_ definition: IndexDefinition = IndexModel.definition) throws {
        try store.write { try $0.createIndex(definition, of: "t") }
        try store.buildIndexes()
    }

    private func entries(at moment: Moment = .now) throws -> String {
        try store.snapshot().indexItems(at: moment).map(\.description).joined(separator: " ")
    }

    @Test func entriesFollowTheItems() throws {
        try makeIndex()
        try store.put(1, "b")
        try store.put(2, "a")
        try store.put(3, "b")
        #expect(try entries() == "2:a 1:b 3:b")
        try store.put(1, "0")
        try store.delete(2)
        #expect(try entries() == "1:0 3:b")
        #expect(try store.verify().findings == [])
    }

    @Test func anItemWithoutTheAttributeIsNotInTheIndex() throws {
        try makeIndex()
        try store.write { try $0.put(encode([("id", .int(1))]), into: $0.existingTable("t")) }
        try store.put(2, "x")
        #expect(try entries() == "2:x")
        try store.write { try $0.put(encode([("id", .int(2))]), into: $0.existingTable("t")) }
        #expect(try entries() == "")
        #expect(try store.verify().findings == [])
    }

    @Test func anItemOfAnotherTypeIsRefusedAndLeavesNoTrace() throws {
        try makeIndex()
        try store.put(1, "a")
        #expect(
            throws: StorageError.indexKeyMismatch(
                index: IndexModel.name, attribute: "text", expected: .string, found: "int")
        ) {
            try store.write {
                try $0.put(encode([("id", .int(1)), ("text", .int(5))]), into: $0.existingTable("t"))
            }
        }
        #expect(try entries() == "1:a")
        #expect(try store.snapshot().text(1) == "a")
    }

    @Test func anIndexOfAFilledTableIsBuiltAndTellsThePastFromThen() throws {
        for id in 1...5 { try store.put(id, "x\(id % 2)") }
        let before = try store.snapshot().version
        try makeIndex()
        let since = try store.snapshot().version
        try store.put(2, "x9")
        #expect(try entries() == "4:x0 1:x1 3:x1 5:x1 2:x9")
        #expect(try entries(at: .version(since)) == "2:x0 4:x0 1:x1 3:x1 5:x1")
        #expect(throws: StorageError.self) { try entries(at: .version(before)) }
        #expect(try store.verify().findings == [])
    }

    @Test func aLargeTableIsIndexedInStepsThatOthersWriteBetween() throws {
        let count = 2 * Limits.indexBuildStep + 100
        try store.write { transaction in
            let table = try transaction.existingTable("t")
            for id in 0..<count { try transaction.put(document(id, "x"), into: table) }
        }
        try store.write { try $0.createIndex(IndexModel.definition, of: "t") }
        var steps = 0
        try store.buildIndexes { progress in
            steps += 1
            #expect(progress.total == count - steps + 1 && progress.percent < 100)
            #expect(throws: StorageError.self) { try entries() }
            try store.delete(steps)
            try store.put(count - steps, "y\(steps)")
        }
        #expect(steps >= 2)
        let found = try store.snapshot().indexItems()
        #expect(found == IndexModel.ordered(try store.snapshot().items()))
        #expect(found.count == count - steps)
        try store.put(50, "z")
        #expect(try store.snapshot().indexItems().last == Item(50, "z"))
        #expect(try store.verify().findings == [])
    }

    @Test func buildingGoesOnAfterReopening() throws {
        try store.write { transaction in
            let table = try transaction.existingTable("t")
            for id in 0..<Limits.indexBuildStep + 1 { try transaction.put(document(id, "x"), into: table) }
        }
        try store.write { try $0.createIndex(IndexModel.definition, of: "t") }
        try test.reopen()
        try store.collectGarbage()
        #expect(try store.snapshot().indexItems() == store.snapshot().items())
    }

    @Test func aRestoreForksTheIndexes() throws {
        try makeIndex()
        try store.put(1, "a")
        let version = try store.put(2, "b")
        try store.put(1, "z")
        try store.write { try $0.restore("t", to: "u", at: .version(version)) }
        #expect(try store.snapshot().indexItems("u").map(\.text) == ["a", "b"])
        try store.put(1, "c", "u")
        try store.delete(2, "u")
        #expect(try store.snapshot().indexItems("u") == [Item(1, "c")])
        try store.write { try $0.dropTable("t") }
        try store.collectGarbage()
        #expect(try store.snapshot().indexItems("u") == [Item(1, "c")])
        #expect(try store.verify().findings == [])
    }

    @Test func aRestoreBuildsAnIndexThatIsYoungerThanTheMoment() throws {
        let version = try store.put(1, "a")
        try store.put(1, "b")
        try makeIndex()
        try store.write { try $0.restore("t", to: "u", at: .version(version)) }
        try store.buildIndexes()
        #expect(try store.snapshot().indexItems("u") == [Item(1, "a")])
        try store.write { try $0.restore("t", to: "w", at: .version(version), indexes: []) }
        #expect(throws: StorageError.indexNotFound(table: "w", index: IndexModel.name)) {
            try store.snapshot().indexItems("w")
        }
        #expect(throws: StorageError.indexNotFound(table: "t", index: "none")) {
            try store.write { try $0.restore("t", to: "x", at: .version(version), indexes: ["none"]) }
        }
    }

    @Test func anIndexThatWasDroppedIsFreed() throws {
        try makeIndex()
        try store.put(1, "a")
        try store.write { try $0.dropIndex(IndexModel.name, of: "t") }
        try store.collectGarbage()
        #expect(try !store.snapshot().dump().contains { $0.hasPrefix("live i2 ") })
        #expect(try store.verify().findings == [])
        try makeIndex()
        #expect(try entries() == "1:a")
    }

    @Test func aFailingStatementLeavesTheIndexAsItWas() throws {
        try makeIndex()
        try store.put(1, "a")
        try store.write { transaction in
            let table = try transaction.existingTable("t")
            try transaction.put(document(2, "b"), into: table)
            #expect(throws: StorageError.itemExists(table: "t")) {
                try transaction.statement {
                    try transaction.put(document(1, "x"), into: table)
                    try transaction.delete(key: key(2), from: table)
                    try transaction.insert(document(1, "y"), into: table)
                }
            }
        }
        #expect(try entries() == "1:a 2:b")
        #expect(try store.verify().findings == [])
    }

    @Test func switchingRecoveryOffAndOnStartsThePastOfTheIndexAgain() throws {
        try makeIndex()
        try store.put(1, "a")
        try store.write { try $0.disableRecovery(of: "t") }
        try store.put(1, "b")
        try store.write { try $0.enableRecovery(of: "t") }
        let version = try store.snapshot().version
        try store.put(1, "c")
        #expect(try entries(at: .version(version)) == "1:b")
        #expect(try entries() == "1:c")
    }

    @Test func anIndexKeyMayBeAsLongAsDynamoDBAllows() throws {
        try makeIndex()
        let long = String(repeating: "x", count: 2048)
        try store.put(1, long)
        try store.put(2, long)
        #expect(try store.snapshot().indexItems().map(\.id) == [1, 2])
        #expect(throws: StorageError.self) { try store.put(3, long + "x") }
    }
}

struct IndexRulesTests {
    private let test: TestStore

    init() throws {
        test = try TestStore()
        try test.store.write { transaction in
            try transaction.createTable(
                TableDefinition(
                    name: "t", partitionKey: KeyAttribute(name: "p", kind: .string),
                    sortKey: KeyAttribute(name: "s", kind: .number)))
        }
    }

    private func create(_ definition: IndexDefinition) throws {
        try test.store.write { try $0.createIndex(definition, of: "t") }
    }

    @Test(arguments: ["ab", "a b", "ä12", String(repeating: "x", count: 256), ""])
    func aNameMustBeOneOfDynamoDBs(name: String) {
        #expect(throws: StorageError.invalidIndexName(name)) {
            try create(IndexDefinition(name: name, partitionKey: KeyAttribute(name: "g", kind: .string)))
        }
    }

    @Test func namesAreTakenOnce() throws {
        let definition = IndexDefinition(name: "abc", partitionKey: KeyAttribute(name: "g", kind: .string))
        try create(definition)
        #expect(throws: StorageError.indexExists(table: "t", index: "abc")) { try create(definition) }
    }

    @Test func anAttributeHasOneTypeInAllKeys() {
        #expect(throws: StorageError.indexKeyConflict(index: "abc", attribute: "s", is: .number, wanted: .string)) {
            try create(IndexDefinition(name: "abc", partitionKey: KeyAttribute(name: "s", kind: .string)))
        }
    }

    @Test func aLocalIndexHasThePartitionKeyOfTheTable() {
        #expect(throws: StorageError.self) {
            try create(
                IndexDefinition(
                    name: "abc", scope: .local, partitionKey: KeyAttribute(name: "g", kind: .string),
                    sortKey: KeyAttribute(name: "h", kind: .string)))
        }
    }

    @Test(arguments: [(IndexInfo.Scope.global, Limits.globalIndexes), (.local, Limits.localIndexes)])
    func thereIsALimit(scope: IndexInfo.Scope, limit: Int) throws {
        let partitionKey = KeyAttribute(name: "p", kind: .string)
        for number in 0..<limit {
            try create(
                IndexDefinition(
                    name: "index\(number)", scope: scope, partitionKey: partitionKey,
                    sortKey: KeyAttribute(name: "a\(number)", kind: .string)))
        }
        #expect(throws: StorageError.tooManyIndexes(table: "t", scope: scope, limit: limit)) {
            try create(
                IndexDefinition(
                    name: "more", scope: scope, partitionKey: partitionKey,
                    sortKey: KeyAttribute(name: "z", kind: .string)))
        }
    }
}
