import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Kills its own process with SIGKILL at the n-th step that makes data durable, so that nothing is cleaned up.
package final class CrashingInterceptor: CallInterceptor {
    /// Whether the step has been taken when the process dies.
    package enum Moment: String, Sendable {
        case before, after
    }

    private let watched: Set<Operation>
    private let moment: Moment
    private let crashing: Int
    private let before = Atomic<Int>(0)
    private let after = Atomic<Int>(0)

    /// - Parameters:
    ///   - count: which of the watched steps kills, from 1.
    ///   - watched: the steps that count.
    package init(atCall count: Int, _ moment: Moment, of watched: Set<Operation> = [.commit, .sync]) {
        self.watched = watched
        self.moment = moment
        crashing = count
    }

    package func willCall(_ operation: Operation, tree: String?, key: borrowing RawSpan) throws(KeyValueError) {
        guard watched.contains(operation) else { return }
        count(before, at: .before)
    }

    package func didCall(_ operation: Operation) {
        guard watched.contains(operation) else { return }
        count(after, at: .after)
    }

    private func count(_ counter: borrowing Atomic<Int>, at place: Moment) {
        let seen = counter.add(1, ordering: .relaxed).newValue
        if place == moment, seen == crashing { kill(getpid(), SIGKILL) }
    }
}
