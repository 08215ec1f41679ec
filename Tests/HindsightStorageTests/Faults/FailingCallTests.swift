import HindsightKeyValue
import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

/// Each call of the key-value layer fails once, at every place of a history that uses all that storage does: afterwards
/// the file holds the state before or after the step that failed, now and in the past.
struct FailingCallTests {
    /// What can be seen of a database: the items of each table, and of the restorable ones at each version.
    private struct View: Equatable {
        var present: [String: [Item]] = [:]
        var past: [String: [[Item]]] = [:]
    }

    private typealias Step = @Sendable (Store) throws -> Void

    private static let steps: [Step] = [
        { try $0.makeTable("t") },
        { store in
            try store.write { transaction in
                for id in 0..<40 { try transaction.insert(document(id, "one"), into: transaction.existingTable("t")) }
            }
        },
        { store in try store.write { try $0.createIndex(IndexModel.definition, of: "t") } },
        { try $0.put(3, "two") },
        { try $0.delete(4) },
        { store in
            try store.write { transaction in
                let table = try transaction.existingTable("t")
                try transaction.statement { try transaction.put(document(5, "three"), into: table) }
                try transaction.statement {
                    for id in 10..<20 { try transaction.delete(key: key(id), from: table) }
                }
            }
        },
        { store in try store.write { try $0.createRestorePoint("point") } },
        { store in try store.write { try $0.restore("t", to: "fork", at: .version(3)) } },
        { store in try store.put(3, "fork", "fork") },
        { store in
            try store.write { try $0.disableRecovery(of: "t") }
        },
        { store in _ = try store.collectGarbage() },
        { store in try store.write { try $0.renameTable("t", to: "u") } },
        { store in try store.write { try $0.dropTable("u") } },
        { store in _ = try store.collectGarbage() },
    ]

    private func view(_ store: Store) throws -> View {
        let snapshot = try store.snapshot()
        var view = View()
        for table in snapshot.tables {
            let items = try snapshot.items(table.name)
            view.present[table.name] = items
            if snapshot.index(named: IndexModel.name, of: table) != nil {
                #expect(try snapshot.indexItems(table.name) == IndexModel.ordered(items))
            }
            guard let recovery = table.recovery else { continue }
            view.past[table.name] = try (recovery.enabledVersion...snapshot.version).map {
                try snapshot.items(table.name, at: .version($0))
            }
        }
        return view
    }

    /// The views after each step of the history, when nothing fails.
    private func expectedViews() throws -> [View] {
        let test = try TestStore { $0.collectsAutomatically = false }
        var views = [try view(test.store)]
        for step in Self.steps {
            try step(test.store)
            views.append(try view(test.store))
        }
        return views
    }

    /// - Returns: whether the fault was met.
    private func run(failingAt count: Int, _ code: KeyValueError.Code, expecting views: [View]) throws -> Bool {
        let failing = FailingInterceptor(atCall: 0, code: code)
        let test = try TestStore {
            $0.collectsAutomatically = false
            $0.interceptor = failing
        }
        failing.fail(atCall: count)
        var done = 0
        var fault: (any Error)?
        do {
            for step in Self.steps {
                try step(test.store)
                done += 1
            }
        } catch {
            fault = error
        }
        let wasMet = failing.callCount >= count
        failing.fail(atCall: 0)
        #expect(fault != nil || !wasMet, "a failing call that nobody noticed, at \(count)")
        try test.reopen()
        let found = try view(test.store)
        let allowed = fault == nil ? [views[done]] : [views[done], views[done + 1]]
        #expect(allowed.contains(found), "call \(count), step \(done), \(fault.map { "\($0)" } ?? "no error")")
        // What was interrupted can be done again.
        if fault != nil, found == views[done], done + 1 < views.count {
            try Self.steps[done](test.store)
            #expect(try view(test.store) == views[done + 1], "step \(done) again after call \(count)")
        }
        return wasMet
    }

    @Test(arguments: [KeyValueError.Code.diskFull, .inputOutput])
    func everyCallFailsOnce(code: KeyValueError.Code) throws {
        let views = try expectedViews()
        var count = 1
        while try run(failingAt: count, code, expecting: views) { count += count < 200 ? 1 : 7 }
        #expect(count > 200, "the history makes many calls, found \(count)")
    }
}
