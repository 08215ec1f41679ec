import HindsightKeyValue
import Synchronization

// Plans are carried out when the database is opened, after commits, and by `runPlans`; always by the store's clock. A time
// that passed while nobody had the file open is caught up by one backup, for more of them would all hold the same.

/// When the next plan is due, so that a commit need not look.
final class PlanSchedule: Sendable {
    private let state = Mutex(State())

    private struct State {
        var catalog: UInt64?
        var next = Int64.min
    }

    /// - Parameter catalog: the catalog's change counter; another one may have other plans.
    func isDue(at time: Int64, catalog: UInt64) -> Bool {
        state.withLock { time >= $0.next || catalog != $0.catalog }
    }

    func wait(until time: Int64, catalog: UInt64) {
        state.withLock { $0 = State(catalog: catalog, next: time) }
    }
}

extension Store {
    /// Makes the backups of all plans that are due, and the copies that are not made yet.
    ///
    /// - Returns: the numbers of backups and of copies made.
    /// - Throws: `.readOnly`, `.reentrantWrite`, `.keyValue`. A copy that fails is noted in its plan and tried again later.
    @discardableResult
    package func runPlans() throws(StorageError) -> (backups: Int, copies: Int) {
        try checkWritable()
        let snapshot = try snapshot()
        let plans = try snapshot.backupPlans
        let now = snapshot.now
        snapshot.close()
        var backups = 0
        if plans.contains(where: { $0.due(at: now) != nil }) {
            backups = try writing(Self.planStatement) { transaction throws(StorageError) in
                try transaction.runDuePlans()
            }
        }
        let copies = try copyBackups()
        try notePlans()
        return (backups, copies)
    }

    /// Carries out what is due, after a commit or when the file is opened.
    package func runPlansIfDue() {
        guard options.collectsAutomatically, !isReadOnly else { return }
        let catalog = knownTip?.catalog.counters.changes ?? 0
        guard plans.isDue(at: clock(), catalog: catalog) else { return }
        // Nothing that the caller asked for depends on it. What goes wrong shows when the user runs the plans.
        do {
            try notePlans()
            if plans.isDue(at: clock(), catalog: knownTip?.catalog.counters.changes ?? 0) { try runPlans() }
        } catch {
            plans.wait(until: clock() + Self.retryMicroseconds, catalog: catalog)
        }
    }

    private static let retryMicroseconds: Int64 = 60_000_000

    /// Remembers when the next plan is due.
    private func notePlans() throws(StorageError) {
        let snapshot = try snapshot()
        defer { snapshot.close() }
        let known = try snapshot.backupPlans
        let hasWaitingCopies = known.contains { !$0.uncopied.isEmpty }
        let next = known.compactMap(\.nextTime).min() ?? .max
        plans.wait(
            until: hasWaitingCopies ? min(next, snapshot.now + Self.retryMicroseconds) : next,
            catalog: snapshot.catalogVersion)
    }

    /// What the commits of plans note as their statement.
    static let planStatement = "BACKUP PLAN"
}
