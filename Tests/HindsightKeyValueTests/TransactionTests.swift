import HindsightKeyValue
import HindsightTestSupport
import Testing

@Suite struct TransactionTests {
    let environment: Environment
    let tree: Tree

    init() throws {
        environment = try Environment.openTemporary(trees: ["t"])
        tree = environment.tree
    }

    @Test func getsInPlace() throws {
        try environment.put([("a", "one"), ("b", "")])
        let reading = try environment.beginRead()
        let value = try #require(try reading.get(tree, bytes("a").span.bytes)?.array)
        #expect(value == bytes("one"))
        #expect(try reading.get(tree, bytes("b").span.bytes)?.byteCount == 0)
        #expect(try reading.get(tree, bytes("c").span.bytes)?.byteCount == nil)
        #expect(try reading.contains(tree, bytes("a").span.bytes))
        #expect(try !reading.contains(tree, bytes("c").span.bytes))
    }

    @Test func aWriterSeesItsOwnWritesAndOthersDoNot() throws {
        var writing = try environment.beginWrite()
        try writing.put(tree, bytes("a").span.bytes, bytes("1").span.bytes)
        #expect(try writing.get(tree, bytes("a").span.bytes)?.array == bytes("1"))
        let before = try environment.beginRead()
        try writing.commit()
        let after = try environment.beginRead()
        #expect(try before.contents(of: tree) == [])
        #expect(try after.contents(of: tree) == ["a=1"])
        #expect(after.number == before.number + 1)
    }

    @Test func whatIsNotCommittedIsUndone() throws {
        try environment.put([("a", "1")])
        do {
            var writing = try environment.beginWrite()
            try writing.put(tree, bytes("b").span.bytes, bytes("2").span.bytes)
            try writing.delete(tree, bytes("a").span.bytes)
        }
        #expect(try environment.contents() == ["a=1"])
        // The writer's place is free again.
        try environment.put([("c", "3")])
    }

    @Test func putsWithFlags() throws {
        var writing = try environment.beginWrite()
        #expect(try writing.put(tree, bytes("b").span.bytes, bytes("1").span.bytes, flags: .noOverwrite))
        #expect(try !writing.put(tree, bytes("b").span.bytes, bytes("2").span.bytes, flags: .noOverwrite))
        #expect(try writing.put(tree, bytes("c").span.bytes, bytes("3").span.bytes, flags: .append))
        #expect(
            try codeThrown { try writing.put(tree, bytes("a").span.bytes, bytes("4").span.bytes, flags: .append) }
                == .notInOrder)
        try writing.put(tree, bytes("c").span.bytes, bytes("5").span.bytes)
        #expect(try writing.contents(of: tree) == ["b=1", "c=5"])
    }

    @Test func fillsReservedRoom() throws {
        var writing = try environment.beginWrite()
        try writing.put(tree, bytes("a").span.bytes, byteCount: 17) { output in
            output.append(bytes: bytes("xyz").span.bytes)
            output.append(bigEndian: UInt16(0x6162))
            output.append(littleEndian: UInt32(0x6665_6463))
            output.append(bigEndian: UInt64(0x6768_696A_6B6C_6D6E))
        }
        try writing.put(tree, bytes("b").span.bytes, byteCount: 0) { _ in }
        var isCalled = false
        #expect(
            try !writing.put(tree, bytes("a").span.bytes, byteCount: 3, flags: .noOverwrite) { _ in isCalled = true })
        #expect(!isCalled)
        let large = [UInt8](repeating: 7, count: 50_000)
        try writing.put(tree, bytes("c").span.bytes, byteCount: large.count) { $0.append(bytes: large.span.bytes) }
        try writing.commit()
        let reading = try environment.beginRead()
        #expect(try reading.get(tree, bytes("a").span.bytes)?.array == bytes("xyzabcdefghijklmn"))
        #expect(try reading.get(tree, bytes("b").span.bytes)?.byteCount == 0)
        #expect(try reading.get(tree, bytes("c").span.bytes)?.array == large)
    }

    @Test func deletesAndClears() throws {
        try environment.put((0..<1000).map { ("\($0)", "x") })
        var writing = try environment.beginWrite()
        #expect(try writing.delete(tree, bytes("17").span.bytes))
        #expect(try !writing.delete(tree, bytes("17").span.bytes))
        #expect(try writing.entryCount(tree) == 999)
        try writing.clear(tree)
        #expect(try writing.entryCount(tree) == 0)
        try writing.put(tree, bytes("a").span.bytes, bytes("1").span.bytes)
        try writing.commit()
        #expect(try environment.contents() == ["a=1"])
    }

    @Test func keysHaveLimits() throws {
        var writing = try environment.beginWrite()
        let longest = [UInt8](repeating: 1, count: Environment.maximumKeyByteCount)
        try writing.put(tree, longest.span.bytes, longest.span.bytes)
        let tooLong = longest + [1]
        #expect(try codeThrown { try writing.put(tree, tooLong.span.bytes, longest.span.bytes) } == .keyTooLong)
        let empty: [UInt8] = []
        #expect(try codeThrown { try writing.put(tree, empty.span.bytes, longest.span.bytes) } == .badValueSize)
        // Neither spoils the transaction; and looking for such keys finds nothing.
        #expect(try writing.get(tree, tooLong.span.bytes)?.byteCount == nil)
        #expect(try writing.get(tree, empty.span.bytes)?.byteCount == nil)
        #expect(try !writing.delete(tree, tooLong.span.bytes))
        #expect(try !writing.delete(tree, empty.span.bytes))
        try writing.commit()
        #expect(try environment.beginRead().entryCount(tree) == 1)
    }

    @Test func renewSeesLaterCommits() throws {
        var reading = try environment.beginRead()
        #expect(try reading.contents(of: tree) == [])
        try environment.put([("a", "1")])
        #expect(try reading.contents(of: tree) == [])
        reading.reset()
        #expect(try codeThrown { _ = try reading.contains(tree, bytes("a").span.bytes) } == .transactionUnusable)
        try reading.renew()
        #expect(try reading.contents(of: tree) == ["a=1"])
    }

    @Test func readTransactionsMayChangeThreads() async throws {
        try environment.put([("a", "1")])
        let environment = environment
        let snapshot = try await Task.detached { try Snapshot(environment) }.value
        #expect(try snapshot.transaction.contents(of: tree) == ["a=1"])
    }

    /// Handed from one thread to another, and never used by two at once.
    private final class Snapshot: @unchecked Sendable {
        let transaction: Transaction

        init(_ environment: Environment) throws {
            transaction = try environment.beginRead()
        }
    }

    @Test func writersWaitForEachOther() async throws {
        let environment = environment
        let tree = tree
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do {
                        for _ in 0..<25 { try Self.increment(environment, tree) }
                    } catch {
                        Issue.record(error)
                    }
                }
            }
        }
        let reading = try environment.beginRead()
        #expect(try reading.get(tree, bytes("n").span.bytes)?.loadLittleEndian(UInt64.self, at: 0) == 200)
    }

    private static func increment(_ environment: Environment, _ tree: Tree) throws {
        var writing = try environment.beginWrite()
        let number = try writing.get(tree, bytes("n").span.bytes)?.loadLittleEndian(UInt64.self, at: 0) ?? 0
        try writing.put(tree, bytes("n").span.bytes, byteCount: 8) { $0.append(littleEndian: number + 1) }
        try writing.commit()
    }
}

@Suite struct NestedTransactionTests {
    let environment: Environment
    let tree: Tree

    init() throws {
        environment = try Environment.openTemporary(trees: ["t"])
        tree = environment.tree
        try environment.put([("a", "1"), ("b", "2")])
    }

    @Test func committedBecomesPartOfTheOuterOne() throws {
        var writing = try environment.beginWrite()
        try writing.beginNested()
        #expect(writing.isNested == true)
        try writing.put(tree, bytes("c").span.bytes, bytes("3").span.bytes)
        try writing.commitNested()
        #expect(writing.isNested == false)
        #expect(try writing.contents(of: tree) == ["a=1", "b=2", "c=3"])
        #expect(try environment.contents() == ["a=1", "b=2"])
        try writing.commit()
        #expect(try environment.contents() == ["a=1", "b=2", "c=3"])
    }

    @Test func abortedLeavesTheOuterOneAsItWas() throws {
        var writing = try environment.beginWrite()
        try writing.put(tree, bytes("c").span.bytes, bytes("3").span.bytes)
        try writing.beginNested()
        try writing.delete(tree, bytes("a").span.bytes)
        try writing.clear(tree)
        try writing.put(tree, bytes("z").span.bytes, bytes("9").span.bytes)
        writing.abortNested()
        #expect(try writing.contents(of: tree) == ["a=1", "b=2", "c=3"])
        try writing.commit()
        #expect(try environment.contents() == ["a=1", "b=2", "c=3"])
    }

    @Test func nestsSeveralTimes() throws {
        var writing = try environment.beginWrite()
        for level in 0..<5 {
            try writing.beginNested()
            try writing.put(tree, bytes("level \(level)").span.bytes, bytes("x").span.bytes)
        }
        try writing.commitNested()
        try writing.commitNested()
        writing.abortNested()
        try writing.commitNested()
        try writing.commitNested()
        try writing.commit()
        #expect(try environment.contents() == ["a=1", "b=2", "level 0=x", "level 1=x"])
    }

    @Test func endsWithTheOuterOne() throws {
        do {
            var writing = try environment.beginWrite()
            try writing.beginNested()
            try writing.put(tree, bytes("c").span.bytes, bytes("3").span.bytes)
        }
        #expect(try environment.contents() == ["a=1", "b=2"])
        try environment.put([("d", "4")])
    }

    @Test func outerCursorsGoOn() throws {
        var writing = try environment.beginWrite()
        let cursor = try writing.openCursor(tree)
        #expect(try cursor.first())
        try writing.beginNested()
        try writing.put(tree, bytes("aa").span.bytes, bytes("x").span.bytes)
        #expect(cursor.entry == "a=1")
        #expect(try cursor.next())
        #expect(cursor.entry == "aa=x")
        writing.abortNested()
        #expect(try cursor.first())
        #expect(cursor.entry == "a=1")
        #expect(try cursor.next())
        #expect(cursor.entry == "b=2")
        try writing.beginNested()
        try writing.put(tree, bytes("c").span.bytes, bytes("y").span.bytes)
        try writing.commitNested()
        #expect(try cursor.next())
        #expect(cursor.entry == "c=y")
        try writing.commit()
    }

    @Test func innerCursorsEndWithTheirTransaction() throws {
        var writing = try environment.beginWrite()
        try writing.beginNested()
        let inner = try writing.openCursor(tree)
        #expect(try inner.first())
        try writing.commitNested()
        #expect(try codeThrown { try inner.next() } == .transactionUnusable)
        try writing.beginNested()
        #expect(try codeThrown { try inner.next() } == .transactionUnusable)
        writing.abortNested()
        try writing.commit()
        #expect(try codeThrown { try inner.first() } == .transactionUnusable)
    }

    @Test func outerCursorsMayBeReleasedInside() throws {
        var writing = try environment.beginWrite()
        var cursor: Cursor? = try writing.openCursor(tree)
        _ = try cursor?.first()
        try writing.beginNested()
        cursor = nil
        try writing.put(tree, bytes("c").span.bytes, bytes("3").span.bytes)
        writing.abortNested()
        try writing.put(tree, bytes("d").span.bytes, bytes("4").span.bytes)
        try writing.commit()
        #expect(try environment.contents() == ["a=1", "b=2", "d=4"])
    }
}
