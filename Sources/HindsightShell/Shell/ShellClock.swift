import Synchronization

/// The clock of a database that the shell opened: the system's until a time is set; from then on one that stands still but
/// for a second after each statement, so that a script gives the same times every time.
package final class ShellClock: Sendable {
    /// The time of golden scripts, 2026-05-01T12:00:00Z.
    package static let timeOfScripts: Int64 = 1_777_636_800_000_000
    private static let microsecondsPerStatement: Int64 = 1_000_000

    private let system: @Sendable () -> Int64
    /// Nil while the system's clock is read.
    private let time: Mutex<Int64?>

    /// Times are microseconds since 1970-01-01T00:00Z.
    init(_ time: Int64?, system: @escaping @Sendable () -> Int64) {
        self.time = Mutex(time)
        self.system = system
    }

    @Sendable package func now() -> Int64 {
        time.withLock { $0 } ?? system()
    }

    func set(_ microseconds: Int64) {
        time.withLock { $0 = microseconds }
    }

    /// Lets the second pass that a statement takes, if a time was set.
    func step() {
        time.withLock { time in
            time = time.map { $0.addingReportingOverflow(Self.microsecondsPerStatement).partialValue }
        }
    }
}
