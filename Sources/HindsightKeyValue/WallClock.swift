#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The clock of the system.
package enum WallClock {
    /// Microseconds since 1970, UTC without leap seconds. May go backwards when the clock is set.
    package static var microseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }
}
