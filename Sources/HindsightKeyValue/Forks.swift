import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Counts the forks between the program's start and this process, without a system call a question.
enum Forks {
    private static let counter = Atomic<Int>(0)

    private static let isWatching: Bool =
        pthread_atfork(nil, nil, { _ = Forks.counter.add(1, ordering: .relaxed) }) == 0

    /// Differs in a child from what it was in its parent.
    static var count: Int {
        precondition(isWatching, "the fork handler is installed")
        return counter.load(ordering: .relaxed)
    }
}
