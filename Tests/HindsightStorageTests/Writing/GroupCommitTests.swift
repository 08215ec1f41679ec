import Dispatch
import HindsightKeyValue
import HindsightTestSupport
import Synchronization
import Testing

@testable import HindsightStorage

/// Many writers at once: each alone in its version, together in their syncs.
struct GroupCommitTests {
    /// Runs `count` bodies on threads of their own and waits for all.
    private func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) throws {
        let group = DispatchGroup()
        for index in 0..<count {
            group.enter()
            try WorkerThread.start {
                body(index)
                group.leave()
            }
        }
        group.wait()
    }

    @Test func everyWriterGetsItsOwnVersion() throws {
        let test = try TestStore()
        let table = try test.store.makeTable()
        let store = test.store
        let versions = Mutex<[Version]>([])
        try onThreads(8) { thread in
            for round in 0..<25 {
                let committed = try? store.write {
                    try $0.put(document(thread, "\(round)"), into: table)
                }
                if let commit = committed?.commit { versions.withLock { $0.append(commit.version) } }
            }
        }
        #expect(versions.withLock { $0.sorted() } == Array(2...201))
        #expect(try store.snapshot().items() == (0..<8).map { Item($0, "24") })
        let snapshot = try store.snapshot()
        #expect(try snapshot.statistics(of: table).historyRecords == 200)
    }

    /// While one holds the writer, the others queue up, and then share a commit; who fails is undone alone.
    @Test func thoseWhoWaitShareACommit() throws {
        let log = LoggingInterceptor()
        let test = try TestStore {
            $0.interceptor = log
            $0.collectsAutomatically = false
        }
        let table = try test.store.makeTable()
        let store = test.store
        let open = try store.beginTransaction()
        let outcomes = Mutex<[Int: Bool]>([:])
        let started = DispatchSemaphore(value: 0)
        let all = DispatchGroup()
        for index in 0..<10 {
            all.enter()
            try WorkerThread.start {
                started.signal()
                let isDone =
                    (try? store.write { transaction in
                        try transaction.put(document(100, "\(index)"), into: table)
                        if index % 3 == 0 { try transaction.insert(document(100, "again"), into: table) }
                        try transaction.put(document(index, "kept"), into: table)
                    }) != nil
                outcomes.withLock { $0[index] = isDone }
                all.leave()
            }
        }
        for _ in 0..<10 { started.wait() }
        // All have been started; those that are not in the queue yet only make the group smaller.
        log.clear()
        open.rollback()
        all.wait()
        let commitCount = log.lines.count { $0.hasPrefix("commit") }
        #expect(commitCount < 10)
        #expect(outcomes.withLock { $0 } == Dictionary(uniqueKeysWithValues: (0..<10).map { ($0, $0 % 3 != 0) }))
        let ids = try store.snapshot().items().map(\.id)
        #expect(ids == [1, 2, 4, 5, 7, 8, 100])
        #expect(try store.snapshot().version == 7)
    }

    /// A collector that has much to do takes turns with those who write.
    @Test func aWriterWaitsForOneStepOfTheCollector() throws {
        let test = try TestStore {
            $0.collectsAutomatically = false
            $0.collectionMilliseconds = 0
        }
        let store = test.store
        let table = try store.makeTable()
        for text in ["a", "b"] {
            try store.write { transaction in
                for id in 0..<500 { try transaction.put(document(id, text), into: table) }
            }
        }
        test.clock.advance(days: 36)
        let open = try store.beginTransaction()
        let left = Mutex(-1)
        // The collector is the first in the queue, and the writer the next.
        let all = DispatchGroup()
        for body in [
            { _ = try? store.collectGarbage() },
            {
                let records = try? store.write { try $0.statistics(of: table).historyRecords }.value
                left.withLock { $0 = records ?? -1 }
            },
        ] as [@Sendable () -> Void] {
            let waiting = store.commits.count
            all.enter()
            try WorkerThread.start {
                body()
                all.leave()
            }
            while store.commits.count == waiting { WallClock.sleep(milliseconds: 1) }
        }
        open.rollback()
        all.wait()
        #expect(left.withLock { (900..<1_000).contains($0) })
        #expect(try store.snapshot().statistics(of: table).historyRecords == 0)
    }

    @Test func aWriteInsideAWriteIsAnError() throws {
        let test = try TestStore()
        let store = test.store
        let table = try store.makeTable()
        try store.write { transaction in
            #expect(throws: StorageError.reentrantWrite) { try store.put(1, "inner") }
            #expect(throws: StorageError.reentrantWrite) { try store.beginTransaction() }
            #expect(throws: StorageError.reentrantWrite) { try store.collectGarbage() }
            try transaction.put(document(2, "outer"), into: table)
        }
        #expect(try store.snapshot().items() == [Item(2, "outer")])
        #expect(try store.put(1, "later") > 0)
    }

    @Test func theBodysErrorIsTheCallers() throws {
        struct Mine: Error {}
        let test = try TestStore()
        let table = try test.store.makeTable()
        #expect(throws: Mine.self) {
            try test.store.write { transaction in
                try transaction.put(document(1, "lost"), into: table)
                throw Mine()
            }
        }
        #expect(try test.store.snapshot().items().isEmpty)
    }

    /// Where it is not known what reached the disk, nothing is written until the file is opened again.
    @Test func afterAFailedCommitTheStoreRefusesToWrite() throws {
        let failing = FailingInterceptor(atCall: 0, of: [.commit], code: .inputOutput)
        let test = try TestStore {
            $0.interceptor = failing
            $0.collectsAutomatically = false
        }
        try test.store.makeTable()
        try test.store.put(1, "before")
        failing.fail(atCall: 1)
        #expect(throws: StorageError.self) { try test.store.put(1, "lost") }
        do {
            try test.store.put(1, "refused")
            Issue.record("a write after a failed commit")
        } catch let StorageError.keyValue(error) {
            #expect(error.code == .previousFailure)
        }
        #expect(try test.store.snapshot().text(1) == "before")
        try test.reopen()
        try test.store.put(1, "after")
        #expect(try test.store.snapshot().text(1) == "after")
    }
}
