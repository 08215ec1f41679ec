import HindsightKeyValue
import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

/// Reading the past where much has changed since.
struct PastScanTests {
    /// Enough changed rows for the scan to go over from chains to the index, with deletions and new items among them, and
    /// with another table's commits in between.
    @Test(arguments: [Direction.forward, .backward])
    func longScansOfThePastAreRight(direction: Direction) throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        let other = try test.store.makeTable("other")
        var random = SeededGenerator(seed: 7)
        var model: [Int: String] = [:]
        var states: [(Version, [Int: String])] = []
        for round in 0..<12 {
            let commit = try test.store.write { transaction in
                for _ in 0..<150 {
                    let id = Int.random(in: 0..<400, using: &random)
                    if Int.random(in: 0..<4, using: &random) == 0 {
                        try transaction.delete(key: key(id), from: table)
                        model[id] = nil
                    } else {
                        try transaction.put(document(id, "\(round)"), into: table)
                        model[id] = "\(round)"
                    }
                    try transaction.put(document(id, "\(round)"), into: other)
                }
            }.commit
            states.append((try #require(commit).version, model))
            try test.store.put(1000 + round, "x", "other")
        }
        let snapshot = try test.store.snapshot()
        for (version, state) in states {
            let expected = state.sorted { $0.key < $1.key }.map { Item($0.key, $0.value) }
            let items = try snapshot.items(at: .version(version), direction)
            #expect(items == (direction == .forward ? expected : expected.reversed()), "v\(version)")
        }
    }

    /// A hot item: any of its many versions is found, and with few reads.
    @Test func anOldVersionOfAHotItemIsNear() throws {
        let log = LoggingInterceptor()
        let test = try TestStore { $0.interceptor = log }
        let table = try test.store.makeTable()
        let first = try test.store.put(1, "0")
        let count = 1500
        for round in 1...count { try test.store.put(1, "\(round)") }
        let snapshot = try test.store.snapshot()
        var most = 0
        for round in stride(from: 0, through: count, by: 13) {
            log.clear()
            let place = try snapshot.place(of: key(1), in: table, at: first + Version(round))
            #expect(place != nil)
            most = max(most, log.lines.count { $0.hasPrefix("get changes") })
            #expect(try snapshot.text(1, at: .version(first + Version(round))) == "\(round)")
        }
        // 2 · log₂ 1500 is 21.
        #expect(most <= 24, "\(most) reads")
        #expect(most > 0)
    }

    /// A scan in a write transaction goes on while the transaction writes.
    @Test(arguments: [Direction.forward, .backward])
    func aCursorOutlastsWrites(direction: Direction) throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        let copy = try test.store.makeTable("copy")
        for id in 0..<50 { try test.store.put(id, "old") }
        let version = try test.store.snapshot().version
        try test.store.write { transaction in
            let cursor = try transaction.openCursor(table, .all, at: nil, direction)
            let past = try transaction.openCursor(table, .all, at: version, direction)
            while try cursor.next() {
                let item = try Item(cursor.document)
                #expect(try past.next())
                #expect(try Item(past.document) == Item(item.id, "old"))
                try transaction.put(document(item.id, "copied"), into: copy)
                try transaction.put(document(item.id, "new"), into: table)
                if item.id % 7 == 0 { try transaction.delete(key: key(item.id), from: table) }
            }
            let isOver = try !past.next()
            #expect(isOver)
        }
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.items("copy").count == 50)
        #expect(try snapshot.items() == (0..<50).filter { $0 % 7 != 0 }.map { Item($0, "new") })
    }

    @Test func aClosedSnapshotSaysSo() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        try test.store.put(1, "a")
        let snapshot = try test.store.snapshot()
        let cursor = try snapshot.openCursor(table)
        #expect(try cursor.next())
        snapshot.close()
        snapshot.close()
        #expect(throws: StorageError.closed) { try snapshot.openCursor(table) }
        #expect(throws: StorageError.closed) { _ = try snapshot.text(1) }
        #expect(throws: StorageError.closed) { try cursor.next() }
        #expect(try test.store.snapshot().text(1) == "a")
    }
}
