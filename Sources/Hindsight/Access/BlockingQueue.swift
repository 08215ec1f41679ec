import Dispatch

/// Where blocking work runs: threads of its own, so that no thread of Swift's cooperative pool waits for a disk.
struct BlockingQueue: Sendable {
    private let queue = DispatchQueue(label: "hindsight.blocking", attributes: .concurrent)

    /// Runs `body`, which is short, on a thread that may block.
    func run<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }

    /// Runs `body` on a thread that may block. A task that is cancelled cancels what the session runs.
    func run<R: Sendable>(
        cancelling session: Session, _ body: @escaping @Sendable () throws -> R
    ) async throws -> R {
        try await withTaskCancellationHandler {
            try await run(body)
        } onCancel: {
            session.cancel()
        }
    }
}
