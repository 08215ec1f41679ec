import Synchronization

/// Counts the uses of something that can be replaced while nobody uses it.
///
/// Entering and leaving cost an atomic addition each. Who comes while the gate is closed waits until it is open again.
final class UseGate: Sendable {
    /// How often it is in use; far below zero while it is closed.
    private let uses = Atomic<Int>(0)
    /// Held as long as the gate is closed.
    private let closing = Mutex(State.usable)

    private enum State {
        case usable
        /// The replacement failed; there is nothing to use any more.
        case broken
    }

    private static let closed = Int.min / 2

    /// - Parameter path: for the error.
    /// - Throws: `.previousFailure` if a replacement has failed.
    func enter(_ path: String) throws(KeyValueError) {
        while uses.add(1, ordering: .acquiring).newValue < 0 {
            leave()
            guard closing.withLock({ $0 == .usable }) else {
                throw KeyValueError(
                    code: .previousFailure, operation: .open,
                    message: "\"\(path)\" could not be opened again; close it, and open it anew")
            }
        }
    }

    func leave() {
        uses.subtract(1, ordering: .releasing)
    }

    /// Runs `replace` if nobody uses what is behind the gate.
    ///
    /// - Parameter replace: says whether there is something to use afterwards.
    /// - Returns: `false`, without having run it, if somebody does.
    func whileUnused(_ replace: () -> Bool) -> Bool {
        closing.withLock { state in
            let (isClosed, _) = uses.compareExchange(
                expected: 0, desired: Self.closed, ordering: .acquiringAndReleasing)
            guard isClosed else { return false }
            let isUsable = replace()
            if isUsable {
                uses.subtract(Self.closed, ordering: .releasing)
            } else {
                state = .broken
            }
            return true
        }
    }
}
