import Dispatch
import HindsightKeyValue
import Synchronization

// Group commit: a durable commit costs a sync however much it holds, so one writer takes along all that wait.
//
// Whoever wants to write joins the queue. If nobody leads, he leads: on his own thread he begins a transaction of the
// key-value layer, runs the bodies in the order of the queue, one after another, commits, and tells all. Then he hands
// the lead to the first of those that have come meanwhile, and returns to his caller. So a single client never waits for
// another thread, and under load every sync serves all who came during the one before.
//
// The order of a commit, and what holds after each step:
//
//   1. begin     the writer's lock, of all processes, is ours; the tip is read inside, so versions and times follow on
//                those of other processes
//   2. bodies    each has the version after the one before; each but the first is a scope (see `StatementJournal`), so
//                that one that throws is undone alone. The first one needs no scope: if it throws, all there is is
//                undone, and the rest begins anew
//   3. seal      each body that changed something writes its `tableCommits`, its catalog counter, and last its record in
//                `commits`, by which its version exists
//   4. commit    LMDB writes the pages, syncs, then writes the page that makes them the present, and syncs that. A crash
//                before leaves the commit before; afterwards all versions of the group are there. Nothing in between can
//                be seen by anybody: history and state are written together or not at all
//   5. tell      only now does any of the callers return, and new snapshots see the versions
//
// Who needs a transaction of the key-value layer for himself, as the collector does, waits in the same queue: he is in no
// group, and when he is next he gets the lead. So writers and a collector that takes many steps take turns, which the
// lock of the key-value layer alone does not see to: who lets go of it and asks again at once mostly gets it.
//
// If step 4 fails, all callers get the error. Nothing of the group is visible. Where it is not known what has reached the
// disk, the key-value layer refuses every write to the file until it is opened again, and so does the store.

/// The writers that wait, and whether one of them leads.
final class CommitQueue: Sendable {
    private let state = Mutex(State())

    private struct State {
        var waiting: [WriteRequest] = []
        var isLed = false
    }

    /// Those who wait, and one who leads.
    var count: Int {
        state.withLock { $0.waiting.count + ($0.isLed ? 1 : 0) }
    }

    /// Joins the queue, and comes back when the request is done or when its caller is to lead.
    ///
    /// - Returns: whether the caller leads now; the request is then the next in the queue or the only one.
    func join(_ request: WriteRequest) -> Bool {
        let leads = state.withLock { state in
            state.waiting.append(request)
            defer { state.isLed = true }
            return !state.isLed
        }
        return leads || request.wait() == .lead
    }

    /// The requests to serve next in one group, in the order in which they came.
    func take(atMost limit: Int) -> [WriteRequest] {
        state.withLock { state in
            let taken = Array(state.waiting.prefix(limit).prefix { !$0.standsAlone })
            state.waiting.removeFirst(taken.count)
            return taken
        }
    }

    /// Comes back when the caller is to lead, as the only one that is served.
    func joinAlone() {
        _ = join(WriteRequest())
        state.withLock { _ = $0.waiting.removeFirst() }
    }

    /// Hands the lead to the next in the queue, if there is one.
    func handOver() {
        let next = state.withLock { state in
            if state.waiting.isEmpty { state.isLed = false }
            return state.waiting.first
        }
        next?.wake(.lead)
    }
}

/// A body that waits to be run, and its caller.
///
/// `@unchecked Sendable`: `outcome` is written by the leader before it wakes the caller, and read by the caller after it
/// was woken; the body is called once, by the leader, while the caller waits, and let go of before the caller is woken,
/// for it must not outlive the caller's call.
final class WriteRequest: @unchecked Sendable {
    enum Signal {
        case done, lead
    }

    let statement: String
    /// Whether no leader but its caller may serve it.
    let standsAlone: Bool
    private var body: ((StoreTransaction) throws -> Void)?
    private(set) var outcome: Result<Commit?, any Error> = .success(nil)
    private let semaphore = DispatchSemaphore(value: 0)
    private let signal = Mutex(Signal.done)

    init(statement: String, body: @escaping (StoreTransaction) throws -> Void) {
        self.statement = statement
        self.body = body
        standsAlone = false
    }

    /// A request that stands alone.
    init() {
        statement = ""
        standsAlone = true
    }

    func wait() -> Signal {
        semaphore.wait()
        return signal.withLock { $0 }
    }

    func wake(_ signal: Signal) {
        self.signal.withLock { $0 = signal }
        semaphore.signal()
    }

    /// Runs the body, and lets go of it.
    func run(in transaction: StoreTransaction) throws {
        defer { body = nil }
        try body?(transaction)
    }

    /// Sets what the caller will get, without waking it.
    func finish(_ outcome: Result<Commit?, any Error>) {
        body = nil
        self.outcome = outcome
    }
}
