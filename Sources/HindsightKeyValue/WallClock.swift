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

    /// Lets the thread do nothing for a while; less if a signal comes.
    package static func sleep(milliseconds: Int) {
        var pause = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        nanosleep(&pause, nil)
    }
}
