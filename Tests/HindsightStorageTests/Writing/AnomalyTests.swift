import Dispatch
import HindsightKeyValue
import HindsightTestSupport
import Synchronization
import Testing

@testable import HindsightStorage

/// The anomalies of the literature by name, and that none of them can be seen: readers have one snapshot, and writers
/// follow one another.
struct AnomalyTests {
    /// Dirty read: what is not committed is not seen by others, not even if it commits later.
    @Test func noDirtyRead() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        try test.store.put(1, "old")
        let open = try test.store.beginTransaction()
        try open.run { try $0.put(document(1, "new"), into: table) }
        #expect(try test.store.snapshot().text(1) == "old")
        open.rollback()
        #expect(try test.store.snapshot().text(1) == "old")
    }

    /// Fuzzy read and phantom: a snapshot answers the same however often it is asked.
    @Test func noFuzzyReadNoPhantom() throws {
        let test = try TestStore()
        try test.store.makeTable()
        try test.store.put(1, "a")
        let snapshot = try test.store.snapshot()
        #expect(try snapshot.items() == [Item(1, "a")])
        try test.store.put(1, "b")
        try test.store.put(2, "c")
        #expect(try snapshot.text(1) == "a")
        #expect(try snapshot.items() == [Item(1, "a")])
        #expect(try snapshot.text(2) == nil)
    }

    /// Read skew: two items that are always written together are never seen apart.
    @Test func noReadSkewNoTornRead() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        try test.store.write { transaction in
            for id in 0..<10 { try transaction.put(document(id, "0"), into: table) }
        }
        let store = test.store
        let isDone = Atomic<Bool>(false)
        let writer = DispatchGroup()
        writer.enter()
        try WorkerThread.start {
            for round in 1...100 {
                _ = try? store.write { transaction in
                    for id in 0..<10 { try transaction.put(document(id, "\(round)"), into: table) }
                }
            }
            isDone.store(true, ordering: .relaxed)
            writer.leave()
        }
        var seen: Set<String> = []
        while !isDone.load(ordering: .relaxed) {
            let texts = Set(try store.snapshot().items().map(\.text))
            #expect(texts.count == 1)
            seen.formUnion(texts)
        }
        writer.wait()
        #expect(!seen.isEmpty)
    }

    /// Lost update: of read-and-write transactions side by side, none overwrites another's result.
    @Test func noLostUpdate() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        try test.store.put(1, "0")
        let store = test.store
        let group = DispatchGroup()
        for _ in 0..<4 {
            group.enter()
            try WorkerThread.start {
                for _ in 0..<25 {
                    _ = try? store.write { transaction in
                        let value = try transaction.text(1).flatMap { Int($0) } ?? 0
                        try transaction.put(document(1, "\(value + 1)"), into: table)
                    }
                }
                group.leave()
            }
        }
        group.wait()
        #expect(try store.snapshot().text(1) == "100")
    }

    /// Write skew: each of two writers checks that the other's item is there and deletes its own; one of them must see
    /// that the other has done so.
    @Test func noWriteSkew() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        let store = test.store
        for _ in 0..<20 {
            try store.put(1, "on call")
            try store.put(2, "on call")
            let group = DispatchGroup()
            for id in 1...2 {
                group.enter()
                try WorkerThread.start {
                    _ = try? store.write { transaction in
                        if try transaction.items().count > 1 { try transaction.delete(key: key(id), from: table) }
                    }
                    group.leave()
                }
            }
            group.wait()
            #expect(try store.snapshot().items().count == 1)
        }
    }
}
