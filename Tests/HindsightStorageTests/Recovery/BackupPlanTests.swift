import HindsightKeyValue
import HindsightTestSupport
import Testing

@testable import HindsightStorage

struct BackupPlanTests {
    private static func plan(
        _ name: String, of tables: [String] = ["t"], _ schedule: BackupPlan.Schedule, keepDays: Int? = nil
    ) -> BackupPlan {
        BackupPlan(name: name, tables: tables, schedule: schedule, keepDays: keepDays, copy: nil)
    }

    private static func add(_ plan: BackupPlan, to store: Store) throws {
        try store.write { try $0.createBackupPlan(plan) }
    }

    // MARK: A run that is interrupted

    /// - Returns: whether the fault was met.
    private func runsOnce(failingAt count: Int) throws -> Bool {
        let failing = FailingInterceptor(atCall: 0, code: .diskFull)
        let test = try TestStore {
            $0.collectsAutomatically = false
            $0.interceptor = failing
        }
        try test.store.makeTable(recovery: false)
        try test.store.put(1, "a")
        try Self.add(Self.plan("daily", .everyDays(1)), to: test.store)
        test.clock.advance(seconds: 60, days: 2)
        failing.fail(atCall: count)
        var isDone = false
        do {
            try test.store.runPlans()
            isDone = true
        } catch {}
        let wasMet = failing.callCount >= count
        failing.fail(atCall: 0)
        try test.reopen()
        let snapshot = try test.store.snapshot()
        let plan = try #require(try snapshot.backupPlan(named: "daily"))
        let made = snapshot.backups.count
        #expect(!isDone || made == 1, "a run that was lost, at call \(count)")
        #expect((plan.due(at: snapshot.now) == nil) == (made == 1), "backup and plan disagree, at call \(count)")
        snapshot.close()
        try test.store.runPlans()
        let after = try test.store.snapshot()
        #expect(after.backups.map { $0.backup?.name } == ["daily.20260503T120000Z"], "at call \(count)")
        #expect(try after.backupPlan(named: "daily")?.missedRuns == 1, "at call \(count)")
        let findings = try test.store.verify().findings
        #expect(findings.isEmpty, "\(findings)")
        return wasMet
    }

    @Test func aRunIsDoneOnceWhateverCallFails() throws {
        var count = 1
        while try runsOnce(failingAt: count) { count += 1 }
        #expect(count > 10, "a run makes many calls, found \(count)")
    }

    // MARK: Missed runs

    @Test func veryManyMissedRunsAreOneBackup() throws {
        let test = try TestStore()
        try test.store.makeTable(recovery: false)
        try Self.add(Self.plan("minutes", .cron("cron(* * ? * * *)")), to: test.store)
        test.clock.advance(days: 100)
        let (backups, _) = try test.store.runPlans()
        #expect(backups == 1)
        let snapshot = try test.store.snapshot()
        let plan = try #require(try snapshot.backupPlan(named: "minutes"))
        #expect(plan.missedRuns == Limits.missedRuns)
        #expect(plan.due(at: test.clock.time) == nil)
        test.clock.advance(seconds: 60)
        #expect(plan.due(at: test.clock.time)?.missed == 0)
    }

    // MARK: Against a model

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func randomDaysAreWhatTheModelSays(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let test = try TestStore { $0.collectsAutomatically = false }
        try test.store.makeTable(recovery: false)
        var model = PlanModel()
        for step in 0..<60 {
            test.clock.advance(
                seconds: .random(in: 1...80_000, using: &random), days: .random(in: 0...3, using: &random))
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<2:
                let days = Int.random(in: 1...4, using: &random)
                let keep = Bool.random(using: &random) ? Int.random(in: 1...9, using: &random) : nil
                let name = "plan\(step)"
                try Self.add(Self.plan(name, .everyDays(days), keepDays: keep), to: test.store)
                let made = try #require(try test.store.snapshot().backupPlan(named: name))
                model.plans[name] = .init(days: days, keepDays: keep, created: made.createdTime)
            case 2:
                guard let name = model.plans.keys.sorted().randomElement(using: &random) else { continue }
                try test.store.write { try $0.dropBackupPlan(name) }
                model.plans[name] = nil
            case 3: try test.reopen()
            case 4: try test.store.put(step, "x")
            default:
                try test.store.runPlans()
                model.run(at: test.clock.time)
            }
            try test.store.collectGarbage()
            model.expire(at: test.clock.time)
            try check(test.store, model, "seed \(seed), step \(step)")
        }
        #expect(try test.store.verify().findings.isEmpty)
    }

    private func check(_ store: Store, _ model: PlanModel, _ place: String) throws {
        let snapshot = try store.snapshot()
        var counts: [String: Int] = [:]
        for backup in snapshot.backups { counts[backup.backup?.plan ?? "", default: 0] += 1 }
        #expect(counts == model.backupCounts, "\(place)")
        for plan in try snapshot.backupPlans {
            #expect(plan.missedRuns == model.plans[plan.name]?.missed, "\(place), \(plan.name)")
        }
    }
}

/// What plans must have made.
private struct PlanModel {
    struct Plan {
        let days: Int
        let keepDays: Int?
        let created: Int64
        /// Periods since the plan was made whose backup is there or was missed.
        var served: Int64 = 0
        var missed: UInt64 = 0
    }

    var plans: [String: Plan] = [:]
    private var backups: [(plan: String, expiry: Int64?)] = []

    var backupCounts: [String: Int] {
        Dictionary(backups.map { ($0.plan, 1) }, uniquingKeysWith: +)
    }

    mutating func run(at time: Int64) {
        for (name, plan) in plans {
            let periods = (time - plan.created) / (Int64(plan.days) * TestClock.day)
            guard periods > plan.served else { continue }
            plans[name]?.missed += UInt64(periods - plan.served - 1)
            plans[name]?.served = periods
            backups.append((name, plan.keepDays.map { time + Int64($0) * TestClock.day }))
        }
    }

    mutating func expire(at time: Int64) {
        backups.removeAll { ($0.expiry ?? .max) <= time }
    }
}
