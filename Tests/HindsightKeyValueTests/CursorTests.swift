import HindsightKeyValue
import HindsightTestSupport
import Testing

@Suite struct CursorTests {
    let environment: Environment
    let tree: Tree

    init() throws {
        environment = try Environment.openTemporary(trees: ["t", "u"])
        tree = environment.tree
        try environment.put([("b", "2"), ("d", "4"), ("f", "6")])
    }

    @Test func goesBothWays() throws {
        let cursor = try environment.beginRead().openCursor(tree)
        #expect(cursor.isOnEntry == false)
        #expect(try cursor.first())
        #expect(cursor.entry == "b=2")
        #expect(try cursor.next())
        #expect(try cursor.next())
        #expect(cursor.entry == "f=6")
        #expect(try !cursor.next())
        #expect(cursor.isOnEntry == false)
        #expect(try !cursor.next())
        #expect(try cursor.previous())
        #expect(cursor.entry == "f=6")
        #expect(try cursor.previous())
        #expect(try cursor.previous())
        #expect(cursor.entry == "b=2")
        #expect(try !cursor.previous())
        #expect(try !cursor.previous())
        #expect(try cursor.next())
        #expect(cursor.entry == "b=2")
        #expect(try cursor.last())
        #expect(cursor.entry == "f=6")
    }

    @Test func startsNowhere() throws {
        let reading = try environment.beginRead()
        let forward = try reading.openCursor(tree)
        #expect(try forward.next())
        #expect(forward.text == "b")
        let backward = try reading.openCursor(tree)
        #expect(try backward.previous())
        #expect(backward.text == "f")
    }

    @Test(arguments: [("a", "b"), ("b", "b"), ("bb", "d"), ("f", "f"), ("", "b")])
    func seeksAtOrAfter(key: String, found: String) throws {
        let cursor = try environment.beginRead().openCursor(tree)
        #expect(try cursor.seek(atOrAfter: bytes(key).span.bytes))
        #expect(cursor.text == found)
    }

    @Test func seeksBeyondTheEnd() throws {
        let cursor = try environment.beginRead().openCursor(tree)
        #expect(try !cursor.seek(atOrAfter: bytes("g").span.bytes))
        #expect(cursor.isOnEntry == false)
        #expect(try cursor.previous())
        #expect(cursor.text == "f")
    }

    @Test func seeksExactly() throws {
        let cursor = try environment.beginRead().openCursor(tree)
        #expect(try cursor.seekExact(bytes("d").span.bytes))
        #expect(cursor.entry == "d=4")
        #expect(try cursor.next())
        #expect(cursor.entry == "f=6")
        #expect(try !cursor.seekExact(bytes("c").span.bytes))
        #expect(cursor.isOnEntry == false)
        #expect(try cursor.next())
        #expect(cursor.entry == "b=2")
        #expect(try !cursor.seekExact(bytes("").span.bytes))
    }

    @Test func anEmptyTree() throws {
        let cursor = try environment.beginRead().openCursor(environment.tree(named: "u"))
        #expect(try !cursor.first())
        #expect(try !cursor.last())
        #expect(try !cursor.next())
        #expect(try !cursor.previous())
        #expect(try !cursor.seek(atOrAfter: bytes("a").span.bytes))
        #expect(try !cursor.seekExact(bytes("a").span.bytes))
    }

    // MARK: Lifetimes

    /// As the storage layer holds cursors: in objects, over many calls.
    private final class Scan {
        private let cursor: Cursor

        init(_ transaction: borrowing Transaction, _ tree: Tree) throws {
            cursor = try transaction.openCursor(tree)
        }

        func next() throws -> Bool {
            try cursor.next()
        }

        var key: RawSpan {
            @_lifetime(borrow self)
            get { cursor.key(heldBy: self) }
        }

        var value: RawSpan {
            @_lifetime(borrow self)
            get { cursor.value(heldBy: self) }
        }
    }

    private final class Snapshot {
        private let transaction: Transaction

        init(_ environment: Environment) throws {
            transaction = try environment.beginRead()
        }

        func scan(_ tree: Tree) throws -> Scan {
            try Scan(transaction, tree)
        }

        @_lifetime(borrow self)
        func get(_ tree: Tree, _ key: borrowing RawSpan) throws -> RawSpan? {
            try transaction.get(tree, key, heldBy: self)
        }
    }

    @Test func aCursorInAnObjectOutlivesItsTransaction() throws {
        var snapshot: Snapshot? = try Snapshot(environment)
        let scan = try #require(try snapshot?.scan(tree))
        #expect(try scan.next())
        snapshot = nil
        // Much writing, which would reuse the snapshot's pages if nothing held it.
        for round in 0..<20 {
            try environment.put((0..<200).map { ("key \($0)", "round \(round)") } + [("b", "\(round)")])
        }
        #expect(scan.key.array == bytes("b"))
        #expect(scan.value.array == bytes("2"))
        #expect(try scan.next())
        #expect(scan.value.array == bytes("4"))
        #expect(try scan.next())
        #expect(try !scan.next())
    }

    @Test func anObjectHandsOutBytesInPlace() throws {
        let snapshot = try Snapshot(environment)
        let scan = try snapshot.scan(tree)
        while try scan.next() {
            let value = try snapshot.get(tree, scan.key)
            let isSame = value?.isEqual(to: scan.value) ?? false
            #expect(isSame)
        }
    }

    @Test func earlierBytesStayWhileAReaderMovesOn() throws {
        let cursor = try environment.beginRead().openCursor(tree)
        _ = try cursor.first()
        let first = cursor.key
        _ = try cursor.next()
        let second = cursor.key
        let difference = first.compare(second)
        let (firstKey, secondKey) = (first.array, second.array)
        #expect(difference < 0)
        #expect(firstKey == bytes("b"))
        #expect(secondKey == bytes("d"))
    }

    @Test func theEndOfAWriteEndsItsCursors() throws {
        let writing = try environment.beginWrite()
        let cursor = try writing.openCursor(tree)
        #expect(try cursor.first())
        try writing.commit()
        #expect(try codeThrown { try cursor.next() } == .transactionUnusable)
        #expect(try codeThrown { try cursor.seekExact(bytes("b").span.bytes) } == .transactionUnusable)

        var abandoned: Transaction? = try environment.beginWrite()
        let other = try abandoned?.openCursor(tree)
        abandoned = nil
        #expect(try codeThrown { _ = try other?.first() } == .transactionUnusable)
        try environment.put([("z", "9")])
    }

    // MARK: Changes under a cursor

    @Test func staysOnItsEntryWhileOthersChange() throws {
        var writing = try environment.beginWrite()
        let cursor = try writing.openCursor(tree)
        #expect(try cursor.seekExact(bytes("d").span.bytes))
        for number in 0..<500 {
            try writing.put(tree, bytes("c \(number)").span.bytes, bytes("new").span.bytes)
            #expect(cursor.entry == "d=4")
        }
        try writing.put(tree, bytes("e").span.bytes, bytes("5").span.bytes)
        #expect(try cursor.next())
        #expect(cursor.entry == "e=5")
        try writing.delete(tree, bytes("f").span.bytes)
        #expect(try !cursor.next())
    }

    @Test func seesANewValueOfItsEntry() throws {
        var writing = try environment.beginWrite()
        let cursor = try writing.openCursor(tree)
        #expect(try cursor.seekExact(bytes("d").span.bytes))
        let large = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000)
        try writing.put(tree, bytes("d").span.bytes, large.span.bytes)
        #expect(cursor.value.array == large)
        #expect(cursor.text == "d")
    }

    @Test func replacesAndDeletes() throws {
        let writing = try environment.beginWrite()
        var cursor = try writing.openCursor(tree)
        while try cursor.next() {
            if cursor.text == "d" {
                try cursor.delete()
                #expect(cursor.isOnEntry == false)
            } else {
                try cursor.replaceValue(bytes("changed, and longer").span.bytes)
                #expect(cursor.entry == "\(cursor.text)=changed, and longer")
            }
        }
        try writing.commit()
        #expect(try environment.contents() == ["b=changed, and longer", "f=changed, and longer"])
    }

    @Test func deletesBackwards() throws {
        try environment.put((100..<1100).map { ("\($0)", "x") })
        let writing = try environment.beginWrite()
        var cursor = try writing.openCursor(tree)
        var count = 0
        while try cursor.previous() {
            try cursor.delete()
            count += 1
        }
        #expect(count == 1003)
        try writing.commit()
        #expect(try environment.contents() == [])
    }

    @Test func deletesEverySecond() throws {
        try environment.put((1000..<2000).map { ("\($0)", String(repeating: "x", count: 50)) })
        let writing = try environment.beginWrite()
        var cursor = try writing.openCursor(tree)
        while try cursor.next() {
            try cursor.delete()
            try cursor.next()
        }
        try writing.commit()
        #expect(try environment.contents().count == 501)
        #expect(try environment.contents().first?.hasPrefix("1001=") == true)
    }
}
