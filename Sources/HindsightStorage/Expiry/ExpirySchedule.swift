import Synchronization

/// How far the search for expired items has come, and when it begins anew.
///
/// It is kept in memory alone: a process that starts begins a search of its own, which costs a scan and nothing else.
final class ExpirySchedule: Sendable {
    /// Where a search goes on.
    struct Place {
        /// The number of the table.
        var table: UInt32
        /// The last key that was looked at; empty at the table's beginning.
        var key: [UInt8] = []
    }

    private let state = Mutex(State())

    private struct State {
        var place: Place?
        var next = Int64.min
        var catalog: UInt64?
        var isTaken = false
    }

    /// A search that found everything looked at is not begun again earlier than this, in microseconds of the clock.
    private static let intervalMicroseconds: Int64 = 60_000_000

    /// Takes the search, unless another thread has it or nothing is due.
    ///
    /// - Parameter catalog: the catalog's change counter; another one makes a search due.
    /// - Returns: where to go on; a place of table 0 for the beginning.
    func take(at time: Int64, catalog: UInt64) -> Place? {
        state.withLock { state in
            guard !state.isTaken, state.place != nil || time >= state.next || catalog != state.catalog else {
                return nil
            }
            state.isTaken = true
            return state.place ?? Place(table: 0)
        }
    }

    /// Gives the search back, with where it goes on.
    func leave(at place: Place) {
        state.withLock { $0 = State(place: place) }
    }

    /// Gives the search back at its end.
    func finish(at time: Int64, catalog: UInt64) {
        state.withLock { $0 = State(next: time + Self.intervalMicroseconds, catalog: catalog) }
    }
}
