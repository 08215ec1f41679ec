import Synchronization

/// When the collector should look again.
final class CollectionSchedule: Sendable {
    private let state = Mutex(State())

    private struct State {
        /// Time of the store's clock, in microseconds.
        var next = Int64.min
        /// The catalog's change counter when the collector found nothing more to do.
        var settled: UInt64?
    }

    /// The retention moves on with the clock; looking this often is often enough.
    private static let intervalMicroseconds: Int64 = 60_000_000

    /// Whether there may be something to do: the catalog has changed, or some time has passed.
    func isDue(at time: Int64, catalog: UInt64) -> Bool {
        state.withLock { time >= $0.next || catalog != $0.settled }
    }

    /// Nothing is left to do for now.
    func settle(at time: Int64, catalog: UInt64) {
        state.withLock { $0 = State(next: time + Self.intervalMicroseconds, settled: catalog) }
    }
}
