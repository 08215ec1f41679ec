#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A number that tells the threads of a process apart while they live; never 0.
@usableFromInline
func currentThread() -> UInt {
    #if canImport(Glibc)
    UInt(pthread_self())
    #else
    UInt(bitPattern: pthread_self())
    #endif
}
