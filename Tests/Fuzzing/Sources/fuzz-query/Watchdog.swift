import Dispatch
import Synchronization

@testable import HindsightQuery

/// Cancels statements that run for long. Inputs like cross joins of themselves are slow and no find; what does not end
/// when it is cancelled runs into libFuzzer's `-timeout`.
final class Watchdog: Sendable {
    private let startOfRun = Mutex<ContinuousClock.Instant?>(nil)

    private static let patience = Duration.milliseconds(300)

    init(_ sessions: [Session]) {
        let queue = DispatchQueue(label: "watchdog")
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now(), repeating: .milliseconds(100))
        timer.setEventHandler { [self] in
            _ = timer  // kept alive by its own handler
            guard let start = startOfRun.withLock({ $0 }), ContinuousClock.now - start > Self.patience else { return }
            for session in sessions { session.cancel() }
        }
        timer.activate()
    }

    func watch(_ body: () -> Void) {
        startOfRun.withLock { $0 = .now }
        body()
        startOfRun.withLock { $0 = nil }
    }
}
