import HindsightQuery
import Synchronization

/// Sessions that wait for their next use, so that the plans that they keep are not made anew for every call.
final class SessionPool: Sendable {
    private let provider: any TableProvider
    private let options: SessionOptions
    private let idle = Mutex<[Session]>([])

    init(provider: any TableProvider, options: SessionOptions) {
        self.provider = provider
        self.options = options
    }

    /// A session of its own, outside the pool.
    func make() -> Session {
        make(isShared: false)
    }

    private func make(isShared: Bool) -> Session {
        Session(base: HindsightQuery.Session(provider: provider, options: options), isShared: isShared)
    }

    /// Lends a session to `body`.
    func withSession<R, E: Error>(_ body: (Session) throws(E) -> R) throws(E) -> R {
        let session = idle.withLock { $0.popLast() } ?? make(isShared: true)
        defer { idle.withLock { if $0.count < SessionPool.limit { $0.append(session) } } }
        return try body(session)
    }

    /// How many idle sessions are kept.
    private static let limit = 16
}
