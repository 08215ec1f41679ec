import Synchronization

/// A clock that a program sets and moves on, for tests and recovery drills.
///
/// ```swift
/// let clock = AdjustableClock(microsecondsSince1970: 1_777_636_800_000_000)
/// let db = try Database.inMemory(options: .init(clock: clock.now))
/// clock.advance(seconds: 86_400)
/// ```
public final class AdjustableClock: Sendable {
    private let time: Atomic<Int64>

    public init(microsecondsSince1970: Int64) {
        time = Atomic(microsecondsSince1970)
    }

    /// Microseconds since 1970-01-01T00:00Z.
    @Sendable public func now() -> Int64 {
        time.load(ordering: .sequentiallyConsistent)
    }

    public func set(microsecondsSince1970: Int64) {
        time.store(microsecondsSince1970, ordering: .sequentiallyConsistent)
    }

    /// Moves the clock on, or back if `microseconds` is negative. The times of commits go forward all the same.
    public func advance(microseconds: Int64) {
        time.wrappingAdd(microseconds, ordering: .sequentiallyConsistent)
    }

    public func advance(seconds: Int64) {
        advance(microseconds: seconds * 1_000_000)
    }
}
