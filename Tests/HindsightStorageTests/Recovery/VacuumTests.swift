import HindsightKeyValue
import HindsightTestSupport
import Testing

@testable import HindsightStorage

struct VacuumTests {
    private func fill(_ test: TestStore) throws {
        try test.store.makeTable()
        for round in 0..<5 {
            try test.store.write { transaction in
                let table = try transaction.existingTable("t")
                for id in 0..<400 {
                    try transaction.put(document(id, String(repeating: "\(round)", count: 500)), into: table)
                }
            }
        }
    }

    @Test func itGivesTheSpaceOfADroppedTableBack() throws {
        let test = try TestStore()
        try fill(test)
        try test.store.makeTable("kept")
        try test.store.put(1, "a", "kept")
        try test.store.write { try $0.dropTable("t") }
        let version = try test.store.snapshot().version
        let result = try test.store.vacuum()
        #expect(result.after < result.before / 5)
        #expect(try test.store.snapshot().version == version)
        #expect(try test.store.snapshot().text(1, "kept") == "a")
        #expect(try test.store.put(2, "b", "kept") == version + 1)
        #expect(try test.store.verify().isSound)
        try test.reopen()
        #expect(try test.store.snapshot().text(2, "kept") == "b")
    }

    @Test func thePastStays() throws {
        let test = try TestStore()
        try fill(test)
        let version = try test.store.snapshot().version
        try test.store.vacuum()
        for past in 2...version {
            let expected = String(repeating: "\(past - 2)", count: 500)
            #expect(try test.store.snapshot().text(7, at: .version(past)) == expected)
        }
    }

    @Test func aSnapshotInTheWayIsWaitedFor() async throws {
        let test = try TestStore()
        try fill(test)
        let store = test.store
        let snapshot = try store.snapshot()
        let vacuum = Task.detached { try store.vacuum() }
        WallClock.sleep(milliseconds: 150)
        #expect(try snapshot.text(1) != nil)
        snapshot.close()
        _ = try await vacuum.value
        #expect(try store.snapshot().text(1) != nil)
    }

    /// Whichever call fails: the database goes on as it was.
    @Test(arguments: 1...6)
    func aFailureLeavesTheFile(call: Int) throws {
        let failing = FailingInterceptor(atCall: 0)
        let test = try TestStore { $0.interceptor = failing }
        try fill(test)
        try test.store.write { try $0.dropTable("t") }
        failing.fail(atCall: call)
        let outcome = Result { try test.store.vacuum() }
        failing.fail(atCall: 0)
        if case .success = outcome { return }
        try test.reopen()
        #expect(try test.store.snapshot().tables.isEmpty)
        #expect(try test.store.verify().isSound)
        try test.store.vacuum()
    }
}
